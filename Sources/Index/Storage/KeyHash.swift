internal import Matcher

/// A 64-bit hash of a posting's key.
///
/// Multiply-and-fold in the manner of wyhash: keys are short, and one 128-bit product mixes sixteen
/// bytes. Seeded, so that nobody can prepare addresses that all fall into one bucket. A hash only
/// finds candidates; the key itself is always compared.
package struct KeyHash: Sendable {
    /// What a snapshot file keeps of it.
    let state: UInt64
    private var seed: UInt64 { state }

    /// The hash that had this state.
    init(state: UInt64) { self.state = state }

    package init(seed: UInt64) {
        // A small seed is as good as any other.
        state = Self.fold(seed ^ Self.prime3, Self.prime1) ^ seed
    }

    /// The hash of a number that belongs to a facility.
    @inline(__always)
    package func of(_ number: UInt64, facility: UInt16) -> UInt64 {
        Self.fold(number ^ seed ^ Self.prime1, UInt64(facility) &+ Self.prime2)
    }

    /// The hash of a text that belongs to a facility; `salt` tells its type.
    @inline(__always)
    package func of(_ text: Span<UInt8>, facility: UInt16, salt: UInt8 = 0) -> UInt64 {
        let raw = unsafe text.bytes
        let count = raw.byteCount
        var hash = seed ^ (UInt64(facility) << 8 | UInt64(salt)) &* Self.prime2
        var offset = 0
        while offset + 8 <= count {
            // With the seed on this side too nobody can choose a word that makes the product zero.
            hash = Self.fold(Self.word(raw, offset) ^ seed ^ Self.prime1, hash ^ Self.prime2)
            offset += 8
        }
        let rest = text.extracting(offset...).firstWord
        return Self.fold(rest ^ Self.prime3 ^ UInt64(count), hash ^ Self.prime1)
    }

    /// The hash of a packed text that belongs to a facility.
    ///
    /// - Parameters:
    ///   - packed: its form.
    ///   - text: the text; looked at where the form is a long one.
    ///   - facility: whose it is.
    ///   - salt: what tells its type.
    /// - Returns: the hash.
    @inline(__always)
    func of(
        _ packed: PackedText, _ text: Span<UInt8>, facility: UInt16, salt: UInt8 = 0
    ) -> UInt64 {
        packed.isShort
            ? of(short: packed, facility: facility, salt: salt)
            : of(text, facility: facility, salt: salt)
    }

    /// The hash of a short form.
    @inline(__always)
    func of(short packed: PackedText, facility: UInt16, salt: UInt8) -> UInt64 {
        let whose = (UInt64(facility) << 8 | UInt64(salt)) &* Self.prime3
        return Self.fold(
            packed.low ^ seed ^ Self.prime1, packed.high ^ seed ^ whose ^ Self.prime2)
    }

    private static let prime1: UInt64 = 0xA076_1D64_78BD_642F
    private static let prime2: UInt64 = 0xE703_7ED1_A0B4_28DB
    private static let prime3: UInt64 = 0x8EBC_6AF0_9C88_C6E3

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func word(_ raw: RawSpan, _ offset: Int) -> UInt64 {
        UInt64(
            littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
