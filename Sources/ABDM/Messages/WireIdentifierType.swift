internal import JSON
internal import Matcher

/// The identifier types of ABDM's messages, in the spellings of v0.5 and of v3.
enum WireIdentifierType {
    /// The kind that a type's name stands for; types that ABDM does not name are `other`.
    static func kind(of type: JSONNode, in document: borrowing JSONDocument) -> IdentifierKind {
        for (name, kind, _) in names where document.string(type, equals: name) { return kind }
        return .other
    }

    /// The only version that uses the name; nil for names of both and of neither.
    static func version(of type: JSONNode, in document: borrowing JSONDocument) -> WireVersion? {
        for (name, _, version) in names where document.string(type, equals: name) {
            return version
        }
        return nil
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

    private static let names: [(name: StaticString, kind: IdentifierKind, version: WireVersion?)] =
        [
            ("MOBILE", .mobile, nil), ("NDHM_HEALTH_NUMBER", .abhaNumber, .gateway),
            ("HEALTH_ID", .abhaAddress, .gateway), ("MR", .medicalRecord, nil),
            ("ABHA_NUMBER", .abhaNumber, .v3), ("ABHA_ADDRESS", .abhaAddress, .v3),
            ("abhaAddress", .abhaAddress, .v3), ("abhaNumber", .abhaNumber, .v3),
            ("HEALTH_NUMBER", .abhaNumber, .gateway),
        ]
}

/// The two protocols that ask with the same body and other words.
enum WireVersion {
    /// v0.5.
    case gateway
    case v3
}
