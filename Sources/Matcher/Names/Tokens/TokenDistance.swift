/// How unlike two skeletons are, where a likelier slip costs less.
///
/// In quarters of an edit: a whole consonant 4, a vowel that is left out or written for another 3, an a that
/// is left out 2, an h 1, letters that desks write for one another (b v, c s, e i, i j, o u) 2, letters of
/// one family (t d, k g, l r, m n, ...) 3, two neighbours swapped 4. In front, where names rhyme and
/// typists seldom slip, up to 3 more: 1 for what desks write for one another, but none for b and v, 2
/// within a family, nothing for a swap.
enum TokenDistance {
    /// What a token may differ by and still be the same with slips, in quarters of an edit.
    static func limit(shorter: Int) -> Int {
        switch shorter {
        case ...2: 0
        case 3: 2
        case 4: 4
        case 5: 5
        case 6, 7: 7
        default: 8
        }
    }

    /// The letters that edits of two quarters in all may touch: what another desk writes otherwise.
    static var softLetters: UInt32 {
        Letter.bit(Letter.h) | Letter.bit(Letter.a) | Letter.bit(Letter.e) | Letter.bit(Letter.i)
            | Letter.bit(Letter.o) | Letter.bit(Letter.u) | Letter.bit(Letter.b)
            | Letter.bit(Letter.v) | Letter.bit(Letter.c) | Letter.bit(Letter.s)
            | Letter.bit(Letter.j)
    }

    /// The cheapest way from one skeleton to the other; symmetric.
    ///
    /// - Returns: quarters of an edit, or nil when it would be more than the limit.
    /// - Complexity: O(letters²) of what stands between the common front and the common end, after a
    ///   look at the letters that occur.
    @inline(__always)
    static func quarters(
        _ a: borrowing TokenSkeleton, _ b: borrowing TokenSkeleton, limit: Int,
        front: UInt8 = 3
    ) -> Int? {
        // Tokens that do not share more letters than these are two, however cheap each edit would be.
        let unshared = a.mask ^ b.mask
        guard abs(a.count - b.count) <= 3, has(unshared, atMost: 4) else { return nil }
        // An edit takes away at most one that only this side has and one that only the other has.
        guard least(unshared & a.mask) <= limit, least(unshared & b.mask) <= limit else {
            return nil
        }
        return quartersBetween(a, b, limit, front)
    }

    /// The least that it costs to take away letters of which the other side has none.
    ///
    /// - Complexity: O(letters), few of them.
    @inline(__always)
    static func least(_ letters: UInt32) -> Int {
        var rest = letters
        var least: UInt64 = 0
        while rest != 0 {
            least &+= leastOfEach &>> UInt64(2 &* rest.trailingZeroBitCount) & 3
            rest &= rest &- 1
        }
        return Int(truncatingIfNeeded: least)
    }

    /// The quarters of the cheapest edit that takes a letter away, two bits for each letter's place in a
    /// set: 1 for an h, 2 for the other soft letters, 3 where it costs that or more.
    static let leastOfEach: UInt64 = 0xFFFF_EBBF_BFE9_FBAB

    /// Whether a set holds no more letters than these.
    @inline(__always)
    static func has(_ letters: UInt32, atMost count: Int) -> Bool {
        // Not a count of bits: the plainest processors of this kind have no instruction for it.
        var rest = letters
        for _ in 0..<count { rest &= rest &- 1 }
        return rest == 0
    }

