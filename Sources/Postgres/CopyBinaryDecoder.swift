/// Decodes a binary COPY that arrives in messages, wherever the messages are cut.
///
/// A row that lies in one message is left there; only one that is split over messages is put
/// together in a buffer of the decoder. The order of calls: `receive` a message, `next` until it
/// needs another, and so on; `finish` when no more come.
package struct CopyBinaryDecoder {
    /// What `next` came to.
    package enum Step: Equatable {
        /// The message is used up: `receive` the next one.
        case needsMessage
        /// A row can be read with `field`.
        case row
        /// The trailer was read.
        case end
    }

    private var parser: CopyTupleParser
    /// The unread rest of former messages, then all of the present one; unused while rows lie in
    /// one message.
    private var carry: [UInt8] = []
    private var readsCarry = false
    private var awaitsMessage = true
    private var holdsRow = false

    /// A decoder at the start of a stream.
    ///
    /// - Parameter fieldCount: how many fields each row has, as announced by the server; 0 or more.
    package init(fieldCount: Int) {
        precondition(fieldCount >= 0, "a row cannot have fewer than no fields")
        parser = CopyTupleParser(fieldCount: fieldCount)
    }

    /// How many bytes of the stream have been decoded.
    package var streamOffset: Int { parser.streamOffset }

    /// Takes the next message; its bytes must be the same in all calls until the next one.
    ///
    /// - Parameter message: any number of bytes, 0 included.
    package mutating func receive(_ message: Span<UInt8>) {
        precondition(awaitsMessage, "the message before has not been read to its end")
        awaitsMessage = false
        if readsCarry { appendToCarry(message) }
    }

    /// Moves to the next row.
    ///
    /// - Parameter message: the one that was received last.
    /// - Returns: whether there is a row, or what is missing.
    /// - Throws: `protocolViolation` with the offset in the stream; the decoder is of no use after
    ///   it.
    package mutating func next(in message: Span<UInt8>) throws(PostgresError) -> Step {
        holdsRow = false
        guard !awaitsMessage else { return parser.hasEnded ? .end : .needsMessage }
        let step: CopyTupleParser.Step
        if readsCarry {
            let window = carry  // no copy of the bytes: the compiler wants to see two variables
            step = try unsafe parser.advance(in: window.span.bytes)
        } else {
            step = try unsafe parser.advance(in: message.bytes)
        }
        switch step {
        case .row:
            holdsRow = true
            return .row
        case .needsBytes:
            retire(message)
            return .needsMessage
        case .end:
            retire(message)
            return .end
        }
    }

    /// Lends a field of the present row.
    ///
    /// - Parameters:
    ///   - index: 0..<fieldCount.
    ///   - message: the one that was received last.
    /// - Returns: the bytes, which may be none; nil for SQL NULL.
    @inline(__always)
    @_lifetime(borrow self, copy message)
    package func field(_ index: Int, in message: Span<UInt8>) -> Span<UInt8>? {
        precondition(holdsRow, "there is no row to read from")
        let extent = parser.extents[index]
        guard extent.byteCount >= 0 else { return nil }
        let range = extent.start..<(extent.start + extent.byteCount)
        if readsCarry { return carry.span.extracting(range) }
        return message.extracting(range)
    }

    /// Says that no more messages come.
    ///
    /// - Throws: `protocolViolation` if the trailer is missing.
    package func finish() throws(PostgresError) {
        guard parser.hasEnded else {
            throw .protocolViolation(.truncated, offset: parser.streamOffset + carry.count)
        }
    }

    /// Keeps what the message holds of a row that is not complete yet.
    private mutating func retire(_ message: Span<UInt8>) {
        let consumed = parser.position
        if readsCarry {
            carry.removeFirst(consumed)
        } else {
            appendToCarry(message.extracting(droppingFirst: consumed))
        }
        readsCarry = !carry.isEmpty
        parser.dropConsumed()
        awaitsMessage = true
    }

    private mutating func appendToCarry(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe carry.append(contentsOf: $0) }
    }
}
