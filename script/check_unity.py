#!/usr/bin/env python3
"""Files that are compiled as one (cmake/unity.cmake) keep no name to themselves that another of them calls: it would silently call the wrong one."""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def code_of(path):
    """Without comments and the insides of texts."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    text = re.sub(r'R"\((.*?)\)"', '""', text, flags=re.S)
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def own_functions(code):
    """Functions in unnamed namespaces: those at the beginning of a line, as the formatter leaves them."""
    names = set()
    for part in re.finditer(r"^namespace \{\n(.*?)^\}", code, re.M | re.S):
        for line in part[1].split("\n"):
            found = re.match(r"(?:template.*> )?[A-Za-z][\w:<>,&*()\[\] ]*?[ &*>]([a-z_]\w*)\(", line)
            if found:
                names.add(found[1])
    return names


def own_types(code):
    """Types in unnamed namespaces, as above."""
    return {name for part in re.finditer(r"^namespace \{\n(.*?)^\}", code, re.M | re.S) for name in re.findall(r"^(?:struct|class|enum class) (\w+)\b(?!;)", part[1], re.M)}


def main():
    os.chdir(ROOT)
    with open("cmake/unity.cmake", encoding="utf-8") as f:
        lists = {name: re.findall(r"(?:src|tests)/\S+?\.cpp", files) for name, files in re.findall(r"^set\((second|third|alone)\n([^)]*)\)", f.read(), re.M)}
    group = {path: name for name, paths in lists.items() for path in paths}
    with open("src/layers.txt", encoding="utf-8") as f:
        layers = re.findall(r"^(?:library|slice|wiring) (\S+)", f.read(), re.M)
    problems = 0
    for folder in [f"{base}/{layer}" for layer in layers for base in ("src", "tests")]:
        code = {path: code_of(path) for path in sorted(glob.glob(f"{folder}/**/*.cpp", recursive=True)) if group.get(path) != "alone" and path != "src/app/main.cpp"}
        headers = {path: code_of(path) for path in sorted(glob.glob(f"{folder}/**/*.h", recursive=True))}
        for path, text in code.items():
            for name in sorted(own_types(text)):
                others = [other for other, words in headers.items() if re.search(rf"^(?:struct|class|enum class) {name}\b", words, re.M)]
                others += [other for other, words in code.items() if other != path and group.get(other) == group.get(path) and name in own_types(words)]
                if others:
                    problems += 1
                    print(f"{path}: {name} is its own, and {others[0]} has one of that name: give it a name that says more, or list a file in cmake/unity.cmake")
        for path, own in ((path, own_functions(text)) for path, text in code.items()):
            for name in sorted(own):
                callers = [other for other, text in code.items() if other != path and group.get(other) == group.get(path) and re.search(r"(?<![\w.:>])" + name + r"\(", text)]
                if callers:
                    problems += 1
                    print(f"{path}: {name}() is its own, and {callers[0]} calls one of that name: give it a name that says more, or list a file in cmake/unity.cmake")
    print(f"{problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
