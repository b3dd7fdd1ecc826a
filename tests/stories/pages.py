"""A page as a reader and a browser see it: its text, its forms, and what a filled form sends."""
import html.parser


class Broken(Exception):
    """What the story says is not so; the words are shown with the line."""


class Text(html.parser.HTMLParser):
    """What a reader sees of a page: its text, spaces folded, without scripts."""

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style", "template")
        if tag == "input" and dict(attrs).get("type") not in ("hidden", "submit"):
            self.parts.append(dict(attrs).get("value") or "")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "template")

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


class Forms(html.parser.HTMLParser):
    """The forms of a page as a browser knows them: fields with their values, options and labels, and buttons."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.labels, self.label, self.select, self.option, self.area, self.button = [], {}, None, None, None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = {k: v or "" for k, v in attrs}
        form = self.forms[-1] if self.forms else None
        if tag == "form":
            self.forms.append({"action": attrs.get("action", ""), "method": attrs.get("method", "get").upper(), "fields": [], "buttons": [], "ids": {}})
        elif tag == "label":
            self.label = {"for": attrs.get("for"), "text": ""}
        elif form is None or "disabled" in attrs:
            return
        elif tag in ("input", "select", "textarea"):
            kind = attrs.get("type", "text") if tag == "input" else tag
            field = {"name": attrs.get("name", ""), "value": attrs.get("value", "on" if kind in ("checkbox", "radio") else ""), "kind": kind, "options": [],
                     "sent": kind not in ("checkbox", "radio", "submit", "button", "file") or "checked" in attrs, "label": self.label}
            if kind == "submit":
                form["buttons"].append({"name": field["name"], "value": field["value"], "text": field["value"], "action": attrs.get("formaction")})
                return
            form["fields"].append(field)
            form["ids"][attrs.get("id")] = field
            if tag == "select":
                self.select = field
                field["multiple"] = "multiple" in attrs
            elif tag == "textarea":
                self.area = field
        elif tag == "option" and self.select is not None:
            self.option = {"value": attrs.get("value"), "text": "", "selected": "selected" in attrs}
            self.select["options"].append(self.option)
        elif tag == "button":
            self.button = {"name": attrs.get("name", ""), "value": attrs.get("value", ""), "text": "", "action": attrs.get("formaction")}
            form["buttons"].append(self.button)

    def handle_endtag(self, tag):
        if tag == "label" and self.label is not None:
            if self.label["for"]:
                self.labels[self.label["for"]] = self.label["text"]
            self.label = None
        elif tag == "select" and self.select is not None:
            for option in self.select["options"]:
                option["text"] = " ".join(option["text"].split())
                option["value"] = option["text"] if option["value"] is None else option["value"]
            chosen = [o for o in self.select["options"] if o["selected"]] or self.select["options"][:0 if self.select["multiple"] else 1]
            self.select["value"] = chosen[0]["value"] if chosen else ""
            self.select["sent"] = bool(chosen)
            self.select = None
        elif tag == "option":
            self.option = None
        elif tag == "textarea" and self.area is not None:
            self.area["value"] = self.area["value"].removeprefix("\n")
            self.area = None
        elif tag == "button":
            self.button = None

    def handle_data(self, data):
        for place, key in ((self.option, "text"), (self.area, "value"), (self.button, "text")):
            if place is not None:
                place[key] += data
        if self.label is not None and self.select is None and self.area is None:
            self.label["text"] += data

    def names_of(self, form, field):
        """What a story may call a field: its name, or its label's words."""
        names = {field["name"]}
        label = field["label"]["text"] if field["label"] else next((self.labels[i] for i, f in form["ids"].items() if f is field and i in self.labels), "")
        label = " ".join(label.split())
        return names | {label, label.removesuffix(" (optional)").removesuffix(" optional")}


def fill(page, entries, button):
    """The form that has this button and all these fields, filled as asked: (method, action, pairs to send)."""
    parsed = Forms(page)
    seen = []
    for form in parsed.forms:
        pressed = next((b for b in form["buttons"] if button in ("", " ".join(b["text"].split()))), None)
        seen.append([" ".join(b["text"].split()) for b in form["buttons"]])
        if pressed is None:
            continue
        missing = None
        for name, value in entries:
            fields = [f for f in form["fields"] if name in parsed.names_of(form, f)]
            if not fields:
                missing = name
                break
            choices = [f for f in fields if f["kind"] in ("checkbox", "radio")]
            if choices:
                for f in choices:
                    if f["kind"] == "radio" or len(choices) == 1:
                        f["sent"] = (value in ("yes", f["value"]) or value in parsed.names_of(form, f)) and value != "no"
                    elif value == f["value"]:
                        f["sent"] = True
                continue
            field = fields[0]
            if field["kind"] == "select":
                option = next((o for o in field["options"] if value in (o["text"], o["value"])), None)
                if option is None:
                    raise Broken(f"{name} offers " + ", ".join(o["text"] for o in field["options"]))
                value = option["value"]
            field["value"], field["sent"] = value, True
        if missing:
            seen[-1].append(f"without {missing}; has " + ", ".join(" / ".join(sorted(parsed.names_of(form, f))) for f in form["fields"]))
            continue
        pairs = [(f["name"], f["value"]) for f in form["fields"] if f["sent"] and f["name"]]
        if pressed["name"]:
            pairs.append((pressed["name"], pressed["value"]))
        return form["method"], pressed["action"] or form["action"], pairs
    raise Broken(f"no form with the button “{button}” and these fields; buttons: {seen}")


def readable(answer):
    if not answer.type.startswith("text/html"):
        return answer.body
    parser = Text()
    parser.feed(answer.body)
    return " ".join(" ".join(parser.parts).split())
