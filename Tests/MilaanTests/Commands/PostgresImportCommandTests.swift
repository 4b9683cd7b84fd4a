import Glibc
import JSON
import TestSupport
import Testing

@Suite("milaan import into PostgreSQL", .needsPostgres)
struct PostgresImportCommandTests {
    private let folder: ProgramFolder
    private let hospital: PostgresHospital
    private let database: String

    init() throws {
        folder = try ProgramFolder()
        hospital = try PostgresHospital("SELECT 1")
        database = hospital.url()
    }

    private func `import`(_ arguments: [String]) throws -> ProgramRun {
        let run = try MilaanProgram.run(["import", "--database", database] + arguments)
        #expect(run.output.isEmpty)
        return run
    }

    private func answers(_ source: [String], _ requests: String) throws -> [JSONTree] {
        let run = try MilaanProgram.run(["discover", "--explain"] + source, input: requests)
        #expect(run.end == .exit(0), "\(run.errors)")
        return try run.comparableAnswers().map(\.sortedByReference)
    }

    @Test("an imported hospital answers as its files do, also when it is imported twice")
    func sameAnswers() throws {
        let hospital = try GeneratedHospital.shared.get()
        let expected = try answers(hospital.source, hospital.requests)
        for _ in 0..<2 {
            let run = try `import`(hospital.source)
            #expect(run.end == .exit(0), "\(run.errors)")
            #expect(run.errors.contains("imported 2000 patients and "))
            #expect(try answers(["--database", database], hospital.requests) == expected)
        }
    }

    @Test("more refused rows than allowed leave the database as it was")
    func refused() throws {
        let sound = try folder.write("sound.csv", "id\nA\n")
        let bad = try folder.write("bad.csv", "id,gender\nB,F\nC,purple\n")
        let report = folder.file("rejects.csv")
        #expect(try `import`(["--patients", sound]).end == .exit(0))
        let run = try `import`(["--patients", bad, "--rejects", report])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains(" refused, and --max-rejects is 0"))
        #expect(try folder.text("rejects.csv").contains("patients,3,gender,"))
        let source = ["discover", "--database", database]
        #expect(try MilaanProgram.run(source).errors.contains("loaded 1 patient and"))
        #expect(try `import`(["--patients", bad, "--max-rejects", "1"]).end == .exit(0))
        #expect(try MilaanProgram.run(source).errors.contains("loaded 2 patients"))
    }

    @Test("an import that is killed half-way keeps nothing, and the next one works")
    func killed() throws {
        #expect(try `import`(["--patients", folder.write("a.csv", "id\nA\n")]).end == .exit(0))
        let pipe = try NamedPipe(in: folder)
        let importing = try MilaanProgram.start([
            "import", "--database", database, "--patients", pipe.path,
        ])
        try pipe.write("id,name\n" + (0..<4500).map { "B\($0),x\n" }.joined())
        #expect(throws: ProgramFailure.self) { try importing.end(withinSeconds: 1.2) }
        // More rows than have been sent by then lie in buffers; what is read is in the server's hands.
        try pipe.write((0..<4500).map { "C\($0),x\n" }.joined())
        _ = try importing.waitForErrors(containing: " rows/s")
        importing.send(SIGKILL)
        #expect(try importing.end() == .signal(SIGKILL))
        let source = ["discover", "--database", database]
        #expect(try MilaanProgram.run(source).errors.contains("loaded 1 patient and"))
        #expect(try `import`(["--patients", folder.write("d.csv", "id\nD\n")]).end == .exit(0))
        #expect(try MilaanProgram.run(source).errors.contains("loaded 2 patients"))
    }

    @Test("an import of more than a second says that it stores what it has read")
    func storing() throws {
        let pipe = try NamedPipe(in: folder)
        let importing = try MilaanProgram.start([
            "import", "--database", database, "--patients", pipe.path,
        ])
        try pipe.write("id\nA\nB\n")
        #expect(throws: ProgramFailure.self) { try importing.end(withinSeconds: 1.2) }
        #expect(importing.errors.isEmpty)
        pipe.close()
        #expect(try importing.end() == .exit(0))
        #expect(importing.errors.hasPrefix("patients: storing 2 rows\nimported 2 patients and "))
    }

    @Test("two imports at the same time both end well, and neither is half there")
    func atOnce() throws {
        let files = try (0..<2).map { number in
            try folder.write(
                "\(number).csv",
                "id,name\n" + (0..<2000).map { "A\($0),name \(number)\n" }.joined())
        }
        let imports = try files.map { file in
            try MilaanProgram.start(["import", "--database", database, "--patients", file])
        }
        for one in imports { #expect(try one.end() == .exit(0), "\(one.errors)") }
        try hospital.run(
            """
            DO $$ BEGIN ASSERT (SELECT count(*) = 2000 AND count(DISTINCT name) = 1 FROM patients);
            END $$
            """)
    }

    @Test("tables of one's own are not imported into, whether they are mapped or only called alike")
    func ownTables() throws {
        let patients = try folder.write("p.csv", "id,name\nA,HUSH\n")
        let config = try folder.write(
            "milaan.json",
            #"{"database": {"patients": {"table": "people", "columns": {"id": "number"}}}}"#)
        let mapped = try `import`(["--patients", patients, "--config", config])
        #expect(mapped.end == .exit(2))
        #expect(mapped.errors.contains("maps tables of your own"))
        try hospital.run("CREATE TABLE patients (id integer PRIMARY KEY, full_name text)")
        let alike = try `import`(["--patients", patients])
        #expect(alike.end == .exit(1))
        #expect(
            alike.errors.contains(
                "cannot import into the table public.patients: it has no column 'hip_id'"))
        #expect(!alike.errors.contains("HUSH"))
    }
}

extension JSONTree {
    /// The same with records and care contexts in the order of their references: PostgreSQL puts rows
    /// wherever it has room.
    fileprivate var sortedByReference: JSONTree {
        switch self {
        case .object(let members): .object(members.mapValues(\.sortedByReference))
        case .array(let elements):
            .array(
                elements.map(\.sortedByReference).sorted {
                    $0["referenceNumber"]?.text ?? "" < $1["referenceNumber"]?.text ?? ""
                })
        default: self
        }
    }
}
