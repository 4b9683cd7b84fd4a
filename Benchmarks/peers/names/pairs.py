"""The labelled pairs of names that Milaan and its peers are measured on.

pairs.py written PAIRS_TSV OUTPUT      of fixtures/names: verdict, class, name, name
pairs.py latin PAIRS_TSV OUTPUT        of these the pairs in Latin letters alone
pairs.py requests FOLDER OUTPUT        of a labelled table of patients and requests (gzip)

Writes one pair a line: name, tab, name, tab, `same` or `different`.
"""

import csv
import gzip
import json
import pathlib
import sys


def written(path):
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        verdict, _, first, second = line.split("\t")[:4]
        if verdict in ("same", "different"):
            yield first, second, verdict


def latin(path):
    for first, second, verdict in written(path):
        if max(first + second) < "\u0370":
            yield first, second, verdict


def requests(folder):
    """A request's name beside those of the records that its identifiers, gender and age lead to."""
    folder = pathlib.Path(folder)
    with gzip.open(folder / "patients.csv.gz", "rt", encoding="utf-8", newline="") as file:
        names = {row["id"]: row["name"] for row in csv.DictReader(file)}
    with gzip.open(folder / "discover.ndjson.gz", "rt", encoding="utf-8") as file:
        asked = {}
        for line in file:
            body = json.loads(line)
            asked[body["requestId"]] = body["patient"]["name"]
    with gzip.open(folder / "discover_truth.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, verdict in (("expected_ids", "same"), ("confuser_ids", "different")):
                for record in row[column].replace(";", " ").replace("|", " ").split():
                    yield asked[row["request_id"]], names[record], verdict


def main():
    kind, source, output = sys.argv[1:]
    pairs = {"written": written, "latin": latin, "requests": requests}[kind](source)
    with open(output, "w", encoding="utf-8", newline="\n") as file:
        for first, second, verdict in pairs:
            clean = [" ".join(name.split()) for name in (first, second)]
            file.write("\t".join([*clean, verdict]) + "\n")


if __name__ == "__main__":
    main()
