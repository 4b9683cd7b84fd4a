internal import CPostgres

/// One session with a PostgreSQL server, closed when its owner ends.
///
/// Every command blocks its thread until the server has answered. A connection has one owner at a
/// time; to stop a command from elsewhere, take a `cancellation` first.
@safe public struct PostgresConnection: ~Copyable {
    let handle: OpaquePointer
    /// How long an answer is awaited; nil for ever.
    let answerMilliseconds: Int?
    /// Commands that were sent and whose answers nobody has read yet.
    var sentCount = 0

    /// Opens a session and waits until it is usable.
    ///
    /// The session speaks UTF-8 and writes dates the ISO way. A server that does not answer is
    /// given up after ten seconds unless the string says otherwise (`connect_timeout`).
    ///
    /// - Parameters:
    ///   - conninfo: libpq keywords or a URI; empty for libpq's defaults.
    ///   - applicationName: what the server's activity view calls this session.
    ///   - limits: how long it waits for a server that stalls; nil for as long as libpq and the server do.
    /// - Throws: `connectionFailed` with libpq's message, which does not repeat a password.
    public init(
        _ conninfo: String, applicationName: String? = nil, limits: PostgresTimeLimits? = nil
    ) throws(PostgresError) {
        let connectionString = try ConnectionString(conninfo)
        if let applicationName, applicationName.utf8.contains(0) { throw .embeddedNUL(.conninfo) }

        // What comes before `dbname` is a default, what comes after it overrides the string.
        var keywords: [String?] = ["connect_timeout", "dbname", "client_encoding"]
        var values: [String?] = ["10", connectionString.text, "UTF8"]
        if let limits {
            values[0] = String(limits.connectSeconds)
            for (keyword, value) in limits.keywords {
                keywords.insert(keyword, at: 0)
                values.insert(value, at: 0)
            }
        }
        if let applicationName {
            keywords.insert("fallback_application_name", at: 0)
            values.insert(applicationName, at: 0)
        }
        let opened = unsafe withCStrings(keywords + [nil]) { keywords in
            unsafe withCStrings(values + [nil]) { values in
                unsafe PQconnectdbParams(keywords, values, 1)
            }
        }
        guard let opened = unsafe opened else { throw .outOfMemory }
        guard unsafe PQstatus(opened) == CONNECTION_OK else {
            let message = unsafe String(cString: PQerrorMessage(opened))
            unsafe PQfinish(opened)  // deinit does not run before init completes
            throw .connectionFailed(
                message: ServerFailure.oneLine(connectionString.withoutSecrets(message)))
        }
        // A notice may quote values; libpq's own habit is to print it.
        _ = unsafe PQsetNoticeReceiver(opened, { _, _ in }, nil)
        do throws(PostgresError) {
            let limit = limits?.answerMilliseconds
            try unsafe Self.run("SET DateStyle TO 'ISO, YMD'", on: opened, limit)
            if let limits { try unsafe Self.run(limits.settings, on: opened, limit) }
        } catch {
            unsafe PQfinish(opened)
            throw error
        }
        unsafe handle = opened
        answerMilliseconds = limits?.answerMilliseconds
    }

    /// Whether a connection string can be read without doubt about what its parts are; nobody is called.
    public static func isWellFormed(_ conninfo: String) -> Bool {
        (try? ConnectionString(conninfo)) != nil
    }

    deinit { unsafe PQfinish(handle) }

    /// The server's version as one number: 150018 is 15.18.
    public var serverVersion: Int { Int(unsafe PQserverVersion(handle)) }

    /// Whether the session was usable when last used.
    public var isAlive: Bool {
        guard unsafe PQstatus(handle) == CONNECTION_OK else { return false }
        return sentCount > 0 || (unsafe PQpipelineStatus(handle)) == PQ_PIPELINE_OFF
    }

