import Glibc
import TestSupport
import Testing

@Suite("Refused rows")
struct RejectsTests {
    /// Every value that is wrong holds this.
    private static let mark = "HUSH"
    private static let patients = """
        id,name,gender,birth_date,mobile,abha_number,mr_number
        A,Asha Rao,F,1980-01-01,9811111111,91-4471-2208-3316,MR1
        ,HUSH Rao,F,1980-01-01,9811111112,,MR2
        A,Asha HUSH,F,1980-01-01,9811111113,,MR3
        B,Bina Rao,F,HUSH-01-01,9811111114,,MR4
        C,Chitra Rao,HUSH,1980-01-01,9811111115,,MR5
        D,Divya Rao,F,1980-01-01,9811111116,91-HUSH-2208-3316,MR6
        E,Ela HUSH,F
        F,"Fatima
        Khan",F,1980-01-01,98XXXXX117,,MR8
        G,Gita HUSH,purple,1980-01-01,9811111118,,MR9

        """
    private static let careContexts = """
        patient_id,reference,display,date
        A,V1,Visit,2024-01-01
        HUSH,V2,Visit,2024-01-01
        A,,HUSH,2024-01-01

        """
    private static let report = """
        source,line,field,reason
        patients,3,id,is missing
        patients,4,id,is the id of a row before
        patients,5,birth_date,*
        patients,6,gender,*
        patients,7,abha_number,*
        patients,8,,*
        patients,11,gender,*
        care_contexts,3,patient_id,names no patient of the facility
        care_contexts,4,reference,is missing
        """

    private let folder: ProgramFolder
    private let source: [String]
    private let rejects: String

    init() throws {
        folder = try ProgramFolder()
        source = [
            "--patients", try folder.write("patients.csv", Self.patients), "--care-contexts",
            try folder.write("contexts.csv", Self.careContexts),
        ]
        rejects = folder.file("rejects.csv")
    }

    private func load(_ command: String, _ arguments: [String]) throws -> ProgramRun {
        let database =
            command == "import" ? ["--database", "sqlite:" + folder.file("x.sqlite")] : []
        let run = try MilaanProgram.run(
            [command] + source + database + ["--rejects", rejects] + arguments)
        #expect(run.output.isEmpty)
        #expect(!run.errors.contains(Self.mark), "\(run.errors)")
        #expect(!run.errors.contains("purple"))
        return run
    }

    /// The report, with a star for the reasons that are a parser's words.
    private func checkReport(against expected: String) throws {
        let report = try folder.text("rejects.csv")
        #expect(!report.contains(Self.mark))
        let found = report.split(separator: "\n")
        let wanted = expected.split(separator: "\n")
        #expect(found.count == wanted.count, "\(report)")
        for (line, want) in zip(found, wanted) {
            if want.hasSuffix("*") {
                #expect(line.hasPrefix(want.dropLast()), "\(line)")
                #expect(line.count > want.count + 5)
            } else {
                #expect(line == want)
            }
        }
    }

