/// The 31 bytes that folded names are made of, as codes of five bits.
///
/// 1...26 are `a` to `z`, 27 the space between tokens, 28 and 29 the marks `@` (alias) and `/` (relative), 30
/// and 31 the digits 1 and 2 (twins). 0 stands behind a name's last letter. Names with any other byte
/// are compared too, one by one.
enum NameAlphabet {
    /// The number of codes, 0 included.
    static let codes = 32

    /// The code of a byte, 1...31; 0 for a byte that has none.
    @inline(__always)
    static func code(of byte: UInt8) -> UInt8 {
        let letter = byte &- UInt8(ascii: "a")
        if letter < 26 { return letter + 1 }
        return switch byte {
        case UInt8(ascii: " "): 27
        case UInt8(ascii: "@"): 28
        case UInt8(ascii: "/"): 29
        case UInt8(ascii: "1"): 30
        case UInt8(ascii: "2"): 31
        default: 0
        }
    }

    /// The byte of a code, 1...31.
    static func byte(of code: UInt8) -> UInt8 {
        switch code {
        case 27: UInt8(ascii: " ")
        case 28: UInt8(ascii: "@")
        case 29: UInt8(ascii: "/")
        case 30: UInt8(ascii: "1")
        case 31: UInt8(ascii: "2")
        default: UInt8(ascii: "a") + code - 1
        }
    }
}
