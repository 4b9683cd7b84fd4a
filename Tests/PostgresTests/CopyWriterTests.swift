import Postgres
import TestSupport
import Testing

@Suite("Encoding a binary COPY")
struct CopyBinaryEncoderTests {
    @Test("rows are what a plain encoder makes of them", arguments: 0..<20 as Range<UInt64>)
    func agreesWithPlainEncoder(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let rows: [CopyFixture.Row] = (0..<Int.random(in: 0...9, using: &random)).map { _ in
            (0..<3).map { _ in
                guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
                return (0..<Int.random(in: 0...300, using: &random)).map { _ in
                    UInt8.random(in: .min ... .max, using: &random)
                }
            }
        }
        var encoder = CopyBinaryEncoder(fieldCount: 3)
        var sent: [UInt8] = []
        for row in rows {
            encoder.beginRow()
            for field in row {
                if let field { encoder.append(field.span) } else { encoder.appendNull() }
            }
            if Bool.random(using: &random) {
                sent += encoder.bytes
                encoder.removeBytes()
            }
        }
        encoder.appendTrailer()
        #expect(sent + encoder.bytes == CopyFixture.stream(rows))
    }

    @Test("what it writes the decoder reads, numbers too")
    func roundTrip() throws {
        var encoder = CopyBinaryEncoder(fieldCount: 1)
        for value in [Int64.min, -1, 0, 1, .max] {
            encoder.beginRow()
            encoder.append(bigint: value)
        }
        encoder.appendTrailer()
        let stream = encoder.bytes
        var decoder = CopyBinaryDecoder(fieldCount: 1)
        decoder.receive(stream.span)
        var read: [Int64] = []
        while try decoder.next(in: stream.span) == .row {
            guard let field = decoder.field(0, in: stream.span) else { continue }
            read.append(try PostgresBinary.integer(field))
        }
        #expect(read == [.min, -1, 0, 1, .max])
    }
}

@Suite("CopyWriter", .needsPostgres)
struct CopyWriterTests {
    private static let copy = "COPY written FROM STDIN (FORMAT binary)"

    private func table(_ columns: String) throws -> PostgresConnection {
        var connection = try connect()
        try connection.execute("CREATE TEMP TABLE written (\(columns))")
        return connection
    }

    private func count(_ connection: inout PostgresConnection) throws -> String? {
        try connection.query("SELECT count(*) FROM written").text(row: 0, column: 0)
    }

    @Test("rows that fill many messages are in the table as they were written")
    func manyRows() throws {
        var connection = try table("number bigint, name text")
        let long = String(repeating: "नाम ", count: 30_000)
        var writer = try connection.copyIn(Self.copy)
        #expect(writer.fieldCount == 2)
        for number in 0..<20_000 {
            writer.beginRow()
            writer.append(bigint: Int64(number))
            if number % 3 == 0 {
                writer.appendNull()
            } else {
                writer.append((number == 7 ? long : "n\(number)").utf8.span)
            }
            try writer.endRow()
        }
        #expect(writer.rowCount == 20_000)
        try writer.finish()
        _ = consume writer
        let wrong = try connection.query(
            """
            SELECT count(*) FROM written WHERE name IS DISTINCT FROM
                CASE WHEN number % 3 = 0 THEN NULL WHEN number = 7 THEN repeat('नाम ', 30000)
                ELSE 'n' || number END
            """)
        #expect(wrong.text(row: 0, column: 0) == "0")
        #expect(try count(&connection) == "20000")
    }

    @Test("a writer that nobody finishes leaves no row, and the session goes on")
    func abandoned() throws {
        var connection = try table("name text")
        var writer = try connection.copyIn(Self.copy)
        writer.beginRow()
        writer.append("Asha".utf8.span)
        try writer.endRow()
        _ = consume writer
        #expect(try count(&connection) == "0")
    }

    @Test("what the server finds wrong with a row ends the COPY without repeating the value")
    func refused() throws {
        var connection = try table("name text CHECK (name <> 'HUSH')")
        var writer = try connection.copyIn(Self.copy)
        for name in ["Asha", "HUSH"] {
            writer.beginRow()
            writer.append(name.utf8.span)
            try writer.endRow()
        }
        do throws(PostgresError) {
            try writer.finish()
            Issue.record("a row that breaks a constraint is taken")
        } catch {
            #expect("\(error)".contains("23514"))
            #expect(!"\(error)".contains("HUSH"))
        }
        _ = consume writer
        #expect(try count(&connection) == "0")
    }

    @Test("a session that is ended half-way is lost, however much is still written")
    func lost() throws {
        var connection = try table("name text")
        let backend = try connection.query("SELECT pg_backend_pid()").text(row: 0, column: 0)
        var other = try connect()
        var writer = try connection.copyIn(Self.copy)
        try other.execute("SELECT pg_terminate_backend(\(backend ?? "0"))")
        do throws(PostgresError) {
            for number in 0..<1_000_000 {
                writer.beginRow()
                writer.append("name \(number)".utf8.span)
                try writer.endRow()
            }
            try writer.finish()
            Issue.record("nobody noticed that the session is gone")
        } catch {
            #expect(error == .connectionLost)
        }
    }

    @Test("what is no binary COPY from us is refused, and the session goes on")
    func notACopy() throws {
        var connection = try table("name text")
        for sql in [
            "SELECT 1", "COPY written FROM STDIN", "COPY nobody FROM STDIN (FORMAT binary)",
        ] {
            let error = errorOf { () throws(PostgresError) in
                let writer = try connection.copyIn(sql)
                _ = consume writer
            }
            #expect(error != nil, "\(sql)")
        }
        #expect(try count(&connection) == "0")
    }
}
