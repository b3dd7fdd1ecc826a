#!/usr/bin/python3
"""Compares real answers of the API with its document. Every line of FILE is one: {"pattern", "target", "status", "type", "body"}. Ends with 1 and the reasons.

An answer may hold nothing that the document does not name: each object schema with named fields is closed first. Every path must have been answered with 200.

usage: validate_answers.py FILE [OPENAPI_JSON]
"""
import json
import os
import re
import sys

import jsonschema
import rfc3987

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
checker = jsonschema.FormatChecker()


@checker.checks("date-time")
def is_date_time(value):
    return not isinstance(value, str) or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value) is not None


@checker.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or rfc3987.match(value, rule="URI") is not None


def closed(schema):
    if isinstance(schema, dict):
        schema = {key: closed(value) for key, value in schema.items()}
        if isinstance(schema.get("properties"), dict):
            schema["additionalProperties"] = False
        return schema
    return [closed(one) for one in schema] if isinstance(schema, list) else schema


def main():
    with open(sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "src/api/openapi.json"), encoding="utf-8") as f:
        document = json.load(f)
    components = {**document["components"], "schemas": closed(document["components"]["schemas"])}
    wrong, good, count = [], set(), 0
    with open(sys.argv[1], encoding="utf-8") as f:
        for line in f:
            answer = json.loads(line)
            count += 1
            what = f"GET {answer['target']} ({answer['status']})"
            item = document["paths"].get(answer["pattern"])
            if item is None:
                wrong.append(f"{what}: the document has no path {answer['pattern']}")
                continue
            response = item["get"]["responses"].get(str(answer["status"]))
            if response is None:
                wrong.append(f"{what}: this status is not in the document")
                continue
            if "$ref" in response:
                response = components["responses"][response["$ref"].rsplit("/", 1)[1]]
            if answer["status"] == 200:
                good.add(answer["pattern"])
            if "content" not in response:
                if answer["body"]:
                    wrong.append(f"{what}: has a body")
                continue
            if answer["type"] not in response["content"]:
                wrong.append(f"{what}: is {answer['type']}")
                continue
            schema = {**closed(response["content"][answer["type"]]["schema"]), "components": components}
            validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
            for error in list(validator.iter_errors(json.loads(answer["body"])))[:3]:
                wrong.append(f"{what}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    wrong += [f"{path}: never answered with 200" for path in document["paths"] if path not in good]
    for reason in wrong[:40]:
        print(reason)
    print(f"{count} answers, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
