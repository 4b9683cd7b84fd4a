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

    /// One letter, or two consonants that stand for a word: Th for Thokchom, Gh for Ghulam.
    var isInitial: Bool
    var lastLetter: UInt8
    /// What it may differ by and still be the same with slips, in quarters of an edit.
    let limit: UInt8
    /// One bit for each letter that occurs as it is written.
    let written: UInt32
    /// One bit for each letter that it may sound like, whatever stands around it.
    let sounds: UInt32
    /// The letters that what it sounds like may hold: any, where so many are there that some may be cut off.
    ///
    /// Last, so that a token fills 64 bytes: with some left over, one copy of it would be read before what wrote it
    /// has arrived.
    let holds: UInt32
    var endsInA: Bool { lastLetter == Letter.a }

    /// Within the folded name.
    var place: TextRange {
        @inline(__always) get { TextRange(start: Int(start), count: Int(size)) }
        @inline(__always) set {
            start = UInt16(truncatingIfNeeded: newValue.start)
            size = UInt16(truncatingIfNeeded: newValue.count)
        }
    }

    /// Whether one of two tokens may begin or end with the other, by their letters, sizes and ends.
    @inline(__always)
    func mayLead(_ other: NameToken) -> Bool {
        let shared = written & other.written
        return (shared == written || shared == other.written)
            && (firstLetter == other.firstLetter || lastLetter == other.lastLetter)
            && min(size, other.size) >= 4
            && max(size, other.size) &- min(size, other.size) >= 3
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
        var written: UInt32 = 0
        for index in text.indices { written |= Letter.bit(text[index]) }
        self.written = written
        sounds = TokenSkeleton.sounds(of: written)
        holds = skeleton.count + 3 >= TokenSkeleton.lettersWhole ? .max : skeleton.mask
        limit = UInt8(truncatingIfNeeded: TokenDistance.limit(shorter: skeleton.count))
    }
}
