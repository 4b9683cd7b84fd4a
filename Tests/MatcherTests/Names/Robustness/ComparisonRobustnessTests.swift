import TestSupport
import Testing

@testable import Matcher

/// Compares two texts as they are, with a comparer that has seen others before.
struct TextComparer: ~Copyable {
    private var comparer = NameComparer()

    mutating func compare(
        _ a: [UInt8], _ b: [UInt8], by comparison: NameComparison,
        among established: borrowing EstablishedTokens
    ) -> NameAgreement {
        comparer.prepare(a.span)
        return comparer.compare(to: b.span, by: comparison, among: established, at: 1)
    }

    mutating func explain(
        _ a: [UInt8], _ b: [UInt8], by comparison: NameComparison,
        among established: borrowing EstablishedTokens
    ) -> NameEvidence {
        comparer.prepare(a.span)
        return comparer.explain(b.span, by: comparison, among: established, at: 1)
    }
}

/// Texts that no desk writes, and some that one does.
struct Trouble: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
    var testDescription: String { name }

    static let all = [
        Trouble("nothing", ""), Trouble("a blank", " "), Trouble("blanks", "    "),
        Trouble("one letter", "a"), Trouble("a capital", "A"), Trouble("a digit", "7"),
        Trouble("two words", "asha rao"), Trouble("four words", "asha lata devi rao"),
        Trouble("twelve words", words(12)), Trouble("thirteen words", words(13)),
        Trouble("200 words", words(200)), Trouble("200 times one word", repeated("asha ", 200)),
        Trouble("200 letters apart", repeated("a ", 200)),
        Trouble("200 words and an alias", words(200) + " @ asha rao"),
        Trouble("13 words and a father", words(13) + " s/o asha rao"),
        Trouble("10,000 letters", repeated("a", 10_000)),
        Trouble("10,000 other letters", repeated("abcdefghij", 1000)),
        Trouble("70,000 letters", repeated("sunita", 11_667)),
        Trouble("10,000 digits", repeated("0", 10_000)),
        Trouble("many words and a mark behind them", repeated("lakshmidevi ", 60) + "@ asha"),
        Trouble("a mark", "@"), Trouble("marks", "@ @ @"), Trouble("a mark in front", "@ asha"),
        Trouble("a mark behind", "asha @"), Trouble("a mark behind a blank", " @ asha"),
        Trouble("a relation", "s/o"), Trouble("relations", "s/o s/o s/o"),
        Trouble("a relation behind", "asha s/o"), Trouble("a relation in front", "b/o asha"),
        Trouble("a blank and a relation", " s/o asha"), Trouble("a raw relation", "Asha S/O Ram"),
        Trouble("an alias and a relation", "asha @ guddi w/o ram"),
        Trouble("an alias without a name", " @ guddi w/o ram"),
        Trouble("two aliases", "asha @ guddi @ munni"), Trouble("a stroke", "/"),
        Trouble("strokes", "a/ /a /o b/o/ o/o"), Trouble("titles", "smt shri dr"),
        Trouble("raw titles", "Smt. Shri Dr."), Trouble("raw text", "  ASHA,, Rao (Mrs.) "),
        Trouble("mixed scripts", "asha राव দাস محمد"), Trouble("Cyrillic", "иван петров"),
        Trouble("joiners", "a\u{200D}sha\u{200C} ra\u{FEFF}o"), Trouble("emoji", "👩‍⚕️ asha 🙂"),
        Trouble("right to left", "\u{202E}asha\u{202C} \u{200F}rao"),
        Trouble("zeros", [0, 0, 0]), Trouble("one zero", [0]),
        Trouble("a zero within", [97, 0, 98]),
        Trouble("zeros apart", [0, 32, 0, 32, 97]),
        Trouble("broken UTF-8", [0xFF, 0xFE, 0x20, 0xC3, 0x20, 0xE0, 0xA4]),
        Trouble("half a character", Array("asha rao".utf8) + [0xE0, 0xA4]),
        Trouble("every byte", (0...255).map { UInt8($0) }),
    ]

    private static func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    private static func words(_ count: Int) -> String {
        (0..<count).map { "asha\(Character(UnicodeScalar(97 + UInt8($0 % 26))))\($0)" }
            .joined(separator: " ")
    }
}

@Suite("Comparing whatever is sent")
struct ComparisonRobustnessTests {
    static let comparisons: [NameComparison] = [
        .tokens, .weighed, .wholeLevenshtein(limit: 0), .wholeLevenshtein(limit: 2), .equal,
        .jaroWinkler(minimumPermille: 500), .phonetic,
    ]

    private static let established: EstablishedTokens = {
        var counter = TokenCounter()
        for _ in 0..<TokenCounter.countMin {
            for name in ["asha rao", "zorvanta devi", "xyqzor", "usha ashaa0 ashab1"] {
                counter.add(Array(name.utf8).span, facility: 1)
            }
        }
        for trouble in Trouble.all { counter.add(trouble.bytes.span, facility: 1) }
        return counter.finish()
    }()

    private static func fault(
        _ a: [UInt8], _ b: [UInt8], _ comparison: NameComparison, _ comparer: inout TextComparer,
        isFolded: Bool, among established: borrowing EstablishedTokens
    ) -> String? {
        let there = comparer.compare(a, b, by: comparison, among: established)
        guard (0...1000).contains(there.score) else { return "scored \(there.score)" }
        guard there.distance >= 0, there.limit >= 0 else { return "below 0: \(there)" }
        guard comparison == .weighed else { return nil }
        let back = comparer.compare(b, a, by: comparison, among: established)
        let explained = comparer.explain(a, b, by: comparison, among: established)
        if explained.agreement != there {
            return "explained as \(explained.agreement), not \(there)"
        }
        guard explained.contributions.score == there.score else {
            return "\(explained.contributions) is not \(there.score)"
        }
        // Symmetric among folded names; a text that is none need not have a name in front of its alias.
        return there == back || !isFolded ? nil : "\(there), and the other way \(back)"
    }

