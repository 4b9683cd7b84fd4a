internal import Dispatch
internal import Matcher
internal import Synchronization

/// Makes the posting tables of loaded rows.
enum TableBuilder {
    /// All four tables, made side by side.
    ///
    /// - Parameters:
    ///   - loaded: the rows.
    ///   - hash: of the keys.
    /// - Returns: the tables.
    static func tables(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTables {
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
                table = identifierTable(of: loaded, hash)
                identifier.withLock { swap(&$0, &table) }
            case 1:
                table = numberTable(.mobile, of: loaded, hash)
                mobile.withLock { swap(&$0, &table) }
            case 2:
                table = addressTable(of: loaded, hash)
                abhaAddress.withLock { swap(&$0, &table) }
            default:
                table = numberTable(.abhaNumber, of: loaded, hash)
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

    private static func addressTable(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        var filler = TableFiller(keys: loaded.keyCounts.addresses, numbers: loaded.count)
        for row in 0..<loaded.count {
            let address = loaded.address(of: row)
            guard !address.isEmpty else { continue }
            filler.add(row, hash: hash.of(address, facility: loaded.facility(of: row))) {
                haveSameAddress($0, $1, loaded)
            }
        }
        return filler.finish(row: { loaded.places[$0] }) { haveSameAddress($0, $1, loaded) }
    }

    private static func haveSameAddress(
        _ a: Int, _ b: Int, _ loaded: borrowing LoadedRows
    ) -> Bool {
        loaded.facility(of: a) == loaded.facility(of: b)
            && loaded.address(of: a).equals(loaded.address(of: b))
    }

    private static func numberTable(
        _ kind: IdentifierKind, of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        let counts = loaded.keyCounts
        var filler = TableFiller(
            keys: kind == .mobile ? counts.mobiles : counts.numbers, numbers: loaded.count)
        for row in 0..<loaded.count {
            let number = loaded.number(kind, of: row)
            guard number > 0 else { continue }
            filler.add(row, hash: hash.of(number, facility: loaded.facility(of: row))) {
                haveSameNumber(kind, $0, $1, loaded)
            }
        }
        return filler.finish(row: { loaded.places[$0] }) { haveSameNumber(kind, $0, $1, loaded) }
    }

    private static func haveSameNumber(
        _ kind: IdentifierKind, _ a: Int, _ b: Int, _ loaded: borrowing LoadedRows
    ) -> Bool {
        loaded.number(kind, of: a) == loaded.number(kind, of: b)
            && loaded.facility(of: a) == loaded.facility(of: b)
    }

    /// A row may carry several identifiers, so this table chains entries, not rows.
    private static func identifierTable(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        var entries = Column<IdentifierEntry>()
        for row in 0..<loaded.count {
            var cursor = IdentifierCursor(loaded.texts(of: row))
            while let (type, value) = cursor.next(in: loaded.heap.bytes) {
                entries.append(
                    IdentifierEntry(
                        row: UInt32(row), count: UInt8(value.count), type: type,
                        start: UInt64(value.start)))
            }
        }
        var filler = TableFiller(keys: entries.count, numbers: entries.count)
        for index in 0..<entries.count {
            let entry = entries[index]
            let hash = hash.of(
                loaded.bytes(entry.range), facility: loaded.facility(of: Int(entry.row)),
                salt: entry.type)
            filler.add(index, hash: hash) { areSame(entries[$0], entries[$1], loaded) }
        }
        return filler.finish(row: { loaded.places[Int(entries[$0].row)] }) {
            areSame(entries[$0], entries[$1], loaded)
        }
    }

    private static func areSame(
        _ a: IdentifierEntry, _ b: IdentifierEntry, _ loaded: borrowing LoadedRows
    ) -> Bool {
        a.type == b.type && loaded.facility(of: Int(a.row)) == loaded.facility(of: Int(b.row))
            && loaded.bytes(a.range).equals(loaded.bytes(b.range))
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

/// Fills one table, some numbers behind the prefetches: each insertion lands on a random cache line, and
/// only several of them under way at once keep the memory busy.
private struct TableFiller: ~Copyable {
    private static let lookAhead = 16

    private var table: PostingTable
    private var next: Column<UInt32>
    private var waitingNumbers = InlineArray<16, Int>(repeating: 0)
    private var waitingHashes = InlineArray<16, UInt64>(repeating: 0)
    private var added = 0

    init(keys: Int, numbers: Int) {
        table = PostingTable(keys: keys)
        next = Column(repeating: UInt32.max, count: numbers)
    }

    @inline(__always)
    mutating func add(_ number: Int, hash: UInt64, sameKey: (_ number: Int, _ other: Int) -> Bool) {
        table.prefetch(hash)
        let place = added % Self.lookAhead
        if added >= Self.lookAhead { insert(place, sameKey) }
        waitingNumbers[place] = number
        waitingHashes[place] = hash
        added += 1
    }

    /// Inserts what still waits and makes the lists.
    ///
    /// - Parameters:
    ///   - row: where the row is that a number stands for.
    ///   - sameKey: whether two numbers carry the same key.
    /// - Returns: the finished table.
    @inline(__always)
    consuming func finish(
        row: (Int) -> RowPlace, sameKey: (_ number: Int, _ other: Int) -> Bool
    ) -> PostingTable {
        for waiting in max(0, added - Self.lookAhead)..<added {
            insert(waiting % Self.lookAhead, sameKey)
        }
        table.makeLists(next: next, row: row)
        return table
    }

    @inline(__always)
    private mutating func insert(_ place: Int, _ sameKey: (Int, Int) -> Bool) {
        let number = waitingNumbers[place]
        let insertion = table.insert(waitingHashes[place], number: number) { sameKey(number, $0) }
        if case .present(let first) = insertion {
            next[number] = next[first]
            next[first] = UInt32(number)
        }
    }
}