    private static func quartersBetween(
        _ a: borrowing TokenSkeleton, _ b: borrowing TokenSkeleton, _ limit: Int, _ front: UInt8
    ) -> Int? {
        // What both begin and end with costs nothing: edits obey the triangle inequality, and no edit in
        // front is cheaper than the same one further on.
        var start = 0
        let shorter = min(a.count, b.count)
        while start < shorter, a.letters[start] == b.letters[start] { start += 1 }
        var rows = a.count
        var columns = b.count
        // One for the other is cheap in front too: what stands behind may be better left out (b for v,
        // and i for j, where leaving out the j in front costs more than the i behind it).
        let fronts = Letter.bit(a.letters[0]) | Letter.bit(b.letters[0])
        if start == 0,
            fronts == Letter.bit(Letter.b) | Letter.bit(Letter.v)
                || fronts == Letter.bit(Letter.i) | Letter.bit(Letter.j)
        {
            return quarters(a, 0..<rows, b, 0..<columns, limit, front)
        }
        var frontCost = 0
        if start == 0, shorter > 0 {
            // Something must happen in front; what is left of the limit must do for the rest.
            frontCost = Int(self.frontCost(a, b, front))
            let left = limit - frontCost
            guard left >= 0 else { return nil }
            let hard = (a.mask ^ b.mask) & ~softLetters
            let mine = hard & a.mask
            let theirs = hard & b.mask
            if left < 3, !has(mine, atMost: 1) || !has(theirs, atMost: 1) { return nil }
        }
        while rows > start, columns > start, a.letters[rows - 1] == b.letters[columns - 1] {
            rows -= 1
            columns -= 1
        }
        let (left, right) = (rows - start, columns - start)
        if start > 0, left <= 1, right <= 1 {
            let cost = quartersOfOne(a, left == 1, b, right == 1, at: start)
            return cost <= limit ? cost : nil
        }
        // What is left begins and ends with letters that differ: two edits, unless two neighbours are
        // swapped, and there is nothing else.
        if left > 0, right > 0, left + right > 2, left != 2 || right != 2 {
            let first = start > 0 ? edgeCost(a.letters[start], b.letters[start]) : frontCost
            let last = edgeCost(a.letters[rows - 1], b.letters[columns - 1])
            // These two take away no more than the letters there; the others that are not shared must go too.
            let edges = (
                Letter.bit(a.letters[start]) | Letter.bit(a.letters[rows - 1]),
                Letter.bit(b.letters[start]) | Letter.bit(b.letters[columns - 1])
            )
            let rest = max(
                least(a.mask & ~b.mask & ~edges.0), least(b.mask & ~a.mask & ~edges.1))
            guard first + last + rest <= limit else { return nil }
        }
        return quarters(a, start..<rows, b, start..<columns, limit, front)
    }

    /// The least that it costs where one letter stands here and another one there.
    @inline(__always)
    private static func edgeCost(_ mine: UInt8, _ theirs: UInt8) -> Int {
        let omitted = min(omission(mine, first: false, 0), omission(theirs, first: false, 0))
        let replaced = Replacements(mine).cost(ASCII.isLower(theirs) ? Letter.bit(theirs) : 0)
        return Int(min(omitted, replaced))
    }

    /// What the table says of at most one letter on each side, not in front.
    @inline(__always)
    private static func quartersOfOne(
        _ a: borrowing TokenSkeleton, _ hasMine: Bool, _ b: borrowing TokenSkeleton,
        _ hasTheirs: Bool, at place: Int
    ) -> Int {
        let mine = a.letters[place]
        let theirs = b.letters[place]
        guard hasMine else { return hasTheirs ? Int(omission(theirs, first: false, 0)) : 0 }
        guard hasTheirs else { return Int(omission(mine, first: false, 0)) }
        let replaced = Replacements(mine).cost(ASCII.isLower(theirs) ? Letter.bit(theirs) : 0)
        let omitted = omission(mine, first: false, 0) &+ omission(theirs, first: false, 0)
        return Int(min(replaced, omitted))
    }

    /// The least that two skeletons cost of which the first letters differ.
    @inline(__always)
    private static func frontCost(
        _ a: borrowing TokenSkeleton, _ b: borrowing TokenSkeleton, _ front: UInt8
    ) -> UInt8 {
        let (mine, theirs) = (a.letters[0], b.letters[0])
        let seconds = (a.letters[1], b.letters[1])
        let isSwapped = mine == seconds.1 && theirs == seconds.0
        let omitted = min(
            omission(mine, first: true, front), omission(theirs, first: true, front))
        let least = min(omitted, replacementInFront(mine, theirs))
        return isSwapped ? min(least, 4) : least
    }

    /// The whole table, of the letters in the given places alone.
    static func quarters(
        _ a: borrowing TokenSkeleton, _ rows: Range<Int>, _ b: borrowing TokenSkeleton,
        _ columns: Range<Int>, _ limit: Int, _ front: UInt8
    ) -> Int? {
        // Three rows of the table, which take turns.
        var table = InlineArray<75, UInt8>(repeating: 0)
        var before = 50
        var previous = 25
        var current = 0
        // The other's letters, what each costs to leave out, and its place in sets of letters.
        var letters = InlineArray<24, UInt8>(repeating: 0)
        var omissions = InlineArray<24, UInt8>(repeating: 0)
        var bits = InlineArray<24, UInt32>(repeating: 0)
        for column in columns {
            let theirs = b.letters[column]
            letters[column] = theirs
            omissions[column] = omission(theirs, first: column == 0, front)
            bits[column] = ASCII.isLower(theirs) ? Letter.bit(theirs) : 0
            table[previous &+ column &+ 1] = table[previous &+ column] &+ omissions[column]
        }
        var leastBefore: UInt8 = 0
        var mineBefore: UInt8 = 0
        for row in rows {
            let mine = a.letters[row]
            let omitted = omission(mine, first: row == 0, front)
            let replacements = Replacements(mine)
            var cost = table[previous &+ columns.lowerBound] &+ omitted
            table[current &+ columns.lowerBound] = cost
            var least = cost
            var theirsBefore: UInt8 = 0
            for column in columns {
                let theirs = letters[column]
                let diagonal = table[previous &+ column]
                // In turn: left out there, left out here, one for the other.
                cost = min(
                    cost &+ omissions[column], table[previous &+ column &+ 1] &+ omitted)
                if mine == theirs {
                    cost = min(cost, diagonal)
                } else if row | column == 0 {
                    cost = min(cost, diagonal &+ replacementInFront(mine, theirs))
                } else {
                    cost = min(cost, diagonal &+ replacements.cost(bits[column]))
                }
                if mine == theirsBefore, theirs == mineBefore {
                    cost = min(cost, table[before &+ column &- 1] &+ 4)
                }
                theirsBefore = theirs
                table[current &+ column &+ 1] = cost
                least = min(least, cost)
            }
            // Two neighbours swapped reach back over one row.
            guard Int(min(least, leastBefore &+ 4)) <= limit else { return nil }
            leastBefore = least
            mineBefore = mine
            (before, previous, current) = (previous, current, before)
        }
        let cost = Int(table[previous &+ columns.upperBound])
        return cost <= limit ? cost : nil
    }

