/// The tokens that were met lately, by their letters.
///
/// A few hundred names are most of what a table holds; what is known of them need not be worked out
/// again. Only saves work: a token is the same whether it was met before or not.
struct TokenMemo: ~Copyable {
    /// Sets of four slots.
    private static let setBits = 12
    private let lexicon = NameLexicon.builtIn
    private var slots = ScratchList<MetToken>(capacity: 4 << setBits)

    struct MetToken: BitwiseCopyable {
        /// The token's bytes, zeros behind them.
        var letters = SIMD2<UInt64>()
        var token: NameToken

        @inline(__always)
        func holds(_ other: SIMD2<UInt64>, _ count: Int) -> Bool {
            letters == other && token.place.count == count
        }
    }

    init() {
        var empty = NameToken([UInt8(ascii: "a")].span, lexicon)
        empty.place = .empty  // no token has no letters, so that a slot in use is told apart
        slots.fill(with: MetToken(token: empty))
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
        // The highest bits, which all letters have a part in.
        let hash =
            (letters[0] ^ letters[1] &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
        let first = Int(truncatingIfNeeded: hash &>> UInt64(64 - Self.setBits)) &<< 2
        if slots[first].holds(letters, text.count) { return slots[first].token }
        for slot in first + 1...first + 3 where slots[slot].holds(letters, text.count) {
            return slots[slot].token
        }
        return take(text, letters, at: first)
    }

    /// Takes a new token for the oldest one of four.
    @inline(never)
    private mutating func take(
        _ text: Span<UInt8>, _ letters: SIMD2<UInt64>, at place: Int
    ) -> NameToken {
        slots[place + 3] = slots[place + 2]
        slots[place + 2] = slots[place + 1]
        slots[place + 1] = slots[place]
        slots[place] = MetToken(letters: letters, token: NameToken(text, lexicon))
        return slots[place].token
    }

    /// What the lists know of a text.
    func known(_ text: Span<UInt8>) -> KnownName { lexicon.find(skeleton(text)) }

    /// What a text sounds like.
    @inline(never)
    func skeleton(_ text: Span<UInt8>) -> TokenSkeleton { TokenSkeleton(text, lexicon.pairs) }
}
