/// From a name as a desk or an app wrote it to the tokens that are compared.
///
/// The steps, in order: letters to lower case and without their diacritics; everything that is not a
/// letter or a digit separates tokens; the tail behind a relation mark (`S/O`, `wife of`) or an alias
/// mark (`@`, `urf`) is left out; titles in front (`Smt.`, `Dr`) are left out as long as a name remains.
public enum NameFolding {
    /// The longest name accepted at the door, in bytes.
    public static let bytesMax = 512

    /// Writes the folded tokens, one space between two, and gives their place.
    ///
    /// - Parameters:
    ///   - name: UTF-8; a malformed sequence separates tokens.
    ///   - arena: where they are written.
    /// - Returns: where the tokens stand; empty when the text holds no name.
    /// - Complexity: O(bytes); no allocation once the arena has grown.
    public static func fold(_ name: Span<UInt8>, into arena: inout TextArena) -> TextRange {
        let start = arena.count
        guard !name.isPlaceholder else { return .empty }
        NameScanner.writeTokens(of: name, into: &arena)
        var tokens = TokenCursor(arena.bytes(arena.range(from: start)))
        var keep = FoldedPart()
        let words = FoldingWords.all
        while let token = tokens.next() {
            let text = tokens.text(token)
            let isFirst = keep.tokens == 0
            let word = words.meaning(of: text)
            if word.isEmpty, ASCII.isLetter(text[0]) {  // nearly every token is simply a name
                keep.take(token)
                continue
            }
            if !isFirst, word.contains(.tail), tokens.hasNext { break }
            if word == .of, keep.tokens <= 1, tokens.hasNext {
                // `Twin 2 of Sunita`: what stands in front of the word is no name.
                keep.tokens = 0
                keep.isRelatives = true
                continue
            }
            if isNumber(text), !isFirst || tokens.hasNext { continue }
            let isRelationWord = word.contains(.relation) && isOf(tokens, words)
            if text[0] == NameScanner.relationMark || isRelationWord {
                // `B/O Rukmini` has no other name than the relative's.
                if !isFirst { break }
                keep.isRelatives = true
                if isRelationWord { _ = tokens.next() }
                continue
            }
            if text[0] == NameScanner.aliasMark || word.contains(.alias) {
                if !isFirst { break }
                continue
            }
            if isFirst, word.contains(.title) {
                keep.title = keep.title ?? token
                continue
            }
            keep.take(token)
        }
        if keep.tokens == 0, let title = keep.title {  // a person who is only called `Sri`
            keep.start = title.start
            keep.end = title.start + title.count
        }
        let kept = TextRange(start: start + keep.start, count: keep.end - keep.start)
        // `Mr. NA` is nobody, like `NA`.
        guard !kept.isEmpty, !arena.bytes(kept).isPlaceholder else {
            arena.truncate(to: start)
            return .empty
        }
        arena.truncate(to: start + keep.end)
        return keep.isRelatives ? markRelatives(kept, start, &arena) : kept
    }

    /// Puts `b/o` in front of a name that is a relative's.
    private static func markRelatives(
        _ name: TextRange, _ start: Int, _ arena: inout TextArena
    ) -> TextRange {
        let end = arena.count
        for byte: UInt8 in [0x62, 0x2F, 0x6F, ASCII.space] { arena.append(byte) }
        for offset in 0..<name.count { arena.append(arena.byte(at: name.start + offset)) }
        return arena.range(from: end)
    }

    /// What remains of a name while its tokens are read.
    private struct FoldedPart {
        var start = 0
        var end = 0
        var tokens = 0
        var isRelatives = false
        var title: TextRange?

        @inline(__always)
        mutating func take(_ token: TextRange) {
            if tokens == 0 { start = token.start }
            end = token.start + token.count
            tokens += 1
        }
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
    package mutating func next() -> TextRange? {
        guard let token = peek() else { return nil }
        offset = token.start + token.count + 1
        return token
    }

    /// The next token's place, without going there.
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
    @_lifetime(copy self)
    package func text(_ token: TextRange) -> Span<UInt8> {
        text.extracting(token.start..<token.start + token.count)
    }
}
