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
/// While a table is made, its entries are the numbers that its maker gives to what it adds; where several share a key,
/// their chain in `EntryChains`.
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
        // An empty bucket is all zeros.
        buckets = Column(zeros: count)
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
        var found = Postings.none
        visit(hash) { entry in
            let postings = postings(of: entry)
            guard isKey(firstRow(of: entry)) else { return false }
            found = postings
            return true
        }
        return found
    }

    /// Finds the rows of a key of a kind of which one row may carry several.
    ///
    /// Where two keys of a row have one tag, either's list may begin with that row, which carries both: what is looked
    /// for is the longest list whose rows all carry the key.
    ///
    /// - Complexity: O(1) expected; O(rows) of such lists, of which hardly any table has one.
    @inline(__always)
    func findOneOfSeveral(_ hash: UInt64, isKey: (_ row: RowPlace) -> Bool) -> Postings {
        var found = Postings.none
        visit(hash) { entry in
            if isKey(firstRow(of: entry)) {
                let postings = postings(of: entry)
                found = found.count == 0 ? postings : longer(found, postings, isKey)
            }
            return false
        }
        return found
    }

    /// The longer of two lists among those whose rows all carry a key; none where neither is one.
    private func longer(
        _ one: Postings, _ other: Postings, _ isKey: (_ row: RowPlace) -> Bool
    ) -> Postings {
        var longer = Postings.none
        for postings in [one, other] where postings.count > longer.count {
            let isOfKey = (0..<postings.count).allSatisfy { isKey(row(of: postings, at: $0)) }
            if isOfKey { longer = postings }
        }
        return longer
    }

    /// Visits the entries whose tag agrees with a hash.
    ///
    /// - Parameters:
    ///   - hash: the hash of a key.
    ///   - isLast: whether an entry is the last one that is wanted.
    @inline(__always)
    private func visit(_ hash: UInt64, isLast: (_ entry: PostingEntry) -> Bool) {
        var offset = bucketOffset(hash)
        let tag = Bucket.tag(of: hash)
        while true {
            let bucket = unsafe buckets.pointer(to: offset)
            var matches = unsafe bucket.pointee.matches(tag)
            while matches != 0 {
                if isLast(unsafe Self.entry(at: matches.trailingZeroBitCount, of: bucket)) {
                    return
                }
                matches &= matches - 1
            }
            guard unsafe bucket.pointee.overflows else { return }
            offset = offset + 1 == buckets.count ? 0 : offset + 1
            // Never, but in a file that somebody made: some bucket has room.
            guard offset != bucketOffset(hash) else { return }
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

    /// Where a key's entry stands.
    struct Position {
        fileprivate let bucket: Int
        fileprivate let place: Int
    }

    /// Adds an entry for a key, unless the key has one.
    ///
    /// - Parameters:
    ///   - hash: the hash of the key; its bucket should have arrived.
    ///   - word: what the new entry holds.
    ///   - isKey: whether an entry is that of the key; asked for those whose tag agrees.
    /// - Returns: where the key's entry stood before; nil where one was added.
    @inline(__always)
    mutating func insert(
        _ hash: UInt64, word: UInt32, isKey: (_ entry: PostingEntry) -> Bool
    ) -> Position? {
        var offset = bucketOffset(hash)
        let tag = Bucket.tag(of: hash)
        while true {
            let bucket = unsafe buckets.mutablePointer(to: offset)
            var matches = unsafe bucket.pointee.matches(tag)
            while matches != 0 {
                let place = matches.trailingZeroBitCount
                if isKey(unsafe Self.entry(at: place, of: bucket)) {
                    return Position(bucket: offset, place: place)
                }
                matches &= matches - 1
            }
            if let place = unsafe bucket.pointee.emptyPlace {
                unsafe bucket.pointee.fill(place, tag: tag, entry: word)
                return nil
            }
            unsafe bucket.pointee.overflows = true
            offset = offset + 1 == buckets.count ? 0 : offset + 1
            precondition(offset != bucketOffset(hash), "more keys than the table is for")
        }
    }

    /// Adds a number to those that share a key; lists are made later by `makeLists`.
    ///
    /// - Parameters:
    ///   - hash: the hash of the key; its bucket should have arrived.
    ///   - number: greater than those that were added before.
    ///   - chains: of this table.
    ///   - isKey: whether a number has the key.
    @inline(__always)
    mutating func add(
        _ hash: UInt64, number: UInt32, _ chains: inout EntryChains,
        isKey: (_ number: UInt32) -> Bool
    ) {
        let position = insert(hash, word: number) { isKey(chains.newest(of: $0)) }
        guard let position else { return }
        let bucket = unsafe buckets.mutablePointer(to: position.bucket)
        let chain = chains.add(number, to: unsafe Self.entry(at: position.place, of: bucket))
        unsafe bucket.pointee.set(position.place, list: chain)
    }

    /// Makes lists of the chains that entries lead to.
    ///
    /// - Parameters:
    ///   - chains: what shares a key.
    ///   - numbersArePlaces: whether `row` says nothing new of a number.
    ///   - row: where the row is that a number stands for; ascending with the numbers.
    @inline(__always)
    mutating func makeLists(
        of chains: borrowing EntryChains, numbersArePlaces: Bool, row: (UInt32) -> RowPlace
    ) {
        guard !numbersArePlaces || !chains.isEmpty else { return }
        for offset in 0..<buckets.count {
            prefetch(chains, ofBucket: offset + Self.bucketsAhead)
            let bucket = unsafe buckets.mutablePointer(to: offset)
            let listPlaces = unsafe bucket.pointee.listPlaces
            if !numbersArePlaces {
                for place in 0..<(unsafe bucket.pointee.emptyPlace ?? Self.placesPerBucket)
                where listPlaces >> UInt32(place) & 1 == 0 {
                    let number = unsafe bucket.pointee.entry(place)
                    unsafe bucket.pointee.set(place, entry: row(number).rawValue)
                }
            }
            var places = listPlaces
            while places != 0 {
                let place = places.trailingZeroBitCount
                let list = appendList(of: chains, from: unsafe bucket.pointee.entry(place), row)
                unsafe bucket.pointee.set(place, list: list)
                places &= places - 1
            }
        }
        lists.trim()
    }

    /// How many buckets ahead their chains are asked for: keys that stand side by side came at any time.
    private static let bucketsAhead = 4

    @inline(__always)
    private func prefetch(_ chains: borrowing EntryChains, ofBucket offset: Int) {
        guard offset < buckets.count else { return }
        let bucket = unsafe buckets.pointer(to: offset)
        var places = unsafe bucket.pointee.listPlaces
        while places != 0 {
            chains.prefetch(unsafe bucket.pointee.entry(places.trailingZeroBitCount))
            places &= places - 1
        }
    }

    @inline(__always)
    private mutating func appendList(
        of chains: borrowing EntryChains, from newest: UInt32, _ row: (UInt32) -> RowPlace
    ) -> UInt32 {
        let start = lists.count
        precondition(start < Int(UInt32.max), "posting lists exceed their 32-bit offsets")
        lists.append(0)
        chains.forEach(from: newest) { lists.append(row($0).rawValue) }
        lists[start] = UInt32(lists.count - start - 1)
        // The newest stands last.
        var low = start + 1
        var high = lists.count - 1
        while low < high {
            let row = lists[low]
            lists[low] = lists[high]
            lists[high] = row
            low += 1
            high -= 1
        }
        return UInt32(start)
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
