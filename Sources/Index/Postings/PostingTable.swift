internal import CPrefetch
package import Matcher

/// What a bucket holds for a key: the place of a row, or the offset of a list.
struct PostingEntry: BitwiseCopyable, Sendable {
    /// What the bucket has in 32 bits, and a bit above them for a list.
    private let bits: UInt64

    private init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(word: UInt32, listBit: UInt64) { bits = UInt64(word) | listBit << 32 }

    /// The entry of a link.
    @inline(__always)
    init(_ link: PostingLink) { bits = link.word | link.listBit << 32 | (link.foundBit &- 1) }

    /// No entry.
    static let none = PostingEntry(bits: UInt64.max)

    var isNone: Bool { bits == UInt64.max }
    var isList: Bool { bits >> 32 != 0 }
    var word: UInt32 { UInt32(truncatingIfNeeded: bits) }
    /// Where the row is.
    var row: RowPlace { RowPlace(rawValue: word) }
    /// Where the list begins.
    var list: Int { Int(word) }
}

/// A first entry in the parts of which addresses are worked out.
///
/// All of them are arithmetic: a jump would wait for the bucket that they come from.
struct PostingLink {
    /// The place of a row or of a list; 0 where there is no entry.
    let word: UInt64
    /// 1 of a list, else 0.
    let listBit: UInt64
    /// 0 where there is no entry, else 1.
    let foundBit: UInt64
}

