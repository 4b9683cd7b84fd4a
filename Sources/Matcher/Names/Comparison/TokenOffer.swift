/// Two tokens that may go together.
struct TokenOffer: BitwiseCopyable {
    /// Their places among the tokens of their names.
    var query: UInt8
    var candidate: UInt8
    var agreement: TokenAgreement
    /// Quarters of an edit.
    var quarters: UInt8 = 0
    /// How sure it is that both are the same word, 0...1000.
    var certainty: Int16
    /// Offers are taken in this order, the same whichever name is the request's: what is surest first,
    /// then what stands at the same place, then what stands in front.
    private var order: UInt32 = 0

    /// How sure two tokens are one name where their ends make them a man's and a woman's: genders are
    /// compared apart, and where they agree an end was dropped; but who is written the same comes first.
    private static var otherGenderCertainty: Int16 { 900 }

    /// Whether two tokens plainly do not go together, as most do not: for the loop over all pairs.
    @inline(__always)
    static func areFarApart(_ mine: NameToken, _ theirs: NameToken) -> Bool {
        if mine.isInitial || theirs.isInitial { return !shareFirst(mine, theirs) }
        if mine.skeleton.hash == theirs.skeleton.hash { return false }
        let unshared = mine.skeleton.mask ^ theirs.skeleton.mask
        if mine.known.isKnown, theirs.known.isKnown {
            return mine.known.number != theirs.known.number
                && unshared & ~TokenDistance.softLetters != 0
        }
        if TokenDistance.has(unshared, atMost: 4) {
            let limit = limit(mine, theirs)
            if TokenDistance.least(unshared & mine.skeleton.mask) <= limit,
                TokenDistance.least(unshared & theirs.skeleton.mask) <= limit
            {
                return false
            }
        }
        // No key pressed wrongly, and no letter taken for two, changes more than three of those written.
        return !mayBeSlip(mine, theirs)
            || !TokenDistance.has(mine.written ^ theirs.written, atMost: 3)
    }

    /// Whether two tokens begin with one letter, as it is written or as it sounds.
    @inline(__always)
    private static func shareFirst(_ mine: NameToken, _ theirs: NameToken) -> Bool {
        mine.firstLetter == theirs.firstLetter
            || mine.skeleton.letters[0] == theirs.skeleton.letters[0]
    }

    /// What two tokens of which not both are in the lists may differ by, in quarters of an edit.
    ///
    /// Where one of them is a common name, the other is more likely that name with a slip in front than a
    /// rare one that rhymes.
    @inline(__always)
    private static func limit(_ mine: NameToken, _ theirs: NameToken) -> Int {
        let limit = Int(min(mine.limit, theirs.limit))
        return isSlip(mine, theirs) ? limit &+ 1 : limit
    }

    @inline(__always)
    private static func isSlip(_ mine: NameToken, _ theirs: NameToken) -> Bool {
        mine.known.isKnown != theirs.known.isKnown
            && min(mine.skeleton.count, theirs.skeleton.count) >= 4
    }

    /// nil where the tokens do not go together.
    @inline(__always)
    init?(
        _ query: Int, _ mine: NameToken, _ candidate: Int, _ theirs: NameToken,
        _ established: borrowing EstablishedTokens, _ facility: UInt16
    ) {
        self.query = UInt8(truncatingIfNeeded: query)
        self.candidate = UInt8(truncatingIfNeeded: candidate)
        if mine.isInitial || theirs.isInitial {
            guard Self.shareFirst(mine, theirs) else { return nil }
            agreement = mine.isInitial && theirs.isInitial ? .equal : .initial
            certainty = agreement == .equal ? 900 : 700
            setOrder()
            return
        }
        if mine.skeleton.equals(theirs.skeleton) {
            agreement = .sound
            certainty = Self.areOfTwoGenders(mine, theirs) ? Self.otherGenderCertainty : 1000
            setOrder()
            return
        }
        let areKnown = mine.known.isKnown && theirs.known.isKnown
        if areKnown, mine.known.number == theirs.known.number {
            agreement = .variant
            certainty = Self.areOfTwoGenders(mine, theirs) ? Self.otherGenderCertainty : 960
            setOrder()
            return
        }
        // Two names that are both common in their own right are two names, not one with a slip; only
        // sounds that are written either way (Kamla, Kamala) may differ.
        guard
            let quarters = TokenDistance.quarters(
                mine.skeleton, theirs.skeleton,
                limit: areKnown
                    ? Int(min(2, mine.limit, theirs.limit)) : Self.limit(mine, theirs),
                front: Self.isSlip(mine, theirs) ? 1 : 3)
        else { return nil }
        if quarters > 2, !areKnown, Self.areTwoNames(mine, theirs, established, facility) {
            return nil
        }
        self.quarters = UInt8(truncatingIfNeeded: quarters)
        agreement = .typo
        certainty =
            Self.areOfTwoGenders(mine, theirs)
            ? Self.otherGenderCertainty
            : 970 - Int16(truncatingIfNeeded: quarters) * (areKnown ? 60 : 40)
        setOrder()
    }

