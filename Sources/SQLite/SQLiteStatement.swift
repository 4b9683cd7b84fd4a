internal import CSQLite

/// One prepared statement, finalised when its owner ends.
///
/// Parameters are counted from 1, as in `?1`; columns from 0.
@safe public struct SQLiteStatement: ~Copyable {
    private let handle: OpaquePointer
    /// How many columns each row has; 0 for a statement without rows.
    public let columnCount: Int

    /// Takes over a statement that SQLite has prepared.
    init(_ prepared: OpaquePointer) {
        unsafe handle = prepared
        columnCount = Int(unsafe sqlite3_column_count(prepared))
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// Binds a copy of UTF-8 bytes.
    ///
    /// - Parameters:
    ///   - index: of the parameter, from 1.
    ///   - text: UTF-8; none is the empty text.
    /// - Throws: `failed(range)` for an index that the statement does not have; `failed` with code
    ///   21 (misuse) while the statement runs: `reset` first.
    public mutating func bind(_ index: Int, text: Span<UInt8>) throws(SQLiteError) {
        let status = unsafe text.withUnsafeBufferPointer { bytes in
            unsafe csqlite_bind_text_copy(
                handle, Int32(clamping: index), bytes.baseAddress, UInt64(bytes.count))
        }
        try check(status)
    }

    /// Binds a text.
    ///
    /// - Parameters:
    ///   - index: of the parameter, from 1.
    ///   - text: any.
    /// - Throws: as for bytes.
    public mutating func bind(_ index: Int, text: String) throws(SQLiteError) {
        try bind(index, text: text.utf8.span)
    }

    /// Binds an integer.
    ///
    /// - Parameters:
    ///   - index: of the parameter, from 1.
    ///   - integer: any.
    /// - Throws: as for bytes.
    public mutating func bind(_ index: Int, integer: Int64) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_int64(handle, Int32(clamping: index), integer))
    }

    /// Binds SQL NULL, which every parameter is before it is bound.
    ///
    /// - Parameter index: of the parameter, from 1.
    /// - Throws: as for bytes.
    public mutating func bindNull(_ index: Int) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_null(handle, Int32(clamping: index)))
    }

    /// Runs on to the next row or to the end.
    ///
    /// - Returns: false at the end; the statement has then been reset, and the next step begins it
    ///   anew.
    /// - Throws: `failed`; the statement has then been reset too.
    public mutating func step() throws(SQLiteError) -> Bool {
        let status = unsafe sqlite3_step(handle)
        if status == SQLITE_ROW { return true }
        unsafe sqlite3_reset(handle)
        // Not with SQLite's message: functions quote values in theirs.
        guard status == SQLITE_DONE else { throw .failed(SQLiteResultCode(rawValue: status)) }
        return false
    }

    /// Runs to the end, whatever rows there are.
    ///
    /// - Throws: as `step`.
    public mutating func run() throws(SQLiteError) {
        while try step() {}
    }

    /// Goes back to before the first row; bound values stay.
    public mutating func reset() {
        // Its status repeats the error of the step before, which has been thrown.
        unsafe sqlite3_reset(handle)
    }

    /// Whether a column of the present row is SQL NULL.
    ///
    /// - Parameter column: 0..<columnCount.
    /// - Returns: true for NULL, and for all columns while there is no row.
    public func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, checked(column)) == SQLITE_NULL
    }

    /// A column of the present row as an integer, converted by SQLite's rules.
    ///
    /// - Parameter column: 0..<columnCount.
    /// - Returns: nil for SQL NULL; 0 for a text that does not begin with digits.
    public func integer(_ column: Int) -> Int64? {
        isNull(column) ? nil : unsafe sqlite3_column_int64(handle, checked(column))
    }

    /// Lends a column of the present row as text, converted by SQLite's rules.
    ///
    /// - Parameter column: 0..<columnCount.
    /// - Returns: bytes that should be UTF-8, though SQLite does not see to it; nil for SQL NULL.
    /// - Throws: `failed(outOfMemory)`.
    @_lifetime(borrow self)
    public func text(_ column: Int) throws(SQLiteError) -> Span<UInt8>? {
        if isNull(column) { return nil }
        guard let start = unsafe sqlite3_column_text(handle, checked(column)) else {
            throw .failed(.outOfMemory)
        }
        let count = Int(unsafe sqlite3_column_bytes(handle, checked(column)))
        let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
        return unsafe _overrideLifetime(bytes.span, borrowing: self)
    }

    /// A column of the present row as a copied text; nil for SQL NULL.
    ///
    /// - Parameter column: 0..<columnCount.
    /// - Returns: bytes that are no UTF-8 are replaced by U+FFFD.
    /// - Throws: `failed(outOfMemory)`.
    public func string(_ column: Int) throws(SQLiteError) -> String? {
        guard let bytes = try text(column) else { return nil }
        return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The name or alias of a column.
    ///
    /// - Parameter column: 0..<columnCount.
    /// - Returns: empty only if the memory ran out.
    public func columnName(_ column: Int) -> String {
        guard let name = unsafe sqlite3_column_name(handle, checked(column)) else { return "" }
        return unsafe String(cString: name)
    }

    private func checked(_ column: Int) -> Int32 {
        precondition(column >= 0 && column < columnCount, "no such column")
        return Int32(column)
    }

    private func check(_ status: Int32) throws(SQLiteError) {
        guard status == SQLITE_OK else { throw .failed(SQLiteResultCode(rawValue: status)) }
    }
}
