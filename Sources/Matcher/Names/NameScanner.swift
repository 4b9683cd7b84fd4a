/// Reads a raw name's characters and writes lower-case tokens, one space between two.
enum NameScanner {
    /// Stands alone as a token for `S/O`, `W/O`, ...
    static let relationMark: UInt8 = 1
    /// Stands alone as a token for `@`.
    static let aliasMark: UInt8 = 2

    static func writeTokens(of name: Span<UInt8>, into arena: inout TextArena) {
        var writer = TokenWriter(start: arena.count)
        var index = 0
        while index < name.count {
            let byte = name[index]
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) {
                if isRelation(name, at: index) {
                    writer.mark(relationMark, into: &arena)
                    index += 3
                    continue
                }
                writer.write(ASCII.lowercased(byte), into: &arena)
                index += 1
            } else if byte < 0x80 {
                // D'Souza is one word; every other mark of ASCII parts two.
                if byte == UInt8(ascii: "@") {
                    writer.mark(aliasMark, into: &arena)
                } else if byte != UInt8(ascii: "'"), byte != UInt8(ascii: "`") {
                    writer.endToken()
                }
                index += 1
            } else {
                let scalar = UTF8Scalar(name, at: index)
                index += scalar.length
                writer.write(scalar.value, into: &arena)
            }
        }
    }

    /// Whether a relation mark such as `s/o` or `D/0` stands at `index` as a word of its own.
    private static func isRelation(_ name: Span<UInt8>, at index: Int) -> Bool {
        guard index + 2 < name.count, name[index + 1] == UInt8(ascii: "/") else { return false }
        if index > 0, ASCII.isLetter(name[index - 1]) { return false }
        if index + 3 < name.count, ASCII.isLetter(name[index + 3]) { return false }
        switch ASCII.lowercased(name[index]) {
        case UInt8(ascii: "s"), UInt8(ascii: "d"), UInt8(ascii: "w"), UInt8(ascii: "c"),
            UInt8(ascii: "h"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "m"):
            let second = ASCII.lowercased(name[index + 2])
            return second == UInt8(ascii: "o") || second == ASCII.zero
        default:
            return false
        }
    }
}

/// Puts one space between two tokens and none elsewhere.
private struct TokenWriter {
    private let start: Int
    private var needsSpace = false

    init(start: Int) { self.start = start }

    mutating func endToken() { needsSpace = true }

    mutating func write(_ byte: UInt8, into arena: inout TextArena) {
        if needsSpace, arena.count > start { arena.append(ASCII.space) }
        needsSpace = false
        arena.append(byte)
    }

    mutating func mark(_ byte: UInt8, into arena: inout TextArena) {
        endToken()
        write(byte, into: &arena)
        endToken()
    }

    mutating func write(_ scalar: Unicode.Scalar?, into arena: inout TextArena) {
        guard let scalar else { return endToken() }
        if let base = LatinBase.letters(of: scalar) {
            for byte in base.utf8 { write(byte, into: &arena) }
            return
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
            .decimalNumber, .spacingMark:
            for byte in scalar.properties.lowercaseMapping.utf8 { write(byte, into: &arena) }
        case .nonspacingMark:
            // An accent on a Latin letter says nothing here; a vowel sign of an Indic letter does.
            guard scalar.value > 0x036F else { return }
            for byte in String(scalar).utf8 { write(byte, into: &arena) }
        case .format:
            return  // zero-width joiners, which editors add and drop at will
        default:
            endToken()
        }
    }
}

/// One scalar of a UTF-8 text; `value` is nil where the sequence is malformed.
struct UTF8Scalar {
    let value: Unicode.Scalar?
    let length: Int

    init(_ text: Span<UInt8>, at index: Int) {
        let first = text[index]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first)
        if length > 1 { value &= 0x7F >> UInt32(length) }
        guard first < 0x80 || first >= 0xC2, first < 0xF5, index + length <= text.count else {
            self.value = nil
            self.length = 1
            return
        }
        for offset in 1..<max(length, 1) {
            let next = text[index + offset]
            guard next & 0xC0 == 0x80 else {
                self.value = nil
                self.length = 1
                return
            }
            value = value << 6 | UInt32(next & 0x3F)
        }
        self.value = Unicode.Scalar(value)
        self.length = length
    }
}

/// The plain letters under Latin letters with diacritics, as passports print them.
private enum LatinBase {
    /// The letters for a scalar of Latin-1 Supplement, Latin Extended-A or the dotted letters of
    /// ISO 15919; nil for any other.
    static func letters(of scalar: Unicode.Scalar) -> String? {
        guard (0xC0...0x17F).contains(scalar.value) || (0x1E00...0x1EFF).contains(scalar.value)
        else { return nil }
        switch scalar {
        case "ß": return "ss"
        case "æ", "Æ": return "ae"
        case "œ", "Œ": return "oe"
        case "ø", "Ø": return "o"
        case "đ", "Đ", "ð", "Ð": return "d"
        case "ł", "Ł": return "l"
        case "þ", "Þ": return "th"
        case "ı": return "i"
        case "×", "÷": return nil
        default:
            let letter =
                scalar.value < 0x1E00
                ? extendedLetters[Int(scalar.value) - 0xC0]
                : additionalLetters[Int(scalar.value) - 0x1E00]
            return letter
        }
    }

    // Found once: the comparison of strings that finds them normalises and allocates.
    private static let extendedLetters = letters(0xC0...0x17F)
    private static let additionalLetters = letters(0x1E00...0x1EFF)

    private static func letters(_ values: ClosedRange<UInt32>) -> [String?] {
        values.map { value in Unicode.Scalar(value).flatMap(decomposedBase) }
    }

    private static func decomposedBase(of scalar: Unicode.Scalar) -> String? {
        // The standard library compares strings by canonical equivalence, so the base letter is the
        // one that equals the scalar once a combining mark is added.
        for base in UInt8(ascii: "a")...UInt8(ascii: "z") {
            let letter = String(Unicode.Scalar(base))
            let lower = scalar.properties.lowercaseMapping
            for mark in marks where letter + String(mark) == lower { return letter }
        }
        return nil
    }

    private static let marks: [Unicode.Scalar] = [
        "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}",
        "\u{309}", "\u{30A}", "\u{30B}", "\u{30C}", "\u{323}", "\u{325}", "\u{327}", "\u{328}",
        "\u{32D}", "\u{331}",
    ]
}
