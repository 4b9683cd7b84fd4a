#!/usr/bin/env python3
"""Validates messages against the OpenAPI files that ABDM published.

    check-abdm-bodies.py OPENAPI_FOLDER < messages

Each line of the input is one JSON object: {"to": "gateway /v0.5/...", "body": {...}}. Prints a line for each
message that does not fit, and ends with 1 if there is one; with 3 where a Python library is missing. Where the
published files are wrong, the exception is listed below with its reason.
"""
import json
import os
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(3)

# The published list of error codes is [1000, 10001]; the network uses those of the 3400s.
FREE_CODES = {"code"}


def load(folder):
    with open(os.path.join(folder, "ndhm-hip.yml"), encoding="utf-8") as file:
        return yaml.safe_load(file)


def relax(node, name=None):
    """The schema without what is known to be wrong in it."""
    if isinstance(node, dict):
        relaxed = {key: relax(value, key) for key, value in node.items()}
        if name in FREE_CODES:
            relaxed.pop("enum", None)
        if node.get("nullable") and isinstance(node.get("type"), str):
            relaxed["type"] = [node["type"], "null"]
        relaxed.pop("example", None)
        relaxed.pop("xml", None)
        return relaxed
    if isinstance(node, list):
        return [relax(value) for value in node]
    return node


def main():
    document = load(sys.argv[1])
    components = relax(document["components"])
    failed = checked = 0
    for line in sys.stdin:
        message = json.loads(line)
        base, _, path = message["to"].partition(" ")
        if base != "gateway" or path not in document["paths"]:
            continue
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        schema = dict(relax(content["schema"]), components=components)
        validator = jsonschema.Draft4Validator(schema)
        checked += 1
        for error in validator.iter_errors(message["body"]):
            failed += 1
            where = ".".join(str(part) for part in error.absolute_path)
            print(f"{path}: {where}: {error.validator} {error.validator_value}")
    print(f"{checked} messages checked")
    return 1 if failed or not checked else 0


sys.exit(main())
