internal import CPostgres

/// The rows of one query, in text form, freed when their owner ends.
@safe public struct PostgresRows: ~Copyable {
    private let result: ServerResult
    /// How many rows there are.
    public let rowCount: Int
    /// How many columns each row has.
    public let columnCount: Int

    init(_ result: consuming ServerResult) {
        rowCount = Int(unsafe PQntuples(result.handle))
        columnCount = Int(unsafe PQnfields(result.handle))
        self.result = result
    }

    /// Whether a cell is SQL NULL.
    ///
    /// - Parameters:
    ///   - row: 0..<rowCount.
    ///   - column: 0..<columnCount.
    /// - Returns: true for NULL; an empty text is not NULL.
    public func isNull(row: Int, column: Int) -> Bool {
        checkBounds(row, column)
        return unsafe PQgetisnull(result.handle, Int32(row), Int32(column)) == 1
    }

    /// Lends the bytes of a cell in the server's text form.
    ///
    /// - Parameters:
    ///   - row: 0..<rowCount.
    ///   - column: 0..<columnCount.
    ///   - body: gets UTF-8, empty for NULL as well.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws.
    public func withCell<Answer: ~Copyable, Failure: Error>(
        row: Int, column: Int, _ body: (Span<UInt8>) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        checkBounds(row, column)
        let length = unsafe PQgetlength(result.handle, Int32(row), Int32(column))
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(result.handle, Int32(row), Int32(column)), count: Int(length)
        ).assumingMemoryBound(to: UInt8.self)
        return try body(unsafe bytes.span)
    }

    /// A cell's text; nil for NULL.
    ///
    /// - Parameters:
    ///   - row: 0..<rowCount.
    ///   - column: 0..<columnCount.
    /// - Returns: a copy.
    public func text(row: Int, column: Int) -> String? {
        guard !isNull(row: row, column: column) else { return nil }
        return unsafe String(cString: PQgetvalue(result.handle, Int32(row), Int32(column)))
    }

    private func checkBounds(_ row: Int, _ column: Int) {
        precondition(row >= 0 && row < rowCount, "no such row")
        precondition(column >= 0 && column < columnCount, "no such column")
    }
}
