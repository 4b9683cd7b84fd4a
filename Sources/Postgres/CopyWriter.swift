internal import CPostgres

extension PostgresConnection {
    /// Starts a binary COPY from us and gives a writer of its rows.
    ///
    /// The connection belongs to the writer until the writer ends. A writer that ends without `finish`
    /// makes the COPY fail, so that nothing of it stays.
    ///
    /// - Parameter sql: `COPY table (...) FROM STDIN (FORMAT binary)`.
    /// - Returns: a writer before the first row.
    /// - Throws: `server` where the command is refused; `protocolViolation` where it is no binary COPY
    ///   from us.
    @_lifetime(&self)
    public mutating func copyIn(_ sql: String) throws(PostgresError) -> CopyWriter {
        try CopyWriter(&self, sql)
    }
}

/// Writes the rows of one binary COPY to the server, one after the other.
///
/// For each row: `beginRow`, one append for each field, `endRow`. What is wrong with a row the server
/// tells at the latest when the writer finishes.
@safe public struct CopyWriter: ~Copyable, ~Escapable {
    private let connection: OpaquePointer
    private var encoder: CopyBinaryEncoder
    private var isOpen = true

    /// How many fields each row has.
    public let fieldCount: Int
    /// How many rows have been written.
    public private(set) var rowCount = 0

    /// Sent when there are as many; libpq's own buffer is of the same order.
    private static let bytesToSend = 1 << 16

    @_lifetime(&owner)
    fileprivate init(_ owner: inout PostgresConnection, _ sql: String) throws(PostgresError) {
        try owner.refuseNUL(in: sql)
        let started = try unsafe ServerResult(
            PQexec(owner.handle, sql), on: owner.handle, expecting: PGRES_COPY_IN)
        guard unsafe PQbinaryTuples(started.handle) == 1 else {
            unsafe CopyWriter.abandon(owner.handle)  // deinit does not run before init completes
            throw .protocolViolation(.signature, offset: 0)
        }
        unsafe connection = owner.handle
        fieldCount = Int(unsafe PQnfields(started.handle))
        encoder = CopyBinaryEncoder(fieldCount: fieldCount)
    }

    deinit {
        if isOpen { unsafe CopyWriter.abandon(connection) }
    }

    /// Starts the next row.
    public mutating func beginRow() { encoder.beginRow() }

    /// Adds a text; the server refuses the COPY where it is not UTF-8 or holds a NUL.
    public mutating func append(_ text: Span<UInt8>) { encoder.append(text) }

    /// Adds a `bigint`.
    public mutating func append(bigint value: Int64) { encoder.append(bigint: value) }

    /// Adds SQL NULL.
    public mutating func appendNull() { encoder.appendNull() }

    /// Ends the row, and sends rows now and then.
    ///
    /// - Throws: `server` or `cancelled` where the COPY has failed, `connectionLost`.
    public mutating func endRow() throws(PostgresError) {
        precondition(encoder.isBetweenRows, "the row lacks fields")
        rowCount += 1
        if encoder.bytes.count >= Self.bytesToSend { try send() }
    }

    /// Ends the COPY, after which the rows are in the table.
    ///
    /// - Throws: what the server has found wrong with a row or the command, `connectionLost`; nothing
    ///   is in the table then.
    public mutating func finish() throws(PostgresError) {
        precondition(isOpen, "the COPY has ended")
        encoder.appendTrailer()
        try send()
        isOpen = false
        _ = unsafe PQputCopyEnd(connection, nil)
        try unsafe CopyWriter.readOutcome(connection)
    }

    private mutating func send() throws(PostgresError) {
        precondition(isOpen, "the COPY has ended")
        // One reference more for the time of the call, and no copy.
        let bytes = encoder.bytes
        let status = unsafe bytes.withUnsafeBytes { bytes in
            unsafe PQputCopyData(
                connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count))
        }
        _ = consume bytes
        encoder.removeBytes()
        guard status == 1 else {
            // The command's own error says more than that no data could be sent.
            isOpen = false
            _ = unsafe PQputCopyEnd(connection, "abandoned")
            try unsafe CopyWriter.readOutcome(connection)
            throw .connectionLost
        }
    }

    /// Reads what became of the command, up to where the connection takes the next one.
    private static func readOutcome(_ connection: OpaquePointer) throws(PostgresError) {
        defer { unsafe drain(connection) }
        _ = try unsafe ServerResult(
            PQgetResult(connection), on: connection, expecting: PGRES_COMMAND_OK)
    }

    /// Lets a COPY fail that nobody finishes and brings the connection back to where it takes commands.
    private static func abandon(_ connection: OpaquePointer) {
        _ = unsafe PQputCopyEnd(connection, "abandoned")
        unsafe drain(connection)
    }

    private static func drain(_ connection: OpaquePointer) {
        while let result = unsafe PQgetResult(connection) {
            let status = unsafe PQresultStatus(result)
            unsafe PQclear(result)
            // A COPY whose end could not be sent for want of memory would be told of for ever.
            if status == PGRES_COPY_IN { return }
        }
    }
}
