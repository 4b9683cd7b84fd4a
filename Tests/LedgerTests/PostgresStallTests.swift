internal import Glibc
internal import Ledger
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("A PostgreSQL that stalls", .serialized)
struct PostgresStallTests {
    private static let comment = Comment(rawValue: ThrowawayCluster.skipReason)

    /// A desk that waits for no more than a moment, and the connection string of its database.
    private func desk(_ name: String) throws -> (desk: ConversationDesk, conninfo: String) {
        guard case .postgres(let conninfo) = try PostgresLedgerTests.place(name) else {
            throw LedgerError.stopped
        }
        var patience = LedgerPatience()
        patience.database.lockMilliseconds = 200
        patience.database.statementMilliseconds = 400
        patience.database.answerMilliseconds = 800
        let desk = try ConversationDesk(.postgres(conninfo: conninfo), patience: patience)
        return (desk, conninfo)
    }

    private func discover(_ desk: ConversationDesk, _ id: String) throws -> LedgerCommand {
        .receive(try desk.callback(discoverPath, discoverBody(id, transaction: id)))
    }

    @Test(
        "a lock that somebody keeps fails all that wait, once, and nothing when it is free again",
        .enabled(if: ThrowawayCluster.isEnabled, comment))
    func lock() throws {
        let (desk, conninfo) = try desk("milaan_stall_test")
        var other = try PostgresConnection(conninfo)
        try other.execute("BEGIN; SELECT pg_advisory_xact_lock(5512361907)")
        let commands = try (0..<20).map { try discover(desk, "r\($0)") }
        let start = monotonicMilliseconds()
        for result in desk.ledger.perform(commands, now: ConversationDesk.start) {
            #expect(throws: LedgerError.self) { try result.get() }
        }
        // One wait, not one for each: twenty would be four seconds.
        #expect(monotonicMilliseconds() - start < 3000)
        try other.execute("ROLLBACK")
        for result in desk.ledger.perform(commands, now: ConversationDesk.start) {
            #expect(try result.get().entries.count == 1)
        }
    }

    @Test(
        "a session that stands still is given up, and another one does its work",
        .enabled(if: ThrowawayCluster.isEnabled && ThrowawayCluster.isOurs, comment))
    func standingServer() throws {
        let (desk, conninfo) = try desk("milaan_stall_test")
        var other = try PostgresConnection(conninfo)
        let rows = try other.query(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'milaan ledger'"
                + " AND datname = 'milaan_stall_test'")
        let process = try #require(rows.text(row: 0, column: 0).flatMap { Int32($0) })
        // A stopped process watches no time; its socket still takes what we send.
        #expect(kill(process, SIGSTOP) == 0)
        let command = try discover(desk, "r")
        let start = monotonicMilliseconds()
        let result = desk.ledger.perform([command], now: ConversationDesk.start)[0]
        let end = monotonicMilliseconds()
        #expect(kill(process, SIGCONT) == 0)
        #expect(try result.get().entries.count == 1)
        #expect(end - start >= 800)
    }

    @Test(
        "a session that the server ended is replaced, and what it had prepared is prepared again",
        .enabled(if: ThrowawayCluster.isEnabled, comment))
    func endedSession() throws {
        let (desk, conninfo) = try desk("milaan_stall_test")
        var other = try PostgresConnection(conninfo)
        for id in ["r1", "r2"] {
            let reply = desk.ledger.perform([try discover(desk, id)], now: ConversationDesk.start)
            #expect(try reply[0].get().entries.count == 1)
            _ = try other.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'milaan ledger' AND datname = 'milaan_stall_test'")
        }
        let reply = desk.ledger.perform([try discover(desk, "r3")], now: ConversationDesk.start)
        #expect(try reply[0].get().entries.count == 1)
    }

    @Test(
        "limits that somebody has set for the database stay",
        .enabled(if: ThrowawayCluster.isEnabled, comment))
    func ownLimits() throws {
        let conninfo = try ThrowawayCluster.conninfo()
        var limits = PostgresTimeLimits()
        limits.lockMilliseconds = 1234
        var connection = try PostgresConnection(
            conninfo + " options='-c statement_timeout=77s'", limits: limits)
        func setting(_ name: String) throws -> String? {
            try connection.query("SHOW \(name)").text(row: 0, column: 0)
        }
        #expect(try setting("lock_timeout") == "1234ms")
        #expect(try setting("statement_timeout") == "77s")
        #expect(try setting("idle_in_transaction_session_timeout") == "30s")
    }

    private func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
