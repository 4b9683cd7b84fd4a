/// The tokens that were met lately, by their letters.
///
/// A few hundred names are most of what a table holds; what is known of them need not be worked out
/// again. Only saves work: a token is the same whether it was met before or not.
struct TokenMemo: ~Copyable {
    /// Sets of four slots: few at first, for who compares a few names needs no megabyte; then all at once.
    private static let setBitsFirst = 5
    private static let setBitsMax = 12
    private let lexicon = NameLexicon.builtIn
    private var slots = ScratchList<MetToken>(capacity: 4 << setBitsFirst)
    /// By how many bits a hash is moved to be a set's number.
    private var shift = UInt64(64 - setBitsFirst)
    /// How many tokens were taken while there are few sets.
    private var taken = 0

    struct MetToken: BitwiseCopyable {
        /// The token's bytes, zeros behind them.
        var letters = SIMD2<UInt64>()
        var token: NameToken

        @inline(__always)
        func holds(_ other: SIMD2<UInt64>, _ count: Int) -> Bool {
            letters == other && token.place.count == count
        }
    }

    init() { clear() }

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
        let first = place(letters)
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
        taken += 1
        if taken > slots.count { grow() }
        let place = place(letters)
        slots[place + 3] = slots[place + 2]
        slots[place + 2] = slots[place + 1]
        slots[place + 1] = slots[place]
        slots[place] = MetToken(letters: letters, token: new(text))
        return slots[place].token
    }

    /// Makes all the sets, and forgets what was met: it will be met again.
    private mutating func grow() {
        taken = .min
        shift = UInt64(64 - Self.setBitsMax)
        slots = ScratchList(capacity: 4 << Self.setBitsMax)
        clear()
    }

    private mutating func clear() {
        var empty = NameToken([UInt8(ascii: "a")].span, lexicon)
        empty.place = .empty  // no token has no letters, so that a slot in use is told apart
        slots.fill(with: MetToken(token: empty))
    }

    /// The first place of a set.
    @inline(__always)
    private func place(_ letters: SIMD2<UInt64>) -> Int {
        // The highest bits, which all letters have a part in.
        let hash =
            (letters[0] ^ letters[1] &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> shift) &<< 2
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
