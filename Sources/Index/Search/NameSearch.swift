internal import CLetterScan
public import Matcher

/// A row whose name has nearly the letters that a search asks for.
public struct NearName: Sendable, BitwiseCopyable {
    /// The row's number.
    public let row: Int
    /// What its letters cost; 0 where there is nothing to say against them.
    public let cost: Int
}

/// Finds the rows whose names' letters are nearest to those of a name, out of many.
///
/// Looks at four bytes a row, one row after the other, and at nothing else of those that are far away. What
/// it finds are the names worth comparing, not those that agree: a name with the same letters in another
/// order costs nothing either. Keeps its memory.
public struct NameSearch: ~Copyable {
    /// How many rows are kept.
    public static let nearestMax = 512
    /// How many tokens of a name are looked for; the first ones of a longer one.
    public static let tokensMax = cletterscan_tokens_max
    /// As many costs as stay in the nearest cache.
    private static let chunkRows = 8192
    private static let costMax = 255

    private var costs = ScratchList<UInt8>(capacity: chunkRows)
    /// No more of them at once than may be kept: the limit comes down with them.
    private var places = ScratchList<UInt32>(capacity: nearestMax)
    private var tokens = ScratchList<UInt32>(capacity: tokensMax)
    private var found = ScratchList<NearName>(capacity: 2 * nearestMax)
    /// The nearest rows, those of one cost in ascending order.
    public private(set) var nearest = ScratchList<NearName>(capacity: nearestMax)
    /// How many rows were looked at: all of them, unless there is no room left for the nearest there can be.
    public private(set) var rowsSeen = 0
    /// Rows that cost more are not kept; negative when none is.
    private var limit = costMax
    /// What the nearest row that was left out costs, or more; more than any where none was.
    private var leftOutCost = costMax + 1

    /// Whether rows were left out that are as near as the last one kept.
    public var isCut: Bool {
        nearest.count > 0 && nearest[nearest.count - 1].cost >= leftOutCost
    }

    /// A search for nothing.
    public init() {
        costs.fill(with: 0)
        places.fill(with: 0)
    }

    /// The instructions that a search uses: `avx512`, `avx2`, `neon` or `plain`.
    public static var path: String { unsafe String(cString: cletterscan_path()) }

    /// Searches some runs of rows.
    ///
    /// - Parameters:
    ///   - name: the letters of each token.
    ///   - runs: the rows to look at, in ascending order.
    ///   - district: the number of the only district; nil for any.
    ///   - image: the records.
    /// - Complexity: O(rows), some thirty of them in ten nanoseconds.
    public mutating func search(
        _ name: borrowing ScratchList<NameLetters>, in runs: borrowing ScratchList<RowSpan>,
        district: Int?, of image: borrowing PatientImage
    ) {
        tokens.removeAll()
        for index in name.indices.prefix(Self.tokensMax) { tokens.append(name[index].rawValue) }
        found.removeAll()
        nearest.removeAll()
        rowsSeen = 0
        limit = Self.costMax
        leftOutCost = Self.costMax + 1
        for index in runs.indices {
            var first = runs[index].start
            let end = first + runs[index].count
            while first < end, limit >= 0 {
                let count = min(Self.chunkRows, end - first)
                search(first..<first + count, district, image)
                first += count
                rowsSeen += count
            }
        }
        keepNearest()
        sortByCost()
    }

    private mutating func search(
        _ rows: Range<Int>, _ district: Int?, _ image: borrowing PatientImage
    ) {
        Self.writeCosts(&costs, image.nameLetters.span.extracting(rows), tokens)
        var next = 0
        while next < rows.count, limit >= 0 {
            let count = Self.pick(&places, costs, &next, rows.count, UInt8(limit))
            for index in 0..<count {
                let place = Int(places[index])
                let cost = Int(costs[place])
                let row = rows.lowerBound + place
                // The limit may have come down since.
                guard cost <= limit,
                    district.map({ image.districtNumber(ofRow: row) == $0 }) ?? true
                else { continue }
                found.append(NearName(row: row, cost: cost))
                if found.count == 2 * Self.nearestMax { keepNearest() }
            }
        }
    }

    private static func writeCosts(
        _ costs: inout ScratchList<UInt8>, _ names: Span<NameLetters>,
        _ tokens: borrowing ScratchList<UInt32>
    ) {
        unsafe names.withUnsafeBytes { names in
            unsafe tokens.span.withUnsafeBufferPointer { tokens in
                unsafe costs.withUnsafeMutable { costs in
                    let start = unsafe names.baseAddress?.assumingMemoryBound(to: UInt32.self)
                    unsafe cletterscan_costs(
                        start, names.count / 4, tokens.baseAddress, tokens.count, costs)
                }
            }
        }
    }

    private static func pick(
        _ places: inout ScratchList<UInt32>, _ costs: borrowing ScratchList<UInt8>,
        _ next: inout Int, _ count: Int, _ limit: UInt8
    ) -> Int {
        let first = next
        let room = places.count
        return unsafe costs.span.withUnsafeBufferPointer { costs in
            unsafe places.withUnsafeMutable { places in
                unsafe cletterscan_pick(
                    costs.baseAddress, first, count, limit, places, room, &next)
            }
        }
    }

    /// Drops all but the nearest rows, of those that cost the same the last ones.
    private mutating func keepNearest() {
        guard found.count > Self.nearestMax else { return }
        var counts = InlineArray<256, Int>(repeating: 0)
        for index in found.indices { counts[found[index].cost] += 1 }
        // The first cost of whose rows not all are kept.
        var cut = 0
        var room = Self.nearestMax
        while counts[cut] <= room {
            room -= counts[cut]
            cut += 1
        }
        // From here on no more of that cost; where none is kept, as many as there are of the last one kept.
        limit = cut - 1
        if room == 0 {
            while counts[limit] == 0 { limit -= 1 }
        }
        leftOutCost = min(leftOutCost, cut)
        var kept = 0
        for index in found.indices {
            let name = found[index]
            guard name.cost <= cut else { continue }
            if name.cost == cut {
                guard room > 0 else { continue }
                room -= 1
            }
            found[kept] = name
            kept += 1
        }
        found.truncate(to: kept)
    }

    private mutating func sortByCost() {
        var ends = InlineArray<256, Int>(repeating: 0)
        for index in found.indices { ends[found[index].cost] += 1 }
        for cost in 1..<256 { ends[cost] += ends[cost - 1] }
        for index in found.indices { nearest.append(found[index]) }
        // From the last one, so that those of one cost stay in their order.
        for index in found.indices.reversed() {
            let cost = found[index].cost
            ends[cost] -= 1
            nearest[ends[cost]] = found[index]
        }
    }
}
