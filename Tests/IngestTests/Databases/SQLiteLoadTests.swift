import Foundation
import Ingest
import Matcher
import SQLite
import Testing

@Suite("Loading from SQLite")
struct SQLiteLoadTests {
    private func file(_ folder: ScratchFolder, _ sql: String) throws -> String {
        let path = folder.path + "/h.sqlite"
        let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
        try connection.execute(sql)
        return path
    }

    @Test("a mapping reaches mixed case, names in several columns and columns of numbers")
    func mapping() throws {
        let folder = try ScratchFolder()
        let path = try file(
            folder,
            #"""
            CREATE TABLE "Patient ""Master""" ("UHID" INTEGER, "First Name", last, abha INTEGER);
            INSERT INTO "Patient ""Master""" VALUES (7, ' Asha ', 'Rao', 1234567890123),
                (8, NULL, 'Rao', NULL), (9, NULL, NULL, NULL);
            CREATE TABLE visits (uhid, no); INSERT INTO visits VALUES ('7', 12);
            """#)
        let mapping = DatabaseMapping(
            patients: TableMapping(
                table: "Patient \"Master\"",
                columns: [
                    "id": ["UHID"], "name": ["First Name", "last"], "abha_number": ["abha"],
                ]),
            careContexts: TableMapping(
                table: "main.visits", columns: ["patient_id": ["uhid"], "reference": ["no"]]))
        let loaded = try Loaded(.database(.sqlite(path: path), mapping))
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "7"): PlainPatient(
                    name: "asha rao", abhaNumber: 1_234_567_890_123,
                    contexts: [PlainContext(reference: "12", display: "12")]),
                PlainKey(facility: "HIP1", id: "8"): PlainPatient(name: "rao"),
                PlainKey(facility: "HIP1", id: "9"): PlainPatient(),
            ])
    }

    @Test("rows that are not UTF-8 are refused by their number")
    func malformedUTF8() throws {
        let folder = try ScratchFolder()
        let path = try file(
            folder,
            """
            CREATE TABLE patients (id, name);
            INSERT INTO patients VALUES ('1', 'a'), ('2', CAST(x'C328' AS TEXT));
            """)
        let rejects = folder.path + "/rejects.csv"
        let loaded = try Loaded(
            .database(.sqlite(path: path), nil), LoadOptions(rejectsPath: rejects))
        #expect(loaded.counts.patients == 1)
        #expect(
            try folder.lines("rejects.csv").dropFirst() == ["patients,2,name,is not valid UTF-8"])
    }

    @Test("a missing file, a file that is no database and a missing column are told apart")
    func failures() throws {
        let folder = try ScratchFolder()
        let missing = folder.path + "/none.sqlite"
        let other = try folder.write("other", String(repeating: "no database ", count: 100))
        for path in [missing, other] {
            let error = try #require(failure(of: .database(.sqlite(path: path), nil)))
            #expect(error.description.contains("cannot open the SQLite file"), "\(error)")
        }
        let path = try file(folder, "CREATE TABLE patients (uhid)")
        #expect(
            failure(of: .database(.sqlite(path: path), nil))?.failure
                == .mapping(problem: "the table 'patients' has no column 'id' (for id)"))
    }
}
