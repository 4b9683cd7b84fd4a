internal import CPostgres
internal import Glibc

/// How long a session waits for a server that stalls, a lock that somebody keeps, or a network that is gone.
///
/// What the connection string says of its own (`connect_timeout`, `tcp_user_timeout`, `keepalives_...`) comes first,
/// and so does a `lock_timeout`, `statement_timeout` or `idle_in_transaction_session_timeout` that the role, the
/// database or the string's `options` have set.
public struct PostgresTimeLimits: Equatable, Sendable {
    /// For connecting, in seconds; libpq takes 1 for 2.
    public var connectSeconds = 5
    /// For a lock that another session holds, in milliseconds.
    public var lockMilliseconds = 4000
    /// For one statement, in milliseconds.
    public var statementMilliseconds = 5000
    /// For one answer, in milliseconds, after which the session is given up.
    ///
    /// A server that stands still watches no time.
    public var answerMilliseconds = 7000
    /// For a peer that acknowledges nothing, in milliseconds.
    public var silenceMilliseconds = 7000
    /// For a transaction of ours in which we do nothing, in milliseconds: it would hold its locks.
    public var idleMilliseconds = 30_000

    /// What suits a program that others wait for.
    public init() {}

    /// libpq's keywords.
    var keywords: [(keyword: String, value: String)] {
        [
            ("tcp_user_timeout", String(silenceMilliseconds)), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"),
        ]
    }

    /// A query that sets the server's limits where there are none.
    var settings: String {
        """
        SELECT set_config(name, CASE name WHEN 'lock_timeout' THEN '\(lockMilliseconds)'
            WHEN 'statement_timeout' THEN '\(statementMilliseconds)' ELSE '\(idleMilliseconds)' END, false)
        FROM pg_catalog.pg_settings WHERE setting = '0' AND name IN
            ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout')
        """
    }
}

/// Answers that are awaited for so long and no longer.
enum PostgresAnswer {
    /// The last result of what was sent, as `PQexec` would give it.
    ///
    /// - Parameters:
    ///   - isSent: what libpq's sending function returned.
    ///   - connection: on which it was sent; when the time is up, it is cut.
    ///   - milliseconds: how long to wait for all of it.
    /// - Returns: nil where there is none, and where the connection was lost.
    static func last(
        _ isSent: Int32, on connection: OpaquePointer, within milliseconds: Int
    ) -> OpaquePointer? {
        guard isSent == 1 else { return nil }
        return unsafe PostgresWait(connection, milliseconds: milliseconds).last()
    }
}

/// Waits for answers on a connection, which is cut when the time for all of them is up.
@safe struct PostgresWait {
    private let connection: OpaquePointer
    /// nil for ever.
    private let end: Int64?

    init(_ connection: OpaquePointer, milliseconds: Int?) {
        unsafe self.connection = connection
        end = milliseconds.map { Self.now() + Int64($0) }
    }

    /// The last result of one command; nil where there is none, and where the connection was lost.
    func last() -> OpaquePointer? {
        var last: OpaquePointer?
        while let next = unsafe next() {
            unsafe PQclear(last)
            unsafe last = next
        }
        guard unsafe PQstatus(connection) == CONNECTION_OK else {
            // What came before the connection was lost is not the answer.
            if unsafe PQresultStatus(last) == PGRES_FATAL_ERROR { return unsafe last }
            unsafe PQclear(last)
            return nil
        }
        return unsafe last
    }

    /// The next result; nil where one command's are over, and where the connection was lost.
    func next() -> OpaquePointer? {
        while end != nil, unsafe PQisBusy(connection) == 1 {
            guard waitForBytes(), unsafe PQconsumeInput(connection) == 1 else { return nil }
        }
        return unsafe PQgetResult(connection)
    }

    /// Waits until there is something to read; cuts the connection when the time is up.
    private func waitForBytes() -> Bool {
        guard let end else { return true }
        let socket = unsafe PQsocket(connection)
        guard socket >= 0 else { return false }
        var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        while true {
            let left = end - Self.now()
            guard left > 0 else {
                // libpq sees the end of the stream, and that its session is lost.
                _ = shutdown(socket, Int32(SHUT_RDWR))
                _ = unsafe PQconsumeInput(connection)
                return false
            }
            let count = unsafe poll(&wanted, 1, Int32(clamping: left))
            if count > 0 { return true }
            if count < 0, errno != EINTR { return false }
        }
    }

    private static func now() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
