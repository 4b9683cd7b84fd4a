/// Whether tokens are others written in one piece.
enum JoinedTokens {
    /// The two free tokens that a token is made of.
    ///
    /// - Parameters:
    ///   - whole: the token.
    ///   - tokens: the other name's.
    ///   - firsts: which of them may be the first one.
    ///   - free: which of them have no partner.
    ///   - memo: what the lists know.
    /// - Returns: the places of both, in the order in which they are joined.
    static func parts(
        of whole: NameToken, in tokens: borrowing NameTokens, firsts: UInt64, free: UInt64,
        _ memo: borrowing TokenMemo
    ) -> (Int, Int)? {
        let bytes = whole.place.count
        guard bytes > 3 else { return nil }
        var rest = firsts
        while rest != 0 {
            let first = rest.trailingZeroBitCount
            rest &= rest &- 1
            // Look before building a skeleton: most tokens cannot be joined to this one.
            guard tokens[first].skeleton.letters[0] == whole.skeleton.letters[0] else { continue }
            let missing = bytes &- tokens[first].place.count
            var others = free & ~(1 &<< UInt64(first))
            while others != 0 {
                let second = others.trailingZeroBitCount
                others &= others &- 1
                guard abs(missing &- tokens[second].place.count) <= bytesApart,
                    areParts(tokens[first], tokens[second], of: whole, tokens, memo)
                else { continue }
                return (first, second)
            }
        }
        return nil
    }

    /// Whether the tokens of a name are asked first what they are made of: those of the name with the
    /// longest free token, else of the longer name, else of the one that comes first by its letters.
    static func comesFirst(
        _ name: borrowing NameTokens, _ sizes: FreeSizes, before other: borrowing NameTokens,
        _ others: FreeSizes
    ) -> Bool {
        guard sizes.longest == others.longest else { return sizes.longest > others.longest }
        guard name.bytes == other.bytes else { return name.bytes > other.bytes }
        let mine = name.text(name.place)
        let theirs = other.text(other.place)
        for offset in mine.indices where mine[offset] != theirs[offset] {
            return mine[offset] < theirs[offset]
        }
        return false
    }

    private static func areParts(
        _ first: NameToken, _ second: NameToken, of whole: NameToken,
        _ tokens: borrowing NameTokens, _ memo: borrowing TokenMemo
    ) -> Bool {
        // Look at the letters before they are joined: a slip takes one of them away, no more.
        let missing = whole.skeleton.mask & ~(first.sounds | second.sounds)
        guard TokenDistance.least(missing) <= quartersMax else { return false }
        // And the other way round, unless letters that are too many would be cut off.
        let surplus =
            (first.written | second.written) & TokenSkeleton.plainLetters & ~whole.skeleton.mask
        guard
            TokenDistance.least(surplus) <= quartersMax
                || whole.skeleton.count + 3 >= TokenSkeleton.lettersWhole
        else { return false }
        return areSame(joined(first, second, tokens, memo), whole.skeleton)
    }

    /// What two tokens sound like in one piece.
    static func joined(
        _ first: NameToken, _ second: NameToken, _ tokens: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) -> TokenSkeleton {
        var letters = JoinedLetters()
        letters.append(tokens.text(first.place))
        letters.append(tokens.text(second.place))
        return letters.skeleton(memo)
    }

    /// By how many bytes a token may be longer or shorter than what it is made of.
    static let bytesApart = 2

    /// What two texts without spaces that are one with a slip may differ by, in quarters of an edit.
    private static let quartersMax = 3

    /// Whether two texts without spaces are one with a slip.
    ///
    /// A vowel more would be another name: Ramsingh is Ram Singh, and not Ramesh Singh.
    private static func areSame(_ a: TokenSkeleton, _ b: TokenSkeleton) -> Bool {
        a.equals(b)
            || TokenDistance.quarters(a, b, limit: a.count == b.count ? quartersMax : 2) != nil
    }

    /// Where both parts stand, if they stand side by side; else the first.
    static func place(_ a: TextRange, _ b: TextRange) -> TextRange {
        let first = a.start < b.start ? a : b
        let second = a.start < b.start ? b : a
        guard first.start + first.count + 1 == second.start else { return a }
        return TextRange(start: first.start, count: first.count + 1 + second.count)
    }

    /// The same letters with the spaces elsewhere.
    static func areSameLetters(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens,
        _ memo: borrowing TokenMemo
    ) -> Bool {
        guard mayBeSameLetters(query, candidate), query.count + candidate.count > 2,
            !isOneTokenEach(query, candidate), mayBeSame(query, candidate)
        else { return false }
        let mine = skeleton(query, memo)
        let theirs = skeleton(candidate, memo)
        return min(mine.count, theirs.count) >= 6 && areSame(mine, theirs)
    }

    /// Whether they may be, by their sizes and first letters.
    @inline(__always)
    static func mayBeSameLetters(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) -> Bool {
        UInt(bitPattern: query.bytes &- candidate.bytes &+ 3) <= 6
            && query[0].skeleton.letters[0] == candidate[0].skeleton.letters[0]
    }

