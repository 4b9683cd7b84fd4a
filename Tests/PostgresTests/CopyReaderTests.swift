import Postgres
import TestSupport
import Testing

@Suite("CopyReader", .needsPostgres)
struct CopyReaderTests {
    /// The first `limit` rows' fields as text.
    private func texts(
        _ connection: inout PostgresConnection, _ sql: String, limit: Int = .max
    ) throws -> [[String?]] {
        var rows: [[String?]] = []
        var reader = try connection.copyOut(sql)
        while rows.count < limit, try reader.nextRow() {
            var row: [String?] = []
            for index in 0..<reader.fieldCount { row.append(reader.text(index)) }
            rows.append(row)
        }
        return rows
    }

    @Test("gives 10,000 rows of every type as the server's own text form has them")
    func everyType() throws {
        var connection = try connect()
        try connection.execute(
            """
            CREATE TEMP TABLE every_type AS
            SELECT CASE WHEN i % 7 = 0 THEN NULL WHEN i % 7 = 1 THEN '' ELSE 'नाम ' || i || ' Ünïcode 😀' END AS t,
                   ('v' || i)::varchar(20) AS v, (CASE WHEN i % 3 = 0 THEN 'ab' ELSE 'आ b' END)::char(6) AS c,
                   ('n' || i)::name AS n,
                   (i % 65536 - 32768)::int2 AS i2, (i::int8 * 429496 - 2147483648)::int4 AS i4,
                   CASE i WHEN 1 THEN -9223372036854775808 ELSE i * 922337203685477::int8 END AS i8,
                   (i * 1000000007::numeric - 50000000000)::numeric(20,2) AS whole,
                   CASE WHEN i % 2 = 0 THEN DATE '1890-01-01' + i * 13 END AS d,
                   TIMESTAMP '1999-12-01' + i * interval '7 hours 13 seconds' AS ts,
                   TIMESTAMPTZ '1999-12-01 00:00+00' - i * interval '5 hours 29 seconds' AS tz,
                   i % 5 = 0 AS b,
                   md5(i::text)::uuid AS u
            FROM generate_series(1, 10000) AS i;
            SET TIME ZONE 'Asia/Kolkata';
            """)
        let query = "SELECT * FROM every_type ORDER BY n"
        let types = try connection.columnTypes(of: query).map(\.type)
        // Dates of timestamps and whole numerics without their zeros, as the decoders give them.
        let expected = try connection.query(
            """
            SELECT t, v, rtrim(c), n, i2, i4, i8, whole::int8, d, ts::date, tz::date, b::text, u
            FROM every_type ORDER BY n
            """)

        var reader = try connection.copyOut("COPY (\(query)) TO STDOUT (FORMAT binary)")
        var row = 0
        var text: [UInt8] = []
        while try reader.nextRow() {
            for (column, type) in types.enumerated() {
                let type = try #require(type)
                text.removeAll(keepingCapacity: true)
                var actual: String?
                if let field = reader.field(column) {
                    let isText = try type.appendText(of: field, to: &text, utcOffsetSeconds: 19_800)
                    actual = isText ? String(decoding: text, as: UTF8.self) : "no text"
                }
                let wanted = expected.text(row: row, column: column)
                if actual != wanted {
                    Issue.record(
                        "row \(row) column \(column): \(actual ?? "NULL"), not \(wanted ?? "NULL")")
                }
            }
            row += 1
        }
        #expect(row == 10_000)
        #expect((reader.rowCount, reader.fieldCount) == (10_000, 13))
        #expect(reader.byteCount > 1_000_000)
        #expect(try reader.nextRow() == false)
    }

    @Test("gives a field of a megabyte, and the small row after it")
    func longField() throws {
        var connection = try connect()
        var reader = try connection.copyOut(
            """
            COPY (SELECT repeat('0123456789abcdef', 65536) UNION ALL SELECT 'short') TO STDOUT (FORMAT binary)
            """)
        #expect(try reader.nextRow() == true)
        let length = reader.field(0)?.count
        #expect(length == 1_048_576)
        #expect(reader.text(0)?.hasSuffix("abcdef0123456789abcdef") == true)
        #expect(try reader.nextRow() == true)
        #expect(reader.text(0) == "short")
        #expect(try reader.nextRow() == false)
    }

    @Test("a table without rows and a row without fields are no errors")
    func emptiness() throws {
        var connection = try connect()
        let none = try texts(&connection, "COPY (SELECT 1 WHERE false) TO STDOUT (FORMAT binary)")
        #expect(none.isEmpty)
        let bare = try texts(
            &connection, "COPY (SELECT FROM generate_series(1, 3)) TO STDOUT (FORMAT binary)")
        #expect(bare == [[], [], []])
    }

    @Test("an error of the server half-way is thrown after the rows before it")
    func errorHalfWay() throws {
        var connection = try connect()
        var rows = 0
        let error = errorOf { () throws(PostgresError) in
            var reader = try connection.copyOut(
                """
                COPY (SELECT 1000000 / (5000 - i) FROM generate_series(1, 10000) AS i) TO STDOUT (FORMAT binary)
                """)
            while try reader.nextRow() { rows += 1 }
        }
        #expect(error == .server(sqlstate: .divisionByZero, message: "division by zero"))
        #expect(rows == 4999)
        #expect(try connection.query("SELECT 'usable'").text(row: 0, column: 0) == "usable")
    }

