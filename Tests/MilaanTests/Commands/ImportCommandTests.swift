internal import Glibc
import JSON
import TestSupport
import Testing

@Suite("milaan import")
struct ImportCommandTests {
    private let folder: ProgramFolder
    private let database: String

    init() throws {
        folder = try ProgramFolder()
        database = "sqlite:" + folder.file("hospital.sqlite")
    }

    private func `import`(_ arguments: [String]) throws -> ProgramRun {
        let run = try MilaanProgram.run(["import", "--database", database] + arguments)
        #expect(run.output.isEmpty)
        return run
    }

    private func answers(_ source: [String], _ requests: String) throws -> [JSONTree] {
        let run = try MilaanProgram.run(["discover", "--explain"] + source, input: requests)
        #expect(run.end == .exit(0), "\(run.errors)")
        return try run.comparableAnswers()
    }

    @Test("an imported hospital answers as its files do, also when it is imported twice")
    func sameAnswers() throws {
        let hospital = try GeneratedHospital.shared.get()
        let expected = try answers(hospital.source, hospital.requests)
        #expect(expected.count == 1500)
        for _ in 0..<2 {
            let run = try `import`(hospital.source)
            #expect(run.end == .exit(0), "\(run.errors)")
            #expect(run.errors.contains("imported 2000 patients and "))
            #expect(try answers(["--database", database], hospital.requests) == expected)
        }
    }

    @Test("a file that is made only its owner can read, and one that is there keeps its mode")
    func mode() throws {
        let path = folder.file("hospital.sqlite")
        for mode in [0o600, 0o640] as [mode_t] {
            #expect(try `import`(SampleHospital.source).end == .exit(0))
            var status = stat()
            try #require(unsafe stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == mode)
            #expect(unsafe chmod(path, 0o640) == 0)
        }
    }