    /// What it costs to write another letter for one, anywhere but in front.
    private struct Replacements {
        private let partners: UInt32
        /// The letters of its family, and all vowels for a vowel.
        private let kin: UInt32

        @inline(__always)
        init(_ letter: UInt8) {
            partners = TokenDistance.partners(letter)
            kin =
                Letter.isVowel(letter)
                ? TokenDistance.family(letter) | Letter.vowels : TokenDistance.family(letter)
        }

        /// What the other letter costs, of which the place in a set is given; 0 for no Latin letter.
        @inline(__always)
        func cost(_ other: UInt32) -> UInt8 {
            partners & other != 0 ? 2 : kin & other != 0 ? 3 : 4
        }
    }

    @inline(__always)
    private static func omission(_ letter: UInt8, first: Bool, _ front: UInt8) -> UInt8 {
        let extra: UInt8 = first ? front : 0
        switch letter {
        case Letter.h: return 1 + extra
        case Letter.a: return 2 + extra
        case Letter.e, Letter.i, Letter.o, Letter.u: return 3 + extra
        default: return 4 + extra
        }
    }

    @inline(__always)
    private static func replacementInFront(_ a: UInt8, _ b: UInt8) -> UInt8 {
        let cost = Replacements(a).cost(ASCII.isLower(b) ? Letter.bit(b) : 0)
        // Bikram is Vikram, in front as well.
        if cost == 2 { return a == Letter.b || a == Letter.v ? 2 : 3 }
        return cost + (family(a) & Letter.bit(b) != 0 && ASCII.isLower(b) ? 2 : 3)
    }

    /// The letters that another desk writes for one.
    @inline(__always)
    private static func partners(_ letter: UInt8) -> UInt32 {
        switch letter {
        case Letter.b: Letter.bit(Letter.v)
        case Letter.v: Letter.bit(Letter.b)
        case Letter.e: Letter.bit(Letter.i)
        case Letter.i: Letter.bit(Letter.e) | Letter.bit(Letter.j)
        case Letter.j: Letter.bit(Letter.i)
        case Letter.o: Letter.bit(Letter.u)
        case Letter.u: Letter.bit(Letter.o)
        case Letter.c: Letter.bit(Letter.s)
        case Letter.s: Letter.bit(Letter.c)
        default: 0
        }
    }

    /// The letters that are taken for one: voiced and unvoiced, and those of one place in the mouth.
    @inline(__always)
    private static func family(_ letter: UInt8) -> UInt32 {
        switch letter {
        case Letter.d: Letter.bit(Letter.t)
        case Letter.t: Letter.bit(Letter.d)
        case Letter.g: Letter.bit(Letter.k) | Letter.bit(Letter.j)
        case Letter.k: Letter.bit(Letter.g) | Letter.bit(Letter.c)
        case Letter.b: Letter.bit(Letter.p)
        case Letter.p: Letter.bit(Letter.b) | Letter.bit(Letter.f)
        case Letter.m: Letter.bit(Letter.n)
        case Letter.n: Letter.bit(Letter.m)
        case Letter.f: Letter.bit(Letter.p)
        case Letter.c: Letter.bit(Letter.k)
        case Letter.l: Letter.bit(Letter.r)
        case Letter.r: Letter.bit(Letter.l)
        case Letter.j: Letter.bit(Letter.g) | Letter.bit(Letter.s)
        case Letter.s: Letter.bit(Letter.j)
        case Letter.u: Letter.bit(Letter.v)
        case Letter.o: Letter.bit(Letter.v)
        case Letter.v: Letter.bit(Letter.u) | Letter.bit(Letter.o)
        default: 0
        }
    }
}
