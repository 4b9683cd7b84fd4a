extension SQLiteConnection {
    /// Runs the body in a transaction that may write: all of it happens, or nothing.
    ///
    /// The right to write is taken at the start, so that the body cannot fail half-way for want of
    /// it. There are no transactions within transactions.
    ///
    /// - Parameter body: what to do; when it throws, everything is undone.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `SQLiteError` where the transaction cannot begin or be
    ///   committed.
    public func transaction<Answer: ~Copyable>(_ body: () throws -> Answer) throws -> Answer {
        try execute("BEGIN IMMEDIATE")
        return try committing(body)
    }

    /// Runs the body in a transaction in which every read sees one moment of the file.
    ///
    /// The moment is when the body begins.
    ///
    /// - Parameter body: what to read; what it writes is undone when it throws.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `SQLiteError` where the transaction cannot begin.
    public func withReadTransaction<Answer: ~Copyable>(
        _ body: () throws -> Answer
    ) throws -> Answer {
        try execute("BEGIN DEFERRED")
        return try committing {
            // SQLite takes the snapshot at the first read.
            try execute("SELECT 1 FROM sqlite_schema LIMIT 1")
            return try body()
        }
    }

    private func committing<Answer: ~Copyable>(_ body: () throws -> Answer) throws -> Answer {
        do {
            let answer = try body()
            try execute("COMMIT")
            return answer
        } catch {
            // Some errors, such as a full disk, have rolled back already; and the first error is
            // the one to tell.
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }
}
