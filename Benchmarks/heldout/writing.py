"""How a desk or a person writes a name: forms by region, then what goes wrong."""

TITLES = {
    "M": ["Shri", "Mr", "Mr.", "Sri", "Sh.", "Dr."],
    "F": ["Smt", "Smt.", "Mrs", "Mrs.", "Ms.", "Dr."],
    "girl": ["Km.", "Kumari", "Miss", "Ku.", "Baby"],
    "boy": ["Master", "Mast.", "Mr."],
}
NATIVE_WORDS = {
    "Deva": {"Kumar": "कुमार", "Lal": "लाल", "Singh": "सिंह", "Prasad": "प्रसाद", "Devi": "देवी",
             "Kumari": "कुमारी", "Rani": "रानी", "Bai": "बाई", "Nath": "नाथ", "Ram": "राम",
             "Chandra": "चंद्र", "Das": "दास", "Bala": "बाला", "Lata": "लता"},
    "Guru": {"Singh": "ਸਿੰਘ", "Kaur": "ਕੌਰ"},
    "Beng": {"Kumar": "কুমার", "Das": "দাস", "Rani": "রানী", "Bala": "বালা", "Lata": "লতা",
             "Devi": "দেবী", "Chandra": "চন্দ্র", "Nath": "নাথ", "Lal": "লাল"},
    "Arab": {"Begum": "بیگم", "Bano": "بانو", "Khatoon": "خاتون", "Bibi": "بی بی",
             "Parveen": "پروین", "Khanam": "خانم", "Mohd": "محمد"},
}
SCRIPTS = [("Deva", 0x900), ("Beng", 0x980), ("Guru", 0xA00), ("Gujr", 0xA80), ("Arab", 0x600)]
NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}


def script(text):
    code = ord(text[0])
    for name, first in SCRIPTS:
        if first <= code < first + 0x80:
            return name
    return "other"


