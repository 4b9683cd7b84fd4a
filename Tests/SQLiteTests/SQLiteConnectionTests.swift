import Glibc
import SQLite
import TestSupport
import Testing

@Suite("SQLiteConnection")
struct SQLiteConnectionTests {
    private struct Stop: Error {}

    /// The result code that opening ends with; nil if it succeeds.
    private func refusal(_ path: String, _ mode: SQLiteMode) -> SQLiteResultCode? {
        do throws(SQLiteError) {
            let connection = try SQLiteConnection(path: path, mode: mode, busyTimeoutMillis: 0)
            try connection.execute("SELECT 1")
            return nil
        } catch {
            guard case .cannotOpen(let code) = error else { return SQLiteResultCode(rawValue: -1) }
            return code
        }
    }

    private func count(_ connection: borrowing SQLiteConnection) throws -> Int64? {
        var statement = try connection.prepare("SELECT count(*) FROM t")
        _ = try statement.step()
        return statement.integer(0)
    }

    @Test("a missing file is made only where that was asked for")
    func missingFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("new नई.sqlite")
        #expect(refusal(path, .readOnly)?.primary == .cannotOpen)
        #expect(refusal(path, .readWrite)?.primary == .cannotOpen)
        #expect(refusal(path, .readWriteCreate) == nil)
        #expect(
            refusal(folder.file("no/such/folder.sqlite"), .readWriteCreate)?.primary == .cannotOpen)
        #expect(refusal("/proc/new.sqlite", .readWriteCreate)?.primary == .cannotOpen)
        #expect(refusal(folder.path, .readOnly)?.primary == .inputOutput)
        #expect(throws: SQLiteError.emptyPath) {
            _ = try SQLiteConnection(path: "", mode: .readOnly)
        }
        #expect(throws: SQLiteError.embeddedNUL) {
            _ = try SQLiteConnection(path: "a\0b", mode: .readOnly)
        }
    }

    @Test("a file that is no database is refused when it is opened")
    func notADatabase() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("notes.sqlite")
        let text = Array(String(repeating: "id,name\n1,Asha\n", count: 200).utf8)
        #expect(write(text, to: path, at: 0) == true)
        #expect(refusal(path, .readOnly) == .notADatabase)
        #expect(refusal(path, .readWriteCreate) == .notADatabase)
    }

    @Test("damage inside a file is an error of the statement that meets it")
    func corruption() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("damaged.sqlite")
        do {
            let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
            try connection.execute(
                """
                CREATE TABLE t (a TEXT);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                INSERT INTO t SELECT 'some text ' || i FROM n;
                """)
        }
        let size = try #require(byteCount(of: path))
        #expect(write([UInt8](repeating: 0xA5, count: size - 4096), to: path, at: 4096) == true)
        let connection = try SQLiteConnection(path: path, mode: .readOnly)
        let error = #expect(throws: SQLiteError.self) { _ = try self.count(connection) }
        guard case .failed(let code) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(code.primary == .corrupt)
    }

    @Test("a read-only connection cannot write")
    func readOnly() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let writer = try SQLiteConnection(path: path, mode: .readWriteCreate)
        try writer.execute("CREATE TABLE t (a)")
        let reader = try SQLiteConnection(path: path, mode: .readOnly)
        #expect(throws: SQLiteError.failed(.readOnly)) {
            try reader.execute("INSERT INTO t VALUES (1)")
        }
        #expect(try count(reader) == 0)
    }

    @Test("a file that somebody else locks is busy")
    func locked() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let first = try SQLiteConnection(path: path, mode: .readWriteCreate)
        try first.execute("CREATE TABLE t (a); BEGIN EXCLUSIVE")
        #expect(refusal(path, .readOnly) == .busy)
        try first.execute("COMMIT; BEGIN IMMEDIATE")
        let second = try SQLiteConnection(path: path, mode: .readWrite, busyTimeoutMillis: 0)
        #expect(throws: SQLiteError.failed(.busy)) { try second.transaction {} }
        #expect(try count(second) == 0)
        try first.execute("ROLLBACK")
        try second.transaction { try second.execute("INSERT INTO t VALUES (1)") }
        #expect(try count(first) == 1)
    }

    @Test("a transaction whose body throws has changed nothing, and the next one works")
    func rollback() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        try connection.execute("CREATE TABLE t (a UNIQUE)")
        var insert = try connection.prepare("INSERT INTO t VALUES (?1)")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try insert.bind(1, integer: 1)
                try insert.run()
                throw Stop()
            }
        }
        #expect(try count(connection) == 0)
        #expect(throws: SQLiteError.failed(SQLiteResultCode(rawValue: 2067))) {
            try connection.transaction { try connection.execute("INSERT INTO t VALUES (1), (1)") }
        }
        #expect(throws: SQLiteError.self, "no transaction within a transaction") {
            try connection.transaction { try connection.transaction {} }
        }
        let answer = try connection.transaction {
            try insert.run()
            return "done"
        }
        #expect(answer == "done")
        #expect(try count(connection) == 1)
    }

    @Test("a read transaction sees one moment while others write")
    func readTransaction() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sqlite")
        let writer = try SQLiteConnection(path: path, mode: .readWriteCreate)
        #expect(try writer.enableWriteAheadLog() == true)
        try writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        let reader = try SQLiteConnection(path: path, mode: .readOnly)
        try reader.withReadTransaction {
            try writer.execute("INSERT INTO t VALUES (2)")
            #expect(try self.count(reader) == 1)
        }
        #expect(try count(reader) == 2)
    }

    @Test("a database in memory has no write-ahead log")
    func noWriteAheadLogInMemory() throws {
        let connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
        #expect(try connection.enableWriteAheadLog() == false)
    }
}
