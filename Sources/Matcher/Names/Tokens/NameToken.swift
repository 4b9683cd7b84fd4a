/// What a token does in a name.
enum TokenRole: UInt8 {
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
struct NameToken {
    /// Within the folded name.
    var place: TextRange
    var firstLetter: UInt8
    var skeleton: TokenSkeleton
    var known: KnownName
    var role = TokenRole.given

    /// One letter, or two consonants that stand for a word: Th for Thokchom, Gh for Ghulam.
    var isInitial = false
    var endsInA: Bool
}

/// The tokens of one name, in memory that serves the next name too.
struct NameTokens: ~Copyable {
    /// Tokens beyond these are not compared.
    static let countMax = 12

    private(set) var tokens: [NameToken] = []
    /// `B/O Rukmini`: the name is a relative's.
    private(set) var isRelatives = false

    init() {
        tokens.reserveCapacity(Self.countMax)
    }

    /// Takes a folded name apart.
    ///
    /// - Complexity: O(bytes).
    mutating func read(_ folded: Span<UInt8>, _ lexicon: borrowing NameLexicon) {
        read(folded, lexicon, known: nil, [])
    }

    /// Takes a folded name apart, where another name has been already.
    ///
    /// A family shares most of its tokens; what is known of the other's need not be found again.
    mutating func read(
        _ folded: Span<UInt8>, _ lexicon: borrowing NameLexicon, known name: Span<UInt8>?,
        _ others: [NameToken]
    ) {
        tokens.removeAll(keepingCapacity: true)
        isRelatives = false
        var start = 0
        while start < folded.count, tokens.count < Self.countMax {
            var end = start
            while end < folded.count, folded[end] != ASCII.space { end += 1 }
            if end > start {
                let place = TextRange(start: start, count: end - start)
                if let name, let other = Self.index(of: folded, place, name, others) {
                    var token = others[other]
                    token.place = place
                    token.role = .given
                    tokens.append(token)
                } else {
                    add(folded, place, lexicon)
                }
            }
            start = end + 1
        }
        assignRoles()
    }

    /// The other name's token that is written the same.
    private static func index(
        of folded: Span<UInt8>, _ place: TextRange, _ name: Span<UInt8>, _ others: [NameToken]
    ) -> Int? {
        let text = folded.extracting(place.bytes)
        for index in others.indices
        where others[index].place.count == place.count
            && others[index].firstLetter == text[0]
            && name.extracting(others[index].place.bytes).equals(text)
        {
            return index
        }
        return nil
    }

    private mutating func add(
        _ folded: Span<UInt8>, _ place: TextRange, _ lexicon: borrowing NameLexicon
    ) {
        let text = folded.extracting(place.bytes)
        if text.count == 3, text[1] == UInt8(ascii: "/") {
            isRelatives = true
            return
        }
        let skeleton = TokenSkeleton(text, lexicon.pairs)
        let known = place.count > 1 ? lexicon.find(skeleton) : KnownName()
        var token = NameToken(
            place: place, firstLetter: text[0], skeleton: skeleton, known: known,
            endsInA: text[text.count - 1] == Letter.a)
        token.isInitial =
            place.count == 1
            || (place.count == 2 && !known.isKnown && Letter.isConsonant(text[0])
                && Letter.isConsonant(text[1]))
        tokens.append(token)
    }

    /// Says of each token what it does, from the lists first and the order of the tokens second.
    ///
    /// The first token that is not plainly a surname is the given name, unless the lists know only a
    /// later one as a given name: then both may be (Rajit Darshan, Gadikota Lakshman).
    private mutating func assignRoles() {
        var first: Int?
        var last: Int?
        for index in tokens.indices {
            let known = tokens[index].known
            if tokens[index].isInitial {
                tokens[index].role = .initial
            } else if known.isFiller, index > 0 || !known.isGiven || known.isSurname {
                tokens[index].role = .filler
            } else {
                tokens[index].role = .surname
                if first == nil { first = index }
                last = index
            }
        }
        guard let first, let last else { return assignRolesOfFillers() }
        var hasGiven = false
        for index in tokens.indices where tokens[index].role == .surname {
            let known = tokens[index].known
            if known.isGiven, !known.isSurname {
                tokens[index].role = hasGiven && index != first ? .middle : .given
                hasGiven = true
            } else if index == first, known.isGiven || !known.isSurname {
                tokens[index].role = .given
                hasGiven = known.isGiven
            } else if index != first, index != last, !known.isSurname {
                tokens[index].role = .middle
            }
        }
        // All are surnames by the lists: Rai Khatik, Mitra Sen. The first is the name.
        if !hasGiven, tokens[first].role == .surname { tokens[first].role = .given }
    }

    /// Rani Devi, Mohammed Ali, Ram Kumar: one of the words that go with any name is the name.
    private mutating func assignRolesOfFillers() {
        let name =
            tokens.firstIndex { $0.role == .filler && $0.known.isGiven }
            ?? tokens.firstIndex { $0.role == .filler }
        if let name { tokens[name].role = .given }
    }
}

extension TextRange {
    /// The places of its bytes.
    var bytes: Range<Int> { start..<start + count }
}
