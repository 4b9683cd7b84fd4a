"""Holds the kernel against RapidFuzz's cdist: every name of a list with every one, on one thread.

compare.py LIST NAMES LIMIT MILAAN RECORD ROUNDS

NAMES has one name a line; LIMIT is a number or `exact`; MILAAN is what `milaan bench kernel --names` printed for
the same file and limit. Adds a JSON object a form of RapidFuzz to RECORD and prints the table, then a line
`ratio R` for the caller. Exit code 1 when the sums of all distances are not the same.
"""

import importlib.metadata
import json
import statistics
import sys
import time

import numpy
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein


def forms(names):
    """The ways to ask: the list twice, as one object or as two; results as it likes them or in one byte."""
    copy = list(names)
    found = {"one list": (names, None), "two lists": (copy, None)}
    if max(map(len, names)) < 255:
        found["two lists, uint8"] = (copy, numpy.uint8)
    return found


def measured(names, others, kind, limit, rounds):
    """Median and least nanoseconds a pair, after a round to get warm, and the sum of all distances."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter_ns()
        table = process.cdist(
            names, others, scorer=Levenshtein.distance, score_cutoff=limit, dtype=kind, workers=1
        )
        times.append((time.perf_counter_ns() - start) / len(names) ** 2)
    times = times[1:]
    total = int(table.sum(dtype=numpy.int64))
    return round(statistics.median(times), 3), round(min(times), 3), total


def main():
    kind, names_path, limit, milaan_path, record, rounds = sys.argv[1:]
    limit = None if limit == "exact" else int(limit)
    # A character a byte, as Milaan compares them.
    with open(names_path, encoding="latin-1", newline="\n") as file:
        names = file.read().removesuffix("\n").split("\n")
    with open(milaan_path, encoding="utf-8") as file:
        ours = [json.loads(line) for line in file]
    sums = {line["checksum"] for line in ours}
    chosen = next(line for line in ours if line.get("chosen") == 1)
    version = importlib.metadata.version("rapidfuzz")
    suffix = chosen["name"].rsplit("/", 1)[1]
    peers = []
    for form, (others, dtype) in forms(names).items():
        median, least, total = measured(names, others, dtype, limit, max(5, int(rounds)))
        sums.add(total)
        peers.append(
            {
                "name": f"kernel/{kind}/rapidfuzz {version}, {form}/{suffix}",
                "n": len(names) ** 2,
                "repetitions": max(5, int(rounds)),
                "median_ns": median,
                "min_ns": least,
                "checksum": total,
            }
        )
    print(f"\n{kind}: {len(names)} names with each other, limit {suffix.removeprefix('limit')}")
    print(f"{'':52} {'median':>9} {'minimum':>9}   ns a pair")
    with open(record, "a", encoding="utf-8") as file:
        for line in [dict(line, name=f"kernel/{kind}/" + line["name"].split("/", 2)[2]) for line in ours] + peers:
            print(json.dumps(line), file=file)
            print(f"{line['name']:52} {line['median_ns']:>9.3f} {line['min_ns']:>9.3f}")
    best = min(peer["median_ns"] for peer in peers)
    print(f"ratio {best / chosen['median_ns']:.2f}")
    if len(sums) != 1:
        sys.exit(f"{kind}: the sums of all distances differ: {sorted(sums)}")


main()
