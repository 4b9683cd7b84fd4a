/// The letters of a folded name and those that its tokens begin with as two sets in one word: what a search by
/// name looks at first.
///
/// Letters that desks write for one another are one: c, k and q; b, v and w; j and z; f and p; e, i and y; o and
/// u; x is k and s. An a or an h says nothing but at the front. Made of letters alone, so that it costs next to
/// nothing for each row that is loaded.
@frozen public struct NameLetters: Equatable, Sendable, BitwiseCopyable {
    /// Consonants and two kinds of vowels in the low sixteen bits, first letters of tokens in the high ones.
    public let rawValue: UInt32

    /// The letters of no name.
    public static let none = NameLetters(rawValue: 0)

    /// Letters from their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The letters of a folded name, with those of its alias, without those of a relative behind it.
    ///
    /// - Complexity: O(bytes).
    public init(_ folded: Span<UInt8>) {
        var bits: UInt32 = 0
        /// What it was before the token's first letter.
        var before: UInt32 = 0
        var isFirst = true
        // The mark in front of a name that is a relative's is none of its letters.
        let isRelatives = folded.count > 3 && folded[1] == NameParts.relationMark
        for index in (isRelatives ? 3 : 0)..<folded.count {
            let letter = folded[index]
            // Here the name ends, and the letter in front of the mark is none of it.
            guard letter != NameParts.relationMark else {
                bits = before
                break
            }
            let letterBits = Self.bits(of: letter)
            if isFirst {
                before = bits
                bits |= letterBits << 16
            }
            bits |= letterBits & 0xAFFF
            isFirst = letter == ASCII.space
        }
        rawValue = bits
    }

    /// The sets of each token of a folded name, those of its alias and relative left out.
    ///
    /// - Parameters:
    ///   - folded: the name.
    ///   - list: where they are added.
    public static func tokens(of folded: Span<UInt8>, into list: inout ScratchList<NameLetters>) {
        let end = NameParts.nameCount(folded)
        var start = 0
        for index in 0...end where index == end || folded[index] == ASCII.space {
            let isMark = index > start + 1 && folded[start + 1] == NameParts.relationMark
            if index > start, !isMark {
                list.append(NameLetters(folded.extracting(start..<index)))
            }
            start = index + 1
        }
    }

    /// Twelve consonants, then a, e and its like, h, o and its like.
    @inline(__always)
    private static func bits(of letter: UInt8) -> UInt32 {
        let place = Int(letter) - 0x61
        guard place >= 0, place < 26 else { return 0 }
        return table[place]
    }

    private static let table: InlineArray<26, UInt32> = [
        1 << 12,  // a
        1 << 7,  // b
        1 << 0,  // c
        1 << 1,  // d
        1 << 13,  // e
        1 << 2,  // f
        1 << 3,  // g
        1 << 14,  // h
        1 << 13,  // i
        1 << 4,  // j
        1 << 0,  // k
        1 << 5,  // l
        1 << 6,  // m
        1 << 8,  // n
        1 << 15,  // o
        1 << 2,  // p
        1 << 0,  // q
        1 << 9,  // r
        1 << 10,  // s
        1 << 11,  // t
        1 << 15,  // u
        1 << 7,  // v
        1 << 7,  // w
        1 << 0 | 1 << 10,  // x
        1 << 13,  // y
        1 << 4,  // z
    ]
}
