import Testing
import TestSupport

@testable import Matcher

/// Folds two names as a load and a request do, and compares them by weight.
func weigh(_ a: String, _ b: String, _ comparison: NameComparison = .weighed) -> NameAgreement {
    var arena = TextArena()
    let first = NameFolding.fold(a.utf8.span, into: &arena)
    let second = NameFolding.fold(b.utf8.span, into: &arena)
    var comparer = NameComparer()
    comparer.prepare(arena.bytes(first))
    return comparer.compare(to: arena.bytes(second), by: comparison)
}

@Suite("Names weighed by what each token tells")
struct WeighedNamesTests {
    /// What the profile `milaan` asks of a name that a mobile led to.
    private static let scoreMin = 700

    private static func pairs(_ list: String) -> [(String, String)] {
        list.split(separator: "\n").map { line in
            let parts = line.split(separator: "|")
            return (String(parts[0]), String(parts[1]))
        }
    }

    @Test("takes two spellings of one person's name for one")
    func same() {
        for (a, b) in Self.pairs(NamePairs.same) {
            let score = weigh(a, b).score
            #expect(score >= Self.scoreMin, "\(a) | \(b): \(score)")
        }
    }

    @Test("never takes a sibling's name for the person's")
    func different() {
        for (a, b) in Self.pairs(NamePairs.different) {
            let score = weigh(a, b).score
            #expect(score < Self.scoreMin, "\(a) | \(b): \(score)")
        }
    }

    @Test("gives the same score whichever name is the request's")
    func symmetric() {
        for (a, b) in Self.pairs(NamePairs.same) + Self.pairs(NamePairs.different) {
            #expect(weigh(a, b).score == weigh(b, a).score, "\(a) | \(b)")
        }
    }

    @Test(
        "stays symmetric and within 0 to 1000 on random names", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "sunita", "devi", "rani", "k", "ram", "lal", "ramlal", "xyq", "sunta", "md", "b/o",
        ]
        func name() -> String {
            (0..<Int.random(in: 0...5, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined(separator: " ")
        }
        for _ in 0..<100 {
            let (a, b) = (name(), name())
            let score = weigh(a, b).score
            #expect((0...1000).contains(score), "\(a) | \(b)")
            #expect(score == weigh(b, a).score, "\(a) | \(b)")
        }
    }

    @Test("a name agrees with itself more than with any change of it")
    func monotone() {
        for (a, b) in Self.pairs(NamePairs.same) where !a.contains("of ") {
            #expect(weigh(a, a).score >= weigh(a, b).score, "\(a) | \(b)")
        }
    }

    @Test("a relative's name says nothing about the person's")
    func relatives() {
        #expect(weigh("Asif", "Baby of Amina").isIncomparable)
        #expect(!weigh("Baby of Amina", "B/O Amina").isIncomparable)
    }
}
