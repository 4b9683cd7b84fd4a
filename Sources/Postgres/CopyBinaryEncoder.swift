/// Writes the rows of a binary COPY into a buffer.
///
/// The order of calls: `beginRow`, one append for each field, and so on; `appendTrailer` at the end. The
/// header stands there from the start.
///
/// - Source: PostgreSQL manual, "COPY", section "Binary Format".
package struct CopyBinaryEncoder {
    /// What has not been taken away yet.
    package private(set) var bytes: [UInt8] = []

    private let fieldCount: Int
    /// Fields that the row begun last still needs.
    private var fieldsLeft = 0

    /// "PGCOPY\n\377\r\n\0", no flags, no extension.
    private static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)

    /// An encoder whose buffer holds the stream's header.
    ///
    /// - Parameter fieldCount: how many fields each row has, 0...32767.
    package init(fieldCount: Int) {
        precondition((0...Int(Int16.max)).contains(fieldCount), "no row has so many fields")
        self.fieldCount = fieldCount
        bytes.append(contentsOf: Self.header)
    }

    /// Whether the bytes end where a row does.
    package var isBetweenRows: Bool { fieldsLeft == 0 }

    /// Starts the next row.
    package mutating func beginRow() {
        precondition(fieldsLeft == 0, "the row before lacks fields")
        fieldsLeft = fieldCount
        append(bigEndian: Int16(fieldCount))
    }

    /// Adds a field in its type's binary form; that of a text is its UTF-8.
    ///
    /// - Parameter value: at most 1 GiB.
    package mutating func append(_ value: Span<UInt8>) {
        takeField()
        append(bigEndian: Int32(value.count))
        unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Adds a `bigint`.
    package mutating func append(bigint value: Int64) {
        takeField()
        append(bigEndian: Int32(8))
        append(bigEndian: value)
    }

    /// Adds SQL NULL.
    package mutating func appendNull() {
        takeField()
        append(bigEndian: Int32(-1))
    }

    /// Ends the stream.
    package mutating func appendTrailer() {
        precondition(fieldsLeft == 0, "the last row lacks fields")
        append(bigEndian: Int16(-1))
    }

    /// Forgets the bytes, which have been sent.
    package mutating func removeBytes() { bytes.removeAll(keepingCapacity: true) }

    private mutating func takeField() {
        precondition(fieldsLeft > 0, "the row has all its fields")
        fieldsLeft -= 1
    }

    private mutating func append<Word: FixedWidthInteger>(bigEndian word: Word) {
        var shift = Word.bitWidth
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
        }
    }
}
