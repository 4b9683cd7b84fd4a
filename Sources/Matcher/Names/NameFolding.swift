/// From a name as a desk or an app wrote it to the tokens that are compared.
///
/// The steps, in order: letters to lower case and without their diacritics; everything that is not a
/// letter or a digit separates tokens; titles in front (`Smt.`, `Dr`) are left out as long as a name
/// remains; an alias (`@`, `urf`) and the tail behind a relation mark (`S/O`, `wife of`) are kept behind
/// the name, as evidence; numbers are left out but of a baby, whose twin may have the other one
/// (`Twin 2 of Sunita`). `NameParts` says how they are told apart.
public enum NameFolding {
    /// The longest name accepted at the door, in bytes.
    public static let bytesMax = 512

    /// Writes the folded tokens, one space between two, and gives their place.
    ///
    /// Folding a folded name changes nothing. What is written has at most half as many bytes again as
    /// the name, and five: two letters of two bytes have a small one of three (U+023A, U+023E), no
    /// other outgrows four thirds (cha of Indic scripts, `chha`), and five blanks and letters are put
    /// around the marks of an alias and a relative. The arena needs twice the name's bytes meanwhile.
    ///
    /// - Parameters:
    ///   - name: UTF-8; a malformed sequence separates tokens.
    ///   - arena: where they are written.
    /// - Returns: where the tokens stand; empty when the text holds no name.
    /// - Complexity: O(bytes); no allocation once the arena has grown.
    public static func fold(_ name: Span<UInt8>, into arena: inout TextArena) -> TextRange {
        let start = arena.count
        guard !name.isPlaceholder else { return .empty }
        // Most names are words of plain letters, one space apart, and none of them means anything else.
        let lower = arena.append(lowercasing: name)
        if NameScanner.isPlain(lower, arena) {
            guard holdsWord(lower, arena) else { return lower }
        } else {
            arena.truncate(to: start)
            NameScanner.writeTokens(of: name, into: &arena)
        }
        var parts = read(arena.bytes(arena.range(from: start)))
        parts.close()
        let kept = range(parts.name, start)
        // `Mr. NA` is nobody, like `NA`, and so is `Unknown Male`.
        guard !kept.isEmpty, !parts.isNobody, !arena.bytes(kept).isPlaceholder else {
            arena.truncate(to: start)
            return .empty
        }
        guard parts.isRelatives || parts.kind != .name else {
            arena.truncate(to: kept.start + kept.count)
            return kept
        }
        return write(parts, start, &arena)
    }

    /// Whether a token of a plain name is a word that says something of the name's parts.
    private static func holdsWord(_ name: TextRange, _ arena: borrowing TextArena) -> Bool {
        let words = FoldingWords.all
        let end = name.start + name.count
        var start = name.start
        while start < end {
            let first = arena.eight(from: start)
            var spaces = Self.spaces(in: first)
            // Where eight bytes have none, it is behind them.
            var tokenEnd = start &+ spaces.trailingZeroBitCount &>> 3
            while spaces == 0, tokenEnd < end {
                spaces = Self.spaces(in: arena.eight(from: tokenEnd))
                tokenEnd &+= spaces.trailingZeroBitCount &>> 3
            }
            let count = min(tokenEnd, end) &- start
            if count <= 8,
                !words.meaning(of: first & UInt64.max &>> UInt64(64 &- 8 &* count)).isEmpty
            {
                return true
            }
            start = tokenEnd &+ 1
        }
        return false
    }

