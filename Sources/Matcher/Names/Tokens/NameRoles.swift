/// What the tokens of a name do in it: one set for each role, one bit for each token.
///
/// Found for all tokens at once by arithmetic, from what the lists know of each.
struct NameRoles: Equatable, BitwiseCopyable {
    private(set) var fillers: UInt64 = 0
    private(set) var initials: UInt64 = 0
    private(set) var surnames: UInt64 = 0
    private(set) var middles: UInt64 = 0
    private(set) var givens: UInt64 = 0

    /// The roles of no token.
    init() {}

    /// Says of each token what it does, from the lists first and the order of the tokens second.
    ///
    /// The first token that is not plainly a surname is the given name, unless the lists know only a
    /// later one as a given name: then both may be (Rajit Darshan, Gadikota Lakshman).
    ///
    /// - Parameters:
    ///   - count: how many tokens there are, at most `NameTokens.countMax`.
    ///   - kinds: what is known of them.
    @inline(__always)
    init(_ count: Int, _ kinds: TokenKinds) {
        initials = kinds.initials
        let known = (given: kinds.givens, surname: kinds.surnames)
        // A filler in front that may be a given name and no surname is the name.
        let inFront = 1 & known.given & ~known.surname
        fillers = kinds.fillers & ~initials & ~inFront
        let names = (1 &<< UInt64(count) &- 1) & ~initials & ~fillers
        guard names != 0 else {
            takeFiller(known.given)
            return
        }
        let first = names & (0 &- names)
        let last = 1 &<< UInt64(63 &- names.leadingZeroBitCount)
        givens = first & (known.given | ~known.surname)
        // Those that the lists know as given names only: one is the name, others stand behind it.
        var others = names & known.given & ~known.surname & ~first
        let hasGiven = first & known.given | others != 0
        if first & known.given == 0 {
            givens |= others & (0 &- others)
            others &= others &- 1
        }
        middles = others | names & ~first & ~last & ~known.given & ~known.surname
        surnames = names & ~givens & ~middles
        guard !hasGiven, surnames & first != 0 else { return }
        // Mala Sharma, Rama Nair: a word that goes with any name, in front of a family's, is the name. Else all
        // are surnames by the lists: Rai Khatik, Mitra Sen. The first is the name.
        let name = fillers & known.given & 1 != 0 ? 1 : first
        fillers &= ~name
        surnames &= ~name
        givens |= name
    }

    /// Rani Devi, Mohammed Ali, Ram Kumar: one of the words that go with any name is the name.
    private mutating func takeFiller(_ given: UInt64) {
        var names = fillers & given
        // K Singh has another name, of which the K is all that is written; Singh K has not.
        if names == 0, initials & 1 == 0 { names = fillers }
        givens = names & (0 &- names)
        fillers &= ~givens
    }

    /// What the token at a place does.
    @inline(__always)
    subscript(index: Int) -> TokenRole {
        let place = UInt64(truncatingIfNeeded: index)
        let number =
            (initials | middles) &>> place & 1 | ((surnames | middles) &>> place & 1) &<< 1
            | (givens &>> place & 1) &<< 2
        return TokenRole(rawValue: UInt8(truncatingIfNeeded: number)) ?? .given
    }

    /// Of some tokens, at least one, the last of those that tell most.
    @inline(__always)
    func most(_ tokens: UInt64) -> (role: TokenRole, index: Int) {
        let role: TokenRole
        var most = tokens & givens
        if most != 0 {
            role = .given
        } else if tokens & middles != 0 {
            most = tokens & middles
            role = .middle
        } else if tokens & surnames != 0 {
            most = tokens & surnames
            role = .surname
        } else if tokens & initials != 0 {
            most = tokens & initials
            role = .initial
        } else {
            most = tokens
            role = .filler
        }
        return (role, 63 &- most.leadingZeroBitCount)
    }
}

/// What the lists know of the tokens of a name, and which are initials: four sets, one bit for each token.
struct TokenKinds: BitwiseCopyable {
    /// Sixteen bits for each set.
    private var bits: UInt64 = 0

    /// What is known of no token.
    init() {}

    /// Adds what is known of the token at a place below sixteen.
    @inline(__always)
    mutating func add(_ known: KnownName, isInitial: Bool, at index: Int) {
        // Four bits, each of which goes to the place of its set.
        let traits = known.traits & (KnownName.given | KnownName.surname | KnownName.filler)
        let four = UInt64(traits) | (isInitial ? 8 : 0)
        let spread = four &* 0x2000_4000_8001 & 0x0001_0001_0001_0001
        bits |= spread &<< UInt64(truncatingIfNeeded: index)
    }

    @inline(__always) var givens: UInt64 { bits & 0xFFFF }
    @inline(__always) var surnames: UInt64 { bits &>> 16 & 0xFFFF }
    @inline(__always) var fillers: UInt64 { bits &>> 32 & 0xFFFF }
    @inline(__always) var initials: UInt64 { bits &>> 48 }
}
