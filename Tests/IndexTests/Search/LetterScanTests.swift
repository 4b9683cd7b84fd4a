internal import CLetterScan
internal import TestSupport
internal import Testing

@Suite("Scan of letters")
struct LetterScanTests {
    private static let ways: [(name: String, way: cletterscan_way)] = [
        ("plain", cletterscan_plain), ("avx2", cletterscan_avx2), ("avx512", cletterscan_avx512),
    ]

    /// What a way writes for names from an offset on, at an odd place; nil where this machine lacks it.
    private func costs(
        _ way: cletterscan_way, _ names: [UInt32], _ range: Range<Int>, _ tokens: [UInt32],
        shiftedBy shift: Int = 0
    ) -> [UInt8]? {
        let untouched: UInt8 = 0xEE
        var costs = [UInt8](repeating: untouched, count: shift + range.count + 64)
        let isThere = unsafe names.withUnsafeBufferPointer { names in
            unsafe tokens.withUnsafeBufferPointer { tokens in
                unsafe costs.withUnsafeMutableBufferPointer { costs in
                    guard let start = names.baseAddress, let place = costs.baseAddress else {
                        return false
                    }
                    return unsafe cletterscan_costs_by(
                        way, start + range.lowerBound, range.count, tokens.baseAddress,
                        tokens.count, place + shift)
                }
            }
        }
        guard isThere else { return nil }
        // Nothing is written in front of them or behind.
        #expect(costs.prefix(shift).allSatisfy { $0 == untouched })
        #expect(costs.suffix(64).allSatisfy { $0 == untouched })
        return Array(costs[shift..<shift + range.count])
    }

    /// Words of few bits, of many, and of those that no name has.
    private func word(_ random: inout SplitMix64) -> UInt32 {
        let bits = UInt32(truncatingIfNeeded: random.next())
        switch random.next() % 6 {
        case 0: return 0
        case 1: return .max
        case 2: return bits
        default: return bits & UInt32(truncatingIfNeeded: random.next()) & 0xFFFF_0FFF
        }
    }

    @Test(
        "says the same by every way of this machine as bit by bit, for every length and offset",
        arguments: 1...8, [1, 2] as [UInt64])
    func ways(tokens count: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = (0..<220).map { _ in word(&random) }
        let tokens = (0..<count).map { _ in word(&random) }
        let expected = names.map { UInt8(LetterCosts.cost($0, asked: tokens)) }
        for (name, way) in Self.ways {
            for length in 0...200 {
                let offset = Int(random.next() % 19)
                let range = offset..<offset + length
                guard
                    let actual = costs(
                        way, names, range, tokens, shiftedBy: Int(random.next() % 33))
                else { continue }
                #expect(actual == Array(expected[range]), "\(name), \(length) from \(offset)")
            }
        }
    }

    @Test("is never beyond what eight tokens of all letters cost", arguments: 1...8)
    func bounds(tokens count: Int) {
        for token: UInt32 in [0, .max] {
            let tokens = [UInt32](repeating: token, count: count)
            let actual = costs(cletterscan_plain, [0, .max], 0..<2, tokens)
            #expect(actual == (token == 0 ? [0, 32] : [UInt8(min(6 * count, 9)), 0]))
        }
    }

    @Test("goes the best way that this machine has, and says which")
    func chosen() {
        let path = unsafe String(cString: cletterscan_path())
        let there = Self.ways.filter { costs($0.way, [1], 0..<1, [1]) != nil }.map(\.name)
        #expect(there.first == "plain")
        #expect(there.last == (path == "neon" ? "plain" : path))
    }

    private struct Picked: Equatable {
        var places: [Int]
        var next: Int
    }

    /// What a way picks, or the best one; nil where this machine lacks it.
    private func pick(
        _ way: cletterscan_way?, _ costs: [UInt8], from first: Int, limit: Int, room: Int
    ) -> Picked? {
        var places = [UInt32](repeating: .max, count: room + 1)
        var next = -1
        var count = -1
        let isThere = unsafe costs.withUnsafeBufferPointer { costs in
            unsafe places.withUnsafeMutableBufferPointer { places in
                guard let way else {
                    count = unsafe cletterscan_pick(
                        costs.baseAddress, first, costs.count, UInt8(limit), places.baseAddress,
                        room, &next)
                    return true
                }
                return unsafe cletterscan_pick_by(
                    way, costs.baseAddress, first, costs.count, UInt8(limit), places.baseAddress,
                    room, &next, &count)
            }
        }
        #expect(places[room] == .max)
        return isThere ? Picked(places: places.prefix(count).map { Int($0) }, next: next) : nil
    }

    /// The places of a filter, as many as there is room for, and the place to go on from.
    private func filtered(
        _ costs: [UInt8], from first: Int, limit: Int, room: Int
    ) -> Picked {
        let places = costs.indices.filter { $0 >= first && Int(costs[$0]) <= limit }.prefix(room)
        guard places.count == room else { return Picked(places: Array(places), next: costs.count) }
        return Picked(places: Array(places), next: places.last.map { $0 + 1 } ?? first)
    }

    @Test(
        "picks what a filter picks by every way of this machine, whatever the limit",
        arguments: 0..<6 as Range<UInt64>)
    func picking(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for limit in 0...255 {
            let count = Int(random.next() % 200)
            // Mostly round the limit.
            let costs = (0..<count).map { _ -> UInt8 in
                let near = limit + Int(random.next() % 5) - 1
                return UInt8(clamping: random.next() % 4 == 0 ? Int(random.next() % 256) : near)
            }
            let first = count == 0 ? 0 : Int(random.next() % UInt64(count + 1))
            for room in [0, 1, 2, 7, 8, 9, 31, 33, 63, 64, 65, 200] {
                let expected = filtered(costs, from: first, limit: limit, room: room)
                for (name, way) in Self.ways {
                    let actual = pick(way, costs, from: first, limit: limit, room: room)
                    #expect(
                        actual ?? expected == expected,
                        "\(name): \(costs) from \(first), limit \(limit), room \(room)")
                }
                #expect(pick(nil, costs, from: first, limit: limit, room: room) == expected)
            }
        }
    }

    @Test(
        "picks every place once when it goes on from where it ended", arguments: [1, 3, 8, 64, 100])
    func goingOn(room: Int) {
        var random = SplitMix64(seed: UInt64(room))
        let costs = (0..<1001).map { _ in UInt8(truncatingIfNeeded: random.next() % 12) }
        for (_, way) in Self.ways {
            var places: [Int] = []
            var next = 0
            while next < costs.count {
                guard let picked = pick(way, costs, from: next, limit: 4, room: room) else {
                    return
                }
                places += picked.places
                next = picked.next
            }
            #expect(places == costs.indices.filter { costs[$0] <= 4 })
        }
    }
}
