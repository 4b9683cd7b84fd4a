internal import Matcher

/// What a body seems to ask for, seen before it is parsed, so that look-ups begin early.
///
/// A guess that decides nothing: whatever is missed here, or seen where it means nothing, costs time and
/// changes no answer. Looks for addresses by their `@` and for numbers behind `"value":`, as
/// gateways write them: without white space.
struct BodyGlance: ~Copyable {
    /// More are not looked up before the body is parsed.
    static let identifiersMax = 8
    /// How much of a body is looked at.
    private static let bytesMax = 4096
    private static let quote = UInt8(ascii: "\"")

    /// An address or a number.
    struct Identifier: BitwiseCopyable {
        var kind: IdentifierKind
        /// 0 of an address.
        var number: UInt64 = 0
        /// An address, in `texts`.
        var text = TextRange.empty
    }

    private(set) var identifiers = ScratchList<Identifier>(capacity: identifiersMax)
    /// The addresses, for the body may be gone when they are needed.
    private(set) var texts = TextArena(capacityBytes: identifiersMax * (ABHAAddress.bytesMax + 8))

    /// Has seen nothing.
    mutating func forget() {
        identifiers.removeAll()
        texts.reset()
    }

    /// Looks at a body.
    mutating func look(at body: Span<UInt8>) {
        forget()
        // The first and the last bytes of a body hold neither: a transaction's id of 36 bytes comes first.
        let end = min(body.count, Self.bytesMax) - 34
        var offset = 64
        while offset <= end {
            let (low, high) = unsafe body.withUnsafeBytes { bytes in
                // All that is read lies before the end: checked once for both.
                let place = unsafe bytes.baseAddress.unsafelyUnwrapped + offset
                return unsafe (marks(place), marks(place + 16))
            }
            if any(low | high) {
                take(low[0], offset, body)
                take(low[1], offset &+ 8, body)
                take(high[0], offset &+ 16, body)
                take(high[1], offset &+ 24, body)
            }
            offset &+= 32
        }
    }

    /// Finds an identifier of the decoded request among those that were seen.
    ///
    /// - Parameters:
    ///   - identifier: the decoded one.
    ///   - query: where its text is.
    /// - Returns: its place in `identifiers`; nil when it was not seen.
    @inline(__always)
    func place(of identifier: QueryIdentifier, _ query: borrowing TextArena) -> Int? {
        for place in identifiers.indices {
            let seen = identifiers[place]
            guard seen.kind == identifier.kind, seen.number == identifier.number else { continue }
            if seen.kind != .abhaAddress
                || query.bytes(identifier.text).equals(texts.bytes(seen.text))
            {
                return place
            }
        }
        return nil
    }

    /// Takes what stands at the marked bytes of eight.
    @inline(__always)
    private mutating func take(_ marks: UInt64, _ offset: Int, _ body: Span<UInt8>) {
        guard marks != 0, identifiers.count < Self.identifiersMax else { return }
        // Two in eight bytes would be too short for either.
        let place = offset &+ marks.trailingZeroBitCount &>> 3
        if body[place] == UInt8(ascii: "@") {
            takeAddress(body, at: place)
        } else {
            takeValue(body, at: place)
        }
    }

    /// Takes the address that has its at sign at a place of 16 or more.
    ///
    /// It stands between two quotation marks, and is right if it is in its normal form, as nearly all are.
    private mutating func takeAddress(_ body: Span<UInt8>, at place: Int) {
        var end = place + 4
        if end < body.count, body[end] != Self.quote { end += 1 }
        guard end < body.count, body[end] == Self.quote else { return }
        let bytes = unsafe body.bytes.unsafeLoadUnaligned(
            fromByteOffset: place - 16, as: SIMD16<UInt8>.self)
        let quotes = unsafe unsafeBitCast(
            bytes .== SIMD16<UInt8>(repeating: Self.quote), to: SIMD2<UInt64>.self)
        var start = place
        if quotes[1] != 0 {
            start -= quotes[1].leadingZeroBitCount >> 3
        } else if quotes[0] != 0 {
            start -= 8 + quotes[0].leadingZeroBitCount >> 3
        } else {
            start -= 16
            let first = max(0, place - ABHAAddress.bytesMax)
            while start > first, body[start - 1] != Self.quote { start -= 1 }
        }
        // Often one address stands in two places.
        let address = body.extracting(start..<end)
        if !identifiers.isEmpty, texts.bytes(identifiers[0].text).equals(address) { return }
        identifiers.append(Identifier(kind: .abhaAddress, text: texts.append(address)))
    }

    /// Takes the number that is the value of a member whose name has its quotation mark at a place.
    private mutating func takeValue(_ body: Span<UInt8>, at place: Int) {
        // The word `"value":`, its first byte lowest.
        let name: UInt64 = 0x3A22_6575_6C61_7622
        let raw = unsafe body.bytes
        let start = place + 9
        guard start + 18 <= body.count,
            unsafe raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
                == name.littleEndian,
            body[start - 1] == Self.quote
        else { return }
        // Ten digits, alone or behind a country code, or fourteen, with dashes or without.
        let bytes = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start + 10, as: UInt64.self)
        let quotes = bytes.littleEndian ^ 0x2222_2222_2222_2222
        // The lowest of the marks is right, see Mycroft (1987).
        let found = (quotes &- 0x0101_0101_0101_0101) & ~quotes & 0x8080_8080_8080_8080
        guard found != 0 else { return }
        let text = body.extracting(start..<start + 10 + found.trailingZeroBitCount >> 3)
        if let number = PhoneNumber.plainMobile(text) {
            identifiers.append(Identifier(kind: .mobile, number: number))
        } else if let number = ABHANumber.plain(text) {
            identifiers.append(Identifier(kind: .abhaNumber, number: number))
        }
    }
}

/// Tells which of sixteen bytes are an `@` or a quotation mark before a `v`.
///
/// - Parameter place: where they begin; 17 can be read from there.
/// - Returns: two words, a byte of ones for each of them.
@inline(__always)
@unsafe private func marks(_ place: UnsafeRawPointer) -> SIMD2<UInt64> {
    let first = unsafe place.loadUnaligned(as: SIMD16<UInt8>.self)
    let second = unsafe place.loadUnaligned(fromByteOffset: 1, as: SIMD16<UInt8>.self)
    let isAt = first .== SIMD16<UInt8>(repeating: UInt8(ascii: "@"))
    let isQuote = first .== SIMD16<UInt8>(repeating: UInt8(ascii: "\""))
    let isV = second .== SIMD16<UInt8>(repeating: UInt8(ascii: "v"))
    return unsafe unsafeBitCast(isAt .| (isQuote .& isV), to: SIMD2<UInt64>.self)
}

@inline(__always)
private func any(_ words: SIMD2<UInt64>) -> Bool { words[0] | words[1] != 0 }
