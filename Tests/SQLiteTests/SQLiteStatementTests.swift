import SQLite
import TestSupport
import Testing

@Suite("SQLiteStatement")
struct SQLiteStatementTests {
    @Test(
        "texts, integers and NULL come back as they were bound",
        arguments: [
            "", " ", "Asha", "नमस्ते 😀", "a'b;--", "zero\0byte",
            String(repeating: "x", count: 1_000_000),
        ])
    func roundTrip(text: String) throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        try connection.execute("CREATE TABLE t (a TEXT, b INTEGER, c TEXT)")
        var insert = try connection.prepare("INSERT INTO t VALUES (?1, ?2, ?3)")
        for integer in [Int64.min, -1, 0, .max] {
            try insert.bind(1, text: text)
            try insert.bind(2, integer: integer)
            try insert.bindNull(3)
            #expect(try insert.step() == false)
        }
        var select = try connection.prepare("SELECT a, b, c AS third FROM t ORDER BY b")
        #expect(select.columnCount == 3)
        #expect(select.columnName(2) == "third")
        var integers: [Int64?] = []
        while try select.step() {
            #expect(try select.string(0) == text)
            integers.append(select.integer(1))
            #expect((select.isNull(0), select.isNull(2)) == (false, true))
            #expect(try select.string(2) == nil)
            #expect(select.integer(2) == nil)
        }
        #expect(integers == [.min, -1, 0, .max])
    }

    @Test("the empty text is bound from an empty span, not NULL")
    func emptySpan() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        var select = try connection.prepare("SELECT ?1 IS NULL, length(?1), typeof(?1)")
        let nothing: [UInt8] = []
        try select.bind(1, text: nothing.span)
        #expect(try select.step() == true)
        #expect((select.integer(0), select.integer(1)) == (0, 0))
        #expect(try select.string(2) == "text")
    }

    @Test("text is lent for integers and blobs too, as SQLite converts them")
    func conversions() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        var select = try connection.prepare("SELECT 42, x'C3A9', x'', 1.5, '7abc'")
        #expect(try select.step() == true)
        #expect(try select.string(0) == "42")
        #expect(try select.string(0) == "42")
        #expect(try select.string(1) == "é")
        #expect(try select.string(2) == "")
        #expect(try select.string(3) == "1.5")
        #expect(select.integer(4) == 7)
    }

    @Test("a statement can be run again, with its bindings kept until they are changed")
    func reuse() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        var select = try connection.prepare("SELECT ?1 UNION ALL SELECT ?1 + 1")
        try select.bind(1, integer: 10)
        #expect(try select.step() == true)
        #expect(throws: SQLiteError.failed(SQLiteResultCode(rawValue: 21))) {
            try select.bind(1, integer: 20)
        }
        select.reset()
        var seen: [Int64?] = []
        while try select.step() { seen.append(select.integer(0)) }
        try select.bind(1, integer: 20)
        while try select.step() { seen.append(select.integer(0)) }
        #expect(seen == [10, 11, 20, 21])
    }

    @Test("a statement may outlive the name of its connection")
    func outlivesConnection() throws {
        func make() throws -> SQLiteStatement {
            let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
            return try connection.prepare("SELECT 5")
        }
        var statement = try make()
        #expect(try statement.step() == true)
        #expect(statement.integer(0) == 5)
    }

    @Test("what is not one statement is refused")
    func notOneStatement() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        for sql in ["", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1; SELECT 2;"] {
            #expect(throws: SQLiteError.notOneStatement) { _ = try connection.prepare(sql) }
        }
        for sql in ["SELECT 1;", "SELECT 1; ", "SELECT 1 -- one", "SELECT 1; /* one */ ;"] {
            var statement = try connection.prepare(sql)
            #expect(try statement.step() == true)
        }
        #expect(throws: SQLiteError.embeddedNUL) { _ = try connection.prepare("SELECT 1\0") }
        #expect(throws: SQLiteError.failed(.range)) {
            var statement = try connection.prepare("SELECT ?1")
            try statement.bind(2, integer: 1)
        }
    }

    @Test("errors tell the code, and never a value")
    func errorsQuoteNoValues() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        try connection.execute(
            """
            CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 0)) WITHOUT ROWID;
            CREATE TABLE u (t TEXT REFERENCES t);
            CREATE TRIGGER no_a BEFORE INSERT ON t WHEN new.n = 99 BEGIN SELECT RAISE(ABORT, 'Asha'); END;
            """)
        var insert = try connection.prepare("INSERT INTO t VALUES (?1, ?2)")
        func failure(_ text: String, _ integer: Int64?) throws -> SQLiteError? {
            try insert.bind(1, text: text)
            if let integer { try insert.bind(2, integer: integer) } else { try insert.bindNull(2) }
            do throws(SQLiteError) {
                try insert.run()
                return nil
            } catch {
                #expect(!error.description.contains("Asha"))
                return error
            }
        }
        #expect(try failure("Asha", 1) == nil)
        #expect(try failure("Asha", 2) == .failed(SQLiteResultCode(rawValue: 1555)))
        #expect(try failure("Ravi", nil) == .failed(SQLiteResultCode(rawValue: 1299)))
        #expect(try failure("Ravi", -5) == .failed(SQLiteResultCode(rawValue: 275)))
        #expect(try failure("Ravi", 99) == .failed(SQLiteResultCode(rawValue: 1811)))
        #expect(SQLiteResultCode(rawValue: 1811).primary == .constraint)
        var orphan = try connection.prepare("INSERT INTO u VALUES ('Asha-2')")
        #expect(throws: SQLiteError.failed(SQLiteResultCode(rawValue: 787))) { try orphan.run() }
        #expect(
            throws: SQLiteError.malformedStatement(
                SQLiteResultCode(rawValue: 1), message: "no such table: nowhere")
        ) { try connection.execute("SELECT 1; INSERT INTO nowhere VALUES (1)") }
        // A function that quotes what it was given fails at run time, without SQLite's message.
        let error = #expect(throws: SQLiteError.self) {
            var statement = try connection.prepare("SELECT json_extract('{}', ?1)")
            try statement.bind(1, text: "Asha")
            try statement.run()
        }
        #expect(error == .failed(SQLiteResultCode(rawValue: 1)))
    }
}
