/// Where a field's bytes lie in the window that was parsed.
struct FieldExtent: Equatable {
    /// The offset of the first byte.
    var start: Int
    /// How many bytes; -1 for SQL NULL.
    var byteCount: Int
}

/// Finds rows in the bytes of a binary COPY: bytes in, offsets out, no byte is copied.
///
/// It reads a window that begins with the first byte not yet consumed and ends anywhere. All
/// lengths come from outside and are checked against the window before use.
///
/// - Source: PostgreSQL manual, "COPY", section "Binary Format".
struct CopyTupleParser {
    /// What the parser came to.
    enum Step: Equatable {
        /// The window ends before the next row does.
        case needsBytes
        /// `extents` tells where the fields of a row lie.
        case row
        /// The trailer was read, and nothing follows it so far.
        case end
    }

    private enum Phase: Equatable { case header, headerExtension(bytesLeft: Int), rows, ended }

    // "PGCOPY\n\377\r\n\0" as two overlapping words, which is how it is compared.
    private static let signatureHead: UInt64 = 0x5047_434F_5059_0AFF
    private static let signatureTail: UInt32 = 0xFF0D_0A00
    private static let headerBytes = 19
    /// The server allocates no more than this for one value.
    private static let fieldBytesMax = 0x3FFF_FFFF

    /// The fields of the row last found.
    private(set) var extents: [FieldExtent]
    /// How many bytes of the window have been consumed.
    private(set) var position = 0
    private var phase = Phase.header
    private var consumedBefore = 0

    /// - Parameter fieldCount: how many fields each row has, 0 or more.
    init(fieldCount: Int) {
        extents = Array(repeating: FieldExtent(start: 0, byteCount: -1), count: fieldCount)
    }

    /// Whether the trailer was read.
    var hasEnded: Bool { phase == .ended }

    /// How many bytes of the whole stream have been consumed.
    var streamOffset: Int { consumedBefore + position }

    /// Says that the window's first `position` bytes have been taken away.
    mutating func dropConsumed() {
        consumedBefore += position
        position = 0
    }

    /// Reads up to the end of the next row.
    ///
    /// - Parameter window: bytes of the stream from the first one not yet dropped.
    /// - Returns: `needsBytes` has consumed nothing of the row, so the window must keep its bytes.
    /// - Throws: `protocolViolation`; after that the stream cannot be read on.
    /// - Complexity: O(fields), whatever their lengths.
    mutating func advance(in window: RawSpan) throws(PostgresError) -> Step {
        while true {
            switch phase {
            case .rows:
                return try readRow(in: window)
            case .header:
                guard try readHeader(in: window) else { return .needsBytes }
            case .headerExtension(let bytesLeft):
                let skipped = min(bytesLeft, window.byteCount - position)
                position += skipped
                guard skipped == bytesLeft else {
                    phase = .headerExtension(bytesLeft: bytesLeft - skipped)
                    return .needsBytes
                }
                phase = .rows
            case .ended:
                guard position == window.byteCount else { throw violation(.bytesAfterTrailer, 0) }
                return .end
            }
        }
    }

    private mutating func readHeader(in window: RawSpan) throws(PostgresError) -> Bool {
        guard window.byteCount - position >= Self.headerBytes else { return false }
        guard bigEndian(window, position, UInt64.self) == Self.signatureHead,
            bigEndian(window, position + 7, UInt32.self) == Self.signatureTail
        else { throw violation(.signature, 0) }
        // Bits 0-15 may be ignored; 16 announces object identifiers (gone since PostgreSQL 12), the
        // others are unknown.
        guard bigEndian(window, position + 11, UInt32.self) >> 16 == 0 else {
            throw violation(.unknownFlags, 11)
        }
        let extensionBytes = bigEndian(window, position + 15, Int32.self)
        guard extensionBytes >= 0 else { throw violation(.extensionLength, 15) }
        position += Self.headerBytes
        phase = .headerExtension(bytesLeft: Int(extensionBytes))
        return true
    }

    private mutating func readRow(in window: RawSpan) throws(PostgresError) -> Step {
        let end = window.byteCount
        guard end - position >= 2 else { return .needsBytes }
        let found = Int(bigEndian(window, position, Int16.self))
        guard found == extents.count else {
            guard found == -1 else {
                throw violation(.fieldCount(found: found, expected: extents.count), 0)
            }
            position += 2
            phase = .ended
            guard position == end else { throw violation(.bytesAfterTrailer, 0) }
            return .end
        }
        var cursor = position + 2
        var fields = extents.mutableSpan
        for index in fields.indices {
            guard end - cursor >= 4 else { return .needsBytes }
            let byteCount = Int(bigEndian(window, cursor, Int32.self))
            cursor += 4
            guard byteCount >= 0 else {
                guard byteCount == -1 else { throw violation(.fieldLength, cursor - 4 - position) }
                fields[index] = FieldExtent(start: cursor, byteCount: -1)
                continue
            }
            guard byteCount <= Self.fieldBytesMax else {
                throw violation(.fieldLength, cursor - 4 - position)
            }
            guard end - cursor >= byteCount else { return .needsBytes }
            fields[index] = FieldExtent(start: cursor, byteCount: byteCount)
            cursor += byteCount
        }
        position = cursor
        return .row
    }

    private func violation(_ violation: PostgresViolation, _ bytesAhead: Int) -> PostgresError {
        .protocolViolation(violation, offset: streamOffset + bytesAhead)
    }
}

/// The integer whose most significant byte comes first at an offset; the bounds are checked.
@inline(__always)
func bigEndian<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: RawSpan, _ offset: Int, _: Word.Type
) -> Word {
    // Unsafe for types with forbidden bit patterns only: integers have none.
    Word(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Word.self))
}
