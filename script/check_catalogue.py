#!/usr/bin/env python3
"""Compares the texts that visitors see with po/*.po: every text has its entry, every entry its text and its translation. `--update` adds empty entries and drops unused ones.

Texts are [[…]] in templates (those of organisers, src/*/templates/organiser/, stay English), the literals in translate(…), translate_plural(…) and translatable(…),
and the list of web/shared/texts.ts, whose translations `--update` writes into web/shared/words.ts.
"""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'
LITERALS = rf"{LITERAL}(?:\s*{LITERAL})*"
CALL = re.compile(rf"\b(translate|translatable|translate_plural)\(\s*((?:{LITERAL}\s*)+)(?:,\s*((?:{LITERAL}\s*)+))?")


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def joined(literals):
    return "".join(unescape(m) for m in re.findall(LITERAL, literals))


def template_texts(text):
    """(text, position) of each [[…]], also of those inside another's values."""
    found, at = [], 0
    while (at := text.find("[[", at)) >= 0:
        depth, i, end = 0, at + 2, None
        while i < len(text) - 1:
            two = text[i:i + 2]
            if two == "[[":
                depth, i = depth + 1, i + 2
            elif two == "]]":
                if depth == 0:
                    break
                depth, i = depth - 1, i + 2
            else:
                if text[i] == "|" and depth == 0 and end is None:
                    end = i
                i += 1
        found.append((" ".join(text[at + 2:end if end is not None else i].split()), at))
        at += 2
    return found


def used_texts():
    """msgid → (plural or None, places)"""
    used = {}

    def add(text, plural, place):
        entry = used.setdefault(text, [None, []])
        entry[0] = entry[0] or plural
        if place not in entry[1]:
            entry[1].append(place)

    for path in sorted(glob.glob(os.path.join(ROOT, "src/*/templates/**/*.html"), recursive=True)):
        if "/templates/organiser/" in path:
            continue
        with open(path, encoding="utf-8") as f:
            for text, _ in template_texts(f.read()):
                add(text, None, os.path.relpath(path, ROOT))
    for path in sorted(glob.glob(os.path.join(ROOT, "src/**/*.cpp"), recursive=True) + glob.glob(os.path.join(ROOT, "src/**/*.h"), recursive=True)):
        if "/src/html/" in path:
            continue
        with open(path, encoding="utf-8") as f:
            source = re.sub(r"(?m)^\s*//.*$", "", f.read())
        for match in CALL.finditer(source):
            plural = joined(match[4]) if match[1] == "translate_plural" and match[4] else None
            add(joined(match[2]), plural, os.path.relpath(path, ROOT))
    for text in island_texts():
        add(text, None, ISLAND_TEXTS)
    return used


ISLAND_TEXTS, ISLAND_WORDS = "web/shared/texts.ts", "web/shared/words.ts"


def island_texts():
    with open(os.path.join(ROOT, ISLAND_TEXTS), encoding="utf-8") as f:
        return [unescape(text) for text in re.findall(rf"(?m)^  {LITERAL},$", f.read())]


def island_words():
    """words.ts as it must be: by language, what its catalogue says of each text."""
    out = ["// Written by script/check_catalogue.py --update from po/; edit that.",
           'import { type Text } from "./texts";', "", "export const words: Record<string, Record<Text, string>> = {"]
    for path in sorted(glob.glob(os.path.join(ROOT, "po/*.po"))):
        _, entries = read_po(path)
        out.append(f"  {os.path.splitext(os.path.basename(path))[0]}: {{")
        for text in island_texts():
            forms = entries[text][1] if text in entries else []
            out.append(f"    {quoted(text)}: {quoted(forms[0] if forms and forms[0] else text)},")
        out.append("  },")
    return "\n".join(out + ["};", ""])


def read_po(path):
    """(header block, {msgid: (plural, [forms], fuzzy)})"""
    with open(path, encoding="utf-8") as f:
        blocks = [b for b in re.split(r"\n\s*\n", f.read()) if re.search(r"^msgid ", b, re.M)]
    entries = {}
    for block in blocks[1:]:
        fields, last, fuzzy = {}, None, False
        for line in block.split("\n"):
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
                continue
            match = re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line)
            if match:
                last = match[1]
                fields[last] = joined(match[2])
            elif line.startswith('"') and last:
                fields[last] += joined(line)
        forms = [fields[k] for k in sorted(fields) if k.startswith("msgstr")]
        entries[fields.get("msgid", "")] = (fields.get("msgid_plural"), forms, fuzzy)
    return blocks[0], entries


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def write_po(path, header, used, entries):
    count = int(re.search(r"nplurals=(\d)", header)[1])
    out = [header.rstrip("\n")]
    for text in sorted(used, key=lambda t: (used[t][1][0], t)):
        plural, places = used[text]
        _, forms, fuzzy = entries.get(text, (None, [], False))
        lines = ["#: " + " ".join(places[:3])]
        if fuzzy:
            lines.append("#, fuzzy")
        lines.append(f"msgid {quoted(text)}")
        if plural:
            lines.append(f"msgid_plural {quoted(plural)}")
            forms = (forms + [""] * count)[:count]
            lines += [f"msgstr[{i}] {quoted(form)}" for i, form in enumerate(forms)]
        else:
            lines.append(f"msgstr {quoted(forms[0] if forms else '')}")
        out.append("\n".join(lines))
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n\n".join(out) + "\n")


def main():
    used = used_texts()
    bad = 0
    for path in sorted(glob.glob(os.path.join(ROOT, "po/*.po"))):
        name = os.path.relpath(path, ROOT)
        header, entries = read_po(path)
        if sys.argv[1:] == ["--update"]:
            write_po(path, header, used, entries)
            header, entries = read_po(path)
        for text, (plural, places) in used.items():
            if text not in entries:
                print(f"{name}: {quoted(text)} ({places[0]}) has no entry; script/check_catalogue.py --update adds it")
            elif not all(entries[text][1]) or entries[text][2]:
                print(f"{name}: {quoted(text)} ({places[0]}) is not translated")
            elif entries[text][0] != plural:
                print(f"{name}: {quoted(text)} ({places[0]}) has another plural in the source")
            else:
                continue
            bad += 1
        for text in entries:
            if text not in used:
                print(f"{name}: {quoted(text)} is not used any more; script/check_catalogue.py --update drops it")
                bad += 1
    words = os.path.join(ROOT, ISLAND_WORDS)
    if sys.argv[1:] == ["--update"]:
        with open(words, "w", encoding="utf-8") as f:
            f.write(island_words())
    with open(words, encoding="utf-8") as f:
        if f.read() != island_words():
            print(f"{ISLAND_WORDS}: says something else than po/; script/check_catalogue.py --update writes it")
            bad += 1
    print(f"{len(used)} texts, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
