internal import Index
internal import Matcher

/// What the names that a search has compared so far scored, by how they are written.
///
/// Of the nearest rows of a large facility many have one and the same name, which says the same of each of them. Only
/// saves work: a score is the same whether its name was met before or not.
struct ComparedNames: ~Copyable {
    /// A name and what it scored.
    struct Entry: BitwiseCopyable {
        var name: RowTexts
        var hash: UInt32
        var score: Int32
    }

    /// Where a name stands, or is to be put.
    struct Place {
        fileprivate var slot: Int
        fileprivate var hash: UInt32
        /// What the name scored; nil where it was not met before.
        fileprivate(set) var score: Int?
    }

    /// Twice as many as there are names, at least: a free one is never far.
    private static let slotBits = 10
    private static let free = UInt16.max

    private var entries = ScratchList<Entry>(capacity: NameSearch.nearestMax)
    /// Places in `entries`.
    private var slots = ScratchList<UInt16>(capacity: 1 << slotBits)

    init() {
        precondition(2 * NameSearch.nearestMax <= 1 << Self.slotBits, "room for every name")
    }

    /// Forgets the names of another search.
    mutating func removeAll() {
        entries.removeAll()
        slots.fill(with: Self.free)
    }

    /// Looks a name up.
    ///
    /// - Complexity: O(bytes of the name).
    func place(of name: RowTexts, in image: borrowing PatientImage) -> Place {
        let bytes = image.packedName(of: name)
        let hash = Self.hash(bytes)
        var slot = Int(hash &>> UInt32(32 - Self.slotBits))
        while slots[slot] != Self.free {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, image.packedName(of: entry.name).equals(bytes) {
                return Place(slot: slot, hash: hash, score: Int(entry.score))
            }
            slot = (slot + 1) & (1 << Self.slotBits - 1)
        }
        return Place(slot: slot, hash: hash)
    }

    /// Keeps the score of a name that was not met before, at the place that was found for it since.
    mutating func keep(_ score: Int, of name: RowTexts, at place: Place) {
        slots[place.slot] = UInt16(entries.count)
        entries.append(Entry(name: name, hash: place.hash, score: Int32(score)))
    }

    private static func hash(_ bytes: Span<UInt8>) -> UInt32 {
        var hash = UInt64(bytes.count)
        for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x9E37_79B9_7F4A_7C15 }
        // The highest bits, which all bytes have a part in.
        return UInt32(truncatingIfNeeded: hash &>> 32)
    }
}
