/// The kinds of identifier that lead to a record.
public enum IdentifierKind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case abhaAddress, abhaNumber, mobile, medicalRecord
    /// Any other type, told apart by its own name.
    case other
}

/// A set of identifier kinds.
public struct IdentifierKinds: OptionSet, Hashable, Sendable, BitwiseCopyable {
    /// Bit k for the kind with raw value k.
    public let rawValue: UInt8

    /// A set from its bits, bit k for the kind with raw value k.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// A set of one kind.
    @inlinable public init(_ kind: IdentifierKind) { rawValue = 1 &<< kind.rawValue }

    /// Only the ABHA address.
    public static let abhaAddress = IdentifierKinds(.abhaAddress)
    /// Only the ABHA number.
    public static let abhaNumber = IdentifierKinds(.abhaNumber)
    /// Only the mobile.
    public static let mobile = IdentifierKinds(.mobile)
    /// Only the medical record number.
    public static let medicalRecord = IdentifierKinds(.medicalRecord)
    /// Only other identifiers.
    public static let other = IdentifierKinds(.other)
    /// Everything.
    public static let all: IdentifierKinds = [
        .abhaAddress, .abhaNumber, .mobile, .medicalRecord, .other,
    ]

    /// How many kinds are in the set.
    public var count: Int { rawValue.nonzeroBitCount }
}
