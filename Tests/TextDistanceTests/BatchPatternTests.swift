internal import TestSupport
internal import Testing
internal import TextDistance

/// Every path that this machine can run goes through the same tests.
@Suite("One name against blocks of names")
struct BatchPatternTests {
    /// The distances of a pattern to all names of some blocks.
    private func distances(
        _ path: LanePath, _ pattern: [UInt8], _ names: borrowing NameBlocks, limit: Int,
        blocks: Range<Int>? = nil
    ) -> [UInt16] {
        var batch = BatchPattern(path: path)
        // Something else has been there before.
        let before = Array("nothing of this may remain".utf8)
        batch.prepare(before.span)
        batch.prepare(pattern.span)
        let count = names.positions(of: blocks ?? 0..<names.blockCount).count
        var results = [UInt16](repeating: 9999, count: count)
        var span = results.mutableSpan
        batch.distances(to: names, blocks: blocks, limit: limit, into: &span)
        return results
    }

    /// Compares all paths with the textbook table, at limits round the distances too.
    private func compare(
        _ pattern: [UInt8], _ list: NameList, order: NameOrder, limits: [Int]
    ) {
        let names = list.blocks(order)
        let exact = (0..<names.count).map {
            oracleDistance(pattern, list.names[names.name(at: $0)])
        }
        for path in LanePath.available {
            for limit in limits {
                let results = distances(path, pattern, names, limit: limit)
                var wrong = 0
                for (position, distance) in exact.enumerated() {
                    let expected = distance <= limit ? distance : limit + 1
                    wrong += Int(results[position]) == expected ? 0 : 1
                }
                #expect(wrong == 0, "\(path) limit=\(limit) pattern=\(pattern) names=\(list.names)")
            }
        }
    }

