import Glibc
import TestSupport
import Testing

@Suite("milaan snapshot")
struct SnapshotCommandTests {
    private let folder: ProgramFolder
    private let path: String

    init() throws {
        folder = try ProgramFolder()
        path = folder.file("hospital.snap")
    }

    private func snapshot(
        _ action: String, _ arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> ProgramRun {
        try MilaanProgram.run(["snapshot", action, path] + arguments, environment: environment)
    }

    private func write() throws {
        let run = try snapshot("write", SampleHospital.source)
        try #require(run.end == .exit(0), "\(run.errors)")
    }

    /// The number or text that `info` prints for a word.
    private func told(_ word: String) throws -> String? {
        let line = try snapshot("info").lines.first { $0.hasPrefix(word + " ") }
        return line.map { String($0.dropFirst(word.count).drop { $0 == " " }) }
    }

    @Test("writes the index, which verify finds sound and info tells of")
    func sound() throws {
        let written = try snapshot("write", SampleHospital.source)
        #expect(written.end == .exit(0))
        #expect(written.output.isEmpty)
        #expect(written.errors.contains("wrote \(path) in "))
        let verified = try snapshot("verify")
        #expect(verified.end == .exit(0))
        #expect(verified.output == "the snapshot is sound\n")
        #expect(verified.errors.isEmpty)
        #expect(try told("format") == "version 3")
        #expect(try told("patients") == "60")
        #expect(try told("default facility") == "HIP1")
        #expect(try told("taken")?.hasSuffix(" at file:patients.csv") == true)
        #expect(try told("bytes")?.hasPrefix("\(folder.bytes(path).count), in blocks of") == true)
        #expect(try told("  identifierTypes") == "3")
    }

    @Test("discover, explain and evaluate answer from it as from the files")
    func answers() throws {
        let hospital = try GeneratedHospital.shared.get()
        try #require(try snapshot("write", hospital.source).end == .exit(0))
        let fromFiles = try MilaanProgram.run(
            ["discover", "--explain"] + hospital.source, input: hospital.requests)
        let opened = try MilaanProgram.run(
            ["discover", "--explain", "--snapshot", path], input: hospital.requests)
        #expect(opened.end == .exit(0))
        #expect(opened.lines.count == 1500)
        #expect(opened.bytes == fromFiles.bytes)
        let request = hospital.requests.split(separator: "\n").first.map { "\($0)\n" } ?? ""
        let explained = try MilaanProgram.run(["explain", "--snapshot", path], input: request)
        #expect(
            explained.output
                == (try MilaanProgram.run(["explain"] + hospital.source, input: request)).output)
        let truth =
            ["--requests", hospital.folder.file("requests.ndjson")]
            + ["--truth", hospital.folder.file("truth.csv")]
        let judged = try MilaanProgram.run(["evaluate", "--snapshot", path] + truth)
        #expect(judged.end == .exit(0), "\(judged.errors)")
        let expected = try MilaanProgram.run(["evaluate"] + hospital.source + truth)
        #expect(judged.output == expected.output)
    }

    @Test("verify names the section that is damaged, and a cut file is refused, with code 1")
    func damaged() throws {
        try write()
        var bytes = try folder.bytes(path)
        // The first of its sections holds the rows.
        bytes[4096] ^= 1
        try folder.write("hospital.snap", bytes)
        let damaged = try snapshot("verify")
        #expect(damaged.end == .exit(1))
        #expect(damaged.output.isEmpty)
        #expect(damaged.errors == "milaan: \(path): this snapshot is damaged: rows\n")
        try folder.write("hospital.snap", Array(bytes.dropLast()))
        for action in ["verify", "info"] {
            let cut = try snapshot(action)
            #expect(cut.end == .exit(1))
            #expect(cut.errors == "milaan: \(path): this snapshot is cut short\n")
        }
        let none = try MilaanProgram.run(["snapshot", "verify", SampleHospital.patients])
        #expect(none.end == .exit(1))
        #expect(none.errors.hasSuffix(": this is no snapshot of Milaan\n"))
    }

