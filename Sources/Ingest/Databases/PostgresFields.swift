internal import Matcher
internal import Postgres

/// Turns the columns of a row of a COPY into the texts of fields, in memory that is used again.
struct PostgresFields {
    /// What became of a field.
    enum Outcome {
        /// SQL NULL.
        case absent
        /// The text is in `scratch`.
        case printed
        /// The value has no text that a field could have: an infinite date, a number with a fraction.
        case wrong
    }

    private(set) var scratch: [UInt8] = []
    private let forms: [PostgresTable.Form]

    init(_ table: PostgresTable) {
        forms = table.forms
        scratch.reserveCapacity(256)
    }

    /// Makes the text of a field that is not one column's bytes as they were sent.
    ///
    /// - Throws: `PostgresError.protocolViolation`.
    @inline(__always)
    mutating func read(
        _ column: PostgresTable.Column, of row: borrowing CopyReader
    ) throws(PostgresError) -> Outcome {
        if !column.isJoined {
            guard let bytes = row.field(column.slot) else { return .absent }
            scratch.removeAll(keepingCapacity: true)
            return try printField(bytes, column.form) ? .printed : .wrong
        }
        return try join(column, of: row)
    }

    private mutating func join(
        _ column: PostgresTable.Column, of row: borrowing CopyReader
    ) throws(PostgresError) -> Outcome {
        scratch.removeAll(keepingCapacity: true)
        for slot in column.slot..<column.slot + column.slotCount {
            guard let bytes = row.field(slot), !bytes.isEmpty else { continue }
            if !scratch.isEmpty { scratch.append(UInt8(ascii: " ")) }
            guard try printField(bytes, forms[slot]) else { return .wrong }
        }
        return scratch.isEmpty ? .absent : .printed
    }

    /// Adds a value's text; false where it has none.
    private mutating func printField(
        _ bytes: Span<UInt8>, _ form: PostgresTable.Form
    ) throws(PostgresError) -> Bool {
        switch form {
        case .text:
            return try PostgresColumnType.text.appendText(of: bytes, to: &scratch)
        case .date: return try PostgresColumnType.date.appendText(of: bytes, to: &scratch)
        case .timestamp:
            return try PostgresColumnType.timestamp.appendText(of: bytes, to: &scratch)
        case .printed(let type, let digits):
            let start = scratch.count
            guard try type.appendText(of: bytes, to: &scratch) else { return false }
            if type.isNumber { fillUp(from: start, digits: digits) }
            return true
        }
    }

    private mutating func fillUp(from start: Int, digits: Int) {
        let missing = digits - (scratch.count - start)
        guard missing > 0, scratch[start] != UInt8(ascii: "-") else { return }
        scratch.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: start)
    }

    /// The date that a field holds.
    ///
    /// - Returns: nil where no person can be born then.
    /// - Throws: `PostgresError.protocolViolation`.
    static func birthDate(
        _ bytes: Span<UInt8>, isTimestamp: Bool
    ) throws(PostgresError) -> BirthDate? {
        let date =
            isTimestamp ? try PostgresBinary.timestampDate(bytes) : try PostgresBinary.date(bytes)
        guard case .day(let year, let month, let day) = date else { return nil }
        return try? BirthDate(year: year, month: month, day: day)
    }
}

extension PostgresColumnType {
    fileprivate var isNumber: Bool {
        switch self {
        case .int2, .int4, .int8, .numeric: true
        default: false
        }
    }
}
