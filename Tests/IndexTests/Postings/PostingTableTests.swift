@testable internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Posting table")
struct PostingTableTests {
    /// Every row has one of `keys` keys; a key's hash is chosen by the test.
    private func check(rows: Int, keys: Int, seed: UInt64, hash: (Int) -> UInt64) {
        var random = SplitMix64(seed: seed)
        let keyOfRow = (0..<rows).map { _ in Int.random(in: 0..<keys, using: &random) }
        var table = PostingTable(keys: rows)
        var chains = EntryChains()
        var twin: [Int: [Int]] = [:]
        for row in 0..<rows {
            let key = keyOfRow[row]
            table.add(hash(key), number: UInt32(row), &chains) { keyOfRow[Int($0)] == key }
            twin[key, default: []].append(row)
        }
        // Numbers that are places, and such that stand for them.
        let isPlace = seed % 2 == 0
        let unit = isPlace ? 1 : 3
        table.makeLists(of: chains, numbersArePlaces: isPlace) {
            RowPlace(rawValue: $0 * UInt32(unit))
        }
        for key in 0..<keys * 2 {
            let postings = table.find(hash(key)) { keyOfRow[Int($0.rawValue) / unit] == key }
            let found = (0..<postings.count).map {
                Int(table.row(of: postings, at: $0).rawValue) / unit
            }
            #expect(found == twin[key] ?? [], "key \(key)")
        }
    }

    @Test("is right when every key has the same hash", arguments: [0, 1, 11, 12, 13, 24, 25, 300])
    func oneBucket(rows: Int) {
        for hash in [0, UInt64.max, 0x8000_0000_0000_0000] as [UInt64] {
            check(rows: rows, keys: max(rows, 1), seed: 1) { _ in hash }
            check(rows: rows, keys: 3, seed: 2) { _ in hash }
        }
    }

    @Test("is right when a few buckets overflow, with few tags", arguments: 0..<8 as Range<UInt64>)
    func fewBuckets(seed: UInt64) {
        check(rows: 400, keys: 350, seed: seed) { UInt64($0 % 5) << 61 | UInt64($0 % 3) }
        check(rows: 400, keys: 40, seed: seed) { UInt64($0 % 2) << 63 | UInt64($0 % 200) }
        // The last bucket overflows into the first.
        check(rows: 200, keys: 200, seed: seed) { UInt64.max - UInt64($0 % 7) }
    }

    @Test("that somebody made so that no look-up would end is looked through once")
    func endless() {
        var bucket = Bucket()
        for place in 0..<PostingTable.placesPerBucket {
            bucket.fill(place, tag: 0x80, entry: 0)
        }
        bucket.overflows = true
        let table = PostingTable(buckets: Column(repeating: bucket, count: 3), lists: Column())
        var looks = 0
        let found = table.find(UInt64.max << 7) { _ in
            looks += 1
            return looks > 100
        }
        #expect(found == .none)
        #expect(looks == 3 * PostingTable.placesPerBucket)
    }

    @Test(
        "is right when tags agree and buckets do not, and the other way",
        arguments: [5, 6] as [UInt64])
    func spread(seed: UInt64) {
        check(rows: 600, keys: 600, seed: seed) { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 & ~127 }
        check(rows: 600, keys: 600, seed: seed) { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    }

    @Test("makes one list of many rows that share a key")
    func oneList() {
        check(rows: 2000, keys: 1, seed: 3) { UInt64($0) << 60 }
    }

    @Test("is empty without keys")
    func empty() {
        let table = PostingTable(keys: 0)
        let postings = table.find(42) { _ in true }
        #expect(postings == .none)
        #expect(table.bytes == 64)
    }
}
