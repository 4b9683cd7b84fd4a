"""Holds comparisons of names against each other: time a pair, precision, recall and F1.

compare.py SET PAIRS MILAAN RECORD ROUNDS

PAIRS has name, tab, name, tab, verdict; MILAAN is what `milaan bench pairs` printed for the same
lines. Adds a JSON object a comparison to RECORD and prints the table. A package that cannot be
imported is said to be missing and left out.
"""

import importlib.metadata
import json
import statistics
import sys
import time

MILAAN_DOCUMENTED = 700  # docs/rule.md: what a mobile asks of a name
# indian-namematch lists all permutations of the words: beyond these a pair takes seconds to minutes.
INDIAN_WORDS_MAX = 6


class Peer:
    """A package's comparison: how sure it is of each pair, and where its documentation draws the line."""

    def __init__(self, package, label, documented, score, batch=None):
        self.name = f"{label} {importlib.metadata.version(package)}"
        self.documented, self.score, self.batch = documented, score, batch
        self.failed = 0

    def scores(self, pairs):
        return [self.guarded(first, second) for first, second, _ in pairs]

    def guarded(self, first, second):
        try:
            return self.score(first, second)
        except Exception:  # a peer that fails on a name has not found it the same
            self.failed += 1
            return 0


def rapidfuzz():
    from rapidfuzz import fuzz, process, utils

    def score(first, second):
        return fuzz.token_set_ratio(first, second, processor=utils.default_process)

    def batch(pairs):
        firsts = [utils.default_process(pair[0]) for pair in pairs]
        seconds = [utils.default_process(pair[1]) for pair in pairs]
        return lambda: process.cpdist(firsts, seconds, scorer=fuzz.token_set_ratio, workers=1)

    return Peer("rapidfuzz", "RapidFuzz token_set_ratio", None, score, batch)


def indic():
    from indic_namematch import NameMatcher

    matcher = NameMatcher()
    return Peer("indic-namematch", "indic-namematch", matcher.bands.approve_at, matcher.score)


def indian():
    from indian_namematch import fuzzymatch

    def score(first, second):
        if max(len(first.split()), len(second.split())) > INDIAN_WORDS_MAX:
            raise ValueError("too many words")
        return 1 if fuzzymatch.single_compare(first, second) == "Match" else 0

    return Peer("indian-namematch", "indian-namematch", 1, score)


