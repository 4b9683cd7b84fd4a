#!/usr/bin/env python3
"""Draws from ABDM's OpenAPI file of v0.5 what the bodies that an HIP sends must look like.

    extract-abdm-shapes.py OPENAPI_FOLDER > fixtures/abdm-shapes/v0.5.tsv

One line for each member of each body: path, member (`[]` for a list's elements), `required` where its object must have
it, type, and the words that it may be. Nothing of the descriptions is taken over.
"""
import os
import sys

import yaml

# What an HIP sends for discovery, linking, registration; consents and health information are another program's.
SENT = [
    "/v0.5/care-contexts/on-discover", "/v0.5/links/link/on-init", "/v0.5/links/link/on-confirm",
    "/v0.5/links/link/add-contexts", "/v0.5/links/context/notify", "/v0.5/patients/profile/on-share",
    "/v1.0/patients/profile/on-share", "/v0.5/users/auth/fetch-modes", "/v0.5/users/auth/init",
    "/v0.5/users/auth/confirm", "/v0.5/users/auth/on-notify", "/v0.5/patients/sms/notify2",
    "/v0.5/patients/status/on-notify",
]


def main():
    with open(os.path.join(sys.argv[1], "ndhm-hip.yml"), encoding="utf-8") as file:
        document = yaml.safe_load(file)

    def resolve(node):
        while "$ref" in node:
            target = document
            for part in node["$ref"].split("/")[1:]:
                target = target[part]
            node = target
        return node

    def walk(path, place, node):
        node = resolve(node)
        for part in node.get("allOf", []):
            yield from walk(path, place, part)
        if "items" in node:
            items = resolve(node["items"])
            words = " ".join(str(word) for word in items.get("enum", []))
            yield (path, place + "[]", "", items.get("type", "object"), words)
            yield from walk(path, place + "[]", items)
        required = set(node.get("required", []))
        for name, member in node.get("properties", {}).items():
            inner = resolve(member)
            below = f"{place}.{name}" if place else name
            kind = inner.get("type", "array" if "items" in inner else "object")
            words = " ".join(str(word) for word in inner.get("enum", []))
            yield (path, below, "required" if name in required else "", kind, words)
            yield from walk(path, below, inner)

    for path in SENT:
        content = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
        for line in walk(path, "", content["schema"]):
            print("\t".join(line).rstrip("\t"))


main()
