internal import CPostgres

/// One result of libpq, freed when its owner ends.
@safe struct ServerResult: ~Copyable {
    let handle: OpaquePointer

    /// Takes over a result that a command returned.
    ///
    /// - Throws: what the server or libpq reported instead of one of the expected kinds.
    init(
        _ handle: OpaquePointer?, on connection: OpaquePointer, expecting kinds: ExecStatusType...
    ) throws(PostgresError) {
        let status = unsafe PQresultStatus(handle)
        guard let result = unsafe handle, kinds.contains(where: { $0 == status }) else {
            let isFailure = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE
            let error =
                isFailure
                ? unsafe ServerFailure.error(of: handle, on: connection)
                : PostgresError.protocolViolation(.unexpectedResult, offset: 0)
            unsafe PQclear(handle)
            throw error
        }
        unsafe self.handle = result
    }

    deinit { unsafe PQclear(handle) }

    /// What the server says it did, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String { unsafe String(cString: PQcmdStatus(handle)) }
}
