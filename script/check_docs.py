#!/usr/bin/env python3
"""Docs are tested: every log topic, right, route, kind of job and setting has its heading. `--missing` prints the headings that are wanted."""
import glob
import os
import re
import sys


def enum_values(text, name):
    """The enumerators of `enum class NAME`, without comments."""
    match = re.search(r"enum class " + name + r"\b[^{]*\{(.*?)\};", text, re.S)
    if not match:
        return []
    body = re.sub(r"//[^\n]*", "", match[1])
    return [v.split("=")[0].strip() for v in body.split(",") if v.strip()]


def routes(text):
    """'GET /{event}/talks' for each row of the table in src/app/routes.cpp: t.get("/{event}/talks", …), t.json(Method::put, "/…", …)."""
    text = without_comments(text)
    verbs = {"get": "GET", "page": "GET", "api": "GET", "post": "POST", "upload": "POST", "count": "POST"}
    found = [f"{verbs[m[1]]} {m[2]}" for m in re.finditer(r'\bt\.(get|page|api|post|upload|count)\(\s*"(/[^"]*)"', text)]
    pieces = re.findall(r'\bt\.pieces\(\s*"(/[^"]*)"', text)  # http/uploads.h: what a mount makes
    found += [f"{verb} {path}{below}" for path in pieces for verb, below in (("POST", ""), ("HEAD", "/{upload}"), ("PATCH", "/{upload}"), ("DELETE", "/{upload}"))]
    return found + [f"{m[1].upper().rstrip('_')} {m[2]}" for m in re.finditer(r'Method::(\w+),\s*"(/[^"]*)"', text)]


def jobs(text):
    """The kinds of add("mail.deliver", …), every({"mail.sweep", …}, …) and job_kind = "mail.deliver": names with a dot."""
    return re.findall(r'(?:\b(?:add|every)\(\s*(?:jobs::Periodic)?\{?\s*|\b(?:\w+_)?kind\s*=\s*)"([a-z_]+\.[a-z_.]+)"', without_comments(text))


def settings(text):
    """The names in src/app/config.cpp: its table says {"mail.smtp", …} once a setting."""
    return re.findall(r'\{\s*"([a-z_]+(?:\.[a-z_]+)?)"\s*,', without_comments(text))


def without_comments(text):
    return re.sub(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or " ", text, flags=re.S)


def headings(text):
    """Headings without the code marks; one heading may name several things: "## `GET /a`, `POST /a`"."""
    found = set()
    for line in re.findall(r"^#{2,6}\s+(.*)$", text, re.M):
        named = re.findall(r"`([^`]+)`", line)
        found.update(n.strip() for n in named or [line.strip()])
    return found


# what · page · how it is read · where from
SUBJECTS = [
    ("log topic", "docs/operating/log.md", lambda text: enum_values(text, "LogTopic"), ["src/base/log.h"]),
    ("right", "docs/rights.md", lambda text: enum_values(text, "Right"), ["src/people/rights.h"]),
    ("route", "docs/routes.md", routes, ["src/app/routes*.cpp"]),
    ("job", "docs/operating/jobs.md", jobs, ["src/**/*.cpp", "src/jobs/jobs.h"]),
    ("setting", "docs/operating/settings.md", settings, ["src/app/config.cpp"]),
]


def self_test():
    def expect(got, wanted):
        if got != wanted:
            sys.exit(f"check_docs.py reads wrongly: {got} instead of {wanted}")
    expect(enum_values("enum class Right : unsigned char {\n anyone,  ///< x, y\n sign = 2,\n};", "Right"), ["anyone", "sign"])
    expect(routes('t.page("/{event}", 0);\nt.upload(\n "/a", 1); // t.get("/b")\nt.json(Method::put, "/c", f);'), ["GET /{event}", "POST /a", "PUT /c"])
    expect(jobs('w.add("mail.deliver", f); w.every({"mail.sweep", 60s}, f); every(jobs::Periodic{"a.b", 1s}); set.add("x"); every({.kind = "c.d"}); job_kind = "e.f"; kind == "g.h"'),
           ["mail.deliver", "mail.sweep", "a.b", "c.d", "e.f"])
    expect(settings('{"port", 1}, {"mail.smtp", ""} // {"no", 1}'), ["port", "mail.smtp"])
    expect(headings("# Title\n## db\ntext\n### `GET /a`, `POST /a`\n"), {"db", "GET /a", "POST /a"})


def main():
    self_test()
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    missing, checked = [], 0
    for what, page, read, patterns in SUBJECTS:
        names = []
        for pattern in patterns:
            for path in sorted(glob.glob(pattern, recursive=True)):
                with open(path, encoding="utf-8") as f:
                    names += read(f.read())
        have = set()
        if os.path.exists(page):
            with open(page, encoding="utf-8") as f:
                have = headings(f.read())
        checked += len(set(names))
        missing += [(what, name, page) for name in sorted(set(names) - have)]
        # A heading of something that is gone misleads as much as a missing one; other headings have capitals or spaces.
        pattern = r"[A-Z]+ /.*" if what == "route" else r"[a-z_.]+"
        missing += [(f"{what} (there is none)", name, page) for name in sorted(have - set(names)) if re.fullmatch(pattern, name)]
    if sys.argv[1:] == ["--missing"]:
        print("\n".join(f"{page}: ## `{name}`" for _, name, page in missing))
    else:
        print("\n".join([f"{page}: no heading for the {what} '{name}'" for what, name, page in missing] +
                        [f"docs: {checked} things, {len(missing)} without their heading"]))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