/// From a key's hash to the rows that carry the key: open addressing over buckets of one cache line.
///
///     bucket   0          12  13      16                                  64
///              | 12 tags  | o | lists | 12 entries of 32 bits              |
///
/// A tag is seven bits of the hash with the top bit set, 0 for an empty place; `o` tells that a key
/// which belongs here went on to the next bucket. An entry is the place of a row, or, where its bit of `lists` is
/// set, the offset of a list: its length, then the places of its rows in ascending order. A look-up touches one bucket,
/// seldom two, and then the row to compare the key itself.
///
/// While a table is made, its entries are the numbers that its maker gives to what it adds.
package struct PostingTable: ~Copyable, Sendable {
    /// How full the buckets are made.
    static let loadPercent = 85
    static let placesPerBucket = 12
    /// How many rows of a list are brought into the cache before the look-up.
    static let firstRowsMax = 8

    private(set) var buckets: Column<Bucket>
    private(set) var lists = Column<UInt32>()

    /// A table for at most `keys` different keys.
    init(keys: Int) {
        let places = max(1, keys) * 100 / PostingTable.loadPercent + 1
        let count = (places + PostingTable.placesPerBucket - 1) / PostingTable.placesPerBucket
        buckets = Column(repeating: Bucket(), count: count)
    }

    /// A table that was made before.
    ///
    /// - Parameters:
    ///   - buckets: at least one.
    ///   - lists: those that entries lead to.
    init(buckets: consuming Column<Bucket>, lists: consuming Column<UInt32>) {
        precondition(buckets.count > 0)
        self.buckets = buckets
        self.lists = lists
    }

    /// Memory of buckets and lists.
    package var bytes: Int { buckets.bytes + lists.bytes }

    /// Starts to bring the bucket of a hash into the cache.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        unsafe cprefetch_read(buckets.address(of: bucketOffset(hash)))
    }

    /// The first entry that the bucket of a hash has for it, whose key was not compared.
    ///
    /// - Parameter hash: the hash of the key; its bucket should have arrived.
    /// - Returns: the entry, or none.
    @inline(__always)
    func firstLink(_ hash: UInt64) -> PostingLink {
        let bucket = unsafe buckets.pointer(to: bucketOffset(hash))
        let matches = unsafe bucket.pointee.matches(Bucket.tag(of: hash))
        let place = min(matches.trailingZeroBitCount, PostingTable.placesPerBucket - 1)
        // Twelve bits, any of which carries into the next one. A comparison would become a jump.
        let foundBit = UInt64(matches &+ 0xFFF) >> 12
        let isFound = 0 &- foundBit
        return PostingLink(
            word: UInt64(unsafe bucket.pointee.entry(place)) & isFound,
            listBit: unsafe bucket.pointee.listBit(place) & isFound, foundBit: foundBit)
    }

    /// Visits the first rows of an entry that is a list.
    ///
    /// - Parameters:
    ///   - entry: the entry, whose list should have arrived.
    ///   - row: what to do for a row; it may be one of another key with the same tag.
    @inline(__always)
    func visitFirstRows(_ entry: PostingEntry, row: (_ row: RowPlace) -> Void) {
        let first = entry.list + 1
        for offset in first..<first + min(Int(lists[entry.list]), PostingTable.firstRowsMax) {
            row(RowPlace(rawValue: lists[offset]))
        }
    }

    /// Finds the rows of a key.
    ///
    /// - Parameters:
    ///   - hash: the hash of the key.
    ///   - isKey: whether that row carries the key; asked for rows whose tag agrees.
    /// - Returns: the rows; none when no row carries the key.
    /// - Complexity: O(1) expected; one bucket, seldom two.
    @inline(__always)
    func find(_ hash: UInt64, isKey: (_ row: RowPlace) -> Bool) -> Postings {
        var offset = bucketOffset(hash)
        let tag = Bucket.tag(of: hash)
        while true {
            let bucket = unsafe buckets.pointer(to: offset)
            var matches = unsafe bucket.pointee.matches(tag)
            while matches != 0 {
                let entry = unsafe Self.entry(at: matches.trailingZeroBitCount, of: bucket)
                let found = postings(of: entry)
                if isKey(firstRow(of: entry)) { return found }
                matches &= matches - 1
            }
            guard unsafe bucket.pointee.overflows else { return .none }
            offset = offset + 1 == buckets.count ? 0 : offset + 1
        }
    }

    /// The row at a position below the postings' count.
    @inline(__always)
    package func row(of postings: Postings, at position: Int) -> RowPlace {
        precondition(position >= 0 && position < postings.count)
        return RowPlace(
            rawValue: postings.count == 1
                ? postings.start : lists[Int(postings.start) + position])
    }

    // MARK: Building

    /// Where an insertion ended.
    enum Insertion {
        case added
        /// The key is there already, first added under this number.
        case present(first: Int)
    }

    /// Adds a number under its key, unless the key is present; lists are made later by `makeLists`.
    @inline(__always)
    mutating func insert(
        _ hash: UInt64, number: Int, isKey: (_ number: Int) -> Bool
    ) -> Insertion {
        var offset = bucketOffset(hash)
        let tag = Bucket.tag(of: hash)
        while true {
            var bucket = buckets[offset]
            var matches = bucket.matches(tag)
            while matches != 0 {
                let first = Int(bucket.entry(matches.trailingZeroBitCount))
                if isKey(first) { return .present(first: first) }
                matches &= matches - 1
            }
            let free = bucket.matches(0)
            if free != 0 {
                bucket.set(free.trailingZeroBitCount, tag: tag, entry: UInt32(number))
                buckets[offset] = bucket
                return .added
            }
            bucket.overflows = true
            buckets[offset] = bucket
            offset = offset + 1 == buckets.count ? 0 : offset + 1
        }
    }

    /// Turns numbers into rows, and the chains of those that share a key into lists.
    ///
    /// - Parameters:
    ///   - next: for each number the next one of its chain, or `UInt32.max`; a chain starts at
    ///     the one that was added.
    ///   - row: where the row is that a number stands for.
    @inline(__always)
    mutating func makeLists(next: borrowing Column<UInt32>, row: (Int) -> RowPlace) {
        for offset in 0..<buckets.count {
            var bucket = buckets[offset]
            for place in 0..<PostingTable.placesPerBucket where bucket.tag(place) != 0 {
                let head = bucket.entry(place)
                if next[Int(head)] == UInt32.max {
                    bucket.set(place, entry: row(Int(head)).rawValue)
                } else {
                    bucket.set(place, list: appendList(head, next, row))
                }
            }
            buckets[offset] = bucket
        }
        lists.trim()
    }

    @inline(__always)
    private mutating func appendList(
        _ head: UInt32, _ next: borrowing Column<UInt32>, _ row: (Int) -> RowPlace
    ) -> UInt32 {
        let start = lists.count
        precondition(start < Int(UInt32.max), "posting lists exceed their 32-bit offsets")
        lists.append(0)
        lists.append(row(Int(head)).rawValue)
        var number = next[Int(head)]
        while number != UInt32.max {
            lists.append(row(Int(number)).rawValue)
            number = next[Int(number)]
        }
        sortRows(from: start + 1)
        lists[start] = UInt32(lists.count - start - 1)
        return UInt32(start)
    }

    /// Puts the rows of the last list into ascending order.
    private mutating func sortRows(from first: Int) {
        guard lists.count - first <= 32 else {
            let sorted = (first..<lists.count).map { lists[$0] }.sorted()
            for (offset, row) in sorted.enumerated() { lists[first + offset] = row }
            return
        }
        // Nearly always a few.
        for place in first + 1..<lists.count {
            let row = lists[place]
            var free = place
            while free > first, lists[free - 1] > row {
                lists[free] = lists[free - 1]
                free -= 1
            }
            lists[free] = row
        }
    }

    // MARK: Entries

    @inline(__always)
    private func bucketOffset(_ hash: UInt64) -> Int {
        Int(hash.multipliedFullWidth(by: UInt64(buckets.count)).high)
    }

    /// The entry of a place; in the bucket's place, for a copy of the cache line would cost more than the look at it.
    @inline(__always)
    private static func entry(
        at place: Int, of bucket: UnsafePointer<Bucket>
    ) -> PostingEntry {
        PostingEntry(
            word: unsafe bucket.pointee.entry(place), listBit: unsafe bucket.pointee.listBit(place))
    }

    @inline(__always)
    private func postings(of entry: PostingEntry) -> Postings {
        guard entry.isList else { return Postings(count: 1, start: entry.word) }
        return Postings(count: Int(lists[entry.list]), start: entry.word + 1)
    }

    @inline(__always)
    private func firstRow(of entry: PostingEntry) -> RowPlace {
        guard entry.isList else { return entry.row }
        return RowPlace(rawValue: lists[entry.list + 1])
    }
}
