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
        while let token = tokens.next() {
            let text = tokens.text(token)
            let isFirst = keep.tokens == 0
            let word = ShortWord(text)
            if keep.tokens > 0, word.isOne(of: tails), tokens.peek() != nil { break }
            if word == of, keep.tokens <= 1, tokens.peek() != nil {
                // `Twin 2 of Sunita`: what stands in front of the word is no name.
                keep.tokens = 0
                keep.isRelatives = true
                continue
            }
            if isNumber(text), !isFirst || tokens.peek() != nil { continue }
            let isRelationWord = isRelation(word, before: tokens)
            if text[0] == NameScanner.relationMark || isRelationWord {
                // `B/O Rukmini` has no other name than the relative's.
                if !isFirst { break }
                keep.isRelatives = true
                if isRelationWord { _ = tokens.next() }
                continue
            }
            if text[0] == NameScanner.aliasMark || word.isOne(of: aliases) {
                if !isFirst { break }
                continue
            }
            if isFirst, word.isOne(of: titles) {
                keep.title = keep.title ?? token
                continue
            }
            if isFirst { keep.start = token.start }
            keep.end = token.start + token.count
            keep.tokens += 1
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
    }

    /// `2` in `Baby 2 of Sunita`.
    private static func isNumber(_ token: Span<UInt8>) -> Bool {
        for index in token.indices where !ASCII.isDigit(token[index]) { return false }
        return true
    }

    /// `son of`, `wife of`, ...: two words that do what `S/O` does.
    private static func isRelation(_ word: ShortWord, before rest: TokenCursor) -> Bool {
        guard word.isOne(of: relations), let next = rest.peek() else { return false }
        return ShortWord(rest.text(next)) == of
    }

    /// `Md` and `Mohd` are not here: they are the name Mohammed.
    private static let titles: [ShortWord] =
        ([
            "shri", "sri", "shree", "smt", "shrimati", "srimati", "km", "ku", "kum", "mr", "mrs",
            "ms",
            "miss", "dr", "prof", "late", "mast", "master", "baby", "er", "adv", "capt", "col",
            "maj", "sushri", "thiru", "tmt", "sau", "sow", "smti", "srimathi", "janab", "haji",
            "hajji", "sh", "mst", "mosa", "mosammat", "musammat", "pu", "pi", "fr", "sr", "rev",
        ] as [StaticString]).map { ShortWord($0) }
    private static let relations: [ShortWord] =
        ([
            "son", "daughter", "wife", "husband", "baby", "care", "father", "mother",
            "boy", "girl", "child", "twin", "widow", "mo", "fo", "so", "do", "wo", "co", "bo",
        ] as [StaticString]).map { ShortWord($0) }
    /// Relation marks that lost their stroke, and their words in Hindi.
    private static let tails: [ShortWord] =
        ([
            "so", "do", "wo", "co", "bo", "putr", "putra", "putri", "patni", "pita",
        ] as [StaticString]).map { ShortWord($0) }
    private static let aliases = [ShortWord("urf"), ShortWord("alias")]
    private static let of = ShortWord("of")
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
        guard offset < text.count else { return nil }
        var end = offset
        while end < text.count, text[end] != ASCII.space { end += 1 }
        return TextRange(start: offset, count: end - offset)
    }

    /// The bytes of a token.
    @_lifetime(copy self)
    package func text(_ token: TextRange) -> Span<UInt8> {
        text.extracting(token.start..<token.start + token.count)
    }
}
