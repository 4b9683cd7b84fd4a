/// Which name goes where, decided before there is any memory for it.
struct BlockPlan: ~Copyable {
    /// One block of 64 lanes.
    struct Head {
        var firstRow: Int
        /// The least and the greatest number of letters of its lanes; 0 when all names are outsiders.
        var shortest: UInt8 = 0
        var longest: UInt8 = 0
        /// A name of the block, whose letters fill the lanes of those that cannot be there.
        var standIn: Int?
    }

    /// Which name stands at each position; empty when each stands at its own.
    private(set) var order: [UInt32] = []
    private(set) var blocks: [Head] = []
    /// The rows of all blocks.
    private(set) var rows = 0
    /// Whether a name that a lane holds has a code over 31.
    private(set) var isWide = false
    /// Whether a lane can hold a name, by name.
    private(set) var isInside: [Bool] = []
    private(set) var outsiders: [OutsiderName] = []
    private(set) var outsiderBytes: [UInt8] = []

    init(bytes: Span<UInt8>, ends: Span<Int>, order wanted: NameOrder) {
        precondition(ends.count <= Int(UInt32.max), "at most 4,294,967,295 names")
        isInside.reserveCapacity(ends.count)
        for name in ends.indices {
            let range = Self.range(of: name, ends)
            precondition(range.count <= NameBlocks.bytesMax, "a name of at most 65,534 bytes")
            let greatest = Self.greatestCode(bytes.extracting(range))
            isInside.append(greatest != nil)
            isWide = isWide || greatest ?? 0 > NameAlphabet.foldedMax
        }
        if wanted == .byLength { orderByLength(ends) }
        for first in stride(from: 0, to: ends.count, by: NameBlocks.lanes) {
            append(first..<min(first + NameBlocks.lanes, ends.count), bytes, ends)
        }
        precondition(rows <= Int(UInt32.max), "at most 4,294,967,295 rows")
    }

    /// Where a name is in the bytes.
    @inline(__always)
    static func range(of name: Int, _ ends: Span<Int>) -> Range<Int> {
        (name == 0 ? 0 : ends[name - 1])..<ends[name]
    }

    /// The greatest code of a name; nil when no lane can hold it.
    private static func greatestCode(_ name: Span<UInt8>) -> UInt8? {
        guard name.count <= NameBlocks.lettersMax else { return nil }
        var greatest: UInt8 = 0
        for index in name.indices {
            let code = NameAlphabet.code(of: name[index])
            guard code != 0 else { return nil }
            greatest = max(greatest, code)
        }
        return greatest
    }

    /// Counts the names of each length and gives each a place behind those that are shorter; outsiders, whose
    /// lanes do not matter, come last.
    private mutating func orderByLength(_ ends: Span<Int>) {
        let outside = NameBlocks.lettersMax + 1
        var places = [Int](repeating: 0, count: outside + 2)
        for name in ends.indices {
            let length = isInside[name] ? Self.range(of: name, ends).count : outside
            places[length + 1] += 1
        }
        for length in 1..<places.count { places[length] += places[length - 1] }
        order = [UInt32](repeating: 0, count: ends.count)
        for name in ends.indices {
            let length = isInside[name] ? Self.range(of: name, ends).count : outside
            order[places[length]] = UInt32(name)
            places[length] += 1
        }
    }

    /// Makes a block of the names at some positions.
    private mutating func append(_ positions: Range<Int>, _ bytes: Span<UInt8>, _ ends: Span<Int>) {
        var head = Head(firstRow: rows)
        for position in positions {
            let name = order.isEmpty ? position : Int(order[position])
            let range = Self.range(of: name, ends)
            guard isInside[name] else {
                let start = outsiderBytes.count
                for offset in range { outsiderBytes.append(bytes[offset]) }
                outsiders.append(
                    OutsiderName(position: position, range: start..<outsiderBytes.count))
                continue
            }
            let length = UInt8(range.count)
            head.shortest = head.standIn == nil ? length : min(head.shortest, length)
            head.longest = max(head.longest, length)
            head.standIn = head.standIn ?? name
        }
        rows += Int(head.longest)
        blocks.append(head)
    }
}

/// Where the sections of `NameBlocks` begin in its memory, in bytes; rows begin at 0.
struct BlockLayout {
    /// That of a vector of 64 bytes, which all sections keep.
    static let alignment = 64

    let blocks: Int
    let lengths: Int
    let signatures: Int
    let heads: Int
    let bytes: Int

    init(blocks: Int, rows: Int) {
        self.blocks = blocks
        lengths = rows * NameBlocks.lanes
        signatures = lengths + blocks * NameBlocks.lanes
        heads = signatures + blocks * NameBlocks.lanes * 8
        bytes = heads + blocks * 8
    }
}
