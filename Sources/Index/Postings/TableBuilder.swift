internal import Dispatch
internal import Matcher
internal import Synchronization

/// Makes the posting tables of filled rows.
enum TableBuilder {
    /// All four tables, made side by side.
    static func tables(of image: borrowing PatientImage) -> PostingTables {
        // A place of its own for each table, so that the makers share nothing.
        let abhaAddress = Mutex(PostingTable(keys: 0))
        let abhaNumber = Mutex(PostingTable(keys: 0))
        let mobile = Mutex(PostingTable(keys: 0))
        let identifier = Mutex(PostingTable(keys: 0))
        DispatchQueue.concurrentPerform(iterations: 4) { kind in
            var table: PostingTable
            // The longest first, so that no core is left with one at the end.
            switch kind {
            case 0:
                table = identifierTable(of: image)
                identifier.withLock { swap(&$0, &table) }
            case 1:
                table = mobileTable(of: image)
                mobile.withLock { swap(&$0, &table) }
            case 2:
                table = addressTable(of: image)
                abhaAddress.withLock { swap(&$0, &table) }
            default:
                table = numberTable(of: image)
                abhaNumber.withLock { swap(&$0, &table) }
            }
        }
        var result = PostingTables()
        abhaAddress.withLock { swap(&$0, &result[.abhaAddress]) }
        abhaNumber.withLock { swap(&$0, &result[.abhaNumber]) }
        mobile.withLock { swap(&$0, &result[.mobile]) }
        identifier.withLock { swap(&$0, &result[.other]) }
        return result
    }

    private static func addressTable(of image: borrowing PatientImage) -> PostingTable {
        var keys = 0
        for row in 0..<image.count where image.rows[row].addressCount > 0 { keys += 1 }
        var filler = TableFiller(keys: keys, rows: image.count)
        for row in 0..<image.count where image.rows[row].addressCount > 0 {
            let facility = image.facility(of: row)
            filler.add(row, hash: image.hash.of(image.address(of: row), facility: facility)) {
                image.isKey(
                    address: image.address(of: $0), facility: image.facility(of: $0), on: $1)
            }
        }
        return filler.finish {
            image.isKey(address: image.address(of: $0), facility: image.facility(of: $0), on: $1)
        }
    }

    private static func numberTable(of image: borrowing PatientImage) -> PostingTable {
        var keys = 0
        for row in 0..<image.count where image.rows[row].abhaNumber > 0 { keys += 1 }
        var filler = TableFiller(keys: keys, rows: image.count)
        for row in 0..<image.count where image.rows[row].abhaNumber > 0 {
            let record = image.rows[row]
            filler.add(
                row, hash: image.hash.of(record.abhaNumber, facility: record.facility)
            ) {
                image.isKey(
                    .abhaNumber, number: image.rows[$0].abhaNumber,
                    facility: image.facility(of: $0), on: $1)
            }
        }
        return filler.finish {
            image.isKey(
                .abhaNumber, number: image.rows[$0].abhaNumber, facility: image.facility(of: $0),
                on: $1)
        }
    }

    private static func mobileTable(of image: borrowing PatientImage) -> PostingTable {
        var keys = 0
        for row in 0..<image.count where image.rows[row].mobile > 0 { keys += 1 }
        var filler = TableFiller(keys: keys, rows: image.count)
        for row in 0..<image.count where image.rows[row].mobile > 0 {
            let record = image.rows[row]
            filler.add(row, hash: image.hash.of(record.mobile, facility: record.facility)) {
                image.isKey(
                    .mobile, number: image.rows[$0].mobile, facility: image.facility(of: $0),
                    on: $1)
            }
        }
        return filler.finish {
            image.isKey(
                .mobile, number: image.rows[$0].mobile, facility: image.facility(of: $0), on: $1)
        }
    }

    /// A row may carry several identifiers, so this table chains entries, not rows.
    private static func identifierTable(of image: borrowing PatientImage) -> PostingTable {
        var entries = Column<IdentifierEntry>()
        for row in 0..<image.count {
            var cursor = IdentifierCursor(image.texts(of: row))
            while let (type, value) = cursor.next(in: image.texts) {
                entries.append(
                    IdentifierEntry(
                        row: UInt32(row), count: UInt8(value.count), type: type,
                        start: UInt64(value.start)))
            }
        }
        var filler = TableFiller(keys: entries.count, rows: entries.count)
        for index in 0..<entries.count {
            let entry = entries[index]
            let hash = image.hash.of(
                image.bytes(entry.range), facility: image.facility(of: Int(entry.row)),
                salt: entry.type)
            filler.add(index, hash: hash) { Self.sameKey(entries[$0], entries[$1], image) }
        }
        return filler.finish(row: { Int(entries[$0].row) }) {
            Self.sameKey(entries[$0], entries[$1], image)
        }
    }

    private static func sameKey(
        _ a: IdentifierEntry, _ b: IdentifierEntry, _ image: borrowing PatientImage
    ) -> Bool {
        a.type == b.type && image.facility(of: Int(a.row)) == image.facility(of: Int(b.row))
            && image.bytes(a.range).equals(image.bytes(b.range))
    }
}

/// One identifier of one row, while its table is made.
private struct IdentifierEntry: BitwiseCopyable {
    var row: UInt32
    var count: UInt8
    var type: UInt8
    var start: UInt64

    var range: TextRange { TextRange(start: Int(start), count: Int(count)) }
}

/// Fills one table, some rows behind the prefetches: each insertion lands on a random cache line, and
/// only several of them under way at once keep the memory busy.
private struct TableFiller: ~Copyable {
    private static let lookAhead = 16

    private var table: PostingTable
    private var next: Column<UInt32>
    private var waitingRows = InlineArray<16, Int>(repeating: 0)
    private var waitingHashes = InlineArray<16, UInt64>(repeating: 0)
    private var added = 0

    init(keys: Int, rows: Int) {
        table = PostingTable(keys: keys)
        next = Column(repeating: UInt32.max, count: rows)
    }

    @inline(__always)
    mutating func add(_ row: Int, hash: UInt64, sameKey: (_ row: Int, _ other: Int) -> Bool) {
        table.prefetch(hash)
        let place = added % Self.lookAhead
        if added >= Self.lookAhead { insert(place, sameKey) }
        waitingRows[place] = row
        waitingHashes[place] = hash
        added += 1
    }

    /// Inserts what still waits and makes the lists.
    ///
    /// - Parameters:
    ///   - row: the row that an entry stands for; entries are rows unless told otherwise.
    ///   - sameKey: whether two entries carry the same key.
    /// - Returns: the finished table.
    @inline(__always)
    consuming func finish(
        row: (Int) -> Int = { $0 }, sameKey: (_ row: Int, _ other: Int) -> Bool
    ) -> PostingTable {
        for waiting in max(0, added - Self.lookAhead)..<added {
            insert(waiting % Self.lookAhead, sameKey)
        }
        table.makeLists(next: next, row: row)
        return table
    }

    @inline(__always)
    private mutating func insert(_ place: Int, _ sameKey: (Int, Int) -> Bool) {
        let row = waitingRows[place]
        let insertion = table.insert(waitingHashes[place], row: row) { sameKey(row, $0) }
        if case .present(let first) = insertion {
            next[row] = next[first]
            next[first] = UInt32(row)
        }
    }
}
