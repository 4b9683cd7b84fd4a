import Testing
import TestSupport

@testable import Matcher

@Suite("The evidence of a comparison")
struct NameEvidenceTests {
    /// The evidence of two names as they are written.
    private func explain(
        _ a: String, _ b: String, by comparison: NameComparison = .weighed
    ) -> (evidence: NameEvidence, query: [UInt8], candidate: [UInt8]) {
        var arena = TextArena()
        let first = NameFolding.fold(a.utf8.span, into: &arena)
        let second = NameFolding.fold(b.utf8.span, into: &arena)
        var comparer = NameComparer()
        comparer.prepare(arena.bytes(first))
        let evidence = comparer.explain(arena.bytes(second), by: comparison)
        return (evidence, Self.bytes(arena, first), Self.bytes(arena, second))
    }

    private static func bytes(_ arena: borrowing TextArena, _ range: TextRange) -> [UInt8] {
        (0..<range.count).map { arena.byte(at: range.start + $0) }
    }

    private func text(_ bytes: [UInt8], _ place: TextRange) -> String {
        String(decoding: bytes[place.start..<place.start + place.count], as: UTF8.self)
    }

    /// `sunita=sunita equal 1000`, in the order in which they were taken.
    private func pairs(_ a: String, _ b: String) -> [String] {
        let (evidence, query, candidate) = explain(a, b)
        return evidence.pairs.map {
            "\(text(query, $0.query))=\(text(candidate, $0.candidate)) \($0.agreement) \($0.certainty)"
        }
    }

    @Test("its contributions are the score, and the score is the comparison's")
    func sums() {
        for list in [NamePairs.same, NamePairs.different] {
            for line in list.split(separator: "\n") {
                let names = line.split(separator: "|").map(String.init)
                let evidence = explain(names[0], names[1]).evidence
                #expect(evidence.contributions.score == evidence.agreement.score, "\(line)")
                #expect(weigh(names[0], names[1]) == evidence.agreement, "\(line)")
            }
        }
    }

    @Test("says how each pair of tokens agrees and how sure that is")
    func kinds() {
        #expect(
            pairs("Sunita Devi", "Sunita Devi") == [
                "sunita=sunita equal 1000", "devi=devi equal 1000",
            ])
        #expect(pairs("Laxmi Naik", "Lakshmi Naik").contains("laxmi=lakshmi sound 1000"))
        #expect(pairs("Mohd Ansari", "Mohammed Ansari").contains("mohd=mohammed variant 960"))
        #expect(pairs("R Iyer", "Ramesh Iyer").contains("r=ramesh initial 700"))
        #expect(pairs("Lakshmi Devi", "LAKSHMIDEVI") == ["lakshmi devi=lakshmidevi joined 970"])
        #expect(pairs("Vibhuti Rao", "Vibhutii Roa").allSatisfy { !$0.hasSuffix(" 0") })
    }

    @Test("shows aliases and relatives where they stand in the folded names")
    func parts() {
        #expect(
            pairs("Guddu @ Ram Bilas", "Ram Bilas S/O Mohan") == [
                "ram=ram equal 1000", "bilas=bilas equal 1000",
            ])
        #expect(
            pairs("Yogesh Keshavan", "Yogesh S/O Keshavan") == [
                "yogesh=yogesh equal 1000", "keshavan=keshavan relative 1000",
            ])
        let contradiction = explain("Ram Lal S/O Mohan", "Ram Lal S/O Dinesh").evidence
        #expect(contradiction.contributions.relative < 0)
        #expect(contradiction.contributions.score == contradiction.agreement.score)
    }

    @Test(
        "is there for a name that is written the same, whatever its parts are",
        arguments: [
            "Senthil M @ Senthil", "Guddu K urf Guddu", "M Senthil Kumar @ Senthil S/O Kumar",
            "Ravi S/O Ravi", "B/O Sunita 2", "K",
        ])
    func same(name: String) {
        let (evidence, query, candidate) = explain(name, name)
        #expect(evidence.contributions.score == evidence.agreement.score)
        for pair in evidence.pairs where pair.agreement == .equal {
            #expect(text(query, pair.query) == text(candidate, pair.candidate))
        }
    }

    @Test("names what found no partner, on which side, and what it does")
    func unpaired() {
        let (evidence, query, candidate) = explain("Sunita Devi Yadav", "Anita Yadav")
        let left = evidence.unpaired.map {
            "\($0.isQuery ? "request" : "record") \(text($0.isQuery ? query : candidate, $0.place)) \($0.role)"
        }
        #expect(left == ["request sunita given", "request devi filler", "record anita given"])
        #expect(evidence.contributions.conflict < 0)
        #expect(explain("Sunita Devi", "Sunita").evidence.contributions.missing < 0)
    }

    @Test(
        "of a plain comparison the tokens alone make the score", arguments: ["asha", "usha verma"])
    func plain(name: String) {
        let evidence = explain("Asha Verma", name, by: .tokens).evidence
        #expect(evidence.contributions == NameContributions(tokens: evidence.agreement.score))
        #expect(evidence.unpaired.isEmpty)
    }

    @Test("asking for it changes no later comparison")
    func pure() {
        var comparer = NameComparer()
        let name = Array("sunita devi yadav".utf8)
        let others = ["sunita yadav", "anita yadav", "sunita devi yadav"].map { Array($0.utf8) }
        comparer.prepare(name.span)
        let before = others.map { comparer.compare(to: $0.span, by: .weighed) }
        for other in others { _ = comparer.explain(other.span, by: .weighed) }
        #expect(others.map { comparer.compare(to: $0.span, by: .weighed) } == before)
    }
}
