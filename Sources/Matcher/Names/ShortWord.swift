/// A word of at most eight bytes as one number, so that a list of words is a list of numbers.
struct ShortWord: Equatable, BitwiseCopyable {
    /// The bytes, the first one lowest, and zeros behind them.
    let packed: UInt64

    /// A token's word; one that is longer, or holds NUL, is no word of ours and equals none.
    @inline(__always)
    init(_ token: Span<UInt8>) {
        var packed: UInt64 = 0
        if token.count <= 8 {
            var index = token.count
            while index > 0 {
                index -= 1
                packed = packed << 8 | UInt64(token[index])
            }
        }
        self.packed = packed
    }

    /// A word of ours.
    init(_ word: StaticString) {
        precondition(1...8 ~= word.utf8CodeUnitCount, "a word of one to eight bytes")
        self = word.withUTF8Buffer { bytes in unsafe ShortWord(bytes.span) }
    }

    /// Whether it is one of a list.
    @inline(__always)
    func isOne(of words: [ShortWord]) -> Bool {
        for index in words.indices where words[index] == self { return true }
        return false
    }
}
