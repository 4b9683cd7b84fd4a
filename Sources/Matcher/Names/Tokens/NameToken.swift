/// What a token does in a name.
public enum TokenRole: UInt8, Sendable, BitwiseCopyable {
    /// Devi, Kumar, Begum: most names have one.
    case filler
    /// One letter.
    case initial
    /// What a family shares.
    case surname
    /// A further given name, a father's or a husband's.
    case middle
    /// What tells the members of a family apart.
    case given
}

/// One token of a name, ready to be compared.
struct NameToken: BitwiseCopyable {
    var skeleton: TokenSkeleton
    private var start: UInt16 = 0
    private var size: UInt16
    var firstLetter: UInt8
    var known: KnownName
    var role = TokenRole.given

    /// One letter, or two consonants that stand for a word: Th for Thokchom, Gh for Ghulam.
    var isInitial: Bool
    var lastLetter: UInt8
    var endsInA: Bool { lastLetter == Letter.a }

    /// Within the folded name.
    var place: TextRange {
        @inline(__always) get { TextRange(start: Int(start), count: Int(size)) }
        @inline(__always) set {
            start = UInt16(truncatingIfNeeded: newValue.start)
            size = UInt16(truncatingIfNeeded: newValue.count)
        }
    }

    /// Takes a token apart and looks it up.
    ///
    /// - Complexity: O(bytes).
    init(_ text: Span<UInt8>, _ lexicon: borrowing NameLexicon) {
        size = UInt16(truncatingIfNeeded: text.count)
        firstLetter = text[0]
        skeleton = TokenSkeleton(text, lexicon.pairs)
        known = text.count > 1 ? lexicon.find(skeleton) : KnownName()
        lastLetter = text[text.count - 1]
        isInitial =
            text.count == 1
            || (text.count == 2 && !known.isKnown && Letter.isConsonant(text[0])
                && Letter.isConsonant(text[1]))
    }
}

/// The tokens that were met lately, by their letters.
///
/// A few hundred names are most of what a table holds; what is known of them need not be worked out
/// again. Only saves work: a token is the same whether it was met before or not.
struct TokenMemo: ~Copyable {
    private static let slotsMask = 4095
    private let lexicon = NameLexicon.builtIn
    private var slots = ScratchList<MetToken>(capacity: slotsMask + 1)

    struct MetToken: BitwiseCopyable {
        /// The token's bytes, zeros behind them.
        var letters = SIMD2<UInt64>()
        var token: NameToken
    }

    init() {
        var empty = NameToken([UInt8(ascii: "a")].span, lexicon)
        empty.place = .empty  // no token has no letters, so that a slot in use is told apart
        for _ in 0...Self.slotsMask { slots.append(MetToken(token: empty)) }
    }

    /// The token of a text, its place within a name left open.
    ///
    /// - Parameters:
    ///   - text: one token.
    ///   - letters: its first sixteen bytes, zeros behind a shorter one.
    /// - Returns: the token; its role is open too.
    @inline(__always)
    mutating func token(_ text: Span<UInt8>, _ letters: SIMD2<UInt64>) -> NameToken {
        guard text.count <= 16 else { return NameToken(text, lexicon) }
        var hash = (letters[0] ^ letters[1] &* 31) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 32
        let place = Int(truncatingIfNeeded: hash) & Self.slotsMask
        if slots[place].letters != letters || slots[place].token.place.count != text.count {
            slots[place] = MetToken(letters: letters, token: NameToken(text, lexicon))
        }
        return slots[place].token
    }

    /// What the lists know of a text.
    func known(_ text: Span<UInt8>) -> KnownName { lexicon.find(TokenSkeleton(text)) }
}
