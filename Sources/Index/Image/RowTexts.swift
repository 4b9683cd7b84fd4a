public import Matcher

/// Where the texts of one row stand.
///
///     id's length | address's length | id | address | name's length | name | count, (type, length, value) ...
public struct RowTexts: Sendable {
    /// The facility's own id of the record.
    public let id: TextRange
    /// The normalised ABHA address; empty when absent.
    public let abhaAddress: TextRange
    /// The folded name; empty when absent.
    public let name: TextRange
    /// The first byte of the identifiers: their count, then type, length and text of each.
    let identifiersStart: Int

    @inline(__always)
    init(at base: Int, in texts: borrowing Column<UInt8>) {
        id = Self.id(at: base, in: texts)
        abhaAddress = TextRange(start: id.start + id.count, count: Int(texts[base + 1]))
        var offset = abhaAddress.start + abhaAddress.count
        // One byte below 128, two above.
        var count = Int(texts[offset])
        offset += 1
        if count >= 0x80 {
            count = (count & 0x7F) << 8 | Int(texts[offset])
            offset += 1
        }
        name = TextRange(start: offset, count: count)
        identifiersStart = offset + count
    }

    /// Where the id of the row whose texts begin there stands.
    @inline(__always)
    static func id(at base: Int, in texts: borrowing Column<UInt8>) -> TextRange {
        TextRange(start: base + 2, count: Int(texts[base]))
    }

    /// Where its address stands.
    @inline(__always)
    static func address(at base: Int, in texts: borrowing Column<UInt8>) -> TextRange {
        TextRange(start: base + 2 + Int(texts[base]), count: Int(texts[base + 1]))
    }
}

/// Walks over the other identifiers of one row.
struct IdentifierCursor {
    private var left: Int?
    private var offset: Int

    init(_ row: RowTexts) { offset = row.identifiersStart }

    mutating func next(in texts: borrowing Column<UInt8>) -> (type: UInt8, value: TextRange)? {
        if left == nil {
            left = Int(texts[offset])
            offset += 1
        }
        guard let left, left > 0 else { return nil }
        self.left = left - 1
        let type = texts[offset]
        let value = TextRange(start: offset + 2, count: Int(texts[offset + 1]))
        offset = value.start + value.count
        return (type, value)
    }
}
