internal import TestSupport
internal import Testing
internal import TextDistance

@Suite("Prepared patterns")
struct PreparedPatternsTests {
    @Test(
        "agree with the textbook table and with the one-off form after any reuse of their slots",
        arguments: 0..<32 as Range<UInt64>)
    func agreeAfterReuse(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var patterns = PreparedPatterns(slots: 3)
        var held = [[UInt8]](repeating: [], count: 3)
        for _ in 0..<30 {
            let slot = Int.random(in: 0..<3, using: &random)
            let pair = random.pair(lengths: edgeLengths)
            patterns.prepare(pair.a.span, slot: slot)
            held[slot] = pair.a
            let limit = random.limit()
            // Every slot is asked: a prepared neighbour must not have moved it.
            for other in 0..<3 {
                let pattern = held[other]
                let answer = patterns.distance(slot: other, to: pair.b.span, limit: limit)
                let oneOff = boundedDistance(pattern.span, pair.b.span, limit: limit)
                let expected = oracleBoundedDistance(pattern, pair.b, limit: limit)
                #expect(
                    answer == expected && oneOff == expected,
                    "pattern=\(pattern) text=\(pair.b) limit=\(limit)")
            }
        }
    }

    @Test("keep nothing of the pattern before: long, short, long, empty")
    func forgetTheOldPattern() {
        var patterns = PreparedPatterns(slots: 1)
        let text = [UInt8](repeating: 7, count: 5)
        for length in [200, 5, 130, 64, 65, 4, 0, 300, 1] {
            let pattern = [UInt8](repeating: 7, count: length)
            patterns.prepare(pattern.span, slot: 0)
            #expect(patterns.distance(slot: 0, to: text.span, limit: 500) == abs(length - 5))
            let other = [UInt8](repeating: 9, count: length)
            #expect(
                patterns.distance(slot: 0, to: other.span, limit: 500) == length,
                "length \(length)")
        }
    }

    @Test("hold the empty string until they are prepared")
    func startEmpty() {
        let patterns = PreparedPatterns(slots: 2)
        let text: [UInt8] = [1, 2]
        #expect(patterns.distance(slot: 1, to: text.span, limit: 2) == 2)
        #expect(patterns.distance(slot: 1, to: text.span, limit: 1) == nil)
        #expect(patterns.distance(slot: 0, to: text.span.extracting(0..<0), limit: 0) == 0)
    }

    @Test("answer at limit 0 only to an equal text")
    func testForEquality() {
        var patterns = PreparedPatterns(slots: 1)
        for length in [1, 13, 64, 65, 129] {
            var word = [UInt8](repeating: 1, count: length)
            patterns.prepare(word.span, slot: 0)
            #expect(patterns.distance(slot: 0, to: word.span, limit: 0) == 0)
            word[length - 1] = 2
            #expect(patterns.distance(slot: 0, to: word.span, limit: 0) == nil)
            word.append(1)
            #expect(patterns.distance(slot: 0, to: word.span, limit: 0) == nil)
        }
    }

    @Test(
        "find two replaced bytes at the ends of strings of many blocks",
        arguments: [129, 4096, 5000, 100_000])
    func compareLongStrings(length: Int) {
        var random = SplitMix64(seed: UInt64(length))
        let pattern = random.word(length: length)
        var text = pattern
        text[0] ^= 0x80
        text[length - 1] ^= 0x80
        var patterns = PreparedPatterns(slots: 1)
        patterns.prepare(pattern.span, slot: 0)
        #expect(patterns.distance(slot: 0, to: text.span, limit: 1) == nil)
        #expect(patterns.distance(slot: 0, to: text.span, limit: 2) == 2)
        #expect(patterns.distance(slot: 0, to: text.span, limit: 70) == 2)
    }

    @Test("refuse a negative limit")
    func refuseNegativeLimit() async {
        await #expect(processExitsWith: .failure) {
            let patterns = PreparedPatterns(slots: 1)
            let text: [UInt8] = []
            _ = patterns.distance(slot: 0, to: text.span, limit: -1)
        }
    }

    @Test("refuse a slot that does not exist")
    func refuseUnknownSlot() async {
        await #expect(processExitsWith: .failure) {
            let patterns = PreparedPatterns(slots: 1)
            let text: [UInt8] = []
            _ = patterns.distance(slot: 1, to: text.span, limit: 1)
        }
    }
}
