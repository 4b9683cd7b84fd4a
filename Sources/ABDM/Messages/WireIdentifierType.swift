internal import JSON
internal import Matcher

/// The identifier types of ABDM's messages, in the spellings of v0.5 and of v3.
enum WireIdentifierType {
    /// The kind that a type's name stands for; types that ABDM does not name are `other`.
    static func kind(of type: JSONNode, in document: borrowing JSONDocument) -> IdentifierKind {
        for (name, kind, _) in names where document.string(type, equals: name) { return kind }
        return .other
    }

    /// Whether the name is one that only v3 uses.
    static func isV3(_ type: JSONNode, in document: borrowing JSONDocument) -> Bool {
        for (name, _, isV3) in names where isV3 && document.string(type, equals: name) {
            return true
        }
        return false
    }

    /// The value of `matchedBy` for a kind; nil for kinds that the enumeration does not have.
    static func matchedBy(_ kind: IdentifierKind, isV3: Bool) -> StaticString? {
        switch kind {
        case .abhaAddress: isV3 ? "ABHA_ADDRESS" : "HEALTH_ID"
        case .abhaNumber: isV3 ? "ABHA_NUMBER" : "NDHM_HEALTH_NUMBER"
        case .mobile: "MOBILE"
        case .medicalRecord: "MR"
        case .other: nil
        }
    }

    private static let names: [(name: StaticString, kind: IdentifierKind, isV3: Bool)] = [
        ("MOBILE", .mobile, false), ("NDHM_HEALTH_NUMBER", .abhaNumber, false),
        ("HEALTH_ID", .abhaAddress, false), ("MR", .medicalRecord, false),
        ("ABHA_NUMBER", .abhaNumber, true), ("ABHA_ADDRESS", .abhaAddress, true),
        ("abhaAddress", .abhaAddress, true), ("abhaNumber", .abhaNumber, true),
        ("HEALTH_NUMBER", .abhaNumber, false),
    ]
}