    @Test(
        "are reported by line, field and reason, and end the command with code 1",
        arguments: [
            "discover", "import",
        ])
    func refused(command: String) throws {
        let run = try load(command, [])
        #expect(run.end == .exit(1))
        #expect(
            run.errors.contains(
                "milaan: 9 rows were refused, and --max-rejects is 0; --rejects FILE names each\n"))
        #expect(run.errors.contains("patients: 2 rows refused: gender is not one of "))
        #expect(run.errors.contains("patients: 1 row refused: id is missing\n"))
        #expect(run.errors.contains("patients: 1 value of mobile cannot be used\n"))
        try checkReport(against: Self.report)
    }

    @Test("are borne where --max-rejects allows as many", arguments: ["discover", "import"])
    func allowed(command: String) throws {
        let run = try load(command, ["--max-rejects", "9"])
        #expect(run.end == .exit(0))
        try checkReport(against: Self.report)
        #expect(try load(command, ["--max-rejects", "8"]).end == .exit(1))
    }

    @Test(
        "are kept without the wrong value with --bad-values drop",
        arguments: [
            "discover", "import",
        ])
    func dropped(command: String) throws {
        let run = try load(command, ["--bad-values", "drop", "--max-rejects", "5"])
        #expect(run.end == .exit(0), "\(run.errors)")
        for field in ["gender", "birth_date", "abha_number", "mobile"] {
            let count = field == "gender" ? "2 values" : "1 value"
            #expect(run.errors.contains("patients: \(count) of \(field) "))
        }
        #expect(run.errors.contains("6 patients and 1 care context"))
        try checkReport(
            against: Self.report.split(separator: "\n")
                .filter { line in
                    !["5,", "6,", "7,", "11,"].contains { line.hasPrefix("patients,\($0)") }
                }
                .joined(separator: "\n"))
    }

    @Test("a report that cannot be written is a failure, before anything is loaded")
    func unwritable() throws {
        let run = try MilaanProgram.run(
            ["discover"] + source + ["--rejects", "/nonexistent/rejects.csv"])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("cannot write the report of refused rows"))
        let full = try MilaanProgram.run(["discover"] + source + ["--rejects", "/dev/full"])
        #expect(full.end == .exit(1))
        #expect(full.errors.contains("cannot write the report of refused rows"))
    }

    @Test(
        "a report is not written over an input, under whatever name",
        arguments: ["discover", "import"], ["", "symbolic", "hard"])
    func reportIsInput(command: String, link: String) throws {
        let database = folder.file("x.sqlite")
        let fill = try MilaanProgram.run(
            ["import"] + source + ["--max-rejects", "9", "--database", "sqlite:" + database])
        #expect(fill.end == .exit(0))
        for name in ["patients.csv", "contexts.csv", "x.sqlite"] {
            let before = try folder.bytes(name)
            var report = folder.file(name)
            if link == "symbolic" {
                report = folder.file("link-" + name)
                #expect(unsafe symlink(name, report) == 0)
            } else if link == "hard" {
                report = folder.file("hard-" + name)
                #expect(unsafe Glibc.link(folder.file(name), report) == 0)
            }
            let from =
                command == "import"
                ? source + ["--database", "sqlite:" + database]
                : name == "x.sqlite" ? ["--database", "sqlite:" + database] : source
            let run = try MilaanProgram.run([command] + from + ["--rejects", report])
            #expect(run.end == .exit(2), "\(name): \(run.errors)")
            #expect(run.errors.contains("would be written over \(folder.file(name))"))
            #expect(try folder.bytes(name) == before, "\(name) is changed")
        }
    }

    @Test("a report is not written over the database that the import makes")
    func reportIsNewDatabase() throws {
        let database = folder.file("new.sqlite")
        for report in [database, folder.file("./new.sqlite")] {
            let run = try MilaanProgram.run(
                ["import"] + source + ["--database", "sqlite:" + database, "--rejects", report])
            #expect(run.end == .exit(2), "\(run.errors)")
        }
    }

    @Test("the last report stays until a row is refused or the load has ended")
    func lastReport() throws {
        try folder.write("rejects.csv", "the last report\n")
        let broken = try MilaanProgram.run(
            ["discover", "--patients", folder.file("missing.csv"), "--rejects", rejects])
        #expect(broken.end == .exit(1))
        #expect(try folder.text("rejects.csv") == "the last report\n")
        let clean = try folder.write("clean.csv", "id,name\nA,Asha\n")
        let run = try MilaanProgram.run(["discover", "--patients", clean, "--rejects", rejects])
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try folder.text("rejects.csv") == "source,line,field,reason\n")
    }

    @Test("a file that ends inside quotes ends the load, and says in which row")
    func openQuote() throws {
        let file = try folder.write("open.csv", "id,name\nA,Asha\nB,\"HUSH\nC,HUSH\n")
        let run = try MilaanProgram.run(["discover", "--patients", file])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("begins on line 3"))
        #expect(run.errors.contains("stopped after 1 patient"))
        #expect(!run.errors.contains(Self.mark))
    }
}