class Writer:
    """Writes one person's name as one hand would; `care` from 0, a busy desk, to 1."""

    def __init__(self, world, care):
        self.world = world
        self.care = care
        self.chance = world.chance
        self.pick = world.pick

    def slips(self, share):
        """Whether something with this share at a busy desk happens."""
        return self.chance(share * (1.5 - self.care))

    def spell(self, person, word, tags):
        habit = person.habits.get(word, word.usual)
        if len(word.spellings) > 1 and self.slips(0.18):
            other = self.pick([s for s in word.spellings if s != habit])
            tags.append("translit")
            return other
        return habit

    def write(self, person, tags):
        """One written form; what was done to it is appended to `tags`."""
        if self.slips(0.03):
            native = self.native(person)
            if native:
                tags.append("script")
                return native
        tokens = self.form(person, tags)
        tokens = self.slip(tokens, tags)
        if len(tokens) > 1 and "swap" not in tags and self.slips(0.04):
            tokens = tokens[1:] + tokens[:1] if self.chance(0.6) else tokens[::-1]
            tags.append("swap")
        if len(tokens) > 1 and self.slips(0.035):
            at = int(self.world.random.random() * (len(tokens) - 1))
            if min(len(tokens[at]), len(tokens[at + 1])) > 2:
                tokens[at : at + 2] = [tokens[at] + tokens[at + 1].lower()]
                tags.append("joined")
        elif self.slips(0.012):
            at = max(range(len(tokens)), key=lambda i: len(tokens[i]))
            if len(tokens[at]) >= 8:
                half = len(tokens[at]) // 2
                tokens[at : at + 1] = [tokens[at][:half], tokens[at][half:].capitalize()]
                tags.append("split")
        text = " ".join(tokens)
        if self.slips(0.12):
            text = self.title(person) + " " + text
            tags.append("honorific")
        if self.slips(0.05):
            text += self.tail(person)
            tags.append("relation")
        elif self.slips(0.02):
            text += self.pick([" @ ", " alias ", " urf "]) + person.pet
            tags.append("alias")
        elif self.slips(0.012):
            text += self.pick([".", " -", ",", " (OPD)", " .", " *"])
            tags.append("junk")
        case = self.world.random.random()
        if case < 0.3:
            text = text.upper()
        elif case < 0.36:
            text = text.lower()
        return text

    def title(self, person):
        if self.world_age(person) < 14:
            return self.pick(TITLES["boy" if person.gender == "M" else "girl"])
        if person.gender == "F" and person.spouse is None:
            return self.pick(TITLES["girl"][:4])
        return self.pick(TITLES[person.gender])

    @staticmethod
    def world_age(person):
        return 2024 - person.birth[0]

    def tail(self, person):
        if person.spouse is not None and self.chance(0.8):
            mark, relative = "W/O", person.spouse
        else:
            mark, relative = ("S/O" if person.gender == "M" else "D/O"), person.father
        mark = self.pick([mark, mark.lower(), mark.replace("/", "/ "), mark + ".", mark])
        return f" {mark} {relative.usual}"

    def form(self, person, tags):
        """The name's tokens, by the customs of its region."""
        p, r = person, self.world.random.random()
        given = self.spell(p, p.given, tags)
        surname_word = p.surname
        if p.maiden is not None and self.slips(0.08):
            surname_word = p.maiden
            tags.append("married")
        surname = self.spell(p, surname_word, tags)
        build = p.region.build
        if build == "given-father-surname":
            parts = self.with_father(p, given, surname, r, tags)
        elif build == "given-initial":
            parts = self.with_initial(p, given, surname, r, tags)
        elif build == "surname-given":
            parts = self.surname_first(given, surname, r, tags)
        elif build == "given-surname-initials":
            letters = p.house + p.father.usual[0]
            if r < 0.5:
                parts = [given, surname]
            elif r < 0.8:
                parts = [given, *self.initials(letters)]
                tags.append("initial")
            elif r < 0.9:
                parts = [*self.initials(letters), given]
                tags.append("initial")
            else:
                parts = [given]
                tags.append("missing_token")
        elif build == "sikh":
            if r < 0.6:
                parts = [given, p.middle]
            elif r < 0.94:
                parts = [given, p.middle, surname]
            else:
                parts = [given, surname]
                tags.append("missing_token")
        elif build == "muslim":
            parts = self.muslim(p, given, surname, r, tags)
        else:
            parts = self.northern(p, given, surname, r, tags)
        return " ".join(parts).split()

    def northern(self, p, given, surname, r, tags):
        if p.middle and r < 0.35:
            return [given, p.middle, surname]
        if p.middle and r < 0.5:
            tags.append("missing_token")
            return [given, p.middle]
        if r < 0.56 - 0.1 * self.care:
            tags.append("missing_token")
            return [given]
        if r < 0.6 and self.slips(0.5):
            tags.append("initial")
            return [given[0] + ("." if self.chance(0.5) else ""), *([p.middle[0]] if p.middle else []), surname]
        return [given, surname]

    def with_father(self, p, given, surname, r, tags):
        relative = p.spouse if p.spouse is not None and self.chance(0.85) else p.father
        middle = self.spell(p, relative, tags)
        if p.region.name == "gujarat" and " " not in given and self.chance(0.35):
            suffix = "bhai" if p.gender == "M" else "ben"
            if not given.endswith(suffix):
                given += suffix
        if r < 0.4:
            return [given, middle, surname]
        if r < 0.8:
            return [given, surname]
        if r < 0.9:
            tags.append("swap")
            return [surname, given, middle]
        if r < 0.96:
            tags.append("initial")
            return [given, middle[0] + ("." if self.chance(0.5) else ""), surname]
        tags.append("missing_token")
        return [given]

    def with_initial(self, p, given, surname, r, tags):
        father = p.spouse if p.spouse is not None and self.chance(0.5) else p.father
        letter = father.usual[0]
        if r < 0.42:
            tags.append("initial")
            return [letter + ("." if self.chance(0.4) else ""), given]
        if r < 0.68:
            tags.append("initial")
            return [given, letter]
        if r < 0.84:
            return [given, self.spell(p, father, tags)]
        if r < 0.9:
            return [given, surname]
        tags.append("missing_token")
        return [given]

    def surname_first(self, given, surname, r, tags):
        if r < 0.5:
            return [surname, given]
        if r < 0.72:
            tags.append("initial")
            return [surname[0] + ("." if self.chance(0.4) else ""), given]
        if r < 0.9:
            tags.append("swap")
            return [given, surname]
        tags.append("missing_token")
        return [given]

    def muslim(self, p, given, surname, r, tags):
        front = []
        if "mohd" in p.habits:
            if self.slips(0.2):
                tags.append("missing_token")
            elif self.slips(0.35):
                front = [self.pick(["Mohd", "Mohd.", "Md", "Md.", "Mohammed", "Mohammad", "Muhammad"])]
                tags.append("translit")
            else:
                front = [p.habits["mohd"]]
        if p.middle:
            if r < 0.7:
                return [given, p.middle]
            return [given, surname] if r < 0.9 else [given]
        if r < 0.8:
            return [*front, given, surname]
        if not front:
            tags.append("missing_token")
        return [*front, given]

    def initials(self, letters):
        style = self.world.random.random()
        if style < 0.4:
            return list(letters)
        if style < 0.7:
            return [letter + "." for letter in letters]
        return [letters] if style < 0.85 else [".".join(letters) + "."]

    def slip(self, tokens, tags):
        """One keying mistake in a token long enough to survive it."""
        if not self.slips(0.07):
            return tokens
        at = max(range(len(tokens)), key=lambda i: len(tokens[i])) if self.chance(0.6) else int(
            self.world.random.random() * len(tokens))
        token = tokens[at]
        if len(token) < 5:
            return tokens
        i = 1 + int(self.world.random.random() * (len(token) - 2))
        kind = self.world.random.random()
        if kind < 0.3:
            new = token[:i] + token[i + 1] + token[i] + token[i + 2 :]
        elif kind < 0.55:
            new = token[:i] + token[i + 1 :]
        elif kind < 0.75:
            new = token[:i] + token[i] + token[i:]
        else:
            new = token[:i] + self.pick(NEIGHBOURS.get(token[i].lower(), "e")) + token[i + 1 :]
        if new != token:
            tags.append("typo")
        return [*tokens[:at], new, *tokens[at + 1 :]]

    def native(self, p):
        """The name in its own script; empty when some part's form is not known."""
        if not p.given.native:
            return ""
        parts = [p.given.native]
        words = NATIVE_WORDS.get(script(p.given.native), {})
        if p.middle and words.get(p.middle):
            parts.append(words[p.middle])
        if p.region.build == "sikh":
            return " ".join(parts)
        if p.surname.native and script(p.surname.native) == script(p.given.native) and (
                len(parts) == 1 or self.chance(0.5)):
            if p.region.build == "surname-given":
                parts.insert(0, p.surname.native)
            else:
                parts.append(p.surname.native)
        return " ".join(parts) if len(parts) > 1 or self.chance(0.3) else ""
