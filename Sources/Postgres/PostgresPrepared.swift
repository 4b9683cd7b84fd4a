internal import CPostgres

extension PostgresConnection {
    /// Lets the server parse and plan a command once, for repeated use.
    ///
    /// - Parameters:
    ///   - name: of the command within this session, used for no other.
    ///   - sql: one command with parameters `$1`, `$2`...
    /// - Throws: `server` and the session goes on, or `connectionLost`.
    public mutating func prepare(_ name: String, _ sql: String) throws(PostgresError) {
        try refuseNUL(in: name)
        try refuseNUL(in: sql)
        try settle()
        let result: OpaquePointer?
        if let answerMilliseconds {
            unsafe result = PostgresAnswer.last(
                PQsendPrepare(handle, name, sql, 0, nil), on: handle, within: answerMilliseconds)
        } else {
            unsafe result = PQprepare(handle, name, sql, 0, nil)
        }
        _ = try unsafe ServerResult(result, on: handle, expecting: PGRES_COMMAND_OK)
    }

    /// Runs a prepared command and gives its rows in text form.
    ///
    /// - Parameters:
    ///   - name: as it was prepared in this session.
    ///   - parameters: their values in text form, nil for NULL.
    /// - Returns: all rows at once, in memory.
    /// - Throws: `server` and the session goes on, or `connectionLost`.
    public mutating func query(
        prepared name: String, _ parameters: [String?]
    ) throws(PostgresError) -> PostgresRows {
        try refuseNUL(in: name, parameters)
        if sentCount > 0 { return try queryBehindSent(prepared: name, parameters) }
        let result = unsafe withCStrings(parameters) { values in
            guard let answerMilliseconds else {
                return unsafe PQexecPrepared(
                    handle, name, Int32(parameters.count), values, nil, nil, 0)
            }
            return unsafe PostgresAnswer.last(
                PQsendQueryPrepared(handle, name, Int32(parameters.count), values, nil, nil, 0),
                on: handle, within: answerMilliseconds)
        }
        return PostgresRows(
            try unsafe ServerResult(
                result, on: handle, expecting: PGRES_TUPLES_OK, PGRES_COMMAND_OK))
    }
}
