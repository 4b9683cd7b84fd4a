import Foundation
import Ingest
import SQLite
import TestSupport
import Testing

@Suite("Loading from SQLite after an import that was killed")
struct InterruptedImportTests {
    private let folder: ProgramFolder
    private let path: String

    init() throws {
        folder = try ProgramFolder()
        path = folder.file("h.sqlite")
    }

    /// A connection in the middle of an update that no longer fits into its memory.
    private func writer() throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
        try connection.execute(
            """
            CREATE TABLE patients (id, name); PRAGMA cache_size = 2;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO patients SELECT i, 'Asha Rao' FROM n;
            BEGIN IMMEDIATE; UPDATE patients SET name = 'Bina Rao and more';
            """)
        return connection
    }

    /// What a writer that was killed leaves: both files as they are in the middle.
    private func copyOfMiddle() throws -> String {
        let connection = try writer()
        let copy = folder.file("copy.sqlite")
        for ending in ["", "-journal"] {
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
        }
        try connection.execute("ROLLBACK")
        return copy
    }

    /// Whether only somebody who may write can read the file.
    private func needsRollback(_ path: String) -> Bool {
        do throws(SQLiteError) {
            _ = try SQLiteConnection(path: path, mode: .readOnly)
            return false
        } catch {
            return error == .cannotOpen(.readOnlyRollback)
        }
    }

    private func names(in path: String) throws -> Set<String> {
        let loaded = try Loaded(.database(.sqlite(path: path), nil))
        return Set(loaded.hospital.values.map(\.name))
    }

    @Test("what was there before is read, and the journal is gone")
    func undone() throws {
        let copy = try copyOfMiddle()
        #expect(needsRollback(copy))
        #expect(try names(in: copy) == ["asha rao"])
        #expect(!FileManager.default.fileExists(atPath: copy + "-journal"))
    }

    @Test("an import that was killed half-way leaves the rows that were there")
    func killed() throws {
        let first = try folder.write("first.csv", "id,name\nA,Asha Rao\n")
        let into = ["import", "--database", "sqlite:" + path, "--patients"]
        #expect(try MilaanProgram.run(into + [first]).end == .exit(0))
        do {
            // Rows so long that an import of short ones changes more than it keeps in memory.
            let connection = try SQLiteConnection(path: path, mode: .readWrite)
            try connection.execute(
                """
                ALTER TABLE patients ADD COLUMN note;
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1299)
                INSERT INTO patients (hip_id, id, name, note)
                SELECT 'HIP1', 'B' || i, 'Asha Rao', zeroblob(60000) FROM n;
                """)
        }
        let pipe = try NamedPipe(in: folder)
        let importing = try MilaanProgram.start(into + [pipe.path])
        try pipe.write("id,name\n" + (0..<4500).map { "B\($0),Bina\n" }.joined())
        #expect(throws: ProgramFailure.self) { try importing.end(withinSeconds: 1.2) }
        try pipe.write((0..<4500).map { "C\($0),Bina\n" }.joined())
        _ = try importing.waitForErrors(containing: " rows/s")
        importing.send(SIGKILL)
        #expect(try importing.end() == .signal(SIGKILL))
        #expect(needsRollback(path))
        #expect(try names(in: path) == ["asha rao"])
        let run = try MilaanProgram.run(["discover", "--database", "sqlite:" + path])
        #expect(run.errors.contains("loaded 1301 patients and"), "\(run.errors)")
    }

    @Test("an import that is still running is not disturbed")
    func running() throws {
        let connection = try writer()
        let error = try #require(failure(of: .database(.sqlite(path: path), nil)))
        #expect(error.description.contains("locked"), "\(error)")
        try connection.execute("COMMIT")
        #expect(try names(in: path) == ["bina rao and more"])
    }

    @Test("where nothing may be written it says what to do", .enabled(if: geteuid() != 0))
    func notPermitted() throws {
        let copy = try copyOfMiddle()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: copy)
        let error = try #require(failure(of: .database(.sqlite(path: copy), nil)))
        #expect(error.description.contains("run the import again, or load the file once as a user"))
    }
}
