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
        /// The value has no text that a field could have; why, in words that go on from the field's name.
        case wrong(String)
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
            if try printField(bytes, column.form) { return .printed }
            return .wrong(try Self.reason(bytes, column.form))
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
            guard try printField(bytes, forms[slot]) else {
                return .wrong(try Self.reason(bytes, forms[slot]))
            }
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

    /// Why a value has no text.
    private static func reason(
        _ bytes: Span<UInt8>, _ form: PostgresTable.Form
    ) throws(PostgresError) -> String {
        switch form {
        case .printed(.numeric, _):
            switch try PostgresNumeric(bytes) {
            case .notFinite: return "is not a finite number"
            case .fractional: return "is a number with a fraction"
            case .tooLarge, .integer: return "is too large a number"
            }
        case .date, .printed(.date, _): return reason(try PostgresBinary.date(bytes))
        case .timestamp, .printed(.timestamp, _):
            return reason(try PostgresBinary.timestampDate(bytes))
        case .text, .printed: return "is not a value that a file could hold"
        }
    }

    private static func reason(_ date: PostgresDate) -> String {
        switch date {
        case .infinity, .minusInfinity: "is an infinite date"
        case .day, .beforeChrist: "is not in the years 1 to 9999"
        }
    }

    private mutating func fillUp(from start: Int, digits: Int) {
        let missing = digits - (scratch.count - start)
        guard missing > 0, scratch[start] != UInt8(ascii: "-") else { return }
        scratch.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: start)
    }

    /// The date that a field holds.
    ///
    /// - Returns: the reason against it where no person can be born then.
    /// - Throws: `PostgresError.protocolViolation`.
    static func birthDate(
        _ bytes: Span<UInt8>, isTimestamp: Bool
    ) throws(PostgresError) -> BirthDay {
        let date =
            isTimestamp ? try PostgresBinary.timestampDate(bytes) : try PostgresBinary.date(bytes)
        switch date {
        case .day(let year, let month, let day):
            guard let date = try? BirthDate(year: year, month: month, day: day) else { break }
            return .date(date)
        case .beforeChrist: break
        case .infinity, .minusInfinity: return .wrong(reason(date))
        }
        return .wrong("is not in the years 1850 to 2100")
    }

    /// What a column of dates holds.
    enum BirthDay {
        case date(BirthDate)
        case wrong(String)
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
