#!/usr/bin/env python3
"""Runs the stories (*.story, README.md) against the program, each on SQLite and on PostgreSQL: run.py PROGRAM [FILE…] [--backend sqlite|postgres].

Prints TAP: one line a story and backend. PostgreSQL is the server of CONFER_TEST_POSTGRES; each story has a database there of its own.
"""
import concurrent.futures
import fnmatch
import glob
import html.parser
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
# Pages are rendered after the change is stored: how long a `soon` may wait. Generous, for sanitizers on a busy machine.
SOON_SECONDS = int(os.environ.get("CONFER_STORY_SECONDS", "120"))
START_SECONDS = 300


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


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.type = headers.get("content-type", "")
        self.location = headers.get("location", "")


class Installation:
    """A data folder, a database, and the program serving it on a port of its own."""

    def __init__(self, program, backend, folder):
        self.program, self.backend, self.folder = program, backend, folder
        self.data = os.path.join(folder, "data")
        os.makedirs(self.data)
        with open(os.path.join(self.data, "confer.toml"), "w", encoding="utf-8") as f:
            f.write("[outbound]\nprivate_networks = true\n")
        self.server, self.server_log = None, os.path.join(folder, "server.log")
        self.sessions, self.port = {}, None
        self.options = ["--data", self.data]
        self.database = None
        if backend == "postgres":
            self.database = self.new_database()
            self.options += ["--database", self.database]

    def new_database(self):
        name = f"story_{os.getpid()}_{os.urandom(4).hex()}"
        server = os.environ["CONFER_TEST_POSTGRES"]
        self.psql(server, f"CREATE DATABASE {name}")
        return server.rsplit("/", 1)[0] + "/" + name

    @staticmethod
    def psql(url, statement):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", " | ", "-v", "ON_ERROR_STOP=1", url, "-c", statement], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise Broken(done.stderr.strip())
        return done.stdout.splitlines()

    def sql(self, statement):
        if self.backend == "postgres":
            return self.psql(self.database, statement)
        with sqlite3.connect(f"file:{self.data}/confer.sqlite?mode=ro", uri=True) as db:
            return [" | ".join("" if v is None else str(v) for v in row) for row in db.execute(statement)]

    def run(self, words):
        command = [self.program, *words, *self.options, "--base-url", self.address()]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)
        return done.returncode, done.stdout + done.stderr

    def validate_exports(self):
        """Every event that the story released is exported and validated against c3voc's schemas, where they are."""
        schemas = os.path.join(os.environ.get("CONFER_SHARED_DATA", os.path.join(HERE, "../../../shared/data")), "schedules")
        if not os.path.isdir(schemas):
            return
        folder = os.path.join(self.folder, "exports")
        os.makedirs(folder)
        released = self.sql("SELECT slug FROM events WHERE id IN (SELECT event_id FROM releases)")
        for slug in released:
            for format in ("schedule.json", "schedule2.json", "schedule.xml"):
                code, output = self.run(["export", "--event", slug, "--format", format, "--output", f"exports/{slug}.{format}"])
                if code != 0:
                    raise Broken(f"export of {slug} as {format}: {output}")
        if released:
            done = subprocess.run(["/usr/bin/python3", os.path.join(HERE, "../programme/validate_exports.py"), folder, schemas], capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                raise Broken(f"an export of the story's events is not valid:\n{done.stdout}{done.stderr}")

    def address(self):
        if self.port is None:
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                self.port = s.getsockname()[1]
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [self.program, "serve", *self.options, "--base-url", self.address(), "--port", str(self.port)]
        with open(self.server_log, "ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self.server.poll() is not None:
                raise Broken(f"confer serve ended with {self.server.returncode}")
            try:
                if self.ask("visitor", "GET", "/healthz").status == 200:
                    return
            except OSError:
                pass
            if time.monotonic() > deadline:
                raise Broken("confer serve does not answer")
            time.sleep(0.05)

    def stop(self, how):
        if self.server is None:
            return
        self.server.send_signal(how)
        code = self.server.wait(60)
        self.server = None
        if how == signal.SIGTERM and code != 0:
            raise Broken(f"confer serve ended with {code}")

    def ask(self, who, method, path, form=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "identity"}
        if method != "GET":
            headers["Origin"] = self.address()
        if self.sessions.get(who):
            headers["Cookie"] = self.sessions[who]
        body = None
        if form is not None and form and form[0][0].startswith("{"):
            body, headers["Content-Type"] = form[0][0], "application/json"
        elif form is not None:
            files = [(k, v) for k, v in form if v.startswith("@")]
            if files:
                body, headers["Content-Type"] = multipart(form, self.folder)
            else:
                body = urllib.parse.urlencode(form)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            received = {k.lower(): v for k, v in answer.getheaders()}
            raw = answer.read()
            if received.get("content-encoding") == "gzip":
                raw = zlib.decompress(raw, 31)
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie" and value.startswith("confer_session="):
                    self.sessions[who] = value.split(";")[0]
            return Answer(answer.status, received, raw.decode("utf-8", "replace"))
        finally:
            connection.close()

    def sign_in(self, who, email):
        code, words = self.run(["user", "link", email])
        found = re.search(r"/sign-in/link\?token=(\S+)", words)
        if code != 0 or not found:
            raise Broken(f"no link for {email}: {words}")
        answer = self.ask(who, "POST", "/sign-in/link", [("token", found[1])])
        if answer.status != 303 or who not in self.sessions:
            raise Broken(f"{email} was not signed in: {answer.status} {readable(answer)[:300]}")

    def places_of(self, needle):
        """Where the words are stored: files of the data folder (raw bytes, and unpacked when compressed), the server's log, a dump of the database."""
        found = []
        wanted = needle.encode()
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as f:
                    content = f.read()
                if wanted in content or wanted in unpacked(content):
                    found.append(os.path.relpath(path, self.folder))
        if self.backend == "postgres":
            dump = subprocess.run(["pg_dump", self.database], capture_output=True, check=True).stdout
            if wanted in dump:
                found.append("pg_dump")
        return sorted(found)

    def close(self):
        if self.server is not None:
            self.server.kill()
            self.server.wait()
        if self.database:
            try:
                self.psql(os.environ["CONFER_TEST_POSTGRES"], f"DROP DATABASE {self.database.rsplit('/', 1)[1]} WITH (FORCE)")
            except Broken:
                pass


def unpacked(content):
    """The bytes inside gzip or zstd; none when it is neither."""
    if content[:2] == b"\x1f\x8b":
        try:
            return zlib.decompress(content, 31)
        except zlib.error:
            return b""
    if content[:4] == b"\x28\xb5\x2f\xfd":
        return subprocess.run(["zstd", "-dc"], input=content, capture_output=True, check=False).stdout
    return b""


def multipart(form, folder):
    boundary = "story" + os.urandom(8).hex()
    parts = []
    for name, value in form:
        if value.startswith("@"):
            with open(os.path.join(folder, value[1:]), "rb") as f:
                content = f.read()
            head = f'Content-Disposition: form-data; name="{name}"; filename="{os.path.basename(value[1:])}"\r\nContent-Type: application/octet-stream'
        else:
            content, head = value.encode(), f'Content-Disposition: form-data; name="{name}"'
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class Step:
    """One line of a story with the indented lines below it."""

    def __init__(self, number, words):
        self.number, self.words, self.below = number, words, []


def read_story(path):
    title, steps = "", []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip()
            if line.startswith("#"):
                title = title or line.lstrip("# ")
            elif line.startswith("  ") and steps:
                steps[-1].below.append(line[2:])
            elif line:
                steps.append(Step(number, line))
    return title, steps


def same_lines(wanted, got):
    """Line by line, with … for any words in a line and … alone for any number of lines."""
    if not wanted:
        return not got
    if wanted[0] == "…":
        return any(same_lines(wanted[1:], got[i:]) for i in range(len(got) + 1))
    if not got:
        return False
    pattern = re.escape(wanted[0]).replace("…", ".*")
    return re.fullmatch(pattern, got[0]) is not None and same_lines(wanted[1:], got[1:])


class Teller:
    """Goes through a story; `kept` are the names that it gave to what it saw."""

    def __init__(self, installation):
        self.here, self.kept = installation, {}
        self.answer, self.code, self.output = None, 0, ""

    def filled(self, text):
        self.kept.setdefault("address", self.here.address())
        self.kept.setdefault("today", time.strftime("%Y-%m-%d", time.gmtime()))
        return re.sub(r"\$\{(\w+)\}", lambda m: self.kept[m[1]] if m[1] in self.kept else "${" + m[1] + "}", text)

    def tell(self, steps):
        i = 0
        while i < len(steps):
            # Everything until the next deed is what is expected of this one.
            after = i + 1
            while after < len(steps) and self.is_expectation(steps[after].words):
                after += 1
            self.deed(steps[i], steps[i + 1:after])
            i = after

    @staticmethod
    def is_expectation(words):
        return re.match(r"(exit|prints|shows|hides|keep|is|header) |→|prints$|body$", words) is not None

    def deed(self, step, expectations):
        words = self.filled(step.words)
        soon = words.startswith("soon ")
        words = words.removeprefix("soon ")
        deadline = time.monotonic() + (SOON_SECONDS if soon else 0)
        while True:
            at = step
            try:
                self.do(words, step)
                if words.startswith("$ ") and not any(e.words.startswith("exit ") for e in expectations) and self.code != 0:
                    raise Broken(f"ended with {self.code}:\n{self.output}")
                for at in expectations:
                    self.expect(at)
                return
            except (Broken, OSError, LookupError, ValueError, sqlite3.Error) as broken:
                if time.monotonic() > deadline:
                    raise Broken(f"line {at.number}: {at.words}\n{broken}") from None
                time.sleep(0.1)

    def do(self, words, step):
        below = [self.filled(line) for line in step.below]
        if words.startswith("$ confer "):
            self.answer = None
            self.code, self.output = self.here.run(split(words[len("$ confer "):]))
        elif words.startswith("file "):
            name, _, encoding = words[5:].partition(" in ")
            with open(os.path.join(self.here.folder, name), "w", encoding=encoding or "utf-8") as f:
                f.write("\n".join(below) + "\n")
        elif words.startswith("first "):
            self.tell(read_story(os.path.join(HERE, words[6:] + ".beginning"))[1])
        elif words == "serve":
            self.here.start()
        elif words == "stop":
            self.here.stop(signal.SIGTERM)
        elif words == "kill -9":
            self.here.stop(signal.SIGKILL)
        elif words.startswith("sql "):
            got = self.here.sql(words[4:])
            if not same_lines(below, got):
                raise Broken("the database says:\n" + "\n".join(got))
        elif words.startswith("nowhere "):
            places = self.here.places_of(words[8:])
            if places:
                raise Broken("found in " + ", ".join(places))
        elif words.startswith("somewhere "):
            if not self.here.places_of(words[10:]):
                raise Broken("found in no file, log or dump")
        elif words == "other database":
            self.other_database()
        elif found := re.fullmatch(r"(\S+) signs in as (\S+)", words):
            self.here.sign_in(found[1], found[2])
        elif found := re.fullmatch(r"(\S+) fills (\S+)(?: \"(.*)\")?", words):
            page = self.here.ask(found[1], "GET", found[2])
            if page.status != 200:
                raise Broken(f"{page.status} {readable(page)[:600]}")
            method, action, pairs = fill(page.body, [tuple(part.strip() for part in line.split("=", 1)) for line in below], found[3] or "")
            action = urllib.parse.urljoin(found[2], action)
            if method == "GET":
                action, pairs = action.split("?")[0] + "?" + urllib.parse.urlencode(pairs), None
            self.answer = self.here.ask(found[1], method, action, pairs)
        elif found := re.fullmatch(r"(\S+) (GET|POST|PUT|DELETE) (\S+)", words):
            form = None
            if found[2] != "GET":
                form = [(line,) if line.startswith("{") else tuple(part.strip() for part in line.split("=", 1)) for line in below]
            self.answer = self.here.ask(found[1], found[2], found[3], form)
        else:
            raise Broken("not a sentence of a story (README.md)")

    def other_database(self):
        """From here on the story is told on the other backend, with an empty data folder."""
        here = self.here
        here.stop(signal.SIGTERM)
        os.rename(here.data, here.data + "-before")
        os.makedirs(here.data)
        shutil.copy(here.data + "-before/confer.toml", here.data)
        if here.backend == "sqlite":
            here.backend, here.database = "postgres", here.new_database()
            here.options = ["--data", here.data, "--database", here.database]
        else:
            Installation.psql(os.environ["CONFER_TEST_POSTGRES"], f"DROP DATABASE {here.database.rsplit('/', 1)[1]} WITH (FORCE)")
            here.backend, here.database, here.options = "sqlite", None, ["--data", here.data]

    def expect(self, step):
        verb, _, rest = self.filled(step.words).partition(" ")
        below = [self.filled(line) for line in step.below]
        if verb == "exit":
            if self.code != int(rest):
                raise Broken(f"ended with {self.code}:\n{self.output}")
        elif verb == "prints":
            if rest and rest not in self.output:
                raise Broken(f"printed:\n{self.output}")
            if below and not same_lines(below, self.output.splitlines()):
                raise Broken(f"printed:\n{self.output}")
        elif verb == "→":
            status, _, location = rest.partition(" ")
            if self.answer.status != int(status) or (location and not fnmatch.fnmatchcase(self.answer.location, location)):
                raise Broken(f"{self.answer.status} {self.answer.location}\n{readable(self.answer)[:1500]}")
        elif verb in ("shows", "hides"):
            if (rest in readable(self.answer)) != (verb == "shows"):
                raise Broken(readable(self.answer)[:3000])
        elif verb == "body":
            if not same_lines(below, self.answer.body.splitlines()):
                raise Broken(self.answer.body[:3000])
        elif verb == "header":
            name, _, value = rest.partition(": ")
            if not fnmatch.fnmatchcase(self.answer.headers.get(name.lower(), ""), value):
                raise Broken(f"{name}: {self.answer.headers.get(name.lower(), '(none)')}")
        elif verb == "is":
            path, _, value = rest.partition(" = ")
            got = json.loads(self.answer.body)
            for part in path.split("."):
                got = got[int(part)] if part.isdigit() else got[part]
            if json.dumps(got, ensure_ascii=False) != value:
                raise Broken(json.dumps(got, ensure_ascii=False))
        elif verb == "keep":
            name, _, pattern = rest.partition(" = ")
            text = self.output if self.answer is None else self.answer.body + "\n" + self.answer.location
            found = re.search(pattern, text)
            if not found:
                raise Broken(f"nothing fits {pattern}")
            self.kept[name] = found[1]


def split(words):
    """Like a shell, for words and "quotes"."""
    return [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', words)]


def run_story(program, path, backend):
    name = os.path.basename(path).removesuffix(".story")
    folder = tempfile.mkdtemp(prefix="confer-story-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    here, trouble, started = None, None, time.monotonic()
    try:
        title, steps = read_story(path)
        here = Installation(program, backend, folder)
        Teller(here).tell(steps)
        here.validate_exports()
        here.stop(signal.SIGTERM)
    except Broken as broken:
        trouble = str(broken)
        if here is not None and os.path.exists(here.server_log):
            with open(here.server_log, encoding="utf-8", errors="replace") as f:
                trouble += "\nserver's last lines:\n" + "".join(f.readlines()[-12:])
    finally:
        if here is not None:
            here.close()
        shutil.rmtree(folder, ignore_errors=True)
    return f"{name} on {backend}: {title}", trouble, time.monotonic() - started


def main():
    arguments = sys.argv[1:]
    backends = ["sqlite", "postgres"]
    if "--backend" in arguments:
        at = arguments.index("--backend")
        backends = [arguments[at + 1]]
        del arguments[at:at + 2]
    if not arguments:
        sys.exit(__doc__)
    program = os.path.abspath(arguments[0])
    stories = [os.path.abspath(a) for a in arguments[1:]] or sorted(glob.glob(os.path.join(HERE, "*.story")))
    if "postgres" in backends and not os.environ.get("CONFER_TEST_POSTGRES"):
        sys.exit("run.py: CONFER_TEST_POSTGRES names no server; script/test starts one, or give --backend sqlite.")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        told = [pool.submit(run_story, program, path, backend) for path in stories for backend in backends]
        for number, each in enumerate(told, 1):
            title, trouble, seconds = each.result()
            failed += trouble is not None
            print(f"{'not ok' if trouble else 'ok'} {number} - {title}", flush=True)
            print(f"  # {seconds:.1f} s")
            for line in (trouble or "").splitlines():
                print(f"  # {line}")
    print(f"1..{len(told)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
