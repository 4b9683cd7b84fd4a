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

    /// Longer tokens are not kept.
    static let bytesMax = 16

    /// Finds a token that was met lately.
    ///
    /// - Parameters:
    ///   - letters: its bytes, at most `bytesMax`, zeros behind them.
    ///   - count: how many there are.
    /// - Returns: where it is until another one is taken; nil where it is not.
    @inline(__always)
    func find(_ letters: SIMD2<UInt64>, _ count: Int) -> Int? {
        let first = Self.place(letters)
        for slot in first...first | 3 where slots[slot].holds(letters, count) { return slot }
        return nil
    }

    /// Takes a new token for the oldest one of four.
    ///
    /// - Parameters:
    ///   - text: one token, of at most `bytesMax` bytes, that was not found.
    ///   - letters: its bytes, zeros behind them.
    /// - Returns: the token; where it stands in a name is left open.
    @inline(never)
    mutating func take(_ text: Span<UInt8>, _ letters: SIMD2<UInt64>) -> NameToken {
        let place = Self.place(letters)
        slots[place + 3] = slots[place + 2]
        slots[place + 2] = slots[place + 1]
        slots[place + 1] = slots[place]
        slots[place] = MetToken(letters: letters, token: new(text))
        return slots[place].token
    }

    /// The first place of a set.
    @inline(__always)
    private static func place(_ letters: SIMD2<UInt64>) -> Int {
        // The highest bits, which all letters have a part in.
        let hash =
            (letters[0] ^ letters[1] &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> UInt64(64 - setBits)) &<< 2
    }

    /// The token that was found at a place; where it stands in a name is left open.
    @inline(__always)
    subscript(place: Int) -> NameToken { slots[place].token }

    /// Takes a token of any length apart; where it stands in a name is left open.
    func new(_ text: Span<UInt8>) -> NameToken { NameToken(text, lexicon) }

    /// What the lists know of a text.
    func known(_ text: Span<UInt8>) -> KnownName { lexicon.find(skeleton(text)) }

    /// What a text sounds like.
    @inline(never)
    func skeleton(_ text: Span<UInt8>) -> TokenSkeleton { TokenSkeleton(text, lexicon.pairs) }
}
