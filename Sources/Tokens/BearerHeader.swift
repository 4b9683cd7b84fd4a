/// The value of the header `Authorization`.
public enum BearerHeader {
    /// The token in it.
    ///
    /// The scheme is `Bearer` in any case; some gateways leave it out.
    ///
    /// - Parameter value: of the header, nil where there is none.
    /// - Returns: the token's bytes, whatever they are.
    /// - Throws: `missing`; also for another scheme.
    @_lifetime(copy value)
    public static func token(in value: Span<UInt8>) throws(TokenError) -> Span<UInt8> {
        let text = value.withoutBlanks()
        guard let blank = text.indices.first(where: { isBlank(text[$0]) }) else {
            guard !text.isEmpty, !isBearer(text) else { throw .missing }
            return text
        }
        guard isBearer(text.extracting(..<blank)) else { throw .missing }
        return text.extracting(blank...).withoutBlanks()
    }

    private static func isBearer(_ word: Span<UInt8>) -> Bool {
        let bearer: StaticString = "bearer"
        guard word.count == bearer.utf8CodeUnitCount else { return false }
        let expected = unsafe bearer.utf8Start
        return word.indices.allSatisfy { unsafe word[$0] | 0x20 == expected[$0] }
    }

    fileprivate static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension Span<UInt8> {
    /// The same bytes without blanks at either end.
    @_lifetime(copy self)
    fileprivate func withoutBlanks() -> Span<UInt8> {
        var start = 0
        var end = count
        while start < end, BearerHeader.isBlank(self[start]) { start += 1 }
        while end > start, BearerHeader.isBlank(self[end - 1]) { end -= 1 }
        return extracting(start..<end)
    }
}
