#!/usr/bin/env python3
"""SQL stands in src/<folder>/sql/*.sql and in migrations, is run from that folder's *store.cpp, and only db/ has SQL of its own."""
import os
import re
import sys

KEYWORDS = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+[a-z_]+\s+SET|DELETE\s+FROM|CREATE\s+(UNIQUE\s+)?(TABLE|INDEX|VIRTUAL|TRIGGER|VIEW|SCHEMA)|"
    r"DROP\s+(TABLE|INDEX|TRIGGER|VIEW|SCHEMA)|ALTER\s+TABLE|PRAGMA\s+\w|VACUUM\b|TRUNCATE\s+\w)", re.S)
STRING = re.compile(r'R"(\w{0,16}|~+)\((.*?)\)\1"|"((?:[^"\\\n]|\\.)*)"', re.S)


def without_comments(text):
    """Comments become blanks of the same length, strings stay."""
    pattern = re.compile(r'(R"(\w{0,16}|~+)\(.*?\)\2"|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)\')|(//[^\n]*|/\*.*?\*/)', re.S)
    return pattern.sub(lambda m: m[1] if m[1] else re.sub(r"[^\n]", " ", m[3]), text)


def check_file(path, text):
    """`path` relative to src/."""
    folder, name = path.split("/")[0], os.path.basename(path)
    found = []
    code = without_comments(text)
    store = name.endswith("store.cpp")
    for match in re.finditer(r'#\s*include\s+"(\w+)/sql\.h"', code):
        line = code.count("\n", 0, match.start()) + 1
        if match[1] != folder:
            found.append(f"src/{path}:{line}: runs the statements of another folder ({match[1]})")
        elif not store and folder != "db":
            found.append(f"src/{path}:{line}: only {folder}'s *store.cpp runs statements")
    if folder == "db" or store:
        return found
    for match in STRING.finditer(code):
        words = match[2] if match[2] is not None else match[3]
        if KEYWORDS.search(words):
            line = code.count("\n", 0, match.start()) + 1
            found.append(f"src/{path}:{line}: SQL in a string; it belongs into src/{folder}/sql/, run from a *store.cpp")
    return found


def self_test():
    cases = [
        ("talks/store.cpp", '#include "talks/sql.h"', 0),
        ("talks/talks.cpp", '#include "talks/sql.h"', 1),
        ("talks/store.cpp", '#include "people/sql.h"', 1),
        ("talks/talks.cpp", 'auto s = "SELECT a FROM b";', 1),
        ("talks/talks.cpp", '// "SELECT a FROM b"\n/* "DELETE FROM x" */ auto s = "Select a room from the list";', 0),
        ("talks/talks.cpp", 'auto s = R"(\nINSERT INTO x VALUES (1))";', 1),
        ("db/connection.cpp", 'run("PRAGMA journal_mode = WAL");', 0),
    ]
    for path, text, expected in cases:
        found = check_file(path, text)
        if len(found) != expected:
            sys.exit(f"check_sql_place.py judges wrongly: {path} {text!r} gave {found}")


def main():
    self_test()
    root = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "src")
    found, files = [], 0
    for directory, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            path = os.path.join(directory, name)
            short = os.path.relpath(path, root)
            if name.endswith((".h", ".cpp")):
                files += 1
                with open(path, encoding="utf-8") as f:
                    found += check_file(short, f.read())
            elif name.endswith(".sql") and not re.fullmatch(r"\w+/(sql|migrations)/[a-z0-9_]+(\.postgres)?\.sql", short):
                found.append(f"src/{short}: SQL files stand in <folder>/sql/ or app/migrations/")
    print("\n".join(found + [f"SQL: {files} files, {len(found)} findings"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
