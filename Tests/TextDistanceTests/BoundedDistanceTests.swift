internal import TestSupport
internal import Testing
internal import TextDistance

@Suite("Bounded distance of two strings")
struct BoundedDistanceTests {
    private func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
        boundedDistance(a.span, b.span, limit: limit)
    }

    @Test(
        "agrees with the textbook table at every length where a kernel changes",
        arguments: 0..<48 as Range<UInt64>)
    func agreesWithOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<25 {
            let pair = random.pair(lengths: edgeLengths)
            let limit = random.limit()
            let expected = oracleBoundedDistance(pair.a, pair.b, limit: limit)
            #expect(
                distance(pair.a, pair.b, limit: limit) == expected,
                "a=\(pair.a) b=\(pair.b) limit=\(limit)")
        }
    }

    @Test("is symmetric", arguments: 100..<124 as Range<UInt64>)
    func isSymmetric(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let pair = random.pair(lengths: edgeLengths)
            let limit = random.limit()
            #expect(
                distance(pair.a, pair.b, limit: limit) == distance(pair.b, pair.a, limit: limit),
                "a=\(pair.a) b=\(pair.b) limit=\(limit)")
        }
    }

    @Test("is exact at its limit and nil one below it", arguments: 200..<224 as Range<UInt64>)
    func isExactAtTheLimit(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<15 {
            let pair = random.pair(lengths: edgeLengths)
            let exact = oracleDistance(pair.a, pair.b)
            #expect(
                distance(pair.a, pair.b, limit: exact) == exact, "a=\(pair.a) b=\(pair.b)")
            guard exact > 0 else { continue }
            #expect(
                distance(pair.a, pair.b, limit: exact - 1) == nil, "a=\(pair.a) b=\(pair.b)")
        }
    }

    @Test(
        "agrees with the textbook table on every pair of short words of two letters",
        arguments: 0...4)
    func agreesOnAllShortWords(limit: Int) {
        let words = (0...5).flatMap { length in
            (0..<(1 << length)).map { bits in
                (0..<length).map { bits >> $0 & 1 == 0 ? UInt8(ascii: "a") : UInt8(ascii: "b") }
            }
        }
        var wrong = 0
        for a in words {
            for b in words
            where distance(a, b, limit: limit) != oracleBoundedDistance(a, b, limit: limit) {
                wrong += 1
            }
        }
        #expect(words.count == 63)
        #expect(wrong == 0)
    }

    @Test(
        "counts the edits between well-known words",
        arguments: [
            ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("", "abc", 3), ("", "", 0),
            ("lakshmi", "laxmi", 3), ("mohammed", "muhammad", 2), ("ab", "ba", 2),
        ])
    func countsKnownEdits(a: String, b: String, expected: Int) {
        #expect(distance(Array(a.utf8), Array(b.utf8), limit: 3) == expected)
    }

    @Test("answers nil for lengths that differ by more than the limit, and for nothing else there")
    func rejectsByLength() {
        #expect(distance([1, 2, 3, 4], [1], limit: 2) == nil)
        #expect(distance([1, 2, 3, 4], [1], limit: 3) == 3)
    }

    @Test("finds few edits far apart in strings of many blocks", arguments: [300, 700])
    func comparesLongStrings(length: Int) {
        var random = SplitMix64(seed: UInt64(length))
        let a = random.word(length: length)
        var b = a
        b[0] ^= 0x80
        b.remove(at: length / 2)
        b.append(0xFF)
        let exact = oracleDistance(a, b)
        #expect(exact <= 3)
        #expect(distance(a, b, limit: exact - 1) == nil)
        #expect(distance(a, b, limit: exact) == exact)
        #expect(distance(a, b, limit: length) == exact)
    }

    @Test("refuses a negative limit")
    func refusesNegativeLimit() async {
        await #expect(processExitsWith: .failure) {
            let word: [UInt8] = [1]
            _ = boundedDistance(word.span, word.span, limit: -1)
        }
    }
}
