/// The bytes of simdjson's parsed form: the only place that reads them.
///
/// The tape is an array of words: the top 8 bits are a tag, the low 56 a payload. Each access is
/// checked against the ends of the two buffers, so that not even a node of another document can make
/// it read outside of them. Once for what is read together: a container's end for its members, a
/// string's place for its tag and for a literal that it is compared with.
///
/// - Source: simdjson, doc/tape.md.
@safe @usableFromInline struct JSONTape {
    /// The tags, which are ASCII characters.
    @usableFromInline enum Tag {
        @inlinable static var object: UInt8 { UInt8(ascii: "{") }
        @inlinable static var array: UInt8 { UInt8(ascii: "[") }
        @inlinable static var string: UInt8 { UInt8(ascii: "\"") }
        @inlinable static var signed: UInt8 { UInt8(ascii: "l") }
        @inlinable static var unsigned: UInt8 { UInt8(ascii: "u") }
        @inlinable static var double: UInt8 { UInt8(ascii: "d") }
        @inlinable static var yes: UInt8 { UInt8(ascii: "t") }
        @inlinable static var no: UInt8 { UInt8(ascii: "f") }
        @inlinable static var null: UInt8 { UInt8(ascii: "n") }
    }

    @usableFromInline let words: UnsafePointer<UInt64>
    @usableFromInline let wordCount: UInt32
    @usableFromInline let strings: UnsafePointer<UInt8>
    /// The last offset in `strings` that the length of a string may have.
    @usableFromInline let lastLength: UInt64
    /// The last one behind whose length so many bytes as a literal may have can be read.
    @usableFromInline let lastLiteral: UInt64

    /// The longest literal that strings are compared with in place.
    ///
    /// Behind the last string of a document there are at least simdjson's 64 bytes of padding.
    @inlinable static var literalMax: Int { 32 }

    /// Trusts that the buffers are readable for as long as the tape is used.
    ///
    /// - Parameters:
    ///   - words: readable below the index `wordCount`.
    ///   - wordCount: where the tape ends, in words; its last word is no value.
    ///   - strings: readable for `stringsCapacity` bytes.
    ///   - stringsCapacity: in bytes, at least four and a literal's.
    @unsafe init(
        words: UnsafePointer<UInt64>, wordCount: Int, strings: UnsafePointer<UInt8>,
        stringsCapacity: Int
    ) {
        unsafe self.words = unsafe words
        self.wordCount = UInt32(wordCount)
        unsafe self.strings = unsafe strings
        lastLength = UInt64(stringsCapacity - 4)
        lastLiteral = UInt64(stringsCapacity - 4 - Self.literalMax)
    }

    /// The tag of the word at an index.
    @inlinable @inline(__always)
    func tag(at index: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: word(at: index) >> 56) }

    /// The 64 bits of the number whose tag is at an index.
    @inlinable @inline(__always)
    func number(at index: UInt32) -> UInt64 {
        precondition(Int(index) + 1 < Int(wordCount), "a node outside of its document")
        return unsafe words[Int(index) + 1]
    }

    /// The index of the first word after the value at an index, whatever the value contains.
    @inlinable @inline(__always)
    func end(ofValueAt index: UInt32) -> UInt32 { end(of: word(at: index), at: index) }

    /// The same of a value whose word has been read.
    @inlinable @inline(__always)
    func end(of word: UInt64, at index: UInt32) -> UInt32 {
        let tag = UInt8(truncatingIfNeeded: word >> 56)
        if tag == Tag.string { return index &+ 1 }  // most values
        switch tag {
        case Tag.object, Tag.array: return UInt32(truncatingIfNeeded: word)
        case Tag.signed, Tag.unsigned, Tag.double: return index &+ 2
        default: return index &+ 1
        }
    }

    /// The unescaped bytes of the string at an index; nil for a value of another kind.
    @inlinable @inline(__always)
    @unsafe func string(at index: UInt32) -> UnsafeBufferPointer<UInt8>? {
        // Without a string's tag it would be an offset far beyond the end: one comparison for both.
        let offset = stringOffset(of: word(at: index))
        guard offset <= lastLength else { return nil }
        let count = unsafe length(at: offset)
        precondition(UInt64(count) <= lastLength &- offset, "a string outside of its document")
        return unsafe UnsafeBufferPointer(start: bytes(behindLengthAt: offset), count: count)
    }

    /// Whether a word is that of a string of exactly these bytes.
    @inlinable @inline(__always)
    func isString(_ word: UInt64, _ text: StaticString) -> Bool {
        precondition(text.utf8CodeUnitCount <= Self.literalMax)
        let offset = stringOffset(of: word)
        guard offset <= lastLiteral else { return false }
        return unsafe equalBytes(
            UnsafeBufferPointer(start: bytes(behindLengthAt: offset), count: length(at: offset)),
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Where a string's length and bytes stand; far beyond the end for a word of another kind.
    @inlinable @inline(__always)
    func stringOffset(of word: UInt64) -> UInt64 { word ^ UInt64(Tag.string) << 56 }

    /// The length that stands at an offset up to `lastLength`.
    @inlinable @inline(__always)
    @unsafe func length(at offset: UInt64) -> Int {
        let length = unsafe UnsafeRawPointer(bytes(behindLengthAt: offset) - 4)
            .loadUnaligned(as: UInt32.self)
        return Int(UInt32(littleEndian: length))
    }

    /// Where a string's bytes begin whose length stands at an offset up to `lastLength`.
    @inlinable @inline(__always)
    @unsafe func bytes(behindLengthAt offset: UInt64) -> UnsafePointer<UInt8> {
        unsafe strings + Int(truncatingIfNeeded: offset) + 4
    }

    @inlinable @inline(__always)
    func word(at index: UInt32) -> UInt64 {
        precondition(index < wordCount, "a node outside of its document")
        return unsafe words[Int(index)]
    }
}
