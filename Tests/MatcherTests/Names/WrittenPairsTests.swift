import Testing

@testable import Matcher

/// How many of a class's pairs must be judged rightly; measured, and only ever raised.
struct WrittenPairFloor: CustomTestStringConvertible, Sendable {
    let className: String
    let same: Int
    let different: Int

    init(_ className: String, same: Int, different: Int) {
        self.className = className
        self.same = same
        self.different = different
    }

    var testDescription: String { className }
}

@Suite("Pairs of names written by hand")
struct WrittenPairsTests {
    private typealias Floor = WrittenPairFloor

    /// What was reached.
    ///
    /// A class that passes its floor by more is a reason to raise it.
    private static let floors: [WrittenPairFloor] = [
        Floor("spelling", same: 222, different: 27),
        Floor("joined-split", same: 57, different: 19),
        Floor("initials", same: 35, different: 19),
        Floor("order", same: 20, different: 11),
        Floor("honorific", same: 33, different: 11),
        Floor("relation", same: 25, different: 18),
        Floor("baby-of", same: 8, different: 8),
        Floor("alias", same: 12, different: 9),
        Floor("missing-surname", same: 23, different: 12),
        Floor("married-surname", same: 13, different: 10),
        Floor("typo", same: 35, different: 12),
        Floor("rhyming", same: 0, different: 211),
        Floor("siblings-surname", same: 0, different: 68),
        Floor("gendered", same: 0, different: 24),
        Floor("twins", same: 0, different: 36),
        Floor("father-son", same: 0, different: 11),
        Floor("punjabi", same: 18, different: 13),
        Floor("bengali", same: 19, different: 14),
        Floor("tamil", same: 26, different: 17),
        Floor("kerala", same: 18, different: 15),
        Floor("telugu", same: 14, different: 13),
        Floor("marathi", same: 12, different: 9),
        Floor("gujarati", same: 14, different: 11),
        Floor("northeast", same: 26, different: 19),
        Floor("goan", same: 11, different: 7),
        Floor("parsi", same: 8, different: 6),
        Floor("muslim", same: 25, different: 23),
        Floor("tribal", same: 11, different: 7),
        Floor("nepali", same: 9, different: 7),
        Floor("kashmiri", same: 8, different: 9),
        Floor("sindhi", same: 7, different: 7),
        Floor("short", same: 7, different: 30),
        Floor("noise", same: 13, different: 4),
        Floor("script-devanagari", same: 35, different: 16),
        Floor("script-bengali", same: 19, different: 10),
        Floor("script-gujarati", same: 9, different: 6),
        Floor("script-gurmukhi", same: 10, different: 6),
        Floor("script-odia", same: 8, different: 5),
        Floor("script-tamil", same: 17, different: 9),
        Floor("script-telugu", same: 12, different: 6),
        Floor("script-kannada", same: 10, different: 6),
        Floor("script-malayalam", same: 11, different: 7),
        Floor("script-urdu", same: 9, different: 7),
        Floor("script-cross", same: 11, different: 6),
    ]

    @Test("every pair can be read, belongs to a class with a floor, and is judged once")
    func wellFormed() throws {
        let pairs = try #require(WrittenPairs.all)
        #expect(pairs.count >= 500)
        #expect(Set(pairs.map(\.className)) == Set(Self.floors.map(\.className)))
        #expect(Set(Self.floors.map(\.className)).count == Self.floors.count)
        var judged: Set<String> = []
        for pair in pairs {
            let names = [pair.first, pair.second].sorted().joined(separator: "|")
            #expect(judged.insert("\(pair.className)|\(names)").inserted, "\(names)")
            #expect(!pair.first.isEmpty && !pair.second.isEmpty)
        }
    }

    @Test(
        "a mobile's rule judges at least as many of a class's pairs rightly as it did",
        arguments: floors)
    func floorHolds(floor: WrittenPairFloor) throws {
        let step = try #require(Profile.milaan.steps.first { $0.name == "mobile" })
        let pairs = try #require(WrittenPairs.all).filter { $0.className == floor.className }
        var same = 0
        var different = 0
        var wrong: [String] = []
        for pair in pairs where pair.verdict != .unsure {
            let name = weigh(pair.first, pair.second, step.nameComparison)
            let passes = name.agrees && !name.isIncomparable && name.score >= step.nameScoreMin
            switch (pair.verdict, passes) {
            case (.same, true): same += 1
            case (.different, false): different += 1
            default:
                let line = "\(pair.verdict.rawValue): \(pair.first) | \(pair.second): \(name.score)"
                wrong.append(line)
            }
        }
        let report =
            "same \(same), different \(different); wrong:\n\(wrong.joined(separator: "\n"))"
        #expect(same >= floor.same && different >= floor.different, "\(report)")
    }

    @Test("the judgement is the same whichever name is the request's")
    func symmetric() throws {
        for pair in try #require(WrittenPairs.all) {
            let there = weigh(pair.first, pair.second).score
            let back = weigh(pair.second, pair.first).score
            #expect(there == back, "\(pair.first) | \(pair.second)")
        }
    }
}
