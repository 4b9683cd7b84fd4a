import Glibc
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite("PostgresConnection", .needsPostgres)
struct PostgresConnectionTests {
    @Test("a query takes text parameters and gives cells, NULL and empty text apart")
    func queryWithParameters() throws {
        var connection = try connect()
        let rows = try connection.query(
            "SELECT $1::text || '!', $2::text, $3::int + 1, ''", ["नमस्ते", nil, "41"])
        #expect(rows.rowCount == 1)
        #expect(rows.columnCount == 4)
        #expect(rows.text(row: 0, column: 0) == "नमस्ते!")
        #expect(rows.isNull(row: 0, column: 1) == true)
        #expect(rows.text(row: 0, column: 1) == nil)
        #expect(rows.withCell(row: 0, column: 2) { string($0) } == "42")
        #expect(rows.isNull(row: 0, column: 3) == false)
        #expect(rows.withCell(row: 0, column: 3) { $0.count } == 0)
    }

    @Test("a parameter is never part of the SQL")
    func parametersAreValues() throws {
        var connection = try connect()
        let hostile = "'; DROP TABLE x; --"
        let rows = try connection.query("SELECT $1::text", [hostile])
        #expect(rows.text(row: 0, column: 0) == hostile)
    }

    @Test("a prepared command runs again and again, with other parameters")
    func prepared() throws {
        var connection = try connect()
        try connection.prepare("sum", "SELECT $1::bigint + 1, $2::text")
        for number in [1, 41] {
            let rows = try connection.query(prepared: "sum", ["\(number)", nil])
            #expect(rows.text(row: 0, column: 0) == "\(number + 1)")
            let isNull = rows.isNull(row: 0, column: 1)
            #expect(isNull)
        }
        #expect(
            errorOf { () throws(PostgresError) in
                try connection.prepare("sum", "SELECT 1")
            } != nil)
        let rows = try connection.query(prepared: "sum", ["1", "x"])
        #expect(rows.text(row: 0, column: 1) == "x")
    }

    @Test("the server's version is told as a number")
    func version() throws {
        let connection = try connect()
        #expect(connection.serverVersion >= 90_600)
    }

    @Test("a refused command leaves the connection usable")
    func refusedCommand() throws {
        var connection = try connect()
        let error = errorOf { () throws(PostgresError) in
            _ = try connection.query("SELECT * FROM no_such_table")
        }
        guard case .server(let sqlstate, let message) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(sqlstate == .undefinedTable)
        #expect(message.contains("no_such_table"))
        #expect(try connection.query("SELECT 1").text(row: 0, column: 0) == "1")
    }

    @Test(
        "an error's text never quotes a value",
        arguments: [
            "SELECT 'Asha-Secret'::int", "SELECT 'Asha-Secret'::date", "SELECT 'Asha-Secret'::uuid",
            "DO $$ BEGIN RAISE EXCEPTION 'Asha-Secret'; END $$",
            "DO $$ BEGIN RAISE EXCEPTION 'Asha-Secret' USING ERRCODE = '42P01'; END $$",
            "CREATE TEMP TABLE t (a text UNIQUE); INSERT INTO t VALUES ('Asha-Secret'), ('Asha-Secret')",
            "CREATE TEMP TABLE t (a text, b int NOT NULL); INSERT INTO t VALUES ('Asha-Secret', NULL)",
            "SELECT json_each('{\"Asha-Secret')",
        ])
    func errorsQuoteNoValues(sql: String) throws {
        var connection = try connect()
        let error = errorOf { () throws(PostgresError) in try connection.execute(sql) }
        guard case .server(_, let message) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(!message.contains("Asha"))
        #expect(!message.isEmpty)
    }

    @Test("NUL bytes are refused instead of cutting a text short")
    func embeddedNUL() throws {
        var connection = try connect()
        #expect(
            errorOf { () throws(PostgresError) in try connection.execute("SELECT 1\0") }
                == .embeddedNUL(.sql))
        #expect(
            errorOf { () throws(PostgresError) in
                _ = try connection.query("SELECT $1, $2", ["a", "b\0c"])
            }
                == .embeddedNUL(.parameter(2)))
        #expect(
            errorOf { () throws(PostgresError) in _ = try connection.quotedName("a\0b") }
                == .embeddedNUL(.name))
    }

    @Test("names are quoted with their case, their schema and their quotes")
    func quotedNames() throws {
        var connection = try connect()
        try connection.execute(
            """
            CREATE SCHEMA IF NOT EXISTS "Old.Data";
            CREATE TABLE IF NOT EXISTS "Old.Data"."Patient""Master" ("Row Id" int);
            """)
        let table = try connection.quotedName("\"Old.Data\".\"Patient\"\"Master\"")
        #expect(table == "\"Old.Data\".\"Patient\"\"Master\"")
        #expect(
            try connection.quotedName("Hospital.PatientMaster") == "\"Hospital\".\"PatientMaster\"")
        let column = try connection.quotedIdentifier("Row Id")
        #expect(try connection.query("SELECT \(column) FROM \(table)").rowCount == 0)
        for malformed in ["", "a.", ".a", "a..b", "\"a", "a\"b", "\"a\"b", "a.b.c.d"] {
            #expect(
                errorOf { () throws(PostgresError) in _ = try connection.quotedName(malformed) }
                    == .malformedName, "\(malformed)")
        }
    }

    @Test("a query's columns are described without running it")
    func columnTypes() throws {
        var connection = try connect()
        try connection.execute(
            "CREATE TEMP TABLE d (v varchar(5), c char(3)); CREATE DOMAIN pg_temp.pin AS int4")
        let columns = try connection.columnTypes(
            of: """
                SELECT v, c, 1::int2, 1::int8 AS big, DATE '2000-01-01', now(), true, 1.5::numeric,
                       gen_random_uuid(), 1::pg_temp.pin, 1/0::float8, 'a'::name, localtimestamp FROM d
                """)
        #expect(
            columns.map(\.type) == [
                .text, .paddedText, .int2, .int8, .date, .timestampWithTimeZone, .boolean, .numeric,
                .uuid, .int4, nil, .text, .timestamp,
            ])
        #expect(columns[3].name == "big")
        let error = errorOf { () throws(PostgresError) in
            _ = try connection.columnTypes(of: "SELECT nobody FROM d")
        }
        guard case .server(.undefinedColumn, _) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
    }

    @Test("notices are swallowed and do not disturb the command")
    func notices() throws {
        var connection = try connect()
        try connection.execute("DO $$ BEGIN RAISE WARNING 'not for standard error'; END $$")
        #expect(connection.isAlive == true)
    }

    @Test("a cancellation from another thread ends a command with a typed error")
    func cancellation() throws {
        var connection = try connect()
        let cancellation = try connection.cancellation()
        let isDone = Mutex(false)
        // A thread of its own: tasks share as many threads as there are cores, and other tests block.
        let canceller = WorkThread {
            // Until the command has ended: a request that comes too early has no effect.
            while !isDone.withLock({ $0 }) {
                cancellation.cancel()
                _ = usleep(20_000)
            }
        }
        let error = errorOf { () throws(PostgresError) in
            try connection.execute("SELECT pg_sleep(60)")
        }
        isDone.withLock { $0 = true }
        _ = canceller?.join()
        #expect(error == .cancelled)
        #expect(try connection.query("SELECT 1").text(row: 0, column: 0) == "1")
    }

    @Test("a killed server process is a lost connection, then and later")
    func killedBackend() throws {
        var connection = try connect()
        var killer = try connect()
        let pid = try connection.query("SELECT pg_backend_pid()").text(row: 0, column: 0)
        _ = try killer.query("SELECT pg_terminate_backend($1::int, 5000)", [pid])
        for _ in 0..<2 {
            #expect(
                errorOf { () throws(PostgresError) in _ = try connection.query("SELECT 1") }
                    == .connectionLost)
        }
        #expect(connection.isAlive == false)
    }

    @Test("COPY that does not come as a binary stream is refused and the connection stays usable")
    func copyInTheWrongPlace() throws {
        var connection = try connect()
        #expect(
            errorOf { () throws(PostgresError) in
                try connection.execute("COPY (SELECT 1) TO STDOUT")
            }
                == .protocolViolation(.unexpectedResult, offset: 0))
        #expect(try connection.query("SELECT 2").text(row: 0, column: 0) == "2")
        #expect(
            errorOf { () throws(PostgresError) in
                _ = try connection.copyOut("COPY (SELECT 1) TO STDOUT")
            }
                == .protocolViolation(.signature, offset: 0))
        #expect(
            errorOf { () throws(PostgresError) in _ = try connection.copyOut("SELECT 1") }
                == .protocolViolation(.unexpectedResult, offset: 0))
        #expect(try connection.query("SELECT 3").text(row: 0, column: 0) == "3")
    }
}
