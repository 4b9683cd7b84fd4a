/// A person's administrative gender, as ABDM codes it.
public enum Gender: UInt8, CaseIterable, Sendable {
    /// Not stated: absent, `U` (unknown) or `D` (not disclosed). Never agrees with anything.
    case notStated = 0
    case male, female, other, transgender

    /// Reads a code (`M F O T U D`) or one of the words that hospital systems write.
    ///
    /// Case and white space are folded; a stand-in for "nothing" is `notStated`.
    ///
    /// - Throws: `GenderError` when the text is none of them.
    public init(parsing text: Span<UInt8>) throws(GenderError) {
        let text = text.trimmed()
        guard !text.isPlaceholder else {
            self = .notStated
            return
        }
        for (word, gender) in Gender.words where text.equalsIgnoringCase(word) {
            self = gender
            return
        }
        throw .unknownWord
    }

    /// The code on the wire.
    public var code: StaticString {
        switch self {
        case .notStated: "U"
        case .male: "M"
        case .female: "F"
        case .other: "O"
        case .transgender: "T"
        }
    }

    private static let words: [(StaticString, Gender)] = [
        ("m", .male), ("f", .female), ("o", .other), ("t", .transgender),
        ("u", .notStated), ("d", .notStated),
        ("male", .male), ("man", .male), ("boy", .male), ("1", .male), ("purush", .male),
        ("female", .female), ("woman", .female), ("girl", .female), ("2", .female),
        ("mahila", .female), ("stri", .female),
        ("other", .other), ("others", .other), ("3", .other),
        ("transgender", .transgender), ("trans", .transgender), ("tg", .transgender),
        ("unknown", .notStated), ("undisclosed", .notStated), ("not disclosed", .notStated),
        ("unspecified", .notStated), ("not specified", .notStated), ("0", .notStated),
        ("9", .notStated),
    ]
}

/// Why a text is not a gender.
public enum GenderError: Error, Equatable {
    case unknownWord
}
