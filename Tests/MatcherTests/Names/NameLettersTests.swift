internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Letters of a name")
struct NameLettersTests {
    private func letters(_ folded: String) -> UInt32 {
        let bytes = Array(folded.utf8)
        return NameLetters(bytes.span).rawValue
    }

    private func tokens(_ folded: String) -> [UInt32] {
        let bytes = Array(folded.utf8)
        var list = ScratchList<NameLetters>(capacity: 1)
        NameLetters.tokens(of: bytes.span, into: &list)
        return list.indices.map { list[$0].rawValue }
    }

    private func fold(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var arena = TextArena()
        let range = NameFolding.fold(bytes.span, into: &arena)
        return (0..<range.count).map { arena.byte(at: range.start + $0) }.reduce(into: "") {
            $0.unicodeScalars.append(Unicode.Scalar($1))
        }
    }

    /// Letters that sound alike, each group by one number; what the table must say, written another way.
    private static let sounds: [Character: Set<Character>] = {
        var sounds: [Character: Set<Character>] = [:]
        for group in [
            "ckq", "d", "fp", "g", "jz", "l", "m", "bvw", "n", "r", "s", "t", "eiy", "ou",
        ] {
            for letter in group { sounds[letter] = [group.first ?? letter] }
        }
        sounds["x"] = ["c", "s"]
        return sounds
    }()

    /// As `sounds`, for the first letter of a token, which may be a vowel or an h too.
    private static let firsts: [Character: Set<Character>] = {
        var firsts = sounds
        for group in ["a", "h"] {
            for letter in group { firsts[letter] = [group.first ?? letter] }
        }
        return firsts
    }()

    /// What two names have in common by the sets of their sounds, without a bit.
    private func said(_ folded: String) -> (consonants: Set<Character>, firsts: Set<Character>) {
        var consonants: Set<Character> = []
        var firsts: Set<Character> = []
        for token in folded.split(separator: " ") {
            for letter in token { consonants.formUnion(Self.sounds[letter] ?? []) }
            if let first = token.first { firsts.formUnion(Self.firsts[first] ?? []) }
        }
        return (consonants, firsts)
    }

    @Test(
        "that desks write for one another are one",
        arguments: [
            ("vikas", "bikash"), ("zakir", "jakir"), ("laxmi", "laksmi"), ("qasim", "kasim"),
            ("fatima", "phateema"), ("sunita", "suneeta"), ("kaur", "kour"), ("wasim", "vaseem"),
            ("chitra", "citra"), ("imran", "emran"),
            ("usha", "osha"), ("yusuf", "eesoop"),
        ])
    func alike(name: String, other: String) {
        #expect(letters(name) == letters(other))
        #expect(letters(name + " rao") == letters("rao " + other))
    }

    @Test(
        "of other sounds are not one",
        arguments: [
            ("ram", "raj"), ("ram", "rim"), ("asha", "usha"), ("hari", "ari"), ("nita", "mita"),
            ("gita", "jita"),
            ("tara", "dara"), ("lata", "rata"), ("sita", "rita"),
        ])
    func unlike(name: String, other: String) {
        #expect(letters(name) != letters(other))
    }

    @Test("are the same sets as by hand, whatever the name", arguments: 0..<16 as Range<UInt64>)
    func sets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz")
        func word() -> String {
            String(
                (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? "a"
                })
        }
        func name() -> String {
            (0..<Int.random(in: 1...4, using: &random)).map { _ in word() }
                .joined(separator: " ")
        }
        for _ in 0..<400 {
            let (one, other) = (name(), name())
            let (left, right) = (said(one), said(other))
            #expect((letters(one) == letters(other)) == (left == right), "\(one), \(other)")
            let common = letters(one) & letters(other)
            #expect(
                (common & 0xFFFF).nonzeroBitCount
                    == left.consonants.intersection(right.consonants).count)
            #expect(
                (common >> 16).nonzeroBitCount == left.firsts.intersection(right.firsts).count)
        }
    }

    @Test(
        "of a name are those of its tokens, in any order", arguments: 0..<8 as Range<UInt64>)
    func parts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let (name, other) = random.namePair(tokensMax: 5)
            for name in [name, other] {
                #expect(tokens(name).reduce(0, |) == letters(name), "\(name)")
                #expect(tokens(name).count == name.split(separator: " ").count)
                let turned = name.split(separator: " ").reversed().joined(separator: " ")
                #expect(letters(turned) == letters(name))
            }
        }
    }

    @Test(
        "of an alias belong to the record's name, those of a relative and the marks do not",
        arguments: [
            ("Guddu @ Ram Bilas", "guddu ram bilas", "guddu"),
            ("Ram Bilas S/O Mohan Lal", "ram bilas", "ram bilas"),
            ("Tara W/O Tej Pal", "tara", "tara"),
            ("Guddu @ Ram Bilas S/O Mohan", "guddu ram bilas", "guddu"),
        ])
    func marks(name: String, all: String, own: String) {
        let folded = fold(name)
        #expect(letters(folded) == letters(all), "\(folded)")
        #expect(tokens(folded) == tokens(own), "\(folded)")
    }

    @Test("of a name that is a relative's are the relative's alone")
    func baby() {
        #expect(letters(fold("B/O Rukmini")) == letters("rukmini"))
        #expect(tokens(fold("B/O Rukmini")) == tokens("rukmini"))
    }

    @Test("other than Latin ones, digits and blanks are none")
    func none() {
        for text in ["", " ", "17", "李", "@", "\u{0}\u{FF}"] {
            #expect(letters(text) == NameLetters.none.rawValue)
        }
        #expect(tokens("") == [])
        #expect(tokens("  ") == [])
        #expect(letters("aha") & 0xFFFF == 0)
    }

    @Test("are twelve consonants and two kinds of vowels, and sixteen that a token may begin with")
    func bits() {
        let all = letters("b c d f g j l m n r s t a e h o")
        #expect(all == 0xFFFF_AFFF)
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            #expect(letters("\(letter)") & ~0xFFFF_AFFF == 0)
            #expect(letters("\(letter)") >> 16 != 0, "\(letter)")
        }
    }
}
