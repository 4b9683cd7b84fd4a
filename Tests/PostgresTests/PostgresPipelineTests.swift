import Postgres
import TestSupport
import Testing

@Suite("Commands sent without waiting", .needsPostgres)
struct PostgresPipelineTests {
    private func connection(
        limits: PostgresTimeLimits? = PostgresTimeLimits()
    ) throws -> PostgresConnection {
        var connection = try PostgresConnection(ThrowawayCluster.conninfo(), limits: limits)
        try connection.execute("CREATE TEMP TABLE item (number BIGINT PRIMARY KEY)")
        try connection.prepare("add", "INSERT INTO item VALUES ($1::bigint)")
        try connection.prepare("sum", "SELECT count(*), COALESCE(sum(number), 0) FROM item")
        return connection
    }

    private func sum(_ connection: inout PostgresConnection) throws -> String {
        let rows = try connection.query(prepared: "sum", [])
        return "\(rows.text(row: 0, column: 0) ?? "") \(rows.text(row: 0, column: 1) ?? "")"
    }

    @Test(
        "are done in their order, and seen by what comes behind them",
        arguments: [PostgresTimeLimits(), nil])
    func order(limits: PostgresTimeLimits?) throws {
        var connection = try connection(limits: limits)
        try connection.execute("BEGIN")
        for number in 1...3000 { try connection.send(prepared: "add", ["\(number)"]) }
        #expect(try sum(&connection) == "3000 4501500")
        try connection.send(prepared: "add", ["5000"])
        // Whatever comes next waits for them, prepared or not.
        let rows = try connection.query("SELECT max(number) FROM item")
        #expect(rows.text(row: 0, column: 0) == "5000")
        try connection.send(prepared: "add", ["5001"])
        try connection.prepare("again", "SELECT 1")
        try connection.send(prepared: "add", ["5002"])
        try connection.commit()
        #expect(try sum(&connection) == "3003 4516503")
    }

    @Test("a failure is told by the next command, which is not done, and the session goes on")
    func failure() throws {
        var connection = try connection()
        try connection.execute("BEGIN")
        try connection.send(prepared: "add", ["1"])
        try connection.send(prepared: "add", ["1"])
        try connection.send(prepared: "add", ["2"])
        let error = errorOf { () throws(PostgresError) in
            _ = try connection.query(prepared: "sum", [])
        }
        guard case .server(let sqlstate, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sqlstate.description == "23505")
        try connection.rollback()
        let isAlive = connection.isAlive
        #expect(isAlive)
        #expect(try sum(&connection) == "0 0")
    }

    @Test("a commit tells of what failed before it, and keeps nothing")
    func failureAtCommit() throws {
        var connection = try connection()
        try connection.execute("BEGIN")
        try connection.send(prepared: "add", ["1"])
        try connection.send(prepared: "add", ["1"])
        #expect(errorOf { () throws(PostgresError) in try connection.commit() } != nil)
        try connection.rollback()
        #expect(try sum(&connection) == "0 0")
    }

    @Test("what was sent is undone by a rollback, failed or not")
    func rollback() throws {
        var connection = try connection()
        for second in ["2", "1"] {
            try connection.execute("BEGIN")
            try connection.send(prepared: "add", ["1"])
            try connection.send(prepared: "add", [second])
            try connection.rollback()
            #expect(try sum(&connection) == "0 0")
        }
    }

    @Test("a session that is lost under way says so, and is not alive")
    func lost() throws {
        var connection = try connection()
        var other = try connect()
        let rows = try connection.query("SELECT pg_backend_pid()::text")
        let process = rows.text(row: 0, column: 0)
        try connection.execute("BEGIN")
        try connection.send(prepared: "add", ["1"])
        _ = try other.query("SELECT pg_terminate_backend($1::int, 5000)", [process])
        #expect(
            errorOf { () throws(PostgresError) in
                _ = try connection.query(prepared: "sum", [])
            } == .connectionLost)
        let isAlive = connection.isAlive
        #expect(!isAlive)
    }

    @Test("a NUL is refused before anything is sent")
    func nul() throws {
        var connection = try connection()
        #expect(
            errorOf { () throws(PostgresError) in
                try connection.send(prepared: "add", ["1\u{0}"])
            } == .embeddedNUL(.parameter(1)))
        #expect(try sum(&connection) == "0 0")
    }
}
