/// Reads a raw name's characters and writes lower-case tokens, one space between two.
enum NameScanner {
    /// Begins a token of two bytes for `S/O`, `W/O`, ...; the letter in front of the stroke follows.
    static let relationMark: UInt8 = 1
    /// Stands alone as a token for `@`.
    static let aliasMark: UInt8 = 2

    static func writeTokens(of name: Span<UInt8>, into arena: inout TextArena) {
        var writer = TokenWriter(start: arena.count)
        var index = 0
        while index < name.count {
            let byte = name[index]
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) {
                if index + 2 < name.count, name[index + 1] == UInt8(ascii: "/"),
                    isRelation(name, at: index)
                {
                    writer.mark(relationMark, ASCII.lowercased(byte), into: &arena)
                    index += 3
                    continue
                }
                writer.write(ASCII.lowercased(byte), into: &arena)
                index += 1
            } else if byte < 0x80 {
                // D'Souza is one word; every other mark of ASCII parts two.
                if byte == UInt8(ascii: "@") {
                    writer.mark(aliasMark, nil, into: &arena)
                } else if byte != UInt8(ascii: "'"), byte != UInt8(ascii: "`") {
                    writer.endToken(into: &arena)
                }
                index += 1
            } else {
                let scalar = UTF8Scalar(name, at: index)
                index += scalar.length
                writer.write(scalar.value, into: &arena)
            }
        }
        writer.endToken(into: &arena)
    }

    /// Whether a name is tokens already; sixteen bytes are looked at together.
    ///
    /// - Parameters:
    ///   - name: in lower case, not empty, as the arena's `append(lowercasing:)` gave it last.
    ///   - arena: where it stands.
    /// - Returns: false also for a name with anything but letters and single spaces between them.
    static func isPlain(_ name: TextRange, _ arena: borrowing TextArena) -> Bool {
        // Nor may there be a space at either end; inside, each has a letter behind it.
        guard arena.byte(at: name.start) != ASCII.space,
            arena.byte(at: name.start + name.count - 1) != ASCII.space
        else { return false }
        var offset = 0
        while offset < name.count {
            let bytes = arena.sixteen(from: name.start + offset)
            let next = arena.sixteen(from: name.start + offset + 1)
            let isLetter = ASCII.isFrom(UInt8(ascii: "a"), 26, bytes)
            let isGap =
                ASCII.equals(ASCII.space, bytes) .& ASCII.isFrom(UInt8(ascii: "a"), 26, next)
            guard
                ASCII.all(isLetter .| isGap .| ASCII.isBehind(min(name.count - offset, 16)))
            else { return false }
            offset += 16
        }
        return true
    }

    /// Whether a relation mark such as `s/o` or `D/0` stands at `index` as a word of its own; its
    /// slash does.
    private static func isRelation(_ name: Span<UInt8>, at index: Int) -> Bool {
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
struct TokenWriter {
    private let start: Int
    private var needsSpace = false
    var syllable = Syllable()

    init(start: Int) { self.start = start }

    mutating func endToken(into arena: inout TextArena) {
        finishSyllable(isLast: true, &arena)
        needsSpace = true
    }

    @inline(__always)
    mutating func write(_ byte: UInt8, into arena: inout TextArena) {
        if syllable.isOpen { finishSyllable(isLast: false, &arena) }
        put(byte, &arena)
    }

    mutating func put(_ byte: UInt8, _ arena: inout TextArena) {
        if needsSpace, arena.count > start { arena.append(ASCII.space) }
        needsSpace = false
        arena.append(byte)
    }

    mutating func mark(_ byte: UInt8, _ letter: UInt8?, into arena: inout TextArena) {
        endToken(into: &arena)
        write(byte, into: &arena)
        if let letter { put(letter, &arena) }
        endToken(into: &arena)
    }

    mutating func write(_ scalar: Unicode.Scalar?, into arena: inout TextArena) {
        guard let scalar else { return endToken(into: &arena) }
        if let letter = ScriptLetters.latin(scalar) { return write(letter, &arena) }
        guard !writeBase(of: scalar, into: &arena), !TokenWriter.isApostrophe(scalar) else {
            return
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
            .decimalNumber, .spacingMark:
            for lower in scalar.properties.lowercaseMapping.unicodeScalars
            where !writeBase(of: lower, into: &arena) {
                for byte in String(lower).utf8 { write(byte, into: &arena) }
            }
        case .nonspacingMark:
            // An accent on a Latin letter says nothing here, nor does how an emoji is drawn; a vowel sign
            // of an Indic letter does.
            guard scalar.value > 0x036F, !scalar.properties.isVariationSelector else { return }
            for byte in String(scalar).utf8 { write(byte, into: &arena) }
        case .format:
            return  // zero-width joiners, which editors add and drop at will
        default:
            endToken(into: &arena)
        }
    }

    private mutating func writeBase(
        of scalar: Unicode.Scalar, into arena: inout TextArena
    ) -> Bool {
        var writer = self
        let isWritten = LatinBase.write(scalar) { writer.write($0, into: &arena) }
        self = writer
        return isWritten
    }

    /// The marks that stand for the apostrophe of D'Souza in typeset text and transliterations.
    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{B4}", "\u{2BB}", "\u{2BC}", "\u{2018}", "\u{2019}", "\u{2032}", "\u{FF07}": true
        default: false
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
        // A shorter sequence says the same: malformed, like the halves of surrogate pairs.
        let least: UInt32 = length == 3 ? 0x800 : length == 4 ? 0x1_0000 : 0
        self.value = value < least ? nil : Unicode.Scalar(value)
        self.length = self.value == nil ? 1 : length
    }
}
