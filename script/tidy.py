#!/usr/bin/env python3
"""clang-tidy on our sources: `tidy.py --build DIR [--jobs N] [--changed]`; --changed keeps to what differs from the branch point."""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys


def git(*words):
    return subprocess.run(["git", *words], capture_output=True, text=True, check=False).stdout.strip()


def changed_files():
    """Files that differ from where we left origin/main or main; on main itself, from the commit before."""
    head = git("rev-parse", "HEAD")
    base = ""
    for trunk in ("origin/main", "main"):
        base = git("merge-base", "HEAD", trunk)
        if base and base != head:
            break
    dirty = git("diff", "--name-only", "HEAD") + "\n" + git("ls-files", "--others", "--exclude-standard")
    if (not base or base == head) and not dirty.strip():
        base = git("rev-parse", "HEAD~1")
    return set((git("diff", "--name-only", base, "HEAD") if base else "").split("\n") + dirty.split("\n")) - {""}


def alone(commands, folder):
    """Commands for each file alone, also where several are compiled as one (cmake/unity.cmake), in a database below folder; its path and the files."""
    single = []
    for entry in commands:
        if not os.path.basename(entry["file"]).startswith("unity_"):
            single.append(entry)
            continue
        with open(entry["file"], encoding="utf-8") as f:
            for path in re.findall(r'^#include "(.+)"$', f.read(), re.M):
                single.append({"directory": entry["directory"], "file": path, "command": entry["command"].replace(entry["file"], path).replace(" -Wno-shadow", "")})
    path = os.path.join(folder, "tidy")
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "compile_commands.json"), "w", encoding="utf-8") as f:
        json.dump(single, f)
    return path, [entry["file"] for entry in single]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--changed", action="store_true")
    options = parser.parse_args()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.chdir(root)
    with open(f"{options.build}/compile_commands.json", encoding="utf-8") as f:
        database, paths = alone(json.load(f), options.build)
    files = {os.path.relpath(path, root) for path in paths}
    files = sorted(f for f in files if f.startswith(("src/", "tests/", "bench/")))
    if options.changed:
        changed = changed_files()
        # A changed header is read through the source of the same name.
        changed |= {f.removesuffix(".h") + ".cpp" for f in changed if f.endswith(".h")}
        files = [f for f in files if f in changed]

    def tidy(path):
        command = ["clang-tidy-19", "-quiet", "-p", database, path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return path, done.returncode, done.stdout

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, code, words in pool.map(tidy, files):
            if code != 0:
                failed += 1
                print(f"{path}:\n{words}", flush=True)
    print(f"clang-tidy: {len(files)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