    @Test("a file that is not there, and words that are not known, end with code 2")
    func usage() throws {
        for action in ["verify", "info"] {
            let run = try snapshot(action)
            #expect(run.end == .exit(2))
            #expect(
                run.errors == "milaan: \(path): open failed: No such file or directory\n")
        }
        for words in [[], ["write"], ["info"], ["read", path], ["info", path, path]] {
            let run = try MilaanProgram.run(["snapshot"] + words)
            #expect(run.end == .exit(2), "\(words)")
            #expect(run.errors.contains("needs one of write, verify, info"), "\(run.errors)")
        }
        #expect(try snapshot("write").end == .exit(2))
    }

    @Test("a disk that is full, or a load that fails, leaves the file as it was and none beside it")
    func failedWrite() throws {
        try write()
        let bytes = try folder.bytes(path)
        let hospital = try GeneratedHospital.shared.get()
        // A file may have 64 KiB, and one that would be longer is a failed write.
        let full = try MilaanProgram.run(
            "/bin/sh",
            [
                "-c",
                "trap '' XFSZ; ulimit -f 128; exec '\(MilaanProgram.path)' snapshot write '\(path)'"
                    + " --patients '\(hospital.patients)'",
            ])
        #expect(full.end == .exit(1))
        #expect(full.errors.hasSuffix("cannot write \(path): pwrite failed: File too large\n"))
        let refused = try snapshot(
            "write", ["--patients", folder.write("bad.csv", "id,gender\nA,purple\n")])
        #expect(refused.end == .exit(1))
        #expect(try folder.bytes(path) == bytes)
        #expect(unsafe access(path + ".writing", F_OK) != 0)
        let nowhere = try MilaanProgram.run(
            ["snapshot", "write", folder.file("none/s.snap")] + SampleHospital.source)
        #expect(nowhere.end == .exit(1))
        #expect(nowhere.errors.hasSuffix("s.snap: open failed: No such file or directory\n"))
    }

    @Test("a snapshot of patients is not replaced by one of nobody, which is written elsewhere")
    func empty() throws {
        try write()
        let bytes = try folder.bytes(path)
        let nobody = try ["--patients", folder.write("nobody.csv", "id,name\n")]
        let refused = try snapshot("write", nobody)
        #expect(refused.end == .exit(1))
        #expect(refused.errors.contains("the source has no patients, and \(path) has 60"))
        #expect(try folder.bytes(path) == bytes)
        let elsewhere = folder.file("nobody.snap")
        // The second one replaces nobody by nobody.
        for _ in 0..<2 {
            let written = try MilaanProgram.run(["snapshot", "write", elsewhere] + nobody)
            #expect(written.end == .exit(0), "\(written.errors)")
        }
    }

    @Test("a place that it cannot take is told before anything is loaded")
    func place() throws {
        let patients = try folder.write("patients.csv", "id,name\nA,Asha\n")
        for path in [patients, folder.path, folder.file("none/s.snap")] {
            let run = try MilaanProgram.run(["snapshot", "write", path] + SampleHospital.source)
            #expect(run.end == .exit(1))
            #expect(run.errors.hasPrefix("milaan: cannot write \(path): "), "\(run.errors)")
        }
        #expect(try folder.text("patients.csv") == "id,name\nA,Asha\n")
    }

    @Test("killed in the middle it leaves the file as it was, and the next one is written")
    func killed() throws {
        try write()
        let bytes = try folder.bytes(path)
        let hospital = try GeneratedHospital.shared.get()
        // Another one writes, and this one waits for it.
        let draft = unsafe open(path + ".writing", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(draft >= 0 && flock(draft, LOCK_EX) == 0)
        let writing = try MilaanProgram.start(["snapshot", "write", path] + hospital.source)
        _ = try writing.waitForErrors(containing: "loaded 2000")
        #expect(throws: ProgramFailure.self) { try writing.end(withinSeconds: 0.3) }
        writing.send(SIGKILL)
        #expect(try writing.end() == .signal(SIGKILL))
        close(draft)
        #expect(try folder.bytes(path) == bytes)
        #expect(unsafe access(path + ".writing", F_OK) == 0)
        #expect(try snapshot("write", hospital.source).end == .exit(0))
        #expect(unsafe access(path + ".writing", F_OK) != 0)
        #expect(try told("patients") == "2000")
        #expect(try snapshot("verify").end == .exit(0))
    }

    @Test("is written from rows, also where the configuration names a snapshot for others")
    func fromRows() throws {
        try write()
        let hospital = try GeneratedHospital.shared.get()
        let file = try folder.write("milaan.json", #"{"patients": "\#(hospital.patients)"}"#)
        let run = try snapshot(
            "write", ["--config", file], environment: ["MILAAN_SNAPSHOT": path])
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(try told("patients") == "2000")
    }
}
