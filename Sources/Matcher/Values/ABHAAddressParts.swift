/// An ABHA address in its normal form, lent in two parts.
///
/// There are but three domains: an index keeps a number for each.
public struct ABHAAddressParts: ~Escapable {
    /// What stands behind the name.
    public enum Domain: UInt8, CaseIterable, Sendable {
        // The numbers are part of the format of snapshot files.
        case sbx = 0
        case abdm = 1
        case ndhm = 2

        /// With the `@`, in bytes.
        @inline(__always) var bytes: Int { self == .sbx ? 4 : 5 }

        /// The last four bytes as one number.
        @inline(__always) var end: UInt64 {
            switch self {
            case .sbx: 0x7862_7340
            case .abdm: 0x6D64_6261
            case .ndhm: 0x6D68_646E
            }
        }

        /// With the `@`.
        var text: String {
            switch self {
            case .sbx: "@sbx"
            case .abdm: "@abdm"
            case .ndhm: "@ndhm"
            }
        }
    }

    /// The longest name there can be, in bytes.
    public static let nameMax = ABHAAddress.bytesMax - 4

    /// What stands before the `@`; empty where there is no address.
    public let name: Span<UInt8>
    /// Without meaning where the name is empty.
    public let domain: Domain

    /// The parts of an address.
    @_lifetime(copy name)
    public init(name: Span<UInt8>, domain: Domain) {
        self.name = name
        self.domain = domain
    }

    /// The parts of an address as `ABHAAddress.parse` gives it; an empty name for anything else.
    @_lifetime(copy address)
    @inline(__always)
    public init(_ address: Span<UInt8>) {
        let (domain, count) = Self.domain(of: address)
        self.init(name: address.extracting(0..<max(0, address.count - count)), domain: domain)
    }

    /// Whether there is no address.
    public var isEmpty: Bool { name.isEmpty }

    /// The whole address, or nothing.
    public var text: String {
        isEmpty ? "" : String(decoding: name.indices.map { name[$0] }, as: UTF8.self) + domain.text
    }

    /// Whether both are the same address, or none.
    @inline(__always)
    public func equals(_ other: borrowing ABHAAddressParts) -> Bool {
        domain == other.domain && name.equals(other.name)
    }

    /// The domain, and its length with the `@`.
    @inline(__always)
    private static func domain(of address: Span<UInt8>) -> (Domain, Int) {
        guard address.count >= 5 else { return (.sbx, address.count) }
        let end = address.extracting((address.count - 4)...).firstWord
        if end == Domain.sbx.end { return (.sbx, Domain.sbx.bytes) }
        let domain = end == Domain.abdm.end ? Domain.abdm : .ndhm
        return (domain, domain.bytes)
    }
}
