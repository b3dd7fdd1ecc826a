#!/usr/bin/env python3
"""Include order: a folder of src/ includes only itself and those above it in src/layers.txt; of another slice only its face."""
import os
import re
import sys

# Libraries of others stay behind the face of one folder each (DESIGN: swapping one means reading one folder).
OWNERS = {"soci/": {"db"}, "sqlite3.h": {"db"}, "libpq": {"db"}, "ctemplate/": {"html"}, "cmark": {"html"}, "boost/beast": {"http"}}
# These cost seconds a file to compile: never in a header.
HEAVY = ("boost/", "soci/", "nlohmann/json.hpp", "unicode/", "ctemplate/", "pugixml", "spdlog/", "toml++/", "CLI/")


def read_layers(text):
    """(order of folders, the set of slices, rules: files that must stay pure, heavy: headers for their own folder's sources)"""
    order, slices, rules, heavy = [], set(), [], []
    for line in text.split("\n"):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "rules":
            rules += words[1:]
            continue
        if words[0] == "heavy":
            heavy += words[1:]
            continue
        order.append(words[1])
        if words[0] == "slice":
            slices.add(words[1])
    return order, slices, rules, heavy


def check_file(path, text, order, slices, rules, heavy=()):
    """`path` relative to src/. Returns sentences."""
    folder = path.split("/")[0]
    if folder not in order:
        return [f"src/{path}: the folder {folder} is not in src/layers.txt"]
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if not match:
            continue
        where, kind, target = f"src/{path}:{number}", match[1], match[2]
        for prefix, owners in OWNERS.items():
            if target.startswith(prefix) and folder not in owners:
                found.append(f"{where}: <{target}> may be included in {', '.join(sorted(owners))} only")
        if kind == "<":
            if path.endswith(".h") and target.startswith(HEAVY) and os.path.splitext(path)[0] not in heavy:
                found.append(f"{where}: <{target}> is too heavy for a header; include it in the .cpp")
            continue
        other = target.split("/")[0]
        if os.path.splitext(target)[0] in heavy and (other != folder or path.endswith(".h")):
            found.append(f'{where}: "{target}" is heavy (src/layers.txt): only sources of {other}/ include it')
        if "/" not in target or other not in order:
            found.append(f'{where}: "{target}" is not written from the root of src/')
        elif order.index(other) > order.index(folder):
            found.append(f'{where}: {folder} includes "{target}", but {other} comes later in src/layers.txt')
        elif other != folder and other in slices and (target.count("/") != 1 or target.endswith("store.h")):
            found.append(f'{where}: "{target}" is inside the slice {other}; use a header of its face (directly in src/{other}/, not a store)')
        if "/pages/" in f"/{path}" and target.endswith("store.h"):
            found.append(f'{where}: a page does not include a store ("{target}"): call an action')
        if os.path.splitext(path)[0] in rules and other in ("db", "http"):
            found.append(f'{where}: {path} holds rules (src/layers.txt) and must not include "{target}"')
    return found


def self_test():
    order, slices, rules, heavy = read_layers("# x\nlibrary base\nlibrary db\nlibrary http\nslice people\nslice talks\nwiring app\nrules talks/credit\nheavy http/connection\n")
    cases = [
        ("talks/a.cpp", '#include "base/result.h"\n#include "talks/store.h"\n#include "people/people.h"', 0),
        ("people/a.cpp", '#include "talks/talks.h"', 1),
        ("talks/a.cpp", '#include "people/store.h"', 1),
        ("talks/a.cpp", '#include "people/pages/page.h"', 1),
        ("talks/pages/a.cpp", '#include "talks/store.h"', 1),
        ("talks/credit.cpp", '#include "db/database.h"', 1),
        ("talks/a.h", "#include <nlohmann/json.hpp>", 1),
        ("talks/a.cpp", "#include <nlohmann/json.hpp>\n#include <soci/soci.h>", 1),
        ("talks/a.cpp", '#include "credit.h"', 1),
        ("http/connection.h", "#include <boost/asio.hpp>", 0),
        ("http/server.h", '#include "http/connection.h"', 1),
        ("app/a.cpp", '#include "http/connection.h"', 1),
        ("http/server.cpp", '#include "http/connection.h"', 0),
        ("nowhere/a.cpp", "", 1),
    ]
    for path, text, expected in cases:
        found = check_file(path, text, order, slices, rules, heavy)
        if len(found) != expected:
            sys.exit(f"check_layers.py judges wrongly: {path} {text!r} gave {found}")


def main():
    self_test()
    root = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")
    with open(f"{root}/layers.txt", encoding="utf-8") as f:
        order, slices, rules, heavy = read_layers(f.read())
    found = [f"src/layers.txt: there is no src/{r}.cpp or .h" for r in rules + heavy if not any(os.path.exists(f"{root}/{r}{e}") for e in (".cpp", ".h"))]
    files = 0
    for directory, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            if name.endswith((".h", ".cpp")):
                path = os.path.join(directory, name)
                files += 1
                with open(path, encoding="utf-8") as f:
                    found += check_file(os.path.relpath(path, root), f.read(), order, slices, rules, heavy)
    print("\n".join(found + [f"layers: {files} files, {len(found)} findings"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