    @Test(
        "every path agrees with the textbook table at every length where lanes change",
        arguments: laneEdgeLengths, 0..<3 as Range<UInt64>)
    func agreesAtEveryLength(length: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed << 8 | UInt64(length))
        let pattern = random.laneName(length: length)
        let list = random.laneNames(
            count: Int.random(in: 60...150, using: &random), lengths: laneEdgeLengths, near: pattern
        )
        let limits = [0, 1, 2, 3, 5, length / 2, length, 63, 64, 65, 254, 255, .max]
        compare(pattern, list, order: seed == 0 ? .byLength : .asGiven, limits: limits)
    }

    @Test(
        "names of one length go abreast and come out right",
        arguments: [1, 12, 15, 16, 17, 31, 32, 33, 63, 64], [foldedAlphabet, laneAlphabet])
    func agreesOnNamesOfOneLength(length: Int, alphabet: [UInt8]) {
        var random = SplitMix64(seed: UInt64(length))
        let pattern = random.word(length: length)
        // Four whole blocks and a part of one; a limit leaves out blocks between others.
        let list = NameList(
            names: (0..<270).map { index in
                index / 64 == 1
                    ? Array(repeating: 120, count: length)
                    : random.laneName(length: length, of: alphabet)
            })
        compare(pattern, list, order: .asGiven, limits: [0, 1, 2, 4, length, .max])
    }

    @Test(
        "one near name keeps its block, however many strangers stand round it",
        arguments: 0..<24 as Range<UInt64>)
    func keepsOneAmongStrangers(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pattern = (0..<Int.random(in: 6...20, using: &random)).map { _ in
            UInt8.random(in: 97...109, using: &random)
        }
        var names: [[UInt8]] = []
        for _ in 0..<6 {
            // Only longer, only shorter, as long, or anything: each has a bound of its own.
            var near = pattern
            let kind = UInt8.random(in: 0..<4, using: &random)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let place = Int.random(in: 0..<near.count, using: &random)
                switch kind == 3 ? UInt8.random(in: 0..<3, using: &random) : kind {
                case 0: near.insert(122, at: place)
                case 1: near.remove(at: place)
                default: near[place] = 122
                }
            }
            // The near name is the shortest of its block, or the longest, or as long as all.
            let spread = Int.random(in: -2...2, using: &random)
            var block = (0..<64).map { _ in
                let difference = Int.random(in: min(spread, 0)...max(spread, 0), using: &random)
                return [UInt8](repeating: 120, count: near.count + difference)
            }
            block[Int.random(in: 0..<64, using: &random)] = near
            names += block
        }
        compare(pattern, NameList(names: names), order: .asGiven, limits: [0, 1, 2, 3])
    }

    @Test(
        "every number of names is right, to the last of a block and past it",
        arguments: [
            0, 1, 2, 63, 64, 65, 127, 128, 129, 192,
        ])
    func everyCount(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let pattern = random.word(length: 9)
        let list = random.laneNames(count: count, lengths: [3, 9, 14], near: pattern)
        compare(pattern, list, order: .byLength, limits: [2, .max])
    }

    @Test("some of the blocks give what they give among all", arguments: 0..<8 as Range<UInt64>)
    func partsOfBlocks(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pattern = random.laneName(length: 12)
        let list = random.laneNames(count: 400, lengths: [10, 12, 70], near: pattern)
        let names = list.blocks()
        for path in LanePath.available {
            let all = distances(path, pattern, names, limit: 3)
            for first in 0...names.blockCount {
                for end in first...names.blockCount {
                    let positions = names.positions(of: first..<end)
                    #expect(
                        distances(path, pattern, names, limit: 3, blocks: first..<end)
                            == Array(all[positions]), "\(path) \(first..<end)")
                }
            }
        }
    }

    @Test("a pattern that is longer than a block's names is compared with each of them exactly")
    func longPattern() {
        var random = SplitMix64(seed: 5)
        for length in [65, 127, 128, 129, 300] {
            let pattern = random.laneName(length: length)
            let list = random.laneNames(count: 70, lengths: [0, 12, 64, 65, 300], near: pattern)
            compare(pattern, list, order: .byLength, limits: [3, 70, .max])
        }
    }

    @Test("distances of names of many thousand bytes are whole numbers, not remainders of 256")
    func veryLongNames() {
        let list = NameList(names: [
            Array(repeating: 97, count: NameBlocks.bytesMax), [97], [],
            Array(repeating: 98, count: 300),
        ])
        let names = list.blocks()
        for path in LanePath.available {
            #expect(distances(path, [97], names, limit: .max) == [65_533, 0, 1, 300])
            #expect(distances(path, [97], names, limit: 299) == [300, 0, 1, 300])
            #expect(distances(path, [97], names, limit: 65_532) == [65_533, 0, 1, 300])
        }
    }

    @Test("every byte is equal to itself and to no other, whether a lane can hold it or not")
    func everyByte() {
        let all = (UInt8.min...255).map { [$0] }
        for list in [NameList(names: all), NameList(names: foldedAlphabet.map { [$0] })] {
            let names = list.blocks()
            for path in LanePath.available {
                for byte in UInt8.min...255 {
                    let expected: [UInt16] = list.names.map { $0 == [byte] ? 0 : 1 }
                    #expect(distances(path, [byte], names, limit: 1) == expected, "\(path) \(byte)")
                }
            }
        }
    }

    @Test("a pattern over 64 bytes reads every byte back from its lane")
    func everyByteReadBack() {
        let names = NameList(names: [laneAlphabet]).blocks()
        let pattern = laneAlphabet + [97, 97]
        for path in LanePath.available {
            #expect(distances(path, pattern, names, limit: .max) == [2])
        }
    }

    @Test("the best path is one of this machine, and plain Swift always is")
    func bestPath() {
        #expect(LanePath.available.first == LanePath.best)
        #expect(LanePath.best.isAvailable)
        #expect(LanePath.available.last == .plain)
    }

    @Test("refuses a path that this machine cannot run")
    func refusesForeignPath() async {
        guard let foreign = LanePath.allCases.first(where: { !$0.isAvailable }) else { return }
        #expect(foreign != .plain)
        await #expect(processExitsWith: .failure) {
            for path in LanePath.allCases where !path.isAvailable { _ = BatchPattern(path: path) }
        }
    }

    @Test("refuses a negative limit")
    func refusesNegativeLimit() async {
        await #expect(processExitsWith: .failure) {
            let names = NameList(names: [[97]]).blocks()
            var results: [UInt16] = [0]
            var span = results.mutableSpan
            BatchPattern().distances(to: names, limit: -1, into: &span)
        }
    }

    @Test("refuses results that have no room, or too much")
    func refusesWrongRoom() async {
        await #expect(processExitsWith: .failure) {
            let names = NameList(names: [[97], [98]]).blocks()
            var results: [UInt16] = [0]
            var span = results.mutableSpan
            BatchPattern().distances(to: names, limit: 1, into: &span)
        }
        await #expect(processExitsWith: .failure) {
            let names = NameList(names: [[97], [98]]).blocks()
            var results = [UInt16](repeating: 0, count: 64)
            var span = results.mutableSpan
            BatchPattern().distances(to: names, limit: 1, into: &span)
        }
    }

    @Test("refuses blocks that do not exist")
    func refusesUnknownBlocks() async {
        await #expect(processExitsWith: .failure) {
            let names = NameList(names: [[97]]).blocks()
            var results: [UInt16] = [0]
            var span = results.mutableSpan
            BatchPattern().distances(to: names, blocks: 0..<2, limit: 1, into: &span)
        }
    }
}
