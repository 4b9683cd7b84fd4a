public import Matcher

/// Where the texts of one row stand.
///
///     what there is | name | address's name | id | identifiers
///
/// What there is: one more than the number of the address's domain in two bits, 0 where there is no address; in
/// the next two the form of the identifiers: none; one medical record number; type and value of one; their count,
/// then those of each. The name is a `PackedName`, the others are `PackedText`.
public struct RowTexts: Sendable, BitwiseCopyable {
    /// Of addresses and of identifiers, which are in lower case.
    static let letters = LetterCase.lower
    /// Most systems write ids in upper case.
    static let idLetters = LetterCase.upper
    static let domainMask: UInt8 = 3
    static let identifiersShift: UInt8 = 2

    /// How the identifiers stand.
    enum Identifiers: UInt8 {
        case none, medicalRecord, one, several
    }

    private let head: UInt8
    let nameStart: Int
    /// Where the address's name begins, or what stands behind it where there is none.
    let addressStart: Int

    @inline(__always)
    init(at base: Int, in texts: borrowing Column<UInt8>) {
        head = texts[base]
        nameStart = base + 1
        addressStart = PackedName.end(ofNameAt: base + 1, in: texts)
    }

    /// Whether the row has a name.
    @inline(__always)
    public var hasName: Bool { addressStart > nameStart + 1 }

    /// Whether the row has an ABHA address.
    @inline(__always)
    public var hasAddress: Bool { head & Self.domainMask != 0 }

    /// What the ABHA address has behind its `@`; without meaning where there is none.
    @inline(__always)
    public var addressDomain: ABHAAddressParts.Domain {
        ABHAAddressParts.Domain(rawValue: head & Self.domainMask &- 1) ?? .sbx
    }

    /// How the identifiers stand.
    var identifiers: Identifiers {
        Identifiers(rawValue: head >> Self.identifiersShift & 3) ?? .none
    }

    /// Where the facility's own id of the record begins.
    @inline(__always)
    func idStart(in texts: borrowing Column<UInt8>) -> Int {
        hasAddress ? PackedText.end(ofTextAt: addressStart, in: texts) : addressStart
    }

    /// The first byte of the identifiers.
    @inline(__always)
    func identifiersStart(in texts: borrowing Column<UInt8>) -> Int {
        PackedText.end(ofTextAt: idStart(in: texts), in: texts)
    }

    /// What a row says first of its texts.
    static func head(
        domain: ABHAAddressParts.Domain?, identifiers: Identifiers
    ) -> UInt8 {
        (domain.map { $0.rawValue + 1 } ?? 0) | identifiers.rawValue << identifiersShift
    }
}

/// Walks over the other identifiers of one row.
struct IdentifierCursor {
    private var left: Int
    private var offset: Int
    /// The type of the only one; nil where each says its own.
    private var type: UInt8?

    @inline(__always)
    init(_ row: RowTexts, in texts: borrowing Column<UInt8>) {
        offset = row.identifiersStart(in: texts)
        left = 1
        switch row.identifiers {
        case .none: left = 0
        case .medicalRecord: type = IdentifierTypes.medicalRecord
        case .one: break
        case .several:
            left = Int(texts[offset])
            offset += 1
        }
    }

    /// The next one's type, and where its value begins.
    @inline(__always)
    mutating func next(in texts: borrowing Column<UInt8>) -> (type: UInt8, value: Int)? {
        guard left > 0 else { return nil }
        left -= 1
        if let type { return (type, offset) }
        let type = texts[offset]
        let value = offset + 1
        if left > 0 { offset = PackedText.end(ofTextAt: value, in: texts) }
        return (type, value)
    }

    /// Where what stands behind all of them begins.
    mutating func end(in texts: borrowing Column<UInt8>) -> Int {
        var end = offset
        while let (_, value) = next(in: texts) { end = PackedText.end(ofTextAt: value, in: texts) }
        return end
    }
}
