internal import Matcher

/// A folded name in few bytes: five bits for each of its letters and spaces.
///
///     packed   number of letters, below 128 | five bits each, those of eight in five bytes
///     raw      0x80 and the highest bits of the number of bytes, its lowest eight bits | as they are
///
/// A name has one form: it is packed where it can be.
enum PackedName {
    /// The longest name that can be stored, in bytes.
    static let bytesMax = 0x7FFF
    private static let rawMark: UInt8 = 0x80
    private static let packedMax = 0x7F

    /// Whether the name at an offset is packed, where its letters or bytes begin, and how many there are.
    @inline(__always)
    static func head(
        at offset: Int, in bytes: borrowing Column<UInt8>
    ) -> (isPacked: Bool, start: Int, count: Int) {
        let head = bytes[offset]
        if head < rawMark { return (true, offset &+ 1, Int(head)) }
        return (false, offset + 2, Int(head & ~rawMark) << 8 | Int(bytes[offset + 1]))
    }

    /// Where what stands behind the name at an offset begins.
    @inline(__always)
    static func end(ofNameAt offset: Int, in bytes: borrowing Column<UInt8>) -> Int {
        let (isPacked, start, count) = head(at: offset, in: bytes)
        return start &+ (isPacked ? packedBytes(count) : count)
    }

    @inline(__always)
    private static func packedBytes(_ letters: Int) -> Int { (5 &* letters &+ 7) &>> 3 }

    /// How many bytes there have to be from the first letter on, where they are read in words.
    @inline(__always)
    static func readBytes(_ letters: Int) -> Int { packedBytes(letters) &+ 8 }

    /// Adds a name at the end of some bytes.
    @inline(__always)
    static func append(_ name: Span<UInt8>, to bytes: inout Column<UInt8>) {
        guard name.count <= packedMax else { return appendRaw(name, &bytes) }
        let written = unsafe bytes.append(atMost: 1 + packedBytes(packedMax) + 8) { target in
            guard unsafe write(name, to: target + 1) else { return 0 }
            unsafe target.storeBytes(of: UInt8(name.count), as: UInt8.self)
            return 1 &+ packedBytes(name.count)
        }
        if written == 0 { appendRaw(name, &bytes) }
    }

    /// Writes the letters of a name; what stands behind the last one is zeros, so that equal names are equal bytes.
    ///
    /// - Returns: whether all of them are in the alphabet.
    @inline(__always)
    private static func write(
        _ name: Span<UInt8>, to start: UnsafeMutableRawPointer
    ) -> Bool {
        var target = unsafe start
        var offset = 0
        while offset < name.count {
            let left = name.count &- offset
            let word = left >= 8 ? name.word(at: offset) : name.extracting(offset...).firstWord
            guard let codes = FiveBits.codes(of: word, count: left, .lower) else { return false }
            unsafe target.storeBytes(of: codes.littleEndian, as: UInt64.self)
            unsafe target = unsafe target + FiveBits.groupBytes
            offset &+= 8
        }
        return true
    }

    @inline(never)
    private static func appendRaw(_ name: Span<UInt8>, _ bytes: inout Column<UInt8>) {
        precondition(name.count <= bytesMax)
        bytes.append(rawMark | UInt8(name.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: name.count))
        bytes.append(text: name)
    }
}
