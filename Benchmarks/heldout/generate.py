#!/usr/bin/env python3
"""Writes a labelled set of patients and discover requests; README.md beside it says how."""

import argparse
import csv
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from people import World
from writing import Writer

COLUMNS = (
    "id,abha_address,abha_number,mobile,mr_number,name,gender,birth_date,yob,address,district,state,"
    "pincode,visits,last_visit").split(",")
TOLERANCE = 2


class Maker:
    def __init__(self, seed, rows, requests):
        self.world = World(seed, Path(__file__).parent / "names")
        self.desk = Writer(self.world, care=0.3)
        self.phone = Writer(self.world, care=0.9)
        self.rows_wanted = rows
        self.requests_wanted = requests
        self.rows = []
        self.by_key = {}

    # Rows

    def register(self, person):
        w = self.world
        count = 1 if w.chance(0.62) else 2 if w.chance(0.75) else 3
        for _ in range(count):
            self.rows.append(self.row(person))

    def row(self, p):
        w = self.world
        tags = []
        if w.chance(0.4) and p.mother is not None and 2024 - p.birth[0] <= 1:
            name = w.pick(["B/O ", "Baby of ", "B/o "]) + self.desk.spell(p.mother, p.mother.given, tags)
            if w.chance(0.4) and p.mother.middle:
                name += " " + p.mother.middle
            tags.append("baby_of")
        else:
            name = self.desk.write(p, tags)
        gender, year = p.gender, p.birth[0]
        if w.chance(0.015):
            gender = "U"
            tags.append("gender_unknown")
        elif w.chance(0.005):
            gender = "F" if p.gender == "M" else "M"
            tags.append("gender_miscoded")
        if w.chance(0.06):
            year += w.pick([-2, -1, 1, 2])
            tags.append("yob_off")
        elif w.chance(0.01):
            year += w.pick([-10, -5, 5, 10])
            tags.append("yob_far")
        born = f"{year}-{p.birth[1]:02d}-{p.birth[2]:02d}"
        if w.chance(0.05):
            born = str(year)
            tags.append("age_dob")
        yob = str(year)
        if w.chance(0.015):
            born = yob = ""
            tags.append("dob_missing")
        mobile = p.mobile
        if w.chance(0.05):
            mobile = ""
            tags.append("mobile_missing")
        elif w.chance(0.04):
            mobile = w.mobile()
            tags.append("mobile_changed")
        row = {
            "id": f"H{len(self.rows) + 1:08d}",
            "abha_address": p.abha_address if w.chance(0.5) else "",
            "abha_number": self.grouped(p.abha_number) if w.chance(0.6) else "",
            "mobile": self.spelt(mobile), "mr_number": "UH" + w.number(8), "name": name,
            "gender": gender, "birth_date": born, "yob": yob, "address": "", "district": "", "state": "",
            "pincode": "", "visits": str(1 + int(w.random.random() * 6)),
            "last_visit": f"20{w.pick(['19', '20', '21', '22', '23'])}-0{w.pick('123456789')}-1{w.pick('0123456789')}",
        }
        for key in (("MOBILE", mobile), ("NDHM_HEALTH_NUMBER", row["abha_number"].replace("-", "")),
                    ("HEALTH_ID", row["abha_address"]), ("MR", row["mr_number"])):
            if key[1]:
                self.by_key.setdefault(key, []).append((row, p))
        p.rows.append(row)
        row["tags"] = tags
        return row

    def grouped(self, number):
        if not number or self.world.chance(0.3):
            return number
        return "-".join((number[:2], number[2:6], number[6:10], number[10:]))

    def spelt(self, mobile):
        if not mobile:
            return ""
        form = self.world.random.random()
        if form < 0.75:
            return mobile
        if form < 0.85:
            return "+91" + mobile
        if form < 0.92:
            return "0" + mobile
        return f"{mobile[:5]} {mobile[5:]}"

    # Requests

    def request(self, p):
        """The body, and its truth."""
        w = self.world
        tags = []
        name = self.phone.write(p, tags)
        verified = [("MOBILE", p.mobile)]
        if p.abha_number and w.chance(0.6):
            verified.append(("NDHM_HEALTH_NUMBER", p.abha_number))
        if p.abha_address and w.chance(0.6):
            verified.append(("HEALTH_ID", p.abha_address))
        unverified = []
        if p.rows and w.chance(0.06):
            unverified.append(("MR", w.pick(p.rows)["mr_number"]))
        gender, year = p.gender, p.birth[0]
        reached, ways = {}, {}
        for key in verified + unverified:
            for row, owner in self.by_key.get(key, []):
                reached[row["id"]] = (row, owner)
                ways.setdefault(row["id"], set()).add(key[0])

        def passes(row):
            return row["gender"] == gender and row["yob"] and abs(int(row["yob"]) - year) <= TOLERANCE

        expected = [i for i, (row, owner) in reached.items() if owner is p and passes(row)]
        confusers = [(i, owner) for i, (row, owner) in reached.items() if owner is not p and passes(row)]
        kind = self.kind(p, expected, confusers, reached, ways)
        ident = f"{len(self.bodies) + 1:08x}-0000-4000-8000-{int(w.random.random() * 16**12):012x}"

        def listed(keys):
            return [{"type": key, "value": self.grouped(v) if key == "NDHM_HEALTH_NUMBER" else v}
                    for key, v in keys]

        body = {
            "patient": {
                "id": p.abha_address or "nobody@sbx", "name": name, "gender": gender, "yearOfBirth": year,
                "verifiedIdentifiers": listed(verified), "unverifiedIdentifiers": listed(unverified)},
            "requestId": ident, "timestamp": "2024-05-25T01:09:02.330549", "transactionId": ident[:8] * 2}
        truth = {
            "request_id": ident, "expected_ids": " ".join(expected),
            "confuser_ids": " ".join(i for i, _ in confusers),
            "all_person_ids": " ".join(row["id"] for row in p.rows), "class": kind,
            "name_tags": " ".join(tags), "person_id": p.id}
        return body, truth

    @staticmethod
    def kind(p, expected, confusers, reached, ways):
        if p.rows:
            if not expected:
                return "P_unreachable_with_confuser" if confusers else "P_unreachable"
            if confusers:
                return "P_mixed_confuser"
            used = set().union(*(ways[i] for i in expected))
            for key, name in (("HEALTH_ID", "P_phr"), ("NDHM_HEALTH_NUMBER", "P_abha"), ("MOBILE", "P_mobile")):
                if key in used:
                    return name
            return "P_mr"
        family = [owner for _, owner in confusers if owner.household == p.household]
        if any(owner.twin and p.twin and owner.birth == p.birth for owner in family):
            return "N_twin"
        if family:
            return "N_sibling"
        if confusers:
            return "N_recycled_mobile"
        same = [owner for _, owner in reached.values() if owner.household == p.household]
        if any(owner.given == p.given for owner in same):
            return "N_same_name_other_generation"
        return "N_family_filtered_by_gender_yob" if same else "N_nothing"

    # Everything

    def make(self):
        w = self.world
        while len(self.rows) < self.rows_wanted * 0.96:
            first = len(w.people)
            w.family()
            for p in w.people[first:]:
                if w.chance(0.68):
                    self.register(p)
        registered = [p for p in w.people if p.rows]
        newcomers = []
        while len(self.rows) < self.rows_wanted:
            former = w.pick(registered)
            p = w.newcomer(former)
            newcomers.append(p)
            if w.chance(0.5):
                self.register(p)
        known = [p for p in w.people if p.rows]
        strangers = [p for p in w.people if not p.rows]
        # Those whose family could be taken for them are what this set is for.
        near = [p for p in strangers if any(
            owner is not p and owner.gender == p.gender and abs(owner.birth[0] - p.birth[0]) <= TOLERANCE
            for _, owner in self.by_key.get(("MOBILE", p.mobile), []))]
        self.bodies, self.truths = [], []
        while len(self.bodies) < self.requests_wanted:
            at = w.random.random()
            p = w.pick(known if at < 0.65 else near if at < 0.88 else strangers)
            body, truth = self.request(p)
            self.bodies.append(body)
            self.truths.append(truth)

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.table(folder / "patients.csv", COLUMNS, self.rows)
        tags = [{"id": row["id"], "person_id": p.id, "household_id": str(p.household),
                 "tags": " ".join(row["tags"])} for p in self.world.people for row in p.rows]
        self.table(folder / "truth.csv", list(tags[0]), sorted(tags, key=lambda t: t["id"]))
        self.table(folder / "discover_truth.csv", list(self.truths[0]), self.truths)
        with open(folder / "discover.ndjson", "w", encoding="utf-8") as out:
            for body in self.bodies:
                out.write(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n")

    @staticmethod
    def table(path, columns, rows):
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int, default=20000)
    parser.add_argument("--requests", type=int, default=12000)
    options = parser.parse_args()
    maker = Maker(options.seed, options.rows, options.requests)
    maker.make()
    maker.write(options.folder)


if __name__ == "__main__":
    main()
