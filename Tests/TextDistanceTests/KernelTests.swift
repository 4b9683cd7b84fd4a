internal import TestSupport
internal import Testing
internal import TextDistance

/// Each rung called by itself, on every input that it takes: the ladder cannot hide one.
@Suite("Each kernel alone")
struct KernelTests {
    @Test("edit scripts agree with the textbook table", arguments: 0..<16 as Range<UInt64>, 1...2)
    func editScripts(seed: UInt64, limit: Int) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let pair = random.pair(lengths: [0, 1, 2, 3, 4, 5, 6, 8, 13, 65])
            let shorter = pair.a.count <= pair.b.count ? pair.a : pair.b
            let longer = pair.a.count <= pair.b.count ? pair.b : pair.a
            guard longer.count - shorter.count <= limit else { continue }
            #expect(
                editScriptDistance(shorter.span, longer.span, limit: limit)
                    == oracleBoundedDistance(shorter, longer, limit: limit),
                "shorter=\(shorter) longer=\(longer)")
        }
    }

    @Test(
        "one word, with halves of bytes, agrees with the textbook table",
        arguments: 20..<44 as Range<UInt64>)
    func singleWord(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let pair = random.pair(lengths: edgeLengths)
            let limit = min(random.limit(), max(pair.a.count, pair.b.count))
            guard 1...64 ~= pair.a.count, abs(pair.a.count - pair.b.count) <= limit else {
                continue
            }
            #expect(
                singleWordDistance(pair.a.span, pair.b.span, limit: limit)
                    == oracleBoundedDistance(pair.a, pair.b, limit: limit),
                "a=\(pair.a) b=\(pair.b) limit=\(limit)")
        }
    }

    @Test(
        "one word, with a mask for each byte, agrees with the textbook table",
        arguments: 50..<74 as Range<UInt64>)
    func singleWordOnMasks(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let pair = random.pair(lengths: edgeLengths)
            let limit = random.limit()
            guard 1...64 ~= pair.a.count else { continue }
            var masks = [UInt64](repeating: 0, count: 256)
            for (index, byte) in pair.a.enumerated() { masks[Int(byte)] |= 1 << UInt64(index) }
            #expect(
                boundedDistance(
                    masks: masks.span, patternLength: pair.a.count, text: pair.b.span,
                    limit: limit) == oracleBoundedDistance(pair.a, pair.b, limit: limit),
                "a=\(pair.a) b=\(pair.b) limit=\(limit)")
        }
    }

    @Test(
        "one word without a limit agrees with the textbook table, whatever the lengths",
        arguments: [1, 2, 12, 15, 16, 17, 31, 32, 33, 62, 63, 64])
    func exactSingleWord(length: Int) {
        var random = SplitMix64(seed: UInt64(length))
        var patterns = PreparedPatterns(slots: 2)
        for textLength in 0...66 {
            let pattern = random.word(length: length)
            let text =
                Bool.random(using: &random)
                ? random.word(length: textLength)
                : Array(random.edited(pattern, count: textLength % 7).prefix(textLength))
            patterns.prepare(pattern.span, slot: 1)
            let expected = oracleDistance(pattern, text)
            // The greatest distance that there can be ends nothing early either.
            for limit in [max(length, text.count), Int.max] {
                #expect(
                    patterns.distance(slot: 1, to: text.span, limit: limit) == expected,
                    "pattern=\(pattern) text=\(text) limit=\(limit)")
            }
        }
    }

    @Test(
        "blocks agree with the textbook table, with one, two and three of them",
        arguments: 80..<112 as Range<UInt64>)
    func blocks(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let pair = random.pair(lengths: edgeLengths + [150, 191, 192, 193])
            let limit = min(random.limit(), max(pair.a.count, pair.b.count))
            guard !pair.a.isEmpty, abs(pair.a.count - pair.b.count) <= limit else { continue }
            let words = blockMaskWords(patternLength: pair.a.count)
            var masks = [UInt64](repeating: 0, count: words)
            var span = masks.mutableSpan
            fillBlockMasks(pair.a.span, into: &span)
            #expect(
                blockDistance(
                    masks: masks.span, patternLength: pair.a.count, text: pair.b.span,
                    limit: limit) == oracleBoundedDistance(pair.a, pair.b, limit: limit),
                "a=\(pair.a) b=\(pair.b) limit=\(limit)")
        }
    }

    @Test("refuses masks that are not 256 words")
    func refusesShortMasks() async {
        await #expect(processExitsWith: .failure) {
            let masks = [UInt64](repeating: 0, count: 255)
            let text: [UInt8] = [1]
            _ = boundedDistance(masks: masks.span, patternLength: 1, text: text.span, limit: 1)
        }
    }

    @Test("refuses a pattern of 65 bytes for one word")
    func refusesLongPattern() async {
        await #expect(processExitsWith: .failure) {
            let masks = [UInt64](repeating: 0, count: 256)
            let text: [UInt8] = [1]
            _ = boundedDistance(masks: masks.span, patternLength: 65, text: text.span, limit: 70)
        }
    }
}