    /// Whether two names may be the same letters but for a slip, by those that sound like themselves alone.
    private static func mayBeSame(
        _ query: borrowing NameTokens, _ candidate: borrowing NameTokens
    ) -> Bool {
        let (mine, theirs) = (NameLetterSets(query), NameLetterSets(candidate))
        return TokenDistance.least(mine.plain & ~theirs.sounds) <= quartersMax
            && TokenDistance.least(theirs.plain & ~mine.sounds) <= quartersMax
    }

    /// What a name sounds like in one piece: what a letter stands for depends on its neighbours.
    private static func skeleton(
        _ name: borrowing NameTokens, _ memo: borrowing TokenMemo
    ) -> TokenSkeleton {
        var letters = JoinedLetters()
        letters.append(name.text(name.place))
        return letters.skeleton(memo)
    }

    private static func isOneTokenEach(
        _ a: borrowing NameTokens, _ b: borrowing NameTokens
    ) -> Bool {
        // As many tokens on both sides are compared one by one, unless a space has moved.
        guard a.count == b.count else { return false }
        for index in 0..<a.count where abs(a[index].place.count - b[index].place.count) > 1 {
            return false
        }
        return true
    }

    /// Whether one of two tokens is the other's given name and a word that goes with it.
    static func areLeading(
        _ mine: Int, _ theirs: Int, _ query: borrowing NameTokens,
        _ candidate: borrowing NameTokens, _ memo: borrowing TokenMemo
    ) -> Bool {
        let bytes = query[mine].place.count
        let others = candidate[theirs].place.count
        guard
            bytes > others ? candidate.roles[theirs] == .given : query.roles[mine] == .given
        else { return false }
        let text = query.text(query[mine].place)
        let other = candidate.text(candidate[theirs].place)
        return bytes > others ? isMade(text, of: other, memo) : isMade(other, of: text, memo)
    }

    private static func isMade(
        _ whole: Span<UInt8>, of part: Span<UInt8>, _ memo: borrowing TokenMemo
    ) -> Bool {
        let rest = whole.count - part.count
        let isFront = whole.extracting(0..<part.count).equals(part)
        guard isFront || whole.extracting(rest..<whole.count).equals(part) else { return false }
        let other =
            isFront ? whole.extracting(part.count..<whole.count) : whole.extracting(0..<rest)
        let known = memo.known(other)
        return known.isFiller || (known.isSurname && isFront)
    }
}

/// What letters a whole name sounds like in one piece.
struct NameLetterSets {
    /// It has all of these.
    private(set) var plain: UInt32 = 0
    /// It has no others.
    private(set) var sounds: UInt32 = 0

    init(_ name: borrowing NameTokens) {
        var written: UInt32 = 0
        for index in 0..<name.count {
            written |= name[index].written
            sounds |= name[index].sounds
        }
        // Of a longer one letters are cut off; an x sounds like two.
        let isWhole = name.bytes < TokenSkeleton.lettersMax && written & Letter.bit(Letter.x) == 0
        plain = isWhole ? written & TokenSkeleton.plainLetters : 0
    }
}

/// How long the free tokens of a name are, to see at once that none is made of others.
struct FreeSizes {
    private(set) var longest = 0
    private var shortest = 1 << 20
    /// Of the two shortest; more than any name where there are no two.
    private var leastSum = 2 << 20

    /// The sizes of no token.
    init() {}

    @inline(__always)
    init(_ tokens: borrowing NameTokens, _ free: UInt64) {
        var rest = free
        while rest != 0 {
            add(tokens[rest.trailingZeroBitCount].place.count)
            rest &= rest &- 1
        }
    }

    /// Adds a token of so many bytes.
    @inline(__always)
    mutating func add(_ size: Int) {
        longest = max(longest, size)
        leastSum = min(leastSum, size &+ shortest)
        shortest = min(shortest, size)
    }

    /// Whether two of them may be one token of so many bytes.
    @inline(__always)
    func mayMake(_ bytes: Int) -> Bool { leastSum <= bytes &+ JoinedTokens.bytesApart }

    /// Whether one of them may begin or end with one of the other name, or the other way round.
    @inline(__always)
    func mayLead(_ other: FreeSizes) -> Bool {
        max(longest &- other.shortest, other.longest &- shortest) >= 3
            && max(longest, other.longest) >= 7
    }
}

/// The first letters of a text without its spaces.
private struct JoinedLetters {
    private var letters = InlineArray<64, UInt8>(repeating: 0)
    private var count = 0

    mutating func append(_ text: Span<UInt8>) {
        for index in text.indices where count < 64 && text[index] != ASCII.space {
            letters[count] = text[index]
            count += 1
        }
    }

    func skeleton(_ memo: borrowing TokenMemo) -> TokenSkeleton {
        memo.skeleton(letters.span.extracting(0..<count))
    }
}
