/// The plain letters under Latin letters with diacritics, as passports print them.
enum LatinBase {
    /// Hands over the plain letters, in lower case, of a scalar of Latin-1 Supplement, Latin
    /// Extended-A or Latin Extended Additional (ISO 15919's dotted letters are there).
    ///
    /// - Returns: whether the scalar has any.
    static func write(_ scalar: Unicode.Scalar, _ take: (UInt8) -> Void) -> Bool {
        let letter: UInt8
        switch scalar.value {
        case 0xC0...0x17F: letter = unsafe common.utf8Start[Int(scalar.value) - 0xC0]
        case 0x1E00...0x1EFF: letter = unsafe additional.utf8Start[Int(scalar.value) - 0x1E00]
        default: return false
        }
        switch letter {
        case UInt8(ascii: "."): return false
        case UInt8(ascii: "A"): both("a", "e", take)
        case UInt8(ascii: "O"): both("o", "e", take)
        case UInt8(ascii: "S"): both("s", "s", take)
        case UInt8(ascii: "T"): both("t", "h", take)
        default: take(letter)
        }
        return true
    }

    private static func both(
        _ first: Unicode.Scalar, _ second: Unicode.Scalar, _ take: (UInt8) -> Void
    ) {
        take(UInt8(ascii: first))
        take(UInt8(ascii: second))
    }

    // One letter for each scalar: the first of its canonical decomposition. A point where there is
    // none, capitals for pairs: A ae, O oe, S ss, T th.

    /// U+00C0 to U+017F.
    private static let common: StaticString = """
        aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy\
        aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiiii..jjkk.llllll.\
        .llnnnnnn...ooooooOOrrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz.
        """
    /// U+1E00 to U+1EFF.
    private static let additional: StaticString = """
        aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
        mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
        wwwwwwwwwwxxxxyyzzzzzzhtwy....S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
        eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......
        """
}
