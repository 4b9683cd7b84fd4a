internal import CPostgres

// Commands that are sent one behind the other, and answered together: a command whose rows nobody wants costs no way
// there and back of its own.
//
// Source: PostgreSQL's documentation, "Pipeline Mode" of libpq.
extension PostgresConnection {
    /// Sends a prepared command whose rows nobody wants, and goes on without its answer.
    ///
    /// Its failure is told by whatever comes next on this connection, but for another `send`; inside of a transaction
    /// none of it holds then.
    ///
    /// - Parameters:
    ///   - name: as it was prepared in this session.
    ///   - parameters: their values in text form, nil for NULL.
    /// - Throws: `connectionLost`, `embeddedNUL`.
    public mutating func send(
        prepared name: String, _ parameters: [String?]
    ) throws(PostgresError) {
        try refuseNUL(in: name, parameters)
        if sentCount == 0 {
            guard unsafe PQenterPipelineMode(handle) == 1 else { throw .connectionLost }
        }
        try queue(name, parameters)
    }

    /// Waits for the answers to all that was sent.
    ///
    /// - Throws: the first failure.
    mutating func settle() throws(PostgresError) {
        guard sentCount > 0 else { return }
        _ = try lastOfPipeline()
    }

    /// Runs a prepared command behind those that were sent.
    mutating func queryBehindSent(
        prepared name: String, _ parameters: [String?]
    ) throws(PostgresError) -> PostgresRows {
        try queue(name, parameters)
        return PostgresRows(try lastOfPipeline())
    }

    private mutating func queue(
        _ name: String, _ parameters: [String?]
    ) throws(PostgresError) {
        let isSent = unsafe withCStrings(parameters) { values in
            unsafe PQsendQueryPrepared(
                handle, name, Int32(parameters.count), values, nil, nil, 0)
        }
        guard isSent == 1 else { throw unsafe ServerFailure.error(of: nil, on: handle) }
        sentCount += 1
    }

    /// Ends the pipeline with its answers in their order.
    ///
    /// - Returns: the last command's.
    /// - Throws: the first failure; those behind it have not been done.
    private mutating func lastOfPipeline() throws(PostgresError) -> ServerResult {
        let count = sentCount
        sentCount = 0
        guard unsafe PQpipelineSync(handle) == 1 else {
            throw unsafe ServerFailure.error(of: nil, on: handle)
        }
        let wait = unsafe PostgresWait(handle, milliseconds: answerMilliseconds)
        var failure: PostgresError?
        var last: OpaquePointer?
        for _ in 0..<count {
            unsafe PQclear(last)
            unsafe last = wait.last()
            guard failure == nil, unsafe !Self.isDone(last) else { continue }
            failure = unsafe ServerFailure.error(of: last, on: handle)
        }
        // The end of the pipeline has an answer too, behind which nothing comes.
        let end = unsafe wait.next()
        let hasEnded = unsafe PQresultStatus(end) == PGRES_PIPELINE_SYNC
        unsafe PQclear(end)
        let isLeft = unsafe PQexitPipelineMode(handle) == 1
        if failure == nil, !hasEnded || !isLeft { failure = .connectionLost }
        if let failure {
            unsafe PQclear(last)
            throw failure
        }
        return try unsafe ServerResult(
            last, on: handle, expecting: PGRES_TUPLES_OK, PGRES_COMMAND_OK)
    }

    private static func isDone(_ result: OpaquePointer?) -> Bool {
        let status = unsafe PQresultStatus(result)
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
    }
}