    /// Two tokens at one place of their names that sound the same; nil where they do not, or where it is
    /// less than sure that both are one name.
    @inline(__always)
    init?(same place: Int, _ mine: NameToken, _ theirs: NameToken) {
        guard !mine.isInitial, !theirs.isInitial, mine.skeleton.equals(theirs.skeleton),
            !Self.areOfTwoGenders(mine, theirs)
        else { return nil }
        query = UInt8(truncatingIfNeeded: place)
        candidate = query
        agreement = .sound
        certainty = 1000
        setOrder()
    }

    /// Whether each of them is in the lists, or many persons of the facility bear it.
    static func areTwoNames(
        _ mine: NameToken, _ theirs: NameToken, _ established: borrowing EstablishedTokens,
        _ facility: UInt16
    ) -> Bool {
        if !mine.known.isKnown, !established.contains(mine.skeleton, facility: facility) {
            return false
        }
        return theirs.known.isKnown || established.contains(theirs.skeleton, facility: facility)
    }

    /// Whether they differ by an end that makes a woman's name of a man's: Salim and Salima, Bhargav and
    /// Bhargavi.
    @inline(__always)
    private static func areOfTwoGenders(_ a: NameToken, _ b: NameToken) -> Bool {
        guard a.known.isGendered || b.known.isGendered else { return false }
        if a.endsInA != b.endsInA { return a.skeleton.count == b.skeleton.count }
        let longer = a.skeleton.count > b.skeleton.count ? a : b
        let shorter = a.skeleton.count > b.skeleton.count ? b : a
        return longer.skeleton.count == shorter.skeleton.count + 1 && shorter.known.isGendered
            && longer.skeleton.letters[shorter.skeleton.count] == Letter.i
    }

    /// Whether a slip of the key is looked for.
    ///
    /// Two common names are two names, whatever key was pressed.
    @inline(__always)
    static func mayBeSlip(_ mine: NameToken, _ theirs: NameToken) -> Bool {
        // First what most pairs end at.
        guard mine.firstLetter == theirs.firstLetter || mayBeMisread(mine, theirs) else {
            return false
        }
        return (!mine.known.isKnown || !theirs.known.isKnown) && !mine.isInitial
            && !theirs.isInitial && min(mine.place.count, theirs.place.count) >= 4
            && abs(mine.place.count - theirs.place.count) <= 1
    }

    /// Whether the first letter of the shorter one may be taken for the first two of the longer one, of
    /// which another is the first.
    @inline(__always)
    private static func mayBeMisread(_ mine: NameToken, _ theirs: NameToken) -> Bool {
        guard mine.place.count != theirs.place.count else { return false }
        let bits = (Letter.bit(mine.firstLetter), Letter.bit(theirs.firstLetter))
        return mine.place.count < theirs.place.count
            ? OneEdit.misreadLetters & bits.0 != 0 && OneEdit.misreadFirsts & bits.1 != 0
            : OneEdit.misreadLetters & bits.1 != 0 && OneEdit.misreadFirsts & bits.0 != 0
    }

    /// Two tokens that one key pressed wrongly tells apart, though they sound quite unlike.
    init?(
        slip query: Int, _ mine: NameToken, _ candidate: Int, _ theirs: NameToken,
        _ text: Span<UInt8>, _ other: Span<UInt8>
    ) {
        guard
            mine.firstLetter == theirs.firstLetter
                ? OneEdit.separates(text, other) || OneEdit.isMisread(text, other)
                : text.count != other.count && OneEdit.isMisread(text, other)
        else { return nil }
        self.query = UInt8(truncatingIfNeeded: query)
        self.candidate = UInt8(truncatingIfNeeded: candidate)
        agreement = .typo
        quarters = 4
        certainty = 810
        setOrder()
    }

    @inline(__always)
    private mutating func setOrder() {
        let apart = query > candidate ? query &- candidate : candidate &- query
        order =
            UInt32(truncatingIfNeeded: 1000 &- Int(certainty)) &<< 16 | UInt32(apart) &<< 8
            | UInt32(query &+ candidate)
    }

    @inline(__always)
    func precedes(_ other: TokenOffer) -> Bool { order < other.order }
}
