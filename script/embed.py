#!/usr/bin/env python3
"""Turns files into C++ at build time: `embed.py sql LAYER DIR OUT_H OUT_CPP`, `embed.py files SET ROOT OUT FILES…` or `embed.py folder SET ROOT OUT`."""
import os
import re
import sys


def literal(text):
    """A raw string literal, cut into pieces: a compiler may refuse one over 64 KiB."""
    pieces = [text[i:i + 12000] for i in range(0, len(text), 12000)] or [""]
    return "\n".join(f'R"~~~~({p})~~~~"' for p in pieces)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def sql(layer, directory, header, source):
    names = sorted(f[:-4] for f in os.listdir(directory) if f.endswith(".sql") and not f.endswith(".postgres.sql"))
    lone = [f for f in os.listdir(directory) if f.endswith(".postgres.sql") and f[:-13] not in names]
    if lone:
        sys.exit(f"{directory}: {lone[0]} has no SQLite twin")
    h = ["#pragma once", '#include "db/statement.h"', f"namespace confer::sql::{layer} {{"]
    c = [f'#include "{layer}/sql.h"', f"namespace confer::sql::{layer} {{"]
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            sys.exit(f"{directory}/{name}.sql: a statement's name is lower case letters, digits and _")
        with open(f"{directory}/{name}.sql", encoding="utf-8") as f:
            plain = f.read().strip()
        other = f"{directory}/{name}.postgres.sql"
        postgres = open(other, encoding="utf-8").read().strip() if os.path.exists(other) else plain
        h.append(f"extern const db::Statement {name};")
        c.append(f'const db::Statement {name}{{"{layer}/{name}", {literal(plain)}, {literal(postgres)}}};')
    h.append("}")
    c.append("}")
    write(header, "\n".join(h) + "\n")
    write(source, "\n".join(c) + "\n")


def files(name, root, out, paths):
    lines = ['#include "base/embedded.h"', "namespace {"]
    entries = []
    for i, path in enumerate(sorted(paths)):
        short = os.path.relpath(path, root).replace("/templates/", "/", 1 if name == "templates" else 0)
        with open(path, "rb") as f:
            data = f.read()
        # Numbers, not #embed: behind ccache's preprocessing clang 19 takes its bytes for signed characters.
        numbers = ",".join(map(str, data)) or "0"
        lines.append(f"constexpr unsigned char data_{i}[] = {{ // {short}\n{numbers}\n}};")
        entries.append(f'{{"{short}", std::string_view(reinterpret_cast<const char*>(data_{i}), {len(data)})}},')
    lines += [f"const confer::embedded::File all[] = {{"] + (entries or ['{"", ""},']) + ["};", "}"]
    lines.append(f"namespace confer::embedded {{ std::span<const File> {name}() {{ return std::span(all).first({len(entries)}); }} }}")
    write(out, "\n".join(lines) + "\n")


if sys.argv[1] == "sql":
    sql(*sys.argv[2:6])
elif sys.argv[1] == "folder":
    files(*sys.argv[2:5], [os.path.join(d, f) for d, _, names in os.walk(sys.argv[3]) for f in names])
else:
    files(sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
