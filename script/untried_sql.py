#!/usr/bin/env python3
"""Fails naming each statement of src/*/sql/ that no test ran: untried_sql.py DIR, where DIR was CONFER_SQL_TRACE_DIR of the test run."""
import glob
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def written(root):
    names = set()
    for path in glob.glob(os.path.join(root, "src/*/sql/*.sql")):
        folder, _, name = os.path.relpath(path, os.path.join(root, "src")).split(os.sep)
        names.add(f"{folder}/{name.removesuffix('.sql').removesuffix('.postgres')}")
    return names


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    files = glob.glob(os.path.join(sys.argv[1], "*.txt"))
    if not files:
        sys.exit(f"untried_sql: {sys.argv[1]} holds no record of a test run; run the tests with CONFER_SQL_TRACE_DIR={sys.argv[1]}.")
    run = set()
    for path in files:
        with open(path, encoding="utf-8") as f:
            run.update(f.read().split())
    statements = written(ROOT)
    untried = sorted(statements - run)
    for name in untried:
        print(f"src/{name.replace('/', '/sql/')}.sql: no test ran this statement")
    print(f"{len(statements)} statements, {len(untried)} untried")
    return 1 if untried else 0


if __name__ == "__main__":
    sys.exit(main())