    @Test("a server process killed half-way is a lost connection")
    func killedHalfWay() throws {
        var connection = try connect()
        var killer = try connect()
        let pid = try connection.query("SELECT pg_backend_pid()").text(row: 0, column: 0)
        let error = errorOf { () throws(PostgresError) in
            // Far more than the buffers of both sides hold, so that the server cannot have
            // finished.
            var reader = try connection.copyOut(
                """
                COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT (FORMAT binary)
                """)
            for _ in 0..<10 { _ = try reader.nextRow() }
            _ = try killer.query("SELECT pg_terminate_backend($1::int)", [pid])
            while try reader.nextRow() {}
        }
        #expect(error == .connectionLost)
        #expect(connection.isAlive == false)
    }

    @Test("a reader that ends early gives the connection back")
    func endsEarly() throws {
        var connection = try connect()
        let rows = try texts(
            &connection,
            "COPY (SELECT rpad(i::text, 1000) FROM generate_series(1, 1000000) AS i) TO STDOUT (FORMAT binary)",
            limit: 3)
        #expect(rows.map { $0.first??.prefix(2) } == ["1 ", "2 ", "3 "])
        #expect(try connection.query("SELECT 'usable'").text(row: 0, column: 0) == "usable")
    }

    @Test("a cancellation half-way is a typed error")
    func cancelledHalfWay() throws {
        var connection = try connect()
        let cancellation = try connection.cancellation()
        let error = errorOf { () throws(PostgresError) in
            var reader = try connection.copyOut(
                """
                COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT (FORMAT binary)
                """)
            _ = try reader.nextRow()
            cancellation.cancel()
            while try reader.nextRow() {}
        }
        #expect(error == .cancelled)
        #expect(try connection.query("SELECT 'usable'").text(row: 0, column: 0) == "usable")
    }

    @Test("a snapshot does not see what others commit after it began")
    func snapshot() throws {
        var reader = try connect()
        var writer = try connect()
        try writer.execute(
            """
            DROP TABLE IF EXISTS snapshot_test;
            CREATE TABLE snapshot_test (id int, v text);
            INSERT INTO snapshot_test VALUES (1, 'old');
            """
        )
        let position = try #require(try reader.logPosition())
        #expect(position.wholeMatch(of: /[0-9A-F]+\/[0-9A-F]+/) != nil)
        try reader.beginSnapshot()
        try writer.execute(
            "UPDATE snapshot_test SET v = 'new'; INSERT INTO snapshot_test VALUES (2, 'late')")
        let copy = "COPY (SELECT v FROM snapshot_test ORDER BY id) TO STDOUT (FORMAT binary)"
        #expect(try texts(&reader, copy) == [["old"]])
        let error = errorOf { () throws(PostgresError) in
            try reader.execute("DELETE FROM snapshot_test")
        }
        guard case .server(let sqlstate, _) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(sqlstate.code == "25006")  // read only
        #expect(
            errorOf { () throws(PostgresError) in try reader.commit() }
                == .server(
                    sqlstate: .inFailedTransaction,
                    message: "the transaction had failed and was rolled back"))
        try reader.beginSnapshot()
        #expect(try texts(&reader, copy) == [["new"], ["late"]])
        try reader.commit()
        try reader.rollback()
    }

    @Test("a role with nothing but the right to read is enough")
    func readOnlyRole() throws {
        var owner = try connect()
        try owner.execute(
            """
            DROP SCHEMA IF EXISTS "Hospital Data" CASCADE;
            DROP ROLE IF EXISTS only_reads;
            CREATE SCHEMA "Hospital Data";
            CREATE TABLE "Hospital Data"."Master" ("Id" int, name text);
            INSERT INTO "Hospital Data"."Master" VALUES (1, 'Asha');
            CREATE TABLE "Hospital Data".secret (x int);
            CREATE ROLE only_reads LOGIN;
            GRANT USAGE ON SCHEMA "Hospital Data" TO only_reads;
            GRANT SELECT ON "Hospital Data"."Master" TO only_reads;
            """)
        var connection = try connect("user=only_reads")
        try connection.beginSnapshot()
        #expect(try connection.logPosition() != nil)
        let table = try connection.quotedName("Hospital Data.Master")
        let columns = try connection.columnTypes(of: "SELECT * FROM \(table)")
        #expect(columns.map(\.name) == ["Id", "name"])
        let rows = try texts(
            &connection, "COPY (SELECT name FROM \(table)) TO STDOUT (FORMAT binary)")
        #expect(rows == [["Asha"]])
        let secret = try connection.quotedName("Hospital Data.secret")
        let error = errorOf { () throws(PostgresError) in
            _ = try connection.copyOut("COPY (SELECT * FROM \(secret)) TO STDOUT (FORMAT binary)")
        }
        guard case .server(.insufficientPrivilege, let message) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(message.contains("secret"))
    }
}
