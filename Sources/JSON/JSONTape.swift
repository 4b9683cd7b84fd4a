/// The bytes of simdjson's parsed form: the only place that reads them.
///
/// The tape is an array of words: the top 8 bits are a tag, the low 56 a payload. Each access is
/// checked against the ends of the two buffers, so that not even a node of another document can make
/// it read outside of them.
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
    @usableFromInline let stringsCapacity: Int

    /// Trusts that the buffers are readable for as long as the tape is used.
    ///
    /// - Parameters:
    ///   - words: readable below the index `wordCount`.
    ///   - wordCount: where the tape ends, in words; its last word is no value.
    ///   - strings: readable for `stringsCapacity` bytes.
    ///   - stringsCapacity: in bytes, >= 4.
    @unsafe init(
        words: UnsafePointer<UInt64>, wordCount: Int, strings: UnsafePointer<UInt8>,
        stringsCapacity: Int
    ) {
        unsafe self.words = unsafe words
        self.wordCount = UInt32(wordCount)
        unsafe self.strings = unsafe strings
        self.stringsCapacity = stringsCapacity
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
    func end(ofValueAt index: UInt32) -> UInt32 {
        let word = word(at: index)
        let tag = UInt8(truncatingIfNeeded: word >> 56)
        if tag == Tag.string { return index + 1 }  // most values
        switch tag {
        case Tag.object, Tag.array: return UInt32(truncatingIfNeeded: word)
        case Tag.signed, Tag.unsigned, Tag.double: return index + 2
        default: return index + 1
        }
    }

    /// The unescaped bytes of the string at an index, whose tag must be that of a string.
    @inlinable @inline(__always)
    @unsafe func string(at index: UInt32) -> UnsafeBufferPointer<UInt8> {
        let offset = Int(word(at: index) & 0x00FF_FFFF_FFFF_FFFF)
        precondition(offset <= stringsCapacity - 4, "a string outside of its document")
        let length = unsafe UnsafeRawPointer(strings + offset).loadUnaligned(as: UInt32.self)
        let count = Int(UInt32(littleEndian: length))
        precondition(count <= stringsCapacity - 4 - offset, "a string outside of its document")
        return unsafe UnsafeBufferPointer(start: strings + (offset + 4), count: count)
    }

    /// Whether the value at an index is a string of exactly these bytes.
    @inlinable @inline(__always)
    func isString(at index: UInt32, _ text: StaticString) -> Bool {
        guard tag(at: index) == Tag.string else { return false }
        return unsafe equalBytes(
            string(at: index),
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable @inline(__always)
    func word(at index: UInt32) -> UInt64 {
        precondition(index < wordCount, "a node outside of its document")
        return unsafe words[Int(index)]
    }
}
