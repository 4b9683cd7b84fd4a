/// What a secret belongs to: sealed or hashed with one context, it is of no use in another.
///
/// Two contexts are the same only where purpose and all parts are: each is written with its length.
public struct SecretContext: Sendable {
    let bytes: [UInt8]

    /// A context.
    ///
    /// - Parameters:
    ///   - purpose: what kind of secret it is, such as `linking-token`.
    ///   - parts: whose it is, such as the facility and the ABHA address.
    public init(_ purpose: StaticString, _ parts: String...) {
        var bytes: [UInt8] = []
        Self.append(purpose.description, to: &bytes)
        for part in parts { Self.append(part, to: &bytes) }
        self.bytes = bytes
    }

    private static func append(_ part: String, to bytes: inout [UInt8]) {
        let count = UInt64(part.utf8.count)
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: count >> shift))
        }
        bytes += Array(part.utf8)
    }
}

extension SecretContext: CustomStringConvertible, CustomReflectable {
    /// Nothing of whose it is.
    public var description: String { "context of a secret" }

    /// Nothing: a dump would show whose it is.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