    /// A word whose lowest set bit is the top bit of the first byte that is a space; 0 if none is.
    ///
    /// - Source: Mycroft (1987).
    @inline(__always)
    private static func spaces(in word: UInt64) -> UInt64 {
        let word = word ^ 0x2020_2020_2020_2020
        return (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private static func read(_ scanned: Span<UInt8>) -> FoldedParts {
        var tokens = TokenCursor(scanned)
        var parts = FoldedParts()
        let words = FoldingWords.all
        while let token = tokens.next() {
            let text = tokens.text(token)
            let word = words.meaning(of: text)
            if word.isEmpty, ASCII.isLetter(text[0]) {  // nearly every token is simply a name
                parts.take(token)
                continue
            }
            let isFirst = parts.isFirst
            if !isFirst, word.contains(.tail), tokens.hasNext {
                guard parts.takeRelation(FoldingWords.relation(of: text)) else { break }
                continue
            }
            if word == .of, parts.kind == .name, parts.name.tokens <= 1, tokens.hasNext {
                parts.dropName()
                continue
            }
            if isNumber(text), !isFirst || tokens.hasNext {
                parts.takeNumber(token)
                continue
            }
            let isRelationWord = word.contains(.relation) && isOf(tokens, words)
            if text[0] == NameScanner.relationMark || isRelationWord {
                let letter = isRelationWord ? FoldingWords.relation(of: text) : text[1]
                guard parts.takeRelation(letter) else { break }
                if isRelationWord { _ = tokens.next() }
                continue
            }
            if text[0] == NameScanner.aliasMark || word.contains(.alias) {
                guard parts.takeAlias() else { break }
                continue
            }
            if isFirst, word.contains(.title) {
                parts.takeTitle(token)
                continue
            }
            parts.take(token)
            if word.contains(.nobody) || isNumber(text) { parts.countNobody() }
        }
        return parts
    }

    /// Writes the parts that were found one behind the other, each with its mark.
    private static func write(
        _ parts: FoldedParts, _ start: Int, _ arena: inout TextArena
    ) -> TextRange {
        let end = arena.count
        if parts.isRelatives { append(UInt8(ascii: "b"), NameParts.relationMark, &arena) }
        if parts.isRelatives, let number = parts.number {
            append(TextRange(start: start + number.start, count: number.count), &arena)
            arena.append(ASCII.space)
        }
        append(range(parts.name, start), &arena)
        let alias = range(parts.alias, start)
        if !alias.isEmpty, !arena.bytes(alias).isPlaceholder {
            arena.append(ASCII.space)
            arena.append(NameParts.aliasMark)
            arena.append(ASCII.space)
            append(alias, &arena)
        }
        let relative = range(parts.relative, start)
        if !relative.isEmpty, !arena.bytes(relative).isPlaceholder {
            arena.append(ASCII.space)
            append(parts.relation, NameParts.relationMark, &arena)
            append(relative, &arena)
        }
        return arena.range(from: end)
    }

    private static func range(_ part: FoldedParts.Part, _ start: Int) -> TextRange {
        TextRange(start: start + part.start, count: part.end - part.start)
    }

    /// `s/o `.
    private static func append(_ relation: UInt8, _ mark: UInt8, _ arena: inout TextArena) {
        arena.append(relation)
        arena.append(mark)
        arena.append(UInt8(ascii: "o"))
        arena.append(ASCII.space)
    }

    private static func append(_ range: TextRange, _ arena: inout TextArena) {
        for offset in 0..<range.count { arena.append(arena.byte(at: range.start + offset)) }
    }

    /// `2` in `Baby 2 of Sunita`.
    private static func isNumber(_ token: Span<UInt8>) -> Bool {
        for index in token.indices where !ASCII.isDigit(token[index]) { return false }
        return true
    }

    /// Whether the word of comes next.
    ///
    /// `son of`, `wife of`, ... are two words that do what `S/O` does.
    private static func isOf(_ rest: TokenCursor, _ words: FoldingWords) -> Bool {
        guard let next = rest.peek() else { return false }
        return words.meaning(of: rest.text(next)) == .of
    }
}

/// Walks over tokens that stand one space apart.
package struct TokenCursor: ~Escapable {
    private let text: Span<UInt8>
    private var offset = 0

    @_lifetime(copy text)
    package init(_ text: Span<UInt8>) {
        self.text = text
    }

    /// The next token's place, relative to the text.
    @inline(__always)
    package mutating func next() -> TextRange? {
        guard let token = peek() else { return nil }
        offset = token.start + token.count + 1
        return token
    }

    /// The next token's place, without going there.
    @inline(__always)
    package func peek() -> TextRange? {
        guard hasNext else { return nil }
        // Eight bytes are looked at together; behind the text's end there are zeros, no space.
        var end = offset
        while end < text.count {
            let word = text.extracting(end...).firstWord ^ 0x2020_2020_2020_2020
            let spaces = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            end += min(spaces.trailingZeroBitCount >> 3, text.count - end)
            if spaces != 0 { break }
        }
        return TextRange(start: offset, count: end - offset)
    }

    /// Whether there is another token.
    @inline(__always)
    package var hasNext: Bool { offset < text.count }

    /// The bytes of a token.
    @inline(__always)
    @_lifetime(copy self)
    package func text(_ token: TextRange) -> Span<UInt8> {
        text.extracting(token.start..<token.start + token.count)
    }
}
