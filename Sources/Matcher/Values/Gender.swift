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
        // Nearly all texts are one letter.
        if text.count == 1, let gender = Gender.of(letter: ASCII.lowercased(text[0])) {
            self = gender
            return
        }
        let text = text.trimmed()
        guard !text.isPlaceholder else {
            self = .notStated
            return
        }
        if text.count == 1, let gender = Gender.of(letter: ASCII.lowercased(text[0])) {
            self = gender
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

    /// The gender of a code on the wire or of a digit of older systems; nil for others.
    private static func of(letter: UInt8) -> Gender? {
        switch letter {
        case UInt8(ascii: "m"), UInt8(ascii: "1"): .male
        case UInt8(ascii: "f"), UInt8(ascii: "2"): .female
        case UInt8(ascii: "o"), UInt8(ascii: "3"): .other
        case UInt8(ascii: "t"): .transgender
        case UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "0"), UInt8(ascii: "9"): .notStated
        default: nil
        }
    }

    private static let words: [(StaticString, Gender)] = [
        ("male", .male), ("man", .male), ("boy", .male), ("purush", .male),
        ("female", .female), ("woman", .female), ("girl", .female),
        ("mahila", .female), ("stri", .female),
        ("other", .other), ("others", .other),
        ("transgender", .transgender), ("trans", .transgender), ("tg", .transgender),
        ("unknown", .notStated), ("undisclosed", .notStated), ("not disclosed", .notStated),
        ("unspecified", .notStated), ("not specified", .notStated),
    ]
}

/// Why a text is not a gender.
public enum GenderError: Error, Equatable {
    case unknownWord
}
