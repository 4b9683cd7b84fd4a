import TestSupport
import Testing

@testable import Matcher

@Suite("Tokens that many of a facility's persons bear")
struct EstablishedTokensTests {
    /// Two unlisted names one letter apart.
    private static let near = ("zorvanta", "zorvanda")

    private func count(_ names: [(String, UInt16)]) -> EstablishedTokens {
        var counter = TokenCounter()
        for (name, facility) in names {
            counter.add(Array(name.utf8).span, facility: facility)
        }
        return counter.finish()
    }

    private func score(
        _ a: String, _ b: String, _ established: EstablishedTokens, at facility: UInt16
    ) -> Int {
        var comparer = NameComparer()
        let (mine, theirs) = (Array(a.utf8), Array(b.utf8))
        comparer.prepare(mine.span)
        return comparer.compare(
            to: theirs.span, by: .weighed, among: established, at: facility
        ).score
    }

    private func repeated(_ name: String, _ times: Int, at facility: UInt16) -> [(String, UInt16)] {
        [(String, UInt16)](repeating: (name, facility), count: times)
    }

    @Test("two of them are two names, one of them and a rare one may be a slip")
    func twoNames() {
        let both = count(
            repeated("\(Self.near.0) rao", 20, at: 1) + repeated("\(Self.near.1) rao", 20, at: 1))
        let one = count(
            repeated("\(Self.near.0) rao", 20, at: 1) + repeated("\(Self.near.1) rao", 19, at: 1))
        let names = ("\(Self.near.0) rao", "\(Self.near.1) rao")
        let without = score(names.0, names.1, EstablishedTokens(), at: 1)
        #expect(without > 700)
        #expect(score(names.0, names.1, both, at: 1) < 500)
        #expect(score(names.1, names.0, both, at: 1) < 500)
        #expect(score(names.0, names.1, one, at: 1) == without)
        // What is common at one facility says nothing at another.
        #expect(score(names.0, names.1, both, at: 2) == without)
        #expect(score(names.0, names.0, both, at: 1) == 1000)
    }

    @Test("a listed name and an established one are two as well")
    func listed() {
        // Sunita stands in the lists.
        let names = ("sunita rao", "sunikta rao")
        let without = score(names.0, names.1, EstablishedTokens(), at: 0)
        let established = count(repeated("sunikta rao", 20, at: 0))
        #expect(without > 700)
        #expect(score(names.0, names.1, established, at: 0) < 500)
    }

    @Test("one in five thousand must bear it")
    func share() {
        let rare = repeated("\(Self.near.0)", 21, at: 3)
        let crowd = (0..<110_000).map { ("kumar \($0 % 7 == 0 ? "devi" : "singh")", UInt16(3)) }
        #expect(count(rare).count == 1)
        // Kumar, Devi and Singh remain.
        #expect(count(rare + crowd).count == 3)
    }

    @Test("relatives, initials and short tokens are not counted")
    func leftOut() {
        #expect(count(repeated("b/o rukmini", 50, at: 0)).count == 0)
        #expect(count(repeated("k r", 50, at: 0)).count == 0)
        #expect(count(repeated("meena s/o mohan", 50, at: 0)).count == 1)
        #expect(count(repeated("", 50, at: 0)).count == 0)
    }

    @Test("the order of the records changes nothing", arguments: 0..<8 as Range<UInt64>)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var names: [(String, UInt16)] = []
        for index in 0..<400 {
            names += repeated(
                "name\(index)x", Int.random(in: 15...25, using: &random),
                at: UInt16.random(in: 0...2, using: &random))
        }
        let first = count(names)
        names.shuffle(using: &random)
        let second = count(names)
        #expect(first.count == second.count && first.count > 50)
        for (name, facility) in names {
            let skeleton = TokenSkeleton(Array(name.utf8).span)
            #expect(
                first.contains(skeleton, facility: facility)
                    == second.contains(skeleton, facility: facility))
        }
    }
}
