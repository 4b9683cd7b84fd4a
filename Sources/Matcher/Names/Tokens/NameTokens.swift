/// The tokens of one name and its text, in memory that serves the next name too.
struct NameTokens: ~Copyable {
    /// Tokens beyond these are not compared.
    static let countMax = 12
    /// Bytes beyond these are not compared.
    static let bytesMax = NameFolding.bytesMax + 64

    private(set) var list = ScratchList<NameToken>(capacity: countMax)
    /// `B/O Rukmini`: the name is a relative's.
    private(set) var isRelatives = false
    /// Whether an alias or a relative stands behind the name, or may: then the tokens are not the name's
    /// alone.
    private(set) var hasMark = false
    /// How many bytes the name has.
    private(set) var bytes = 0
    /// Where the name begins within the folded text that it is a part of.
    private(set) var base = 0
    /// The text with zeros behind it, so that sixteen bytes can be read from anywhere in it.
    private(set) var text = TextArena(capacityBytes: bytesMax + 16)
    private let zeros = InlineArray<16, UInt8>(repeating: 0)

    init() {}

    var count: Int { list.count }

    @inline(__always)
    subscript(index: Int) -> NameToken { list[index] }

    /// Where the whole name stands in the text.
    var place: TextRange { TextRange(start: 0, count: bytes) }

    /// Takes a part of a folded name apart.
    ///
    /// - Complexity: O(bytes).
    mutating func read(_ folded: Span<UInt8>, _ part: Range<Int>, _ memo: inout TokenMemo) {
        list.removeAll()
        isRelatives = false
        // In what is left out there may be one.
        hasMark = part.count > Self.bytesMax
        base = part.lowerBound
        take(folded.extracting(part))
        var start = 0
        var offset = 0
        while offset < bytes {
            // One bit for each space among eight bytes; behind the name there are zeros, no space.
            let word = eight(from: offset) ^ 0x2020_2020_2020_2020
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            var spaces = ~((word & low) &+ low | word | low)
            while spaces != 0 {
                let end = offset &+ spaces.trailingZeroBitCount &>> 3
                if end > start { add(TextRange(start: start, count: end &- start), &memo) }
                start = end &+ 1
                spaces &= spaces &- 1
            }
            offset &+= 8
        }
        if start < bytes { add(TextRange(start: start, count: bytes - start), &memo) }
        assignRoles()
    }

    private mutating func take(_ folded: Span<UInt8>) {
        text.reset()
        bytes = min(folded.count, Self.bytesMax)
        _ = text.append(folded.extracting(first: bytes))
        _ = text.append(zeros.span)
    }

    @inline(__always)
    private func eight(from offset: Int) -> UInt64 {
        text.bytes(TextRange(start: offset, count: 8)).firstWord
    }

    /// The first sixteen bytes of a token, zeros behind a shorter one.
    @inline(__always)
    private func letters(_ place: TextRange) -> SIMD2<UInt64> {
        let low = eight(from: place.start)
        guard place.count > 8 else {
            return SIMD2(low & UInt64.max &>> UInt64(64 - 8 * place.count), 0)
        }
        let high = eight(from: place.start + 8)
        return place.count >= 16
            ? SIMD2(low, high)
            : SIMD2(low, high & UInt64.max &>> UInt64(128 - 8 * place.count))
    }

    private mutating func add(_ place: TextRange, _ memo: inout TokenMemo) {
        let letters = letters(place)
        if place.count == 3, letters[0] &>> 8 & 0xFF == UInt64(NameParts.relationMark) {
            if place.start == 0 { isRelatives = true } else { hasMark = true }
            return
        }
        if letters[0] & 0xFF == UInt64(NameParts.aliasMark) {
            hasMark = true
            return
        }
        // Behind the marks: an alias counts however many tokens stand in front of it.
        guard list.count < Self.countMax else { return }
        var token = Self.token(&memo, text, place, letters)
        token.place = place
        list.append(token)
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    @inline(__always)
    private static func token(
        _ memo: inout TokenMemo, _ text: borrowing TextArena, _ place: TextRange,
        _ letters: SIMD2<UInt64>
    ) -> NameToken {
        memo.token(text.bytes(place), letters)
    }

    /// Forgets the name.
    mutating func removeAll() {
        list.removeAll()
        bytes = 0
    }

    // MARK: Roles

    /// Says of each token what it does, from the lists first and the order of the tokens second.
    ///
    /// The first token that is not plainly a surname is the given name, unless the lists know only a
    /// later one as a given name: then both may be (Rajit Darshan, Gadikota Lakshman).
    private mutating func assignRoles() {
        var first: Int?
        var last: Int?
        for index in list.indices {
            let known = list[index].known
            if list[index].isInitial {
                list[index].role = .initial
            } else if known.isFiller, index > 0 || !known.isGiven || known.isSurname {
                list[index].role = .filler
            } else {
                list[index].role = .surname
                if first == nil { first = index }
                last = index
            }
        }
        guard let first, let last else { return assignRolesOfFillers() }
        var hasGiven = false
        for index in list.indices where list[index].role == .surname {
            let known = list[index].known
            if known.isGiven, !known.isSurname {
                list[index].role = hasGiven && index != first ? .middle : .given
                hasGiven = true
            } else if index == first, known.isGiven || !known.isSurname {
                list[index].role = .given
                hasGiven = known.isGiven
            } else if index != first, index != last, !known.isSurname {
                list[index].role = .middle
            }
        }
        guard !hasGiven, list[first].role == .surname else { return }
        // Mala Sharma, Rama Nair: a word that goes with any name, in front of a family's, is the name. Else all
        // are surnames by the lists: Rai Khatik, Mitra Sen. The first is the name.
        let isFillersName = list[0].role == .filler && list[0].known.isGiven
        list[isFillersName ? 0 : first].role = .given
    }

    /// Rani Devi, Mohammed Ali, Ram Kumar: one of the words that go with any name is the name.
    private mutating func assignRolesOfFillers() {
        var name: Int?
        // K Singh has another name, of which the K is all that is written; Singh K has not.
        let isBehindInitial = list.count > 0 && list[0].role == .initial
        for index in list.indices where list[index].role == .filler {
            if list[index].known.isGiven {
                name = index
                break
            }
            if name == nil, !isBehindInitial { name = index }
        }
        if let name { list[name].role = .given }
    }
}

extension TextRange {
    /// The places of its bytes.
    var bytes: Range<Int> { start..<start + count }
}
