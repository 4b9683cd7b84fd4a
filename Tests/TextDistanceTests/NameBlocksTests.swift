internal import TestSupport
internal import Testing
internal import TextDistance

@Suite("Names in blocks")
struct NameBlocksTests {
    @Test("keep names where they were, unless ordered by length", arguments: 0..<8 as Range<UInt64>)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let list = random.laneNames(count: 200, lengths: laneEdgeLengths, near: [97, 98])
        let given = list.blocks(.asGiven)
        #expect((0..<200).map { given.name(at: $0) } == Array(0..<200))

        let sorted = list.blocks(.byLength)
        let order = (0..<200).map { sorted.name(at: $0) }
        #expect(order.sorted() == Array(0..<200), "every name has one position")
        let isInside = { (name: Int) in
            list.names[name].count <= NameBlocks.lettersMax
                && list.names[name].allSatisfy(laneAlphabet.contains)
        }
        // Outsiders come last; before them lengths grow, and equal lengths keep their order.
        let inside = order.filter(isInside)
        #expect(Array(order.prefix(inside.count)) == inside)
        let expected = inside.sorted {
            (list.names[$0].count, $0) < (list.names[$1].count, $1)
        }
        #expect(inside == expected)
    }

    @Test("lend the signature of each name in order of positions", arguments: [0, 1, 64, 65, 200])
    func signatures(count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let list = random.laneNames(count: count, lengths: laneEdgeLengths, near: [97, 98])
        let names = list.blocks(.byLength)
        #expect(names.count == count)
        #expect(names.blockCount == (count + 63) / 64)
        #expect(names.signatures.count == count)
        for position in 0..<count {
            let name = list.names[names.name(at: position)]
            #expect(names.signatures[position] == NameSignature(of: name.span))
        }
    }

    @Test("refuse a name over 65,534 bytes")
    func refuseLongName() async {
        await #expect(processExitsWith: .failure) {
            _ = NameList(names: [Array(repeating: 97, count: 65_535)]).blocks()
        }
    }

    @Test("refuse ends behind the last byte")
    func refuseWrongEnds() async {
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [97]
            let ends = [2]
            _ = NameBlocks(bytes: bytes.span, ends: ends.span)
        }
    }
}
