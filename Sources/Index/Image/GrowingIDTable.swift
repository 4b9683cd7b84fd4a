internal import Matcher

/// From (facility, id) to the row while an image is filled: finds repeated ids and the patients of
/// care contexts, and is dropped with the builder.
struct GrowingIDTable: ~Copyable {
    /// By how much it grows: each time all ids are hashed again, a third as often as when it doubles.
    private static let growth = 4
    /// How many ids ahead the table's memory is asked for while it grows.
    private static let lookAhead = 16

    private let hash: KeyHash
    private var table = PostingTable(keys: 1024)
    private var capacity = 1024
    private var count = 0

    /// No rows.
    ///
    /// - Parameter hash: of the ids.
    init(hash: KeyHash) { self.hash = hash }

    @inline(__always)
    func prefetch(_ hash: UInt64) { table.prefetch(hash) }

    /// Makes room for so many rows; only an empty table can.
    mutating func reserve(_ rows: Int) {
        guard count == 0, rows > capacity else { return }
        capacity = rows
        table = PostingTable(keys: rows)
    }

    /// Adds a row, unless its facility has one of that id already.
    ///
    /// - Parameters:
    ///   - key: what leads to the row's id.
    ///   - id: the row's id.
    ///   - row: its number.
    ///   - rows: those that were added before.
    /// - Returns: whether it was added.
    @inline(__always)
    mutating func insert(
        _ key: PatientKey, _ id: Span<UInt8>, row: Int, in rows: borrowing LoadedRows
    ) -> Bool {
        if count == capacity { grow(rows) }
        let position = table.insert(key.idHash, word: UInt32(row)) { entry in
            rows.isRow(Int(entry.word), of: key, id)
        }
        guard position == nil else { return false }
        count += 1
        return true
    }

    /// The row of an id; nil when there is none.
    func find(_ key: PatientKey, _ id: Span<UInt8>, in rows: borrowing LoadedRows) -> Int? {
        let postings = table.find(key.idHash) { rows.isRow(Int($0.rawValue), of: key, id) }
        return postings.count == 0 ? nil : Int(postings.start)
    }

    private mutating func grow(_ rows: borrowing LoadedRows) {
        capacity *= Self.growth
        table = PostingTable(keys: capacity)
        var id = UnpackedText()
        var hashes = InlineArray<16, UInt64>(repeating: 0)
        for row in 0..<count + Self.lookAhead {
            if row >= Self.lookAhead {
                let waiting = row - Self.lookAhead
                _ = table.insert(hashes[waiting % Self.lookAhead], word: UInt32(waiting)) { _ in
                    false
                }
            }
            guard row < count else { continue }
            let hash = rows.heap.hash(
                ofTextAt: rows.heap.idStart(of: rows.places[row]), RowTexts.idLetters, self.hash,
                facility: rows.facility(of: row), &id)
            table.prefetch(hash)
            hashes[row % Self.lookAhead] = hash
        }
    }
}
