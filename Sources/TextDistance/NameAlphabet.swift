/// The bytes that names are made of, as codes of five bits for folded names and six for others.
///
/// 1...26 are `a` to `z`, 27 the space between tokens, 28 and 29 the marks `@` (alias) and `/` (relative), 30
/// and 31 the digits 1 and 2 (twins): a folded name has hardly any other byte. 32...63 are what names as they were
/// written have besides: the point, `A` to `Z`, and five more marks. 0 stands behind a name's last letter. Names
/// with any other byte are compared too, one by one.
enum NameAlphabet {
    /// The number of codes, 0 included.
    static let codes = 64
    /// The greatest code of five bits.
    static let foldedMax: UInt8 = 31

    private static let smallA = UInt8(ascii: "a")
    private static let capitalA = UInt8(ascii: "A")
    /// The bytes of the codes that are not letters, as pairs.
    private static let marks: InlineArray<11, (byte: UInt8, code: UInt8)> = [
        (UInt8(ascii: " "), 27), (UInt8(ascii: "@"), 28), (UInt8(ascii: "/"), 29),
        (UInt8(ascii: "1"), 30), (UInt8(ascii: "2"), 31), (UInt8(ascii: "."), 32),
        (UInt8(ascii: "'"), 59), (UInt8(ascii: "-"), 60), (UInt8(ascii: ","), 61),
        (UInt8(ascii: "("), 62), (UInt8(ascii: ")"), 63),
    ]

    /// The code of a byte, 1...63; 0 for a byte that has none.
    @inline(__always)
    static func code(of byte: UInt8) -> UInt8 {
        if byte &- smallA < 26 { return byte &- smallA + 1 }
        if byte &- capitalA < 26 { return byte &- capitalA + 33 }
        for index in marks.indices where marks[index].byte == byte { return marks[index].code }
        return 0
    }

    /// The byte of a code, 1...63.
    static func byte(of code: UInt8) -> UInt8 {
        if code &- 1 < 26 { return smallA + code - 1 }
        if code &- 33 < 26 { return capitalA + code - 33 }
        for index in marks.indices where marks[index].code == code { return marks[index].byte }
        preconditionFailure("a code that no byte has")
    }
}
