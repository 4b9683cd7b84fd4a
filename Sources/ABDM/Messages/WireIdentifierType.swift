internal import JSON
internal import Matcher

/// The identifier types of ABDM's messages, in the spellings of v0.5 and of v3.
enum WireIdentifierType {
    /// What a type's name stands for; types that ABDM does not name are `other`.
    ///
    /// - Returns: the kind, and the only version that uses the name; nil for names of both and of
    ///   neither.
    @inline(__always)
    static func meaning(of type: Span<UInt8>) -> (kind: IdentifierKind, version: WireVersion?) {
        if type.equals("MOBILE") { return (.mobile, nil) }
        if type.equals("NDHM_HEALTH_NUMBER") { return (.abhaNumber, .gateway) }
        if type.equals("HEALTH_ID") { return (.abhaAddress, .gateway) }
        if type.equals("MR") { return (.medicalRecord, nil) }
        if type.equals("ABHA_NUMBER") { return (.abhaNumber, .v3) }
        if type.equals("ABHA_ADDRESS") { return (.abhaAddress, .v3) }
        if type.equals("abhaAddress") { return (.abhaAddress, .v3) }
        if type.equals("abhaNumber") { return (.abhaNumber, .v3) }
        if type.equals("HEALTH_NUMBER") { return (.abhaNumber, .gateway) }
        return (.other, nil)
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
}

/// The two protocols, which say the same with other words.
public enum WireVersion: String, CaseIterable, Sendable {
    /// v0.5, and of the profile share v1.0.
    case gateway = "v0.5"
    /// v3, also called HIECM.
    case v3
}
