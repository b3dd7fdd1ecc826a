#!/usr/bin/python3
"""Validates every file of a folder against c3voc's own schemas: *.schedule.json, *.schedule2.json and *.schedule.xml. Ends with 1 and the reasons when one is wrong.

usage: validate_exports.py FOLDER SCHEMAS   (SCHEMAS holds schema.json, schema2.json and schedule.xml.xsd)
"""
import glob
import json
import os
import re
import subprocess
import sys

import jsonschema
import rfc3987

checker = jsonschema.FormatChecker()


@checker.checks("date-time")
def is_date_time(value):
    """RFC 3339: the offset is required."""
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None


@checker.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or rfc3987.match(value, rule="URI") is not None


@checker.checks("color")
def is_color(value):
    return not isinstance(value, str) or re.fullmatch(r"#[0-9a-fA-F]{6}", value) is not None


def validate_json(files, schema_file):
    with open(schema_file, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft6Validator.check_schema(schema)
    validator = jsonschema.Draft6Validator(schema, format_checker=checker)
    wrong = []
    for name in files:
        with open(name, encoding="utf-8") as f:
            document = json.load(f)
        for error in list(validator.iter_errors(document))[:5]:
            reasons = [f"{list(c.absolute_path)}: {c.message[:200]}" for c in error.context[:6]]
            wrong.append(f"{name}: {list(error.absolute_path)}: {error.message[:300]} {reasons or ''}")
    return wrong


def validate_xml(files, schema_file):
    wrong = []
    for start in range(0, len(files), 200):
        run = subprocess.run(["xmllint", "--noout", "--schema", schema_file, *files[start:start + 200]], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            wrong += [line for line in run.stderr.splitlines() if not line.endswith(" validates")][:20]
    return wrong


def main():
    folder, schemas = sys.argv[1:]
    found = {ending: sorted(glob.glob(os.path.join(folder, "*" + ending))) for ending in (".schedule.json", ".schedule2.json", ".schedule.xml")}
    wrong = validate_json(found[".schedule.json"], os.path.join(schemas, "schema.json"))
    wrong += validate_json(found[".schedule2.json"], os.path.join(schemas, "schema2.json"))
    wrong += validate_xml(found[".schedule.xml"], os.path.join(schemas, "schedule.xml.xsd"))
    for line in wrong[:40]:
        print(line)
    print(f"{sum(len(v) for v in found.values())} files, {len(wrong)} problems")
    return 1 if wrong or not all(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
