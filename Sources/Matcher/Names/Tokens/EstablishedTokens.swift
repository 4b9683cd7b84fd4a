/// The tokens that many persons of a facility bear, whatever the built-in lists know.
///
/// Two of them are two names, not one with a slip, however near they are spelt. Found by the sound of a
/// token; exact but for two sounds of one 64-bit hash. The same for the same rows in any order.
public struct EstablishedTokens: Equatable, Sendable {
    /// A set by open addressing; 0 in a free place.
    private var slots: [UInt64] = []
    /// How many there are, of all facilities.
    public private(set) var count = 0

    /// No tokens.
    public init() {}

    /// The set of those keys, which another one gave as its `keys`.
    ///
    /// - Parameter keys: in one order, whichever it is.
    public init(_ keys: [UInt64]) {
        slots = [UInt64](repeating: 0, count: TokenCounter.capacity(for: keys.count))
        for key in keys { slots[place(of: key)] = key }
        count = keys.count
    }

    /// What another set can be made of, in ascending order.
    public var keys: [UInt64] { slots.filter { $0 != 0 }.sorted() }

    /// Bytes of memory.
    public var bytes: Int { slots.count * 8 }

    /// Whether many persons of a facility bear a token of this sound.
    ///
    /// - Complexity: O(1).
    func contains(_ skeleton: TokenSkeleton, facility: UInt16) -> Bool {
        guard count > 0 else { return false }
        let key = Self.key(skeleton, facility)
        return slots[place(of: key)] == key
    }

    /// Where a key stands, or the free place where it belongs.
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: key) & (slots.count - 1)
        while slots[place] != 0, slots[place] != key { place = (place + 1) & (slots.count - 1) }
        return place
    }

    /// Never 0.
    fileprivate static func key(_ skeleton: TokenSkeleton, _ facility: UInt16) -> UInt64 {
        var key = (skeleton.hash ^ UInt64(facility) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        key ^= key &>> 32
        return key == 0 ? 1 : key
    }
}

/// Counts the tokens of a facility's names.
///
/// A token is established where at least `countMin` records bear it, and one in `share` of the facility's.
public struct TokenCounter: ~Copyable {
    /// Fewer persons may be one family, or one slip that a desk repeats.
    public static let countMin = 20
    /// Of so many records one must bear it.
    public static let share = 5000

    private struct Slot {
        var key: UInt64 = 0
        var count: UInt32 = 0
        var facility: UInt16 = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 1 << 12)
    private var used = 0
    private var records: [UInt16: Int] = [:]
    private var memo = TokenMemo()
    private var tokens = NameTokens()

    /// A counter that has seen no name.
    public init() {}

    /// Counts the tokens of a record's folded name.
    ///
    /// - Complexity: O(bytes) amortised.
    public mutating func add(_ folded: Span<UInt8>, facility: UInt16) {
        records[facility, default: 0] += 1
        tokens.read(folded, 0..<NameParts.nameCount(folded), &memo)
        guard !tokens.isRelatives else { return }
        for index in 0..<tokens.count where tokens[index].skeleton.count >= 3 {
            count(EstablishedTokens.key(tokens[index].skeleton, facility), facility)
        }
    }

    /// The tokens that are established.
    public consuming func finish() -> EstablishedTokens {
        var keys: [UInt64] = []
        for slot in slots where slot.key != 0 {
            let least = max(Self.countMin, (records[slot.facility] ?? 0) / Self.share)
            if slot.count >= least { keys.append(slot.key) }
        }
        // In one order, so that the set is the same whichever order the rows came in.
        keys.sort()
        return EstablishedTokens(keys)
    }

    private mutating func count(_ key: UInt64, _ facility: UInt16) {
        if used * 2 >= slots.count { grow() }
        let place = place(of: key)
        if slots[place].key == 0 {
            used += 1
            slots[place] = Slot(key: key, count: 0, facility: facility)
        }
        slots[place].count += 1
    }

    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: key) & (slots.count - 1)
        while slots[place].key != 0, slots[place].key != key {
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: 2 * old.count)
        for slot in old where slot.key != 0 { slots[place(of: slot.key)] = slot }
    }

    /// A power of two of which at most half is used.
    fileprivate static func capacity(for count: Int) -> Int {
        var capacity = 1
        while capacity < 2 * count + 1 { capacity *= 2 }
        return capacity
    }
}
