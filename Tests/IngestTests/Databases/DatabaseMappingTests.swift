import Ingest
import JSON
import Testing

@Suite("The mapping of tables and columns")
struct DatabaseMappingTests {
    private func mapping(_ text: String) throws -> DatabaseMapping {
        var document = JSONDocument()
        try document.parse(text.utf8.span)
        return try DatabaseMapping(document.root, in: document)
    }

    @Test("is read from a configuration as it is documented")
    func documented() throws {
        let mapping = try mapping(
            """
            {"patients": {"table":"hospital.patient_master", "columns": {"id":"uhid",
                "hip_id":"facility_code", "name":["first_name","middle_name","last_name"]}},
             "careContexts": {"table":"hospital.visits", "columns": {"patient_id":"uhid",
                "reference":"visit_no"}}}
            """)
        #expect(
            mapping
                == DatabaseMapping(
                    patients: TableMapping(
                        table: "hospital.patient_master",
                        columns: [
                            "id": ["uhid"], "hip_id": ["facility_code"],
                            "name": ["first_name", "middle_name", "last_name"],
                        ]),
                    careContexts: TableMapping(
                        table: "hospital.visits",
                        columns: ["patient_id": ["uhid"], "reference": ["visit_no"]])))
    }

    @Test(
        "is refused with the place of the fault",
        arguments: [
            ("[]", "database: not an object"), ("{}", "database.patients: is missing"),
            (#"{"patient":{}}"#, "database: unknown member 'patient'"),
            (#"{"patients":{"columns":{}}}"#, "database.patients.table"),
            (#"{"patients":{"table":"t"}}"#, "database.patients.columns"),
            (
                #"{"patients":{"table":"t","columns":{}}}"#,
                "database.patients.columns.id: is missing"
            ),
            (
                #"{"patients":{"table":"","columns":{"id":"a"}}}"#,
                "database.patients.table: is empty"
            ),
            (#"{"patients":{"table":"t","columns":{"id":7}}}"#, "neither a text nor a list"),
            (#"{"patients":{"table":"t","columns":{"id":[7]}}}"#, "is not a text"),
            (#"{"patients":{"table":"t","columns":{"id":[]}}}"#, "without a name"),
            (#"{"patients":{"table":"t","columns":{"id":"a","id":"b"}}}"#, "given twice"),
            (
                #"{"patients":{"table":"t","columns":{"id":"a","mobile":["b","c"]}}}"#,
                "can be joined"
            ),
            (
                #"{"patients":{"table":"t","columns":{"id":"a"}},"#
                    + #""careContexts":{"table":"v","columns":{"patient_id":"a"}}}"#,
                "database.careContexts.columns.reference: is missing"
            ),
        ])
    func faults(text: String, words: String) throws {
        do {
            _ = try mapping(text)
            Issue.record("was taken")
        } catch let error as LoadFailure {
            #expect(error.description.contains(words), "\(error)")
        }
    }

    @Test("a database's URL is PostgreSQL's or a SQLite file's, and nothing else")
    func urls() throws {
        #expect(
            try DatabaseURL(parsing: "postgres://a@b/c") == .postgres(conninfo: "postgres://a@b/c"))
        #expect(
            try DatabaseURL(parsing: "postgresql:///c") == .postgres(conninfo: "postgresql:///c"))
        #expect(try DatabaseURL(parsing: "sqlite:a/b.db") == .sqlite(path: "a/b.db"))
        for text in ["", "sqlite:", "mysql://secret@x/y", "patients.db", "postgres:x"] {
            let error = #expect(throws: LoadFailure.self) { try DatabaseURL(parsing: text) }
            #expect(error?.description.contains("secret") == false)
        }
    }
}