    @Test(
        "stays within 0 to 1000, says the same both ways and when it is explained, and never ends the program",
        arguments: Trouble.all)
    func troubles(mine: Trouble) {
        var comparer = TextComparer()
        var folder = NameFolder()
        let nobody = EstablishedTokens()
        for theirs in Trouble.all {
            let folded = (folder.fold(mine.bytes), folder.fold(theirs.bytes))
            for comparison in Self.comparisons {
                let raw = Self.fault(
                    mine.bytes, theirs.bytes, comparison, &comparer, isFolded: false, among: nobody)
                #expect(raw == nil, "\(theirs.name), \(comparison)")
                let known = Self.fault(
                    folded.0, folded.1, comparison, &comparer, isFolded: true,
                    among: Self.established)
                #expect(known == nil, "\(theirs.name), \(comparison), folded")
            }
        }
    }

    @Test(
        "so do names made of what folding looks for, folded or raw",
        arguments: 0..<20 as Range<UInt64>)
    func written(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var comparer = TextComparer()
        var folder = NameFolder()
        for round in 0..<200 {
            var a = random.writtenName(piecesMax: round % 10 == 0 ? 20 : 5)
            var b =
                round % 3 == 0
                ? random.writtenName(piecesMax: 5) : random.writtenName(near: a)
            let isFolded = round % 4 > 0
            if isFolded { (a, b) = (folder.fold(a), folder.fold(b)) }
            for comparison in Self.comparisons {
                let fault = Self.fault(
                    a, b, comparison, &comparer, isFolded: isFolded, among: Self.established)
                #expect(fault == nil, "\(shown(a)) | \(shown(b)), \(comparison)")
            }
        }
    }

    @Test("weighing plain names is symmetric", arguments: 0..<30 as Range<UInt64>)
    func plain(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var comparer = TextComparer()
        var folder = NameFolder()
        let nobody = EstablishedTokens()
        for round in 0..<500 {
            let raw = random.plainName(piecesMax: round % 20 == 0 ? 16 : 5)
            let a = folder.fold(raw)
            let b = folder.fold(random.writtenName(near: raw))
            let fault =
                round % 2 == 0
                ? Self.fault(a, b, .weighed, &comparer, isFolded: true, among: nobody)
                : Self.fault(a, b, .weighed, &comparer, isFolded: true, among: Self.established)
            #expect(fault == nil, "\(shown(a)) | \(shown(b))")
        }
    }

    @Test(
        "a token that is made of two and is a part of a third is the same both ways",
        arguments: [
            ("ramlal gupta", "ram lal ramlalgupta"), ("abcd ef", "ab cd abcdef"),
            ("ramlal gupta sunitadevi", "ram lal ramlalgupta sunita devi"),
            ("xyqzor ab", "xyq zor xyqzorab"), ("xyqzor a", "xyq zor xyqzora"),
            ("xyqzor ab zorvanta", "xyq zor xyqzorab zor vanta"),
        ])
    func partsOfParts(a: String, b: String) {
        var comparer = TextComparer()
        let fault = Self.fault(
            Array(a.utf8), Array(b.utf8), .weighed, &comparer, isFolded: true,
            among: EstablishedTokens())
        #expect(fault == nil)
    }

    @Test("aliases of one score, of which one contradicts, are the same both ways")
    func aliasesOfOneScore() {
        // Letters, bytes that are no text, and aliases, as a fuzzer found them.
        let names: [[UInt8]] = [
            [0x6E, 0xAD, 0x61, 0x6D, 0xAD, 0x61, 0x40, 0x6D, 0xAD, 0x61, 0x40, 0x41],
            [0x41, 0xAD, 0x61, 0x40, 0x41],
        ]
        var folder = NameFolder()
        let folded = names.map { folder.fold($0) }
        var comparer = TextComparer()
        let fault = Self.fault(
            folded[0], folded[1], .weighed, &comparer, isFolded: true, among: Self.established)
        #expect(fault == nil)
    }

    @Test("arbitrary bytes end no comparison", arguments: 0..<10 as Range<UInt64>)
    func bytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var comparer = TextComparer()
        for _ in 0..<200 {
            let letters = Array(" @/aosb\u{0}\u{1}é".utf8)
            let a = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 0
            }
            var b = a
            if let place = b.indices.randomElement(using: &random) {
                b[place] = UInt8.random(in: 0...255, using: &random)
            }
            for comparison in Self.comparisons {
                let fault = Self.fault(
                    a, b, comparison, &comparer, isFolded: false, among: Self.established)
                #expect(fault == nil, "\(shown(a)) | \(shown(b)), \(comparison)")
            }
        }
    }

    @Test("what a comparer has compared before changes nothing", arguments: 0..<10 as Range<UInt64>)
    func memory(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var used = TextComparer()
        let nobody = EstablishedTokens()
        for _ in 0..<20 {
            let a = random.writtenName(piecesMax: 6)
            let b = random.writtenName(near: a)
            for comparison in Self.comparisons {
                var fresh = TextComparer()
                let first = fresh.compare(a, b, by: comparison, among: nobody)
                let again = used.compare(a, b, by: comparison, among: nobody)
                #expect(first == again, "\(shown(a)) | \(shown(b)), \(comparison)")
            }
        }
    }
}