    /// Runs commands whose rows, if any, nobody wants.
    ///
    /// - Parameter sql: one or several commands; several are one transaction unless they say
    ///   otherwise.
    /// - Throws: `server` and the session goes on, or `connectionLost`.
    public mutating func execute(_ sql: String) throws(PostgresError) {
        _ = try run(sql)
    }

    /// Runs one command and gives its rows in text form.
    ///
    /// - Parameters:
    ///   - sql: one command with parameters `$1`, `$2`...
    ///   - parameters: their values in text form, nil for NULL.
    /// - Returns: all rows at once, in memory: for large ones use `copyOut`.
    /// - Throws: `server` and the session goes on, or `connectionLost`.
    public mutating func query(
        _ sql: String, _ parameters: [String?] = []
    ) throws(PostgresError) -> PostgresRows {
        try refuseNUL(in: sql, parameters)
        try settle()
        let result = unsafe withCStrings(parameters) { values in
            guard let answerMilliseconds else {
                return unsafe PQexecParams(
                    handle, sql, Int32(parameters.count), nil, values, nil, nil, 0)
            }
            return unsafe PostgresAnswer.last(
                PQsendQueryParams(handle, sql, Int32(parameters.count), nil, values, nil, nil, 0),
                on: handle, within: answerMilliseconds)
        }
        return PostgresRows(
            try unsafe ServerResult(
                result, on: handle, expecting: PGRES_TUPLES_OK, PGRES_COMMAND_OK))
    }

    /// The names and types of a query's columns, without running it.
    ///
    /// A domain is told as the type it stands on.
    ///
    /// - Parameter query: one SELECT without parameters.
    /// - Returns: as many as the query has columns, in order.
    /// - Throws: `server` where a table or column does not exist or may not be read.
    public mutating func columnTypes(of query: String) throws(PostgresError) -> [PostgresColumn] {
        try refuseNUL(in: query)
        try settle()
        _ = try unsafe ServerResult(
            PQprepare(handle, "", query, 0, nil), on: handle, expecting: PGRES_COMMAND_OK)
        let described = try unsafe ServerResult(
            PQdescribePrepared(handle, ""), on: handle, expecting: PGRES_COMMAND_OK)
        return (0..<(unsafe PQnfields(described.handle))).map { index in
            PostgresColumn(
                name: unsafe String(cString: PQfname(described.handle, index)),
                typeOID: unsafe PQftype(described.handle, index))
        }
    }

    /// A way for other threads to stop the command that this session runs.
    ///
    /// - Throws: `connectionLost`, `outOfMemory`.
    public func cancellation() throws(PostgresError) -> PostgresCancellation {
        guard let cancel = unsafe PQgetCancel(handle) else {
            throw isAlive ? .outOfMemory : .connectionLost
        }
        return unsafe PostgresCancellation(cancel)
    }

    /// Runs SQL text and gives libpq's last result.
    @discardableResult
    mutating func run(_ sql: String) throws(PostgresError) -> ServerResult {
        try refuseNUL(in: sql)
        try settle()
        return try unsafe Self.run(sql, on: handle, answerMilliseconds)
    }

    func refuseNUL(in sql: String, _ parameters: [String?] = []) throws(PostgresError) {
        if sql.utf8.contains(0) { throw .embeddedNUL(.sql) }
        for (index, parameter) in parameters.enumerated() {
            if let parameter, parameter.utf8.contains(0) {
                throw .embeddedNUL(.parameter(index + 1))
            }
        }
    }

    @discardableResult
    private static func run(
        _ sql: String, on connection: OpaquePointer, _ limit: Int?
    ) throws(PostgresError) -> ServerResult {
        let result: OpaquePointer?
        if let limit {
            unsafe result = PostgresAnswer.last(
                PQsendQuery(connection, sql), on: connection, within: limit)
        } else {
            unsafe result = PQexec(connection, sql)
        }
        return try unsafe ServerResult(
            result, on: connection,
            expecting: PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY)
    }
}
