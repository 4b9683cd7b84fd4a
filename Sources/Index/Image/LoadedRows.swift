internal import Matcher

/// The rows of an image while it is filled: in the order in which they came, each with its facility.
///
/// Tables are made of these, not of the ordered rows: here the texts of one row follow those of the other.
struct LoadedRows: ~Copyable, Sendable {
    /// 32 bytes a row.
    struct Row: BitwiseCopyable {
        var record: RowRecord
        /// The letters of its name, for searches by name.
        var letters: NameLetters
        var facility: UInt16
    }

    var rows = Column<Row>()
    var texts = Column<UInt8>()

    var count: Int { rows.count }

    func facility(of row: Int) -> UInt16 { rows[row].facility }

    /// The texts of a row, found once.
    func texts(of row: Int) -> RowTexts { RowTexts(at: rows[row].record.textOffset, in: texts) }

    /// The bytes of a text of a row.
    @_lifetime(borrow self)
    func bytes(_ range: TextRange) -> Span<UInt8> {
        let span = texts.span.extracting(range.start..<range.start + range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The facility's own id of a row.
    @_lifetime(borrow self)
    func id(of row: Int) -> Span<UInt8> {
        let range = RowTexts.id(at: rows[row].record.textOffset, in: texts)
        return bytes(range)
    }

    /// The normalised ABHA address of a row; empty when absent.
    @_lifetime(borrow self)
    func address(of row: Int) -> Span<UInt8> {
        let range = RowTexts.address(at: rows[row].record.textOffset, in: texts)
        return bytes(range)
    }

    /// The ABHA number or mobile of a row, 0 when absent.
    func number(_ kind: IdentifierKind, of row: Int) -> UInt64 {
        let record = rows[row].record
        return kind == .mobile ? record.mobile : record.abhaNumber
    }
}
