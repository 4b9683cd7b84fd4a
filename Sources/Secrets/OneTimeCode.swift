internal import CSodium

/// A code of six digits that a person gets and types once.
///
/// Its description does not have the digits.
public struct OneTimeCode: Sendable {
    private let number: UInt32

    /// How many codes there are.
    private static let codes: UInt32 = 1_000_000

    /// A code drawn by lot from the system's own random numbers, each as likely as any other.
    ///
    /// - Returns: a code.
    public static func random() -> OneTimeCode {
        precondition(SodiumLibrary.isReady, "libsodium cannot be made ready")
        return OneTimeCode(number: randombytes_uniform(codes))
    }

    private init(number: UInt32) { self.number = number }

    /// A code as somebody typed it, or as an app passed it on: zeros in front may have been lost.
    ///
    /// - Parameter text: one to six digits, blanks at the ends left aside; nil for anything else.
    public init?(typed text: Span<UInt8>) {
        var value: UInt32 = 0
        var digits = 0
        var hasEnded = false
        for index in text.indices {
            let byte = text[index]
            if byte == 0x20 || (9...13).contains(byte) {
                hasEnded = digits > 0
                continue
            }
            guard !hasEnded, byte &- UInt8(ascii: "0") <= 9, digits < 6 else { return nil }
            value = value * 10 + UInt32(byte - UInt8(ascii: "0"))
            digits += 1
        }
        guard digits > 0 else { return nil }
        number = value
    }

    /// A code that an app passed on as a number.
    ///
    /// - Parameter integer: 0...999,999; nil for anything else.
    public init?(integer: Int64) {
        guard integer >= 0, integer < Int64(Self.codes) else { return nil }
        number = UInt32(integer)
    }

    /// All six digits, for the message to the person.
    public var text: String {
        let digits = String(number)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension OneTimeCode: CustomStringConvertible, CustomReflectable {
    /// Nothing of the digits.
    public var description: String { "one-time code" }

    /// Nothing: a dump would show the digits.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is kept of a one-time code.
public struct CodeHash: Sendable {
    /// The bytes to keep.
    public let bytes: [UInt8]

    /// How many bytes each has.
    public static let byteCount = 32

    /// A hash that was kept; nil where it has another length.
    public init?(kept bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    init(of bytes: [UInt8]) { self.bytes = bytes }

    /// Whether both are of one code, in a time that does not tell how alike they are.
    public func matches(_ other: CodeHash) -> Bool {
        secretsAreEqual(bytes.span, other.bytes.span)
    }
}

/// Whether two texts are the same, in a time that depends on their lengths only.
///
/// For comparing what somebody sends with a secret of ours.
public func secretsAreEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return unsafe one.withUnsafeBytes { one in
        unsafe other.withUnsafeBytes { other in
            unsafe one.isEmpty || sodium_memcmp(one.baseAddress, other.baseAddress, one.count) == 0
        }
    }
}