    @Test("the sample explains itself alike from files and from the database")
    func explain() throws {
        #expect(try `import`(SampleHospital.source).end == .exit(0))
        for name in ["match", "ambiguous", "no-match"] {
            let request = try folder.text(SampleHospital.request(name))
            let fromFiles = try MilaanProgram.run(
                ["explain"] + SampleHospital.source, input: request)
            let fromDatabase = try MilaanProgram.run(
                ["explain", "--database", database], input: request)
            #expect(fromDatabase.end == .exit(0))
            let contexts = "contexts "
            #expect(
                fromDatabase.lines.filter { !$0.hasPrefix(contexts) }
                    == fromFiles.lines.filter { !$0.hasPrefix(contexts) })
        }
    }

    @Test("a second import changes what it names and leaves the rest")
    func update() throws {
        let first = try folder.write(
            "first.csv", "id,name,mobile\nA,Asha Rao,9811111111\nB,Bina Rao,9822222222\n")
        let second = try folder.write(
            "second.csv", "id,name,mobile\nB,Bina Rao,9833333333\nC,Chitra Rao,9844444444\n")
        for file in [first, second] {
            #expect(try `import`(["--patients", file]).end == .exit(0))
        }
        let run = try MilaanProgram.run(["discover", "--database", database])
        #expect(run.errors.contains("loaded 3 patients and 0 care contexts"))
        let body = { (mobile: String) in
            #"{"transactionId":"t","patient":{"id":"x@sbx","name":"Bina Rao","gender":"F","#
                + #""verifiedIdentifiers":[{"type":"MOBILE","value":"\#(mobile)"}]}}"#
        }
        let answers = try MilaanProgram.run(
            ["discover", "--explain", "--database", database],
            input: body("9822222222") + "\n" + body("9833333333"))
        #expect(!answers.lines[0].contains(#""referenceNumber":"B""#))
        #expect(answers.lines[1].contains(#""referenceNumber":"B""#))
    }

    @Test("more refused rows than allowed leave the database as it was")
    func refused() throws {
        let sound = try folder.write("sound.csv", "id\nA\n")
        let bad = try folder.write("bad.csv", "id,gender\nB,F\nC,purple\n")
        #expect(try `import`(["--patients", sound]).end == .exit(0))
        let run = try `import`(["--patients", bad])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("1 row was refused, and --max-rejects is 0"))
        let source = ["discover", "--database", database]
        #expect(try MilaanProgram.run(source).errors.contains("loaded 1 patient and"))
        #expect(try `import`(["--patients", bad, "--max-rejects", "1"]).end == .exit(0))
        #expect(try MilaanProgram.run(source).errors.contains("loaded 2 patients"))
    }

    @Test("NDJSON is read as CSV is, and patients may come through standard input")
    func forms() throws {
        let rows = try folder.write(
            "rows.ndjson", #"{"id":"A","name":"Asha Rao"}"# + "\n" + #"{"id":"B"}"# + "\n")
        #expect(try `import`(["--patients", rows]).errors.contains("imported 2 patients"))
        let run = try MilaanProgram.run(
            ["import", "--database", database, "--patients", "-"], input: "id\nC\n")
        #expect(run.end == .exit(0))
        #expect(run.errors.contains("imported 1 patient and"))
    }

    @Test("what cannot be imported into, or from, is a failure that says why")
    func failures() throws {
        let noServer = try MilaanProgram.run([
            "import", "--database", "postgres:///x?host=/nonexistent", "--patients",
            SampleHospital.patients,
        ])
        #expect(noServer.end == .exit(1))
        #expect(noServer.errors.contains("cannot connect to PostgreSQL"))
        let noFolder = try MilaanProgram.run([
            "import", "--database", "sqlite:/nonexistent/x", "--patients", SampleHospital.patients,
        ])
        #expect(noFolder.end == .exit(1))
        let noColumn = try folder.write("no-id.csv", "name,gender\nAsha Rao,F\n")
        let run = try `import`(["--patients", noColumn])
        #expect(run.end == .exit(1))
        #expect(!run.errors.contains("Asha"))
        let noDatabase = try folder.write("text.sqlite", "this is no database, only words\n")
        let words = try MilaanProgram.run(["discover", "--database", "sqlite:" + noDatabase])
        #expect(words.end == .exit(1))
        let absent = try MilaanProgram.run([
            "discover", "--database", "sqlite:" + folder.file("absent.sqlite"),
        ])
        #expect(absent.end == .exit(1))
    }

    @Test("a disk that is full leaves nothing of a file that the import made")
    func fullDisk() throws {
        // More than SQLite keeps in memory, so that the disk is full in the middle of the import.
        let id = String(repeating: "P", count: 250)
        let patients = try folder.write("long.csv", "id,name\n\(id),Asha Rao\n")
        let display = String(repeating: "d", count: 1000)
        let reference = String(repeating: "R", count: 240)
        let contexts = try folder.write(
            "contexts.csv",
            "patient_id,reference,display\n"
                + (0..<25_000).map { "\(id),\(reference)\($0),\(display)\n" }.joined())
        let source = ["--patients", patients, "--care-contexts", contexts]
        let command =
            "trap '' XFSZ; ulimit -f 4096; exec '\(MilaanProgram.path)' import"
            + " --database '\(database)' --patients '\(patients)' --care-contexts '\(contexts)'"
        let run = try MilaanProgram.run("/bin/sh", ["-c", command])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("the import failed: SQLite failed"), "\(run.errors)")
        for ending in ["", "-journal"] {
            let file = folder.file("hospital.sqlite") + ending
            #expect(unsafe access(file, F_OK) != 0, "\(file) is there")
        }
        #expect(try `import`(source).end == .exit(0))
    }

    @Test("after a second it says how far it has come, and nothing before")
    func progress() throws {
        let pipe = try NamedPipe(in: folder)
        let importing = try MilaanProgram.start([
            "import", "--database", database, "--patients", pipe.path,
        ])
        try pipe.write("id\n" + (0..<4500).map { "A\($0)\n" }.joined())
        #expect(throws: ProgramFailure.self) { try importing.end(withinSeconds: 1.2) }
        #expect(importing.errors.isEmpty)
        try pipe.write((0..<4500).map { "B\($0)\n" }.joined())
        let errors = try importing.waitForErrors(containing: " rows/s")
        #expect(errors.contains("patients: 8192 rows, "))
        pipe.close()
        #expect(try importing.end() == .exit(0))
        #expect(importing.output.isEmpty)
    }
}
