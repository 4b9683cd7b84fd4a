internal import CPostgres

extension PostgresConnection {
    /// Starts a binary COPY to us and gives a reader of its rows.
    ///
    /// The connection belongs to the reader until the reader ends. A reader that ends early cancels
    /// the COPY; the connection can be used again in each case but `connectionLost`.
    ///
    /// - Parameter sql: `COPY (SELECT ...) TO STDOUT (FORMAT binary)`.
    /// - Returns: a reader before the first row.
    /// - Throws: `server` where the command is refused; `protocolViolation` where it is no binary
    ///   COPY to us.
    @_lifetime(&self)
    public mutating func copyOut(_ sql: String) throws(PostgresError) -> CopyReader {
        try CopyReader(&self, sql)
    }
}

/// Reads the rows of one binary COPY, one after the other, lending their fields from libpq's
/// buffer.
@safe public struct CopyReader: ~Copyable, ~Escapable {
    private let connection: OpaquePointer
    private var decoder: CopyBinaryDecoder
    private var buffer: UnsafeMutablePointer<CChar>?
    private var bufferBytes = 0
    private var isOpen = true

    /// How many fields each row has.
    public let fieldCount: Int
    /// How many rows have been read.
    public private(set) var rowCount = 0
    /// How many bytes have come from the server in this COPY.
    public private(set) var byteCount = 0

    @_lifetime(&owner)
    fileprivate init(_ owner: inout PostgresConnection, _ sql: String) throws(PostgresError) {
        try owner.refuseNUL(in: sql)
        let started = try unsafe ServerResult(
            PQexec(owner.handle, sql), on: owner.handle, expecting: PGRES_COPY_OUT)
        guard unsafe PQbinaryTuples(started.handle) == 1 else {
            unsafe CopyReader.abandon(owner.handle)  // deinit does not run before init completes
            throw .protocolViolation(.signature, offset: 0)
        }
        unsafe connection = owner.handle
        fieldCount = Int(unsafe PQnfields(started.handle))
        decoder = CopyBinaryDecoder(fieldCount: fieldCount)
        unsafe buffer = nil
    }

    deinit {
        unsafe PQfreemem(buffer)
        if isOpen { unsafe CopyReader.abandon(connection) }
    }

    /// Moves to the next row.
    ///
    /// No memory is allocated here but for a row that the server splits over messages; libpq
    /// allocates one buffer a message.
    ///
    /// - Returns: false when there are no more rows.
    /// - Throws: `server` or `cancelled` where the query failed on the way, `connectionLost`,
    ///   `protocolViolation`.
    public mutating func nextRow() throws(PostgresError) -> Bool {
        while isOpen {
            switch try unsafe decoder.next(in: CopyReader.message(buffer, bufferBytes)) {
            case .row:
                rowCount += 1
                return true
            case .needsMessage, .end:
                try receive()
            }
        }
        return false
    }

    /// Lends a field of the present row.
    ///
    /// - Parameter index: 0..<fieldCount.
    /// - Returns: the value in its type's binary form; nil for SQL NULL.
    @_lifetime(borrow self)
    public func field(_ index: Int) -> Span<UInt8>? {
        let message = unsafe CopyReader.message(buffer, bufferBytes)
        return unsafe _overrideLifetime(decoder.field(index, in: message), borrowing: self)
    }

    /// Fetches the next message, or the command's end.
    private mutating func receive() throws(PostgresError) {
        unsafe PQfreemem(buffer)
        var next: UnsafeMutablePointer<CChar>?
        let received = Int(unsafe PQgetCopyData(connection, &next, 0))
        unsafe buffer = unsafe next
        bufferBytes = max(received, 0)
        guard received <= 0 else {
            byteCount += received
            unsafe decoder.receive(CopyReader.message(buffer, bufferBytes))
            return
        }
        isOpen = false
        try unsafe CopyReader.readOutcome(connection)
        try decoder.finish()
    }

    /// Reads what became of the command, up to where the connection takes the next one.
    private static func readOutcome(_ connection: OpaquePointer) throws(PostgresError) {
        defer { while let extra = unsafe PQgetResult(connection) { unsafe PQclear(extra) } }
        _ = try unsafe ServerResult(
            PQgetResult(connection), on: connection, expecting: PGRES_COMMAND_OK)
    }

    /// Stops a COPY that nobody reads on and brings the connection back to where it takes commands.
    private static func abandon(_ connection: OpaquePointer) {
        if let cancel = unsafe PQgetCancel(connection) {
            unsafe PostgresCancellation(cancel).cancel()
        }
        var unread: UnsafeMutablePointer<CChar>?
        while unsafe PQgetCopyData(connection, &unread, 0) > 0 { unsafe PQfreemem(unread) }
        while let result = unsafe PQgetResult(connection) { unsafe PQclear(result) }
    }

    /// The bytes that libpq handed over, for as long as it leaves them there.
    @_lifetime(immortal)
    private static func message(
        _ start: UnsafeMutablePointer<CChar>?, _ byteCount: Int
    ) -> Span<UInt8> {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: byteCount)
            .assumingMemoryBound(to: UInt8.self)
        return unsafe _overrideLifetime(bytes.span, copying: ())
    }
}
