internal import JSON
internal import Matcher

/// The texts of a person's code by field; a stand-in for nothing (`-`, null) is nothing.
struct ScannedFields {
    private var texts: [ScannedField: [UInt8]] = [:]

    /// Collects the fields of an object.
    ///
    /// Unknown members are ignored, and so are values that cannot be texts where the field is no part of who
    /// somebody is.
    ///
    /// - Throws: `facilityCode`, `invalid`, `twice`.
    init(_ object: JSONNode, in document: borrowing JSONDocument) throws(ScanError) {
        var members = document.members(of: object)
        while let (key, value) = members.next(in: document) {
            let name = Self.folded(document.bytes(of: key))
            guard name != Array("hipid".utf8) else { throw .facilityCode }
            guard let field = Self.fields[name] else { continue }
            let isIdentity = Self.identity.contains(field)
            guard let text = Self.text(of: value, as: field, in: document) else {
                if isIdentity && !document.node(value, is: .null) { throw .invalid(field) }
                continue
            }
            guard !Self.saysNothing(text, field) else { continue }
            if texts[field] != nil {
                // Cards have `state name` and `state_name` side by side.
                if isIdentity { throw .twice(field) }
                continue
            }
            texts[field] = text
        }
    }

    subscript(_ field: ScannedField) -> [UInt8]? { texts[field] }

    /// A name's own text may be `Na` or `Nil`; everywhere else these stand for nothing.
    private static func saysNothing(_ text: [UInt8], _ field: ScannedField) -> Bool {
        guard field == .name else { return text.span.isPlaceholder }
        return text.allSatisfy { $0 == UInt8(ascii: "-") || $0 == 0x20 || (9...13).contains($0) }
    }

    /// A string without white space at its ends, or the digits of an integer; nil for other kinds.
    private static func text(
        of node: JSONNode, as field: ScannedField, in document: borrowing JSONDocument
    ) -> [UInt8]? {
        if document.node(node, is: .string) {
            let bytes = document.bytes(of: node)
            let text = bytes.trimmed()
            return text.indices.map { text[$0] }
        }
        guard field != .name, document.node(node, is: .integer),
            let number = document.integer(of: node)
        else {
            return nil
        }
        return Array(String(number).utf8)
    }

    /// Fields that say who somebody is: what is wrong with them is wrong with the code.
    private static let identity: Set<ScannedField> = [.hidn, .phr, .hid, .name, .gender, .dob]

    /// A member's name in lower case, blanks as underscores.
    private static func folded(_ name: Span<UInt8>) -> [UInt8] {
        name.indices.map { index in
            switch name[index] {
            case 0x20: UInt8(ascii: "_")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): name[index] | 0x20
            default: name[index]
            }
        }
    }

    /// Every way in which a field has been seen to be called, folded.
    private static let fields: [[UInt8]: ScannedField] = {
        let names: [(String, ScannedField)] = [
            ("hidn", .hidn), ("phr", .phr), ("hid", .hid), ("name", .name), ("gender", .gender),
            ("dob", .dob), ("mobile", .mobile), ("statelgd", .statelgd), ("distlgd", .distlgd),
            ("state_name", .stateName), ("district_name", .districtName),
            ("dist_name", .districtName), ("address", .address),
        ]
        return Dictionary(uniqueKeysWithValues: names.map { (Array($0.utf8), $1) })
    }()
}
