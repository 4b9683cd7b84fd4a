internal import Matcher

/// Makes the posting tables of loaded rows.
enum TableBuilder {
    /// The table of a kind of keys.
    ///
    /// - Parameters:
    ///   - kind: which; all other identifiers share one table.
    ///   - loaded: the rows.
    ///   - hash: of the keys.
    /// - Returns: the table.
    static func table(
        _ kind: IdentifierKind, of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        switch kind {
        case .abhaAddress: addressTable(of: loaded, hash)
        case .abhaNumber, .mobile: numberTable(kind, of: loaded, hash)
        case .medicalRecord, .other: identifierTable(of: loaded, hash)
        }
    }

    private static func addressTable(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        var filler = TableFiller<AddressKey>(keys: loaded.keyCounts.addresses)
        var text = UnpackedText()
        for index in 0..<loaded.count {
            let row = loaded.places[index]
            let texts = loaded.heap.texts(of: row)
            guard texts.hasAddress else { continue }
            let hash = loaded.heap.hash(
                ofTextAt: texts.addressStart, RowTexts.letters, hash,
                facility: loaded.facility(of: index), salt: texts.addressDomain.rawValue, &text)
            filler.add(
                AddressKey(row: row), row.rawValue, hash: hash,
                isKey: { $0.isCarried(by: RowPlace(rawValue: $1), loaded.heap) })
        }
        return filler.finish(isKey: { $0.isCarried(by: RowPlace(rawValue: $1), loaded.heap) })
    }

    private static func numberTable(
        _ kind: IdentifierKind, of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        let counts = loaded.keyCounts
        var filler = TableFiller<NumberKey>(
            keys: kind == .mobile ? differentMobiles(of: loaded, hash) : counts.numbers)
        for index in 0..<loaded.count {
            let row = loaded.places[index]
            let record = loaded.heap.record(of: row)
            let key = NumberKey(number: record.number(kind), facility: record.facility)
            guard key.number > 0 else { continue }
            filler.add(
                key, row.rawValue, hash: hash.of(key.number, facility: key.facility),
                isKey: { $0.isCarried(by: RowPlace(rawValue: $1), kind, loaded.heap) })
        }
        return filler.finish(isKey: {
            $0.isCarried(by: RowPlace(rawValue: $1), kind, loaded.heap)
        })
    }

    /// How many mobiles there are: a household has one, far fewer than rows, and a table has a place for each key.
    private static func differentMobiles(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> Int {
        let rows = loaded.keyCounts.mobiles
        var keys = DistinctKeys(keys: rows)
        for index in 0..<loaded.count {
            let record = loaded.heap.record(of: loaded.places[index])
            guard record.mobile > 0 else { continue }
            keys.add(hash.of(record.mobile, facility: record.facility))
        }
        return min(rows, keys.count)
    }

    /// A row may carry several identifiers, so this table numbers identifiers: two keys with one tag may be those of
    /// one row, which would say yes to both.
    private static func identifierTable(
        of loaded: borrowing LoadedRows, _ hash: KeyHash
    ) -> PostingTable {
        var filler = TableFiller<IdentifierNumber>(keys: loaded.keyCounts.identifiers)
        var text = UnpackedText()
        // Of each identifier its row.
        var rows = Column<RowPlace>()
        for index in 0..<loaded.count {
            let row = loaded.places[index]
            let facility = loaded.facility(of: index)
            var cursor = IdentifierCursor(loaded.heap.texts(of: row), in: loaded.heap.bytes)
            while let (type, value) = cursor.next(in: loaded.heap.bytes) {
                let hash = loaded.heap.hash(
                    ofTextAt: value, RowTexts.letters, hash, facility: facility, salt: type, &text)
                let number = IdentifierNumber(rawValue: UInt32(rows.count))
                rows.append(row)
                filler.add(
                    number, number.rawValue,
                    hash: hash,
                    isKey: { $0.isSame(as: IdentifierNumber(rawValue: $1), rows, loaded.heap) })
            }
        }
        return filler.finish(
            isKey: { $0.isSame(as: IdentifierNumber(rawValue: $1), rows, loaded.heap) },
            row: { rows[Int($0)] })
    }
}

/// The address of a row.
private struct AddressKey: BitwiseCopyable {
    let row: RowPlace

