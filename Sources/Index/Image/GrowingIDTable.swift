internal import Matcher

/// From (facility, id) to the row while an image is filled: finds repeated ids and the patients of
/// care contexts, and is dropped with the builder.
struct GrowingIDTable: ~Copyable {
    private var table = PostingTable(keys: 1024)
    private var capacity = 1024
    private var count = 0

    @inline(__always)
    func prefetch(_ hash: UInt64) { table.prefetch(hash) }

    /// Makes room for so many rows; only an empty table can.
    mutating func reserve(_ rows: Int) {
        guard count == 0, rows > capacity else { return }
        capacity = rows
        table = PostingTable(keys: rows)
    }

    /// Adds the newest row; false when its facility has a row of that id already.
    mutating func insert(_ hash: UInt64, row: Int, in image: borrowing PatientImage) -> Bool {
        if count == capacity { grow(image) }
        let texts = image.texts(of: row)
        let id = image.bytes(texts.id)
        let facility = image.facility(of: row)
        let insertion = table.insert(hash, row: row) { other in
            image.facility(of: other) == facility && image.id(of: other).equals(id)
        }
        guard case .added = insertion else { return false }
        count += 1
        return true
    }

    /// The row of an id; nil when there is none.
    func find(
        _ hash: UInt64, _ id: Span<UInt8>, _ facility: UInt16, in image: borrowing PatientImage
    ) -> Int? {
        let postings = table.find(hash) { row in
            image.facility(of: row) == facility && image.id(of: row).equals(id)
        }
        return postings.count == 0 ? nil : Int(postings.start)
    }

    private mutating func grow(_ image: borrowing PatientImage) {
        capacity *= 2
        table = PostingTable(keys: capacity)
        for row in 0..<count {
            let hash = image.hash.of(image.id(of: row), facility: image.facility(of: row))
            _ = table.insert(hash, row: row) { _ in false }
        }
    }
}

extension PatientImage {
    /// The normalised ABHA address of a row; empty when absent.
    @_lifetime(borrow self)
    func address(of row: Int) -> Span<UInt8> {
        let record = rows[row]
        let start = textBase(of: row) + Int(record.idCount)
        return bytes(TextRange(start: start, count: Int(record.addressCount)))
    }

    /// The facility's own id of a row.
    @_lifetime(borrow self)
    public func id(of row: Int) -> Span<UInt8> {
        let start = textBase(of: row)
        return bytes(TextRange(start: start, count: Int(rows[row].idCount)))
    }
}
