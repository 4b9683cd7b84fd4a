"""Invented people: regions' names, households, and who has which mobile."""

import random
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

YEAR = 2024


@dataclass(frozen=True)
class Word:
    """One name: its spellings, the usual first, and its native form where that is certain."""

    spellings: tuple
    native: str = ""

    @property
    def usual(self):
        return self.spellings[0]

    def overlaps(self, other):
        """Whether some spelling of one is a spelling of the other: then they are one name."""
        return bool({s.lower() for s in self.spellings} & {s.lower() for s in other.spellings})


@dataclass
class Region:
    name: str
    build: str = "given-surname"
    share: int = 1
    words: dict = field(default_factory=dict)
    middles: dict = field(default_factory=dict)

    @classmethod
    def read(cls, path):
        region = cls(path.stem)
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, rest = line.partition(" ")
            if key in ("M:", "F:", "S:"):
                region.words[key[0]] = [cls.word(text) for text in rest.split()]
            elif key in ("men", "women"):
                region.middles["M" if key == "men" else "F"] = rest.split()
            elif key == "build":
                region.build = rest
            elif key == "share":
                region.share = int(rest)
        return region

    @staticmethod
    def word(text):
        latin, _, native = text.partition("=")
        spellings = tuple(s.replace("_", " ") for s in latin.split("/"))
        return Word(tuple(dict.fromkeys(spellings)), native.replace("_", " "))


@dataclass
class Person:
    id: str
    household: int
    region: Region
    given: Word
    surname: Word
    gender: str
    birth: tuple
    middle: str = ""
    father: Word = None
    mother: "Person" = None
    spouse: Word = None
    maiden: Word = None
    house: str = ""
    pet: str = ""
    mobile: str = ""
    abha_number: str = ""
    abha_address: str = ""
    twin: bool = False
    rows: list = field(default_factory=list)
    habits: dict = field(default_factory=dict)


MUSLIM_WOMEN = ["Begum", "Bano", "Khatoon", "Bibi", "Parveen", "Khanam"]
PETS = ["Guddu", "Munna", "Chhotu", "Bablu", "Pappu", "Tinku", "Bunty", "Kallu", "Babu", "Lalu"]
PETS_F = ["Guddi", "Munni", "Chhoti", "Pinki", "Babli", "Rinki", "Gudiya", "Mini", "Baby", "Ammu"]


class World:
    """Everybody, drawn from one stream of random numbers."""

    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.regions = [Region.read(path) for path in sorted(Path(folder).glob("*.txt"))]
        self.shares = [region.share for region in self.regions]
        self.people = []
        self.households = 0
        self.used = set()

    def chance(self, share):
        return self.random.random() < share

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    def region(self):
        at = self.random.random() * sum(self.shares)
        for region, share in zip(self.regions, self.shares):
            at -= share
            if at < 0:
                return region
        return self.regions[-1]

    def number(self, digits, first="123456789"):
        """A number not given before."""
        while True:
            text = self.pick(first) + "".join(self.pick("0123456789") for _ in range(digits - 1))
            if text not in self.used:
                self.used.add(text)
                return text

    def mobile(self):
        return self.number(10, "6789")

    def date(self, year):
        return (year, 1 + int(self.random.random() * 12), 1 + int(self.random.random() * 28))

    def given(self, region, gender, taken, like=None):
        """A given name no one of the family has; with `like`, one of the three that are written nearest it."""
        free = [w for w in region.words[gender] if not any(w.overlaps(t) for t in taken)]
        if like is not None:
            other = like.usual.lower()
            free = sorted(
                free, key=lambda w: -SequenceMatcher(None, w.usual.lower(), other).ratio())[:3]
        return self.pick(free)

    def person(self, household, region, gender, birth, given, surname, **more):
        p = Person(f"K{len(self.people) + 1:06d}", household, region, given, surname, gender, birth, **more)
        if region.build == "muslim":
            if gender == "M" and self.chance(0.4):
                p.habits["mohd"] = self.pick(["Mohd", "Mohammed", "Md", "Mohammad"])
            if gender == "F" and self.chance(0.7):
                p.middle = self.pick(MUSLIM_WOMEN)
        elif region.build == "sikh":
            p.middle = "Singh" if gender == "M" else "Kaur"
        elif gender in region.middles and self.chance(0.5):
            p.middle = self.pick(region.middles[gender])
        if region.build == "given-surname-initials":
            p.house = self.pick("KPTMVCAEN")
        p.pet = self.pick(PETS if gender == "M" else PETS_F)
        # How the person writes their own name: one spelling of each part, kept through life.
        for word in (p.given, p.surname, p.father, p.spouse):
            if word is not None:
                p.habits[word] = word.usual if self.chance(0.6) else self.pick(word.spellings)
        if self.chance(0.45):
            p.abha_number = self.number(14)
        if self.chance(0.4):
            handle = given.usual.replace(" ", "").lower() + self.number(5)
            p.abha_address = handle + self.pick(["@sbx", "@abdm"])
        self.people.append(p)
        return p

    def family(self):
        """A couple, their children, sometimes a grandparent; most on one mobile."""
        self.households += 1
        home, region, mobile = self.households, self.region(), self.mobile()
        surname = self.pick(region.words["S"])
        first = len(self.people)
        taken = []

        def name(gender, like=None):
            word = self.given(region, gender, taken, like)
            taken.append(word)
            return word

        old = int(YEAR - 22 - self.random.random() * 48)
        grandfather = name("M")
        he, she = name("M"), name("F")
        maiden = self.pick(region.words["S"])
        father = self.person(home, region, "M", self.date(old), he, surname, father=grandfather)
        mother = self.person(
            home, region, "F", self.date(old + int(self.random.random() * 6)), she, surname,
            father=self.given(region, "M", taken), spouse=he, maiden=maiden)
        if self.chance(0.2):
            self.person(home, region, "M", self.date(old - 20 - int(self.random.random() * 12)),
                        grandfather, surname, father=self.given(region, "M", taken))
        year = old + 20 + int(self.random.random() * 8)
        last = None
        for _ in range(int(self.random.random() * 5)):
            if year > YEAR:
                break
            gender = self.pick("MF")
            twin = last is not None and self.chance(0.06)
            if twin:
                gender = last.gender if self.chance(0.7) else gender
                birth = last.birth
            else:
                birth = self.date(year)
            like = last.given if last is not None and last.gender == gender and self.chance(0.5) else None
            if gender == "M" and self.chance(0.02) and not any(
                    p.given == grandfather for p in self.people[first:]):
                given = grandfather
            else:
                given = name(gender, like)
            child = self.person(home, region, gender, birth, given, surname, father=he, mother=mother)
            if twin:
                child.twin = last.twin = True
            last = child
            year += 1 + int(self.random.random() * 3)
        for p in self.people[first:]:
            adult = YEAR - p.birth[0] >= 18
            p.mobile = self.mobile() if adult and p is not father and self.chance(0.25) else mobile

    def newcomer(self, former):
        """Someone alone whose mobile was another's, of that person's gender and age."""
        self.households += 1
        region = former.region if self.chance(0.6) else self.region()
        given = self.given(region, former.gender, [p.given for p in self.people if p.mobile == former.mobile])
        birth = self.date(former.birth[0] + int(self.random.random() * 5) - 2)
        p = self.person(self.households, region, former.gender, birth, given,
                        self.pick(region.words["S"]), father=self.pick(region.words["M"]))
        p.mobile = former.mobile
        return p
