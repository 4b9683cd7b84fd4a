import Foundation
import JSON
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips what needs a PostgreSQL server where there is none, and says so.
    static var needsPostgres: ConditionTrait {
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason))
    }
}

@Suite("Patients from PostgreSQL", .needsPostgres)
struct PostgresSourceTests {
    /// The tables as they might stand in a hospital, mixed case and all, and who may only read them.
    private static func tables(reader: String) throws -> String {
        let patients = try CSVTable(file: SampleHospital.patients).rows
        let contexts = try CSVTable(file: SampleHospital.careContexts).rows
        let value = { (text: String?) -> String in
            guard let text, !text.isEmpty else { return "NULL" }
            return "'" + text.replacing("'", with: "''") + "'"
        }
        let people = patients.map { row in
            // Two columns that give the name again when a space joins them.
            let words = (row["name"] ?? "").split(separator: " ", maxSplits: 1).map(String.init)
            let names = [words.first, words.count > 1 ? words[1] : nil]
            return "("
                + ([row["id"], row["hip_id"]] + names
                + [
                    "gender", "birth_date", "yob", "mobile", "abha_address", "abha_number",
                    "mr_number",
                ]
                .map { row[$0] }).map(value).joined(separator: ", ") + ", 'HUSH')"
        }
        let visits = contexts.map { row in
            "("
                + ["patient_id", "hip_id", "reference", "display", "hi_type", "date", "linked"]
                .map { value(row[$0]) }.joined(separator: ", ") + ")"
        }
        return #"""
            CREATE SCHEMA "Old Hospital";
            CREATE TABLE "Old Hospital"."Patient.Master" ("UHID" text PRIMARY KEY,
                "Facility Code" text, "First Name" text, "lastName" text, "Sex" text, "DOB" text,
                "Year" text, "Phone" text, "ABHA" text, "ABHA No." text, "MR ""No""" text,
                "Secret" text);
            INSERT INTO "Old Hospital"."Patient.Master" VALUES \#(people.joined(separator: ","));
            CREATE TABLE "Old Hospital".visits (uhid text, hip text, "Visit No" text, title text,
                kind text, day date, linked boolean);
            INSERT INTO "Old Hospital".visits VALUES \#(visits.joined(separator: ","));
            CREATE ROLE \#(reader) LOGIN;
            GRANT USAGE ON SCHEMA "Old Hospital" TO \#(reader);
            GRANT SELECT ("UHID", "Facility Code", "First Name", "lastName", "Sex", "DOB", "Year",
                "Phone", "ABHA", "ABHA No.", "MR ""No""") ON "Old Hospital"."Patient.Master"
                TO \#(reader);
            GRANT SELECT ON "Old Hospital".visits TO \#(reader);
            """#
    }

    private static let mapping = #"""
        {"database": {
          "patients": {"table": "\"Old Hospital\".\"Patient.Master\"", "columns": {
            "id": "UHID", "hip_id": "Facility Code", "name": ["First Name", "lastName"],
            "gender": "Sex", "birth_date": "DOB", "yob": "Year", "mobile": "Phone",
            "abha_address": "ABHA", "abha_number": "ABHA No.", "mr_number": "MR \"No\""}},
          "careContexts": {"table": "\"Old Hospital\".visits", "columns": {
            "patient_id": "uhid", "hip_id": "hip", "reference": "Visit No", "display": "title",
            "hi_type": "kind", "date": "day", "linked": "linked"}}
        }}
        """#

    @Test(
        "an own mapping of quoted columns, read by a role that may only read, answers as the files do"
    )
    func ownTables() throws {
        let reader = "milaan_reader_\(getpid())"
        let hospital = try PostgresHospital(Self.tables(reader: reader))
        defer { try? hospital.run("DROP OWNED BY \(reader); DROP ROLE \(reader)") }
        let folder = try ProgramFolder()
        let config = try folder.write("milaan.json", Self.mapping)
        let source = ["--config", config, "--database", hospital.url(user: reader)]
        let requests = try ["match", "ambiguous", "no-match"].map { name in
            try folder.text(SampleHospital.request(name)).split(whereSeparator: \.isNewline)
                .joined(separator: " ")
        }.joined(separator: "\n")
        for facility in ["HIP1", "HIP2"] {
            let words = ["discover", "--explain", "--hip", facility]
            let fromFiles = try MilaanProgram.run(words + SampleHospital.source, input: requests)
            let fromTables = try MilaanProgram.run(words + source, input: requests)
            #expect(fromTables.end == .exit(0), "\(fromTables.errors)")
            #expect(fromTables.errors.contains("loaded 60 patients and 104 care contexts"))
            #expect(try fromTables.comparableAnswers() == fromFiles.comparableAnswers())
            #expect(fromTables.lines.count == 3)
            #expect(fromTables.output.contains(#""position":"0/"#))
        }
        let request = try folder.text(SampleHospital.request("match"))
        let explained = try MilaanProgram.run(["explain"] + source, input: request)
        #expect(explained.end == .exit(0))
        #expect(explained.output.hasPrefix("outcome    match\npatient    S001, matched by "))

        let server = try ProgramServer(source)
        try server.waitUntilReady()
        let reply = try server.post("/v1/discover", request)
        #expect(
            try JSONTree(parsing: reply.body)["patient"]?["referenceNumber"] == .string("S001"))
    }

    @Test("tables that are called as the files need no mapping")
    func ourNames() throws {
        let hospital = try GeneratedHospital.shared.get()
        let column = { (name: String) in "\"\(name)\" text" }
        let tables = try [
            ("patients", hospital.patients), ("care_contexts", hospital.careContexts),
        ]
        .map { table, file in
            let header = try CSVTable(file: file).header
            return """
                CREATE TABLE \(table) (\(header.map(column).joined(separator: ", ")));
                \\copy \(table) FROM '\(file)' WITH (FORMAT csv, HEADER)
                """
        }
        let database = try PostgresHospital(tables.joined(separator: "\n"))
        let fromFiles = try MilaanProgram.run(
            ["discover"] + hospital.source, input: hospital.requests)
        let fromTables = try MilaanProgram.run(
            ["discover", "--database", database.url()], input: hospital.requests)
        #expect(fromTables.end == .exit(0), "\(fromTables.errors)")
        #expect(try fromTables.comparableAnswers() == fromFiles.comparableAnswers())
    }

    @Test("bad rows are counted as in files, and what is missing is named")
    func faults() throws {
        let database = try PostgresHospital(
            """
            CREATE TABLE patients (id text, name text, gender text);
            INSERT INTO patients VALUES ('A', 'Asha Rao', 'F'), ('B', 'HUSH', 'purple'),
                (NULL, 'HUSH', 'M');
            """)
        let folder = try ProgramFolder()
        let run = try MilaanProgram.run([
            "discover", "--database", database.url(), "--rejects", folder.file("rejects.csv"),
        ])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("2 rows were refused"))
        let report = try folder.text("rejects.csv")
        #expect(report.split(separator: "\n").count == 3)
        #expect(!(report + run.errors).contains("HUSH"))

        let mapping = { (column: String) in
            #"{"database": {"patients": {"table": "patients", "columns": {"id": "\#(column)"}}}}"#
        }
        let wrong = try folder.write("wrong.json", mapping("ID"))
        let missing = try MilaanProgram.run([
            "discover", "--database", database.url(), "--config", wrong,
        ])
        #expect(missing.end == .exit(1))
        #expect(missing.errors.contains("the table 'patients' has no column 'ID' (for id)"))
    }

    @Test("a server that cannot be reached is a failure without a secret")
    func unreachable() throws {
        let urls = [
            "postgres://user:hush@127.0.0.1:1/x", "postgres://user:hu?hush@127.0.0.1:1/x",
            "postgres://user:hu/hush@127.0.0.1:1/x", "postgres://user:hu%zzhush@127.0.0.1:1/x",
            "postgres://user:hush@[::1/x", "postgres:///x?host=/nonexistent&password=hush",
            "postgres:///x?host=/nonexistent&passwort=hush",
        ]
        for url in urls {
            let run = try MilaanProgram.run(["discover", "--database", url])
            #expect(run.end == .exit(1), "\(url)")
            #expect(run.errors.contains("cannot connect to PostgreSQL"), "\(run.errors)")
            #expect(!run.errors.contains("hush"), "\(run.errors)")
        }
    }
}
