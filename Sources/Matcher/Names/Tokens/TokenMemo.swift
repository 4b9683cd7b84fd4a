/// The tokens that were met lately, by their letters.
///
/// A few hundred names are most of what a table holds; what is known of them need not be worked out
/// again. Only saves work: a token is the same whether it was met before or not.
struct TokenMemo: ~Copyable {
    /// Slots: few at first, for who compares a few names needs no megabyte; then all at once.
    private static let slotBitsFirst = 7
    private static let slotBitsMax = 14
    /// A token is in its own slot or in one of those behind it.
    ///
    /// Nearly always it is in its own: which one it is would be a branch that no processor foresees.
    private static let slotsTried = 4
    private let lexicon = NameLexicon.builtIn
    private var slots = ScratchList<MetToken>(capacity: 1 << slotBitsFirst + slotsTried - 1)
    /// By how many bits a hash is moved to be a slot's number.
    private var shift = UInt64(64 - slotBitsFirst)
    /// How many tokens were taken while there are few slots.
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
        let own = place(letters)
        for slot in own..<own &+ Self.slotsTried where slots[slot].holds(letters, count) {
            return slot
        }
        return nil
    }

    /// Takes a new token: into an empty slot, or for the one in its own.
    ///
    /// - Parameters:
    ///   - text: one token, of at most `bytesMax` bytes, that was not found.
    ///   - letters: its bytes, zeros behind them.
    /// - Returns: the token; where it stands in a name is left open.
    @inline(never)
    mutating func take(_ text: Span<UInt8>, _ letters: SIMD2<UInt64>) -> NameToken {
        taken += 1
        if taken * 2 > 1 << Self.slotBitsFirst, slots.count < 1 << Self.slotBitsMax { grow() }
        let own = place(letters)
        let place =
            (own..<own + Self.slotsTried).first { slots[$0].token.place.isEmpty } ?? own
        slots[place] = MetToken(letters: letters, token: new(text))
        return slots[place].token
    }

    /// Makes all the slots, and forgets what was met: it will be met again.
    private mutating func grow() {
        shift = UInt64(64 - Self.slotBitsMax)
        slots = ScratchList(capacity: 1 << Self.slotBitsMax + Self.slotsTried - 1)
        clear()
    }

    private mutating func clear() {
        var empty = NameToken([UInt8(ascii: "a")].span, lexicon)
        empty.place = .empty  // no token has no letters, so that a slot in use is told apart
        slots.fill(with: MetToken(token: empty))
    }

    /// A token's own slot.
    @inline(__always)
    private func place(_ letters: SIMD2<UInt64>) -> Int {
        // The highest bits, which all letters have a part in.
        let hash =
            (letters[0] ^ letters[1] &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> shift)
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
