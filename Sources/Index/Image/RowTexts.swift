public import Matcher

/// Where the texts of one row stand.
///
///     id's length | address's domain, length of its name | id | address's name | name's length | name | identifiers
///
/// Identifiers are their count, then type, length and value of each; or, where there is but one of the first
/// 128 types, 128 and its type in one byte, length and value.
public struct RowTexts: Sendable {
    /// The facility's own id of the record.
    public let id: TextRange
    /// What the ABHA address has before its `@`; empty when absent.
    public let addressName: TextRange
    /// What stands behind it.
    public let addressDomain: ABHAAddressParts.Domain
    /// The folded name; empty when absent.
    public let name: TextRange
    /// The first byte of the identifiers.
    let identifiersStart: Int

    @inline(__always)
    init(at base: Int, in texts: borrowing Column<UInt8>) {
        id = Self.id(at: base, in: texts)
        (addressName, addressDomain) = Self.address(at: base, in: texts)
        var offset = addressName.start + addressName.count
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

    /// Where the name of its address stands, and what stands behind it.
    @inline(__always)
    static func address(
        at base: Int, in texts: borrowing Column<UInt8>
    ) -> (TextRange, ABHAAddressParts.Domain) {
        let head = texts[base + 1]
        let name = TextRange(
            start: base + 2 + Int(texts[base]), count: Int(head & (1 << addressBits - 1)))
        return (name, ABHAAddressParts.Domain(rawValue: head >> addressBits) ?? .sbx)
    }

    /// What an address's domain and the length of its name are told by.
    static func head(of address: borrowing ABHAAddressParts) -> UInt8 {
        address.domain.rawValue << addressBits | UInt8(address.name.count)
    }

    /// Six for a name of at most 60 bytes.
    private static let addressBits: UInt8 = 6
}

/// Walks over the other identifiers of one row.
struct IdentifierCursor {
    /// What the first byte has besides the type where there is but one.
    static let isOne: UInt8 = 0x80

    private var left: Int?
    private var offset: Int

    init(_ row: RowTexts) { offset = row.identifiersStart }

    mutating func next(in texts: borrowing Column<UInt8>) -> (type: UInt8, value: TextRange)? {
        if left == nil {
            let head = texts[offset]
            if head & Self.isOne != 0 {
                left = 0
                return (head & ~Self.isOne, value(at: offset + 1, texts))
            }
            left = Int(head)
            offset += 1
        }
        guard let left, left > 0 else { return nil }
        self.left = left - 1
        let type = texts[offset]
        let value = value(at: offset + 1, texts)
        offset = value.start + value.count
        return (type, value)
    }

    private func value(at offset: Int, _ texts: borrowing Column<UInt8>) -> TextRange {
        TextRange(start: offset + 1, count: Int(texts[offset]))
    }
}
