import Glibc
import TestSupport
import Testing

@Suite("milaan generate")
struct GenerateCommandTests {
    private static let files = [
        "patients.csv", "care_contexts.csv", "requests.ndjson", "truth.csv",
    ]

    private func generate(_ arguments: [String]) throws -> [[UInt8]] {
        let folder = try ProgramFolder()
        let output = folder.file("new")
        let run = try MilaanProgram.run(["generate", "--output", output] + arguments)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.output.isEmpty)
        return try Self.files.map { name in
            let bytes = try folder.bytes("new/\(name)")
            #expect(run.errors.contains("\(output)/\(name): \(bytes.count) bytes\n"))
            return bytes
        }
    }

    @Test("one seed makes the same bytes each time, another seed others")
    func deterministic() throws {
        let one = try generate(["--patients", "300", "--seed", "5", "--requests", "50"])
        let again = try generate(["--patients", "300", "--seed", "5", "--requests", "50"])
        let other = try generate(["--patients", "300", "--seed", "6", "--requests", "50"])
        #expect(one == again)
        for index in one.indices { #expect(one[index] != other[index], "\(Self.files[index])") }
    }

    @Test("there are as many patients, requests and truths as asked for; seed 1 is the default")
    func counts() throws {
        let files = try generate(["--patients", "300", "--requests", "50"])
        let feeds = files.map { file in file.count { $0 == 0x0A } }
        #expect(feeds[0] == 301)
        #expect(feeds[2] == 50)
        #expect(feeds[3] == 51)
        #expect(try generate(["--patients", "300", "--requests", "50", "--seed", "1"]) == files)
        #expect(try generate(["--patients", "0", "--requests", "0"])[0].count { $0 == 0x0A } == 1)
    }

    @Test("several facilities are in the files")
    func facilities() throws {
        let files = try generate([
            "--patients", "300", "--requests", "10", "--facilities", "3",
        ])
        let patients = String(decoding: files[0], as: UTF8.self)
        for facility in ["HIP1", "HIP2", "HIP3"] { #expect(patients.contains(",\(facility),")) }
        #expect(!patients.contains(",HIP4,"))
    }

    @Test("files that are there already are replaced with --force only", arguments: Self.files)
    func existingFiles(name: String) throws {
        let folder = try ProgramFolder()
        try folder.write(name, "mine\n")
        let words = ["generate", "--patients", "5", "--output", folder.path]
        let refused = try MilaanProgram.run(words)
        #expect(refused.end == .exit(2))
        #expect(
            refused.errors
                == "milaan: \(folder.path)/\(name) is there already; --force replaces it\n")
        #expect(try folder.text(name) == "mine\n")
        for other in Self.files where other != name {
            #expect(unsafe access(folder.file(other), F_OK) != 0, "\(other) is there")
        }
        #expect(try MilaanProgram.run(words + ["--force"]).end == .exit(0))
        #expect(try folder.text(name) != "mine\n")
    }

    @Test("a disk that is full leaves no file that looks whole")
    func fullDisk() throws {
        let folder = try ProgramFolder()
        #expect(unsafe symlink("/dev/full", folder.file("truth.csv.part")) == 0)
        let run = try MilaanProgram.run(["generate", "--patients", "5", "--output", folder.path])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("cannot write \(folder.path)/truth.csv: No space left"))
        for name in Self.files {
            #expect(unsafe access(folder.file(name), F_OK) != 0, "\(name) is there")
        }
    }

    @Test("a disk that is full leaves nothing that was made for nothing", arguments: [true, false])
    func nothingLeft(isNew: Bool) throws {
        let folder = try ProgramFolder()
        let output = isNew ? folder.file("new") : folder.path
        if !isNew { try folder.write("mine.csv.part", "mine\n") }
        // A file may have 64 KiB, and one that would be longer is a failed write.
        let run = try MilaanProgram.run(
            "/bin/sh",
            [
                "-c",
                "trap '' XFSZ; ulimit -f 128; "
                    + "exec '\(MilaanProgram.path)' generate --patients 3000 --output '\(output)'",
            ])
        #expect(run.end == .exit(1), "\(run.errors)")
        #expect(run.errors.contains("cannot write \(output)/patients.csv: File too large"))
        for name in Self.files {
            #expect(unsafe access("\(output)/\(name).part", F_OK) != 0, "\(name).part is there")
        }
        #expect((unsafe access(output, F_OK) != 0) == isNew)
        if !isNew { #expect(try folder.text("mine.csv.part") == "mine\n") }
    }

    @Test("a folder that cannot be made is a failure that names it")
    func badFolder() throws {
        let run = try MilaanProgram.run([
            "generate", "--patients", "5", "--output", "/nonexistent/new",
        ])
        #expect(run.end == .exit(1))
        #expect(run.errors == "milaan: cannot make /nonexistent/new: No such file or directory\n")
        let file = try ProgramFolder()
        let inFile = try MilaanProgram.run([
            "generate", "--patients", "5", "--output", try file.write("file", ""),
        ])
        #expect(inFile.end == .exit(1))
        #expect(inFile.errors.contains("/file/patients.csv: Not a directory"))
    }
}
