/// An identifier that the facility or a scheme gave out, such as a medical record number (`MR`).
///
/// Case and white space carry no meaning in any of them: `mr 0000-12` and `MR0000-12` are one.
public enum OtherIdentifier {
    /// The longest value accepted, in bytes.
    public static let bytesMax = 128

    /// Writes the folded form of a type or a value: ASCII in lower case, white space left out.
    ///
    /// - Returns: where it stands; empty when nothing is left.
    /// - Throws: `OtherIdentifierError`; the arena is then as it was.
    public static func fold(
        _ text: Span<UInt8>, into arena: inout TextArena
    ) throws(OtherIdentifierError) -> TextRange {
        guard !text.isPlaceholder else { return .empty }
        let start = arena.count
        for index in text.indices where !ASCII.isSpace(text[index]) {
            arena.append(ASCII.lowercased(text[index]))
        }
        guard arena.count - start <= bytesMax else {
            arena.truncate(to: start)
            throw .tooLong(maximum: bytesMax)
        }
        return arena.range(from: start)
    }
}

/// Why a text cannot be an identifier.
public enum OtherIdentifierError: Error, Equatable {
    case tooLong(maximum: Int)
}
