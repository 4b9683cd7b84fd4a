/// An ABHA (PHR) address such as `kiranma@sbx`, normalised: trimmed, in lower case.
///
/// The name part may begin with a digit: a person who chose no address has the derived one,
/// `<14 digits of the ABHA number>@abdm`.
public enum ABHAAddress {
    /// The longest address accepted, in bytes.
    public static let bytesMax = 64

    /// Reads an address and writes its normal form into the arena.
    ///
    /// - Returns: where the normal form stands.
    /// - Throws: `ABHAAddressError`; the arena is then as it was.
    /// - Complexity: O(bytes).
    public static func parse(
        _ text: Span<UInt8>, into arena: inout TextArena
    ) throws(ABHAAddressError) -> TextRange {
        let text = text.trimmed()
        guard text.count <= bytesMax else { throw .tooLong(maximum: bytesMax) }
        // Nearly every address is right; a wrong one is looked at byte by byte to say what is wrong.
        let start = arena.count
        let name = text.count - domainLength(text)
        if name > 0, name < text.count {
            let address = arena.append(lowercasing: text)
            if isName(arena, from: start, count: name) { return address }
            arena.truncate(to: start)
        }
        var at: Int?
        for index in text.indices {
            let byte = ASCII.lowercased(text[index])
            arena.append(byte)
            if isOfAddress(byte) { continue }
            guard byte == UInt8(ascii: "@"), at == nil else {
                arena.truncate(to: start)
                throw .unexpectedByte(offset: index)
            }
            at = index
        }
        guard let at, at > 0, isKnownDomain(text.extracting((at + 1)...)) else {
            arena.truncate(to: start)
            throw at == nil ? .noDomain : at == 0 ? .noName : .unknownDomain
        }
        return arena.range(from: start)
    }

    /// Whether a lower-case byte may stand beside the `@`: a letter, a digit, `.`, `_` or `-`.
    @inline(__always)
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        // One bit for each byte of ASCII, of which nothing else is allowed.
        let low: UInt64 = 0x03FF_6000_0000_0000
        let high: UInt64 = 0x07FF_FFFE_8000_0000
        return byte < 0x80 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }

    /// Whether lower-case bytes of an arena may all stand beside the `@`.
    @inline(__always)
    private static func isName(_ arena: borrowing TextArena, from start: Int, count: Int) -> Bool {
        let last = max(count - 16, 0)
        var offset = 0
        while true {
            let bytes = arena.sixteen(from: start + offset)
            let isOfAddress =
                ASCII.isFrom(UInt8(ascii: "a"), 26, bytes) .| ASCII.isFrom(ASCII.zero, 10, bytes)
                .| ASCII.isFrom(UInt8(ascii: "-"), 2, bytes)
                .| ASCII.equals(UInt8(ascii: "_"), bytes)
            guard ASCII.all(isOfAddress .| ASCII.isBehind(count - offset)) else { return false }
            if offset == last { return true }
            offset = min(offset + 16, last)
        }
    }

    /// The length of the `@` and a known domain at the end; 0 for none.
    @inline(__always)
    private static func domainLength(_ text: Span<UInt8>) -> Int {
        let count = text.count
        guard count >= 5 else { return 0 }
        // Letters in lower case; an `@` becomes a grave accent, which is looked at by itself.
        let lower: UInt64 = 0x2020_2020
        let end = text.extracting((count - 4)...).firstWord | lower
        let (sbx, abdm, ndhm) = (
            ABHAAddressParts.Domain.sbx, ABHAAddressParts.Domain.abdm, ABHAAddressParts.Domain.ndhm
        )
        if text[count - 4] == UInt8(ascii: "@") { return end == sbx.end | lower ? sbx.bytes : 0 }
        return text[count - 5] == UInt8(ascii: "@") && (end == abdm.end || end == ndhm.end)
            ? abdm.bytes : 0
    }

    /// The ABHA number that a derived address was made from; nil for a chosen address.
    public static func derivedNumber(_ address: Span<UInt8>) -> ABHANumber? {
        guard address.count > 15, address[14] == UInt8(ascii: "@") else { return nil }
        return try? ABHANumber(parsing: address.extracting(0..<14))
    }

    private static func isKnownDomain(_ domain: Span<UInt8>) -> Bool {
        domain.equalsIgnoringCase("sbx") || domain.equalsIgnoringCase("abdm")
            || domain.equalsIgnoringCase("ndhm")
    }
}

/// Why a text is not an ABHA address.
public enum ABHAAddressError: Error, Equatable {
    case unexpectedByte(offset: Int)
    case tooLong(maximum: Int)
    case noName
    /// Without `@`, as on cards that hold the person's name in the address field.
    case noDomain
    /// A domain other than sbx, abdm and ndhm.
    case unknownDomain
}
