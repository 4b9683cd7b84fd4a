extension PostgresConnection {
    /// Begins a transaction in which every read sees one moment of the database, and nothing can be
    /// written.
    ///
    /// The moment is when this returns: the snapshot is taken here, not by the first query to come.
    /// Commits after a `logPosition` that was read before this call are either in the snapshot or
    /// will be met by who follows the log from there; a position read inside the transaction may
    /// lie after commits that the snapshot does not hold.
    ///
    /// - Throws: `server` and the session goes on outside a transaction, or `connectionLost`.
    public mutating func beginSnapshot() throws(PostgresError) {
        try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try run("SELECT 1")
    }

    /// Ends the transaction, keeping what it did.
    ///
    /// - Throws: `server` with `25P02` where the transaction had failed: the server has then rolled
    ///   it back.
    public mutating func commit() throws(PostgresError) {
        let result = try run("COMMIT")
        if result.commandTag == "ROLLBACK" {
            throw .server(
                sqlstate: .inFailedTransaction,
                message: "the transaction had failed and was rolled back")
        }
    }

    /// Ends the transaction, undoing what it did; outside a transaction it does nothing.
    ///
    /// - Throws: `connectionLost`.
    public mutating func rollback() throws(PostgresError) {
        // What was sent and failed is undone with the rest.
        if sentCount > 0 { try? settle() }
        try run("ROLLBACK")
    }

    /// Where the server's write-ahead log stands, such as `0/16B3748`: what it wrote, or replayed
    /// on a standby.
    ///
    /// - Returns: nil on a standby that has not replayed anything.
    /// - Throws: `server` where the role may not ask, or `connectionLost`.
    public mutating func logPosition() throws(PostgresError) -> String? {
        let rows = try query(
            """
            SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                        ELSE pg_current_wal_lsn() END
            """)
        return rows.text(row: 0, column: 0)
    }
}
