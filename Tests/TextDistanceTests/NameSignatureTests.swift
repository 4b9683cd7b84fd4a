internal import TestSupport
internal import Testing
internal import TextDistance

@Suite("Signatures of names")
struct NameSignatureTests {
    /// Every word of the letters up to a length.
    private func words(of letters: String, upTo length: Int) -> [[UInt8]] {
        var words: [[UInt8]] = [[]]
        var last: [[UInt8]] = [[]]
        for _ in 0..<length {
            last = last.flatMap { word in letters.utf8.map { word + [$0] } }
            words += last
        }
        return words
    }

    private func least(_ a: [UInt8], _ b: [UInt8]) -> Int {
        NameSignature(of: a.span).leastDistance(
            to: NameSignature(of: b.span), longerBy: b.count - a.count)
    }

    /// Letters of five, two, and one bits, and two bytes that share theirs: all are filled and overflow.
    @Test(
        "never say more than the distance, for any two short words of few letters",
        arguments: [("ab", 7), ("qx", 6), ("aqz", 4), ("#%a", 4), ("aA ", 4), ("13é", 3)])
    func isSoundOnAllShortWords(letters: String, length: Int) {
        let words = words(of: letters, upTo: length)
        let signatures = words.map { NameSignature(of: $0.span) }
        var wrong = 0
        for (i, a) in words.enumerated() {
            for (j, b) in words.enumerated().dropFirst(i) {
                let distance = oracleDistance(a, b)
                let difference = b.count - a.count
                let least = signatures[i].leastDistance(to: signatures[j], longerBy: difference)
                let mirrored = signatures[j].leastDistance(
                    to: signatures[i], longerBy: -difference)
                wrong += least <= distance && least == mirrored && least >= abs(difference) ? 0 : 1
            }
        }
        #expect(wrong == 0)
    }

    @Test("never say more than the distance, for random names", arguments: 0..<32 as Range<UInt64>)
    func isSoundOnRandomNames(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            let pair = random.pair(lengths: edgeLengths)
            #expect(least(pair.a, pair.b) <= oracleDistance(pair.a, pair.b), "\(pair)")
            let a = random.laneName(length: Int.random(in: 0...30, using: &random))
            let b = random.edited(a, count: Int.random(in: 0...4, using: &random))
            #expect(least(a, b) <= oracleDistance(a, b), "\(a) \(b)")
        }
    }

    @Test("tell names apart that have other letters")
    func tellsApart() {
        #expect(least(Array("sunita devi".utf8), Array("ramesh kumar".utf8)) >= 6)
        #expect(least(Array("lakshmi".utf8), Array("laxmi".utf8)) == 3)
        #expect(least(Array("anil".utf8), Array("lina".utf8)) == 0)
    }

    @Test(
        "every path marks the names of a column that the bound leaves, and no other",
        arguments: LanePath.available, [0, 1, 63, 64, 65, 128, 300])
    func marksSurvivors(path: LanePath, count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let pattern = random.laneName(length: 12)
        let column = random.laneNames(count: count, lengths: [2, 12, 20], near: pattern).names
            .map { NameSignature(of: $0.span) }
        let signature = NameSignature(of: pattern.span)
        for limit in [0, 1, 2, 3, 8, 64, .max] {
            var survivors = [UInt64](repeating: .max, count: (count + 63) / 64)
            var span = survivors.mutableSpan
            signature.markSurvivors(in: column.span, limit: limit, by: path, into: &span)
            for index in 0..<survivors.count * 64 {
                let isMarked = survivors[index / 64] >> UInt64(index % 64) & 1 == 1
                let isLeft =
                    index < count
                    && signature.leastDistance(to: column[index], longerBy: 0) <= limit
                #expect(isMarked == isLeft, "limit=\(limit) index=\(index)")
            }
        }
    }

    @Test("refuse a bitmap of another length than the column's")
    func refusesWrongBitmap() async {
        await #expect(processExitsWith: .failure) {
            let column = [NameSignature](repeating: NameSignature(of: Span<UInt8>()), count: 64)
            var survivors: [UInt64] = [0, 0]
            var span = survivors.mutableSpan
            let signature = column[0]
            signature.markSurvivors(in: column.span, limit: 1, into: &span)
        }
    }
}