def figures(scores, pairs, threshold):
    """Precision, recall and F1 where everything at or above the threshold counts as the same."""
    right = wrong = missed = 0
    for score, pair in zip(scores, pairs):
        is_same = pair[2] == "same"
        if score >= threshold:
            right, wrong = right + is_same, wrong + (not is_same)
        else:
            missed += is_same
    precision = right / (right + wrong) if right + wrong else 0
    recall = right / (right + missed) if right + missed else 0
    f1 = 2 * right / (2 * right + wrong + missed) if right else 0
    return {"threshold": threshold, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def best(scores, pairs):
    """The threshold of the greatest F1, found on these very pairs."""
    order = sorted(zip(scores, (pair[2] == "same" for pair in pairs)), reverse=True)
    total = sum(is_same for _, is_same in order)
    right = wrong = 0
    most = (-1.0, 0)
    for index, (score, is_same) in enumerate(order):
        right, wrong = right + is_same, wrong + (not is_same)
        if index + 1 == len(order) or order[index + 1][0] != score:
            most = max(most, (2 * right / (right + wrong + total), score))
    return figures(scores, pairs, most[1])


def nanoseconds(work, count, rounds):
    """The median and the least of the rounds, each a fifth of a second or more, after one to get warm."""
    times = []
    for _ in range(rounds + 1):
        passes = elapsed = 0
        start = time.perf_counter_ns()
        while elapsed < 200_000_000:
            work()
            passes += 1
            elapsed = time.perf_counter_ns() - start
        times.append(elapsed / passes / count)
    times = times[1:]
    return round(statistics.median(times), 1), round(min(times), 1)


def measured(peer, pairs, rounds):
    start = time.perf_counter_ns()
    scores = peer.scores(pairs)
    is_slow = time.perf_counter_ns() - start > 500_000_000
    line = {"pairs_failed": peer.failed, "best": best(scores, pairs)}
    if peer.documented is not None:
        line["documented"] = figures(scores, pairs, peer.documented)
    # From every part of the list, where all of it would take long.
    sample = pairs[:: max(1, len(pairs) // 2000)] if is_slow else pairs
    line["written_ns"], line["written_min_ns"] = nanoseconds(
        lambda: peer.scores(sample), len(sample), rounds
    )
    if peer.batch:
        line["prepared_ns"], line["prepared_min_ns"] = nanoseconds(
            peer.batch(sample), len(sample), rounds
        )
    return line


def milaan(lines, pairs):
    by_name = {line["name"]: line for line in lines}
    scores = by_name["matcher/pairs/scores"]["scores"]
    assert len(scores) == len(pairs), "milaan has another number of pairs"
    return {
        "pairs_failed": 0,
        "best": best(scores, pairs),
        "documented": figures(scores, pairs, MILAAN_DOCUMENTED),
        "written_ns": by_name["matcher/pairs/written"]["median_ns"],
        "written_min_ns": by_name["matcher/pairs/written"]["min_ns"],
        "prepared_ns": by_name["matcher/pairs/folded"]["median_ns"],
        "prepared_min_ns": by_name["matcher/pairs/folded"]["min_ns"],
    }


def row(name, line):
    def quality(key):
        found = line.get(key)
        if not found:
            return f"{'-':>9} {'-':>6} {'-':>6} {'-':>6}"
        return f"{found['threshold']:>9.4g} {found['precision']:6.3f} {found['recall']:6.3f} {found['f1']:6.3f}"

    folded = f"{line['prepared_ns']:>9.0f}" if "prepared_ns" in line else f"{'-':>9}"
    return f"{name:34} {line['written_ns']:>9.0f} {folded}   {quality('documented')}   {quality('best')}"


def main():
    kind, pairs_path, milaan_path, record, rounds = sys.argv[1:]
    with open(pairs_path, encoding="utf-8") as file:
        pairs = [tuple(line.rstrip("\n").split("\t")) for line in file]
    with open(milaan_path, encoding="utf-8") as file:
        results = {"Milaan weighed": milaan([json.loads(line) for line in file], pairs)}
    notes = []
    for make in (rapidfuzz, indic, indian):
        try:
            peer = make()
            results[peer.name] = measured(peer, pairs, int(rounds))
        except Exception as error:  # whatever its import raises: the package is not to be had here
            notes.append(f"{make.__name__}: left out, {type(error).__name__}: {error}")
            continue
        failed = results[peer.name]["pairs_failed"]
        if failed:
            notes.append(f"{peer.name}: no answer for {failed} pairs, counted as different")
    same = sum(pair[2] == "same" for pair in pairs)
    print(f"\n{kind}: {same} pairs of one person, {len(pairs) - same} of two")
    columns = f"{'limit':>9} {'prec.':>6} {'recall':>6} {'F1':>6}"
    print(f"{'':34} {'written':>9} {'prepared':>9}   {'documented':<30}   at the best limit of these pairs")
    print(f"{'comparison':34} {'ns':>9} {'ns':>9}   {columns}   {columns}")
    for name, line in results.items():
        print(row(name, line))
    for note in notes:
        print(note)
    with open(record, "a", encoding="utf-8") as file:
        for name, line in results.items():
            shown = {"name": f"names/{kind}/{name}", "pairs": len(pairs), "same": same, **line}
            file.write(json.dumps(shown, ensure_ascii=False) + "\n")
        for note in notes:
            file.write(json.dumps({"name": f"names/{kind}/note", "note": note}) + "\n")


if __name__ == "__main__":
    main()
