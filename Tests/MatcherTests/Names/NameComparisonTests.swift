internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Comparison of names by tokens")
struct NameComparisonTests {
    @Test(
        "agrees",
        arguments: [
            ("asha rao", "asha rao", 1000), ("asha rao", "rao asha", 1000), ("k", "k", 1000),
            ("k r", "r k", 1000), ("ram", "ram", 1000),
            ("ramesh", "rames", 833), ("ramesh", "ramehs", 666), ("asha", "usha", 750),
            ("ramesh k", "ramesh kumar", 818), ("k ramesh", "ramesh kumar", 818),
            ("asha", "asha rao", 842), ("lakshmi devi", "lakshmidevi", 950),
            ("lakshmidevi", "lakshmi devi", 950), ("ram a", "rama", 950), ("a p j", "apj", 950),
        ])
    func agrees(a: String, b: String, score: Int) {
        let found = Comparing.names(a, b)
        #expect(found.agrees)
        #expect(found.score == score)
    }

    @Test(
        "does not agree",
        arguments: [
            ("", "asha"), ("asha", ""), ("", ""), ("asha rao", "asha patil"), ("ram", "raj"),
            ("ram", "rama"), ("k", "kumar"), ("k r", "kumar rao"), ("k r", "k rao"),
            ("k kumar", "k krishna"), ("k", "k rao"), ("ramesh", "suresh"), ("r a", "rb"),
            ("ramesh kumar", "suresh k"),
        ])
    func differs(a: String, b: String) {
        #expect(!Comparing.names(a, b).agrees)
        #expect(!Comparing.names(b, a).agrees)
    }

    @Test("finds a partner for every token when there is a way, in whatever order they stand")
    func rivals() {
        // `abcd` could go with either; only one of the ways leaves something for `abcf`.
        for (a, b) in [("abcd abcf", "abce xbcd"), ("abcf abcd", "abce xbcd")] {
            #expect(Comparing.names(a, b).agrees)
            #expect(Comparing.names(b, a).agrees)
            #expect(Comparing.pairs(a, b) == ["abcd=xbcd typo", "abcf=abce typo"])
        }
    }

    @Test(
        "gives each pair as evidence",
        arguments: [
            (
                "asha k rao", "rao usha kumar",
                ["asha=usha typo", "k=kumar initial", "rao=rao equal"]
            ),
            ("lakshmi devi", "lakshmidevi", ["lakshmi devi=lakshmidevi joined"]),
            ("asha", "ram", []), ("", "ram", []),
        ] as [(String, String, [String])])
    func evidence(a: String, b: String, pairs: [String]) {
        #expect(Comparing.pairs(a, b) == pairs)
    }

    @Test(
        "allows no edit up to three letters, one up to five, two above",
        arguments: [
            ("abc", "abd", false), ("abc", "abcd", false), ("abcd", "abce", true),
            ("abcd", "abce", true), ("abcd", "abef", false), ("abcde", "abcdf", true),
            ("abcde", "abcfg", false), ("abcde", "abcdef", true), ("abcdef", "abcdgh", true),
            ("abcdef", "abcghi", false), ("abcdef", "abcdefgh", true),
        ])
    func limits(a: String, b: String, agrees: Bool) {
        #expect(Comparing.names(a, b).agrees == agrees)
        #expect(Comparing.names(b, a).agrees == agrees)
    }

    @Test("agrees with trying every way to pair", arguments: 0..<64 as Range<UInt64>)
    func agreesWithOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let (a, b) = random.namePair(tokensMax: 4)
            let found = Comparing.names(a, b)
            let actual = OracleNameAgreement(
                agrees: found.agrees, score: found.score, distance: found.distance)
            #expect(actual == oracleNames(a, b), "\(a) | \(b)")
        }
    }

    @Test(
        "depends neither on the order of the tokens nor on which name asks",
        arguments: 100..<132 as Range<UInt64>)
    func symmetric(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let (a, b) = random.namePair(tokensMax: 12)
            let found = Comparing.names(a, b)
            let swapped = Comparing.names(b, a)
            let mixed = a.split(separator: " ").shuffled(using: &random).joined(separator: " ")
            let shuffled = Comparing.names(mixed, b)
            #expect((0...1000).contains(found.score))
            #expect(found.agrees == swapped.agrees, "\(a) | \(b)")
            #expect(found.score == swapped.score, "\(a) | \(b)")
            #expect(found.distance == swapped.distance, "\(a) | \(b)")
            // Joined names are the one thing that order speaks in.
            guard a.split(separator: " ").count == b.split(separator: " ").count else { continue }
            #expect(found.agrees == shuffled.agrees, "\(a) | \(mixed) | \(b)")
            #expect(found.score == shuffled.score, "\(a) | \(mixed) | \(b)")
        }
    }

    @Test("gives equal names 1000", arguments: 200..<216 as Range<UInt64>)
    func equalNames(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let (a, _) = random.namePair(tokensMax: 12)
            let found = Comparing.names(a, a)
            #expect(found.agrees && found.score == 1000 && found.distance == 0, "\(a)")
        }
    }

    @Test("looks at twelve tokens and takes any length")
    func manyTokens() {
        let many = (0..<300).map { "t\($0)" }.joined(separator: " ")
        #expect(Comparing.names(many, many).agrees)
        let long = String(repeating: "a", count: 5000)
        #expect(Comparing.names(long, long).score == 1000)
        #expect(Comparing.names(long, String(long.dropLast(2))).distance == 2)
        #expect(!Comparing.names(long, String(long.dropLast(3))).agrees)
        let alike = (0..<12).map { "abcdef\($0)" }.joined(separator: " ")
        let others = (0..<12).map { "abcdeg\($0)" }.joined(separator: " ")
        #expect(Comparing.names(alike, others).agrees)
        #expect(Comparing.names(alike, others).distance == 12)
    }

    @Test("keeps nothing of the names before", arguments: 0..<8 as Range<UInt64>)
    func reuse(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var comparer = NameComparer()
        for _ in 0..<50 {
            let (a, b) = random.namePair(tokensMax: 6)
            let mine = Array(a.utf8)
            let theirs = Array(b.utf8)
            comparer.prepare(mine.span)
            let found = comparer.compare(to: theirs.span, by: .tokens)
            #expect(found == Comparing.names(a, b))
            comparer.reset()
            let isEmpty = comparer.isEmpty
            let nothing = comparer.compare(to: theirs.span, by: .tokens)
            #expect(isEmpty)
            #expect(!nothing.agrees && nothing.score == 0)
        }
    }
}
