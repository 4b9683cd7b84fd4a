internal import Matcher

/// Makes the letters of the names that are loaded.
///
/// Same as `NameLetters.init` for each name, with one look into a table for each letter.
struct LetterTable: ~Copyable {
    private static let space = UInt8(ascii: " ")
    /// Set for what is neither a letter nor a space: a mark may mean that what stands behind it does not count.
    private static let isOther: UInt64 = 1 << 32
    /// What a letter says that is not the first one of its token.
    private static let isInside: UInt64 = isOther | 0xFFFF

    /// For each byte the bits of a name that is this one letter, and `isOther`.
    private var table = Column<UInt64>(repeating: isOther, count: 256)

    init() {
        table[Int(Self.space)] = 0
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            let name = [letter]
            table[Int(letter)] = UInt64(NameLetters(name.span).rawValue)
        }
    }

    /// The letters of a folded name.
    ///
    /// - Complexity: O(bytes).
    @inline(__always)
    func letters(of name: Span<UInt8>) -> NameLetters {
        var bits: UInt64 = 0
        var mask = UInt64.max
        let table = unsafe table.pointer(to: 0, count: 256)
        for index in name.indices {
            let byte = name[index]
            bits |= unsafe table[Int(byte)] & mask
            mask = byte == Self.space ? UInt64.max : Self.isInside
        }
        guard bits & Self.isOther == 0 else { return NameLetters(name) }
        return NameLetters(rawValue: UInt32(truncatingIfNeeded: bits))
    }
}
