/// Where the names are listed.
enum NameLists {}

/// What is known of a token from the lists.
struct KnownName {
    /// Spellings of one name share a number; 0 for a token that stands in no list.
    var number: UInt16 = 0
    var traits: UInt8 = 0

    static let given: UInt8 = 1
    static let surname: UInt8 = 2
    static let filler: UInt8 = 4
    /// With another end it is the name of the other gender.
    static let gendered: UInt8 = 8
    /// A word that men put behind their name, or that women do.
    static let mens: UInt8 = 16
    static let womens: UInt8 = 32

    @inline(__always) var isKnown: Bool { number != 0 }
    @inline(__always) var isFiller: Bool { traits & Self.filler != 0 }
    @inline(__always) var isGiven: Bool { traits & Self.given != 0 }
    @inline(__always) var isSurname: Bool { traits & Self.surname != 0 }
    @inline(__always) var isGendered: Bool { traits & Self.gendered != 0 }

    /// Whether one is a man's word and the other a woman's: Singh and Kaur.
    @inline(__always)
    func isOtherGender(_ other: KnownName) -> Bool {
        (traits & Self.mens != 0 && other.traits & Self.womens != 0)
            || (traits & Self.womens != 0 && other.traits & Self.mens != 0)
    }
}

/// The lists as a table, found by the skeleton of a token.
///
/// The same on every machine: made from constants, in their order.
struct NameLexicon: Sendable {
    /// The table of the built-in lists, made when it is first needed.
    static let builtIn = NameLexicon()

    private static let slotsMask = (1 << 13) - 1
    /// How tokens are folded before they are looked up.
    let pairs = SkeletonPairs()
    private var slots = [Slot](repeating: Slot(), count: slotsMask + 1)
    /// How many names are told apart.
    private(set) var count: UInt16 = 0

    /// A spelling's hash beside what is known of it, so that a look-up touches one line of memory.
    private struct Slot {
        /// 0 for a free slot.
        var hash: UInt64 = 0
        var known = KnownName()
    }

    private init() {
        add(NameLists.fillers, KnownName.filler)
        add(NameLists.male, KnownName.given)
        add(NameLists.female, KnownName.given)
        add(NameLists.surnames, KnownName.surname)
        mark(NameLists.gendered, KnownName.gendered)
        mark(NameLists.mens, KnownName.mens)
        mark(NameLists.womens, KnownName.womens)
    }

    /// What is known of a token.
    ///
    /// - Complexity: O(1).
    @inline(__always)
    func find(_ skeleton: TokenSkeleton) -> KnownName {
        // A free slot says that nothing is known.
        slots[slot(of: skeleton.hash)].known
    }

    /// The slot that holds a hash, or the free one where it belongs.
    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & Self.slotsMask
        while slots[slot].hash != 0, slots[slot].hash != hash { slot = (slot + 1) & Self.slotsMask }
        return slot
    }

    private mutating func add(_ list: StaticString, _ trait: UInt8) {
        let bytes = unsafe Array(
            UnsafeBufferPointer(start: list.utf8Start, count: list.utf8CodeUnitCount))
        for group in bytes.split(whereSeparator: { $0 == ASCII.space || $0 == 0x0A }) {
            add(spellings: group.split(separator: UInt8(ascii: "/")), trait)
        }
    }

    /// Says more of names; the ones that no list has so far are given names.
    private mutating func mark(_ list: StaticString, _ trait: UInt8) {
        let bytes = unsafe Array(
            UnsafeBufferPointer(start: list.utf8Start, count: list.utf8CodeUnitCount))
        for name in bytes.split(whereSeparator: { $0 == ASCII.space || $0 == 0x0A }) {
            if !slots[slot(of: Self.hash(name))].known.isKnown {
                add(spellings: [name], KnownName.given)
            }
            slots[slot(of: Self.hash(name))].known.traits |= trait
        }
    }

    /// A spelling that stands in an earlier list gives its number to the new ones.
    private mutating func add(spellings: [ArraySlice<UInt8>], _ trait: UInt8) {
        var number: UInt16 = 0
        for spelling in spellings where number == 0 {
            number = slots[slot(of: Self.hash(spelling))].known.number
        }
        if number == 0 {
            count += 1
            number = count
        }
        for spelling in spellings {
            let hash = Self.hash(spelling)
            let slot = slot(of: hash)
            slots[slot].hash = hash
            if !slots[slot].known.isKnown { slots[slot].known.number = number }
            slots[slot].known.traits |= trait
        }
    }

    private static func hash(_ spelling: ArraySlice<UInt8>) -> UInt64 {
        let bytes = Array(spelling)
        return TokenSkeleton(bytes.span).hash
    }
}