    @inline(__always)
    func isCarried(by other: RowPlace, _ heap: borrowing RowHeap) -> Bool {
        let (texts, others) = (heap.texts(of: row), heap.texts(of: other))
        return heap.record(of: other).facility == heap.record(of: row).facility
            && others.hasAddress && heap.haveSameAddress(texts, others)
    }
}

/// An ABHA number or a mobile at a facility.
private struct NumberKey: BitwiseCopyable {
    let number: UInt64
    let facility: UInt16

    @inline(__always)
    func isCarried(
        by other: RowPlace, _ kind: IdentifierKind, _ heap: borrowing RowHeap
    ) -> Bool {
        let record = heap.record(of: other)
        return record.number(kind) == number && record.facility == facility
    }
}

/// One of the other identifiers of all rows, counted as they came.
private struct IdentifierNumber: BitwiseCopyable {
    let rawValue: UInt32

    func isSame(
        as other: IdentifierNumber, _ rows: borrowing Column<RowPlace>, _ heap: borrowing RowHeap
    ) -> Bool {
        guard heap.record(of: row(rows)).facility == heap.record(of: other.row(rows)).facility,
            let (type, value) = identifier(rows, heap),
            let (otherType, otherValue) = other.identifier(rows, heap)
        else { return false }
        return type == otherType && PackedText.areEqual(value, otherValue, in: heap.bytes)
    }

    private func row(_ rows: borrowing Column<RowPlace>) -> RowPlace { rows[Int(rawValue)] }

    private func identifier(
        _ rows: borrowing Column<RowPlace>, _ heap: borrowing RowHeap
    ) -> (type: UInt8, value: Int)? {
        let row = row(rows)
        var cursor = IdentifierCursor(heap.texts(of: row), in: heap.bytes)
        // Those of one row follow each other.
        var before = Int(rawValue)
        while before > 0, rows[before - 1] == row {
            before -= 1
            _ = cursor.next(in: heap.bytes)
        }
        return cursor.next(in: heap.bytes)
    }
}

/// Fills one table, a group of keys after the other: each insertion lands on a random cache line, and only
/// several of them under way at once keep the memory busy.
private struct TableFiller<Key: BitwiseCopyable>: ~Copyable {
    private struct Waiting: BitwiseCopyable {
        let hash: UInt64
        let number: UInt32
        let key: Key
    }

    private static var groupMax: Int { 32 }

    private var table: PostingTable
    private var chains = EntryChains()
    private var group = Column<Waiting>()

    init(keys: Int) {
        table = PostingTable(keys: keys)
    }

    /// Adds a number to those that have a key.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - number: greater than those that were added before.
    ///   - hash: of the key.
    ///   - isKey: whether a number has a key.
    @inline(__always)
    mutating func add(
        _ key: Key, _ number: UInt32, hash: UInt64,
        isKey: (_ key: Key, _ number: UInt32) -> Bool
    ) {
        table.prefetch(hash)
        group.append(Waiting(hash: hash, number: number, key: key))
        if group.count == Self.groupMax { insertGroup(isKey) }
    }

    /// Inserts what still waits and makes the lists.
    ///
    /// - Parameters:
    ///   - isKey: whether a number has a key.
    ///   - row: where the row is that a number stands for; without it numbers are the places themselves.
    /// - Returns: the finished table.
    @inline(__always)
    consuming func finish(
        isKey: (_ key: Key, _ number: UInt32) -> Bool, row: (UInt32) -> RowPlace
    ) -> PostingTable {
        insertGroup(isKey)
        table.makeLists(of: chains, numbersArePlaces: false, row: row)
        return table
    }

    @inline(__always)
    consuming func finish(
        isKey: (_ key: Key, _ number: UInt32) -> Bool
    ) -> PostingTable {
        insertGroup(isKey)
        table.makeLists(of: chains, numbersArePlaces: true) { RowPlace(rawValue: $0) }
        return table
    }

    private mutating func insertGroup(_ isKey: (Key, UInt32) -> Bool) {
        for index in 0..<group.count {
            let next = group[index]
            table.add(next.hash, number: next.number, &chains) { isKey(next.key, $0) }
        }
        group.truncate(to: 0)
    }
}
