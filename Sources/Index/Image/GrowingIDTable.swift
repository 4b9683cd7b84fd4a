internal import Matcher

/// From (facility, id) to the row while an image is filled: finds repeated ids and the patients of
/// care contexts, and is dropped with the builder.
struct GrowingIDTable: ~Copyable {
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

    /// Adds the newest row; false when its facility has a row of that id already.
    mutating func insert(_ hash: UInt64, row: Int, in rows: borrowing LoadedRows) -> Bool {
        if count == capacity { grow(rows) }
        let id = rows.id(of: row)
        let facility = rows.facility(of: row)
        let insertion = table.insert(hash, number: row) { other in
            rows.facility(of: other) == facility && rows.id(of: other).equals(id)
        }
        guard case .added = insertion else { return false }
        count += 1
        return true
    }

    /// The row of an id; nil when there is none.
    func find(
        _ hash: UInt64, _ id: Span<UInt8>, _ facility: UInt16, in rows: borrowing LoadedRows
    ) -> Int? {
        let postings = table.find(hash) { entry in
            let row = Int(entry.rawValue)
            return rows.facility(of: row) == facility && rows.id(of: row).equals(id)
        }
        return postings.count == 0 ? nil : Int(postings.start)
    }

    private mutating func grow(_ rows: borrowing LoadedRows) {
        capacity *= 2
        table = PostingTable(keys: capacity)
        for row in 0..<count {
            let hash = hash.of(rows.id(of: row), facility: rows.facility(of: row))
            _ = table.insert(hash, number: row) { _ in false }
        }
    }
}
