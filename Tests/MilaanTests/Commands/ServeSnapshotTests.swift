import Glibc
import JSON
import TestSupport
import Testing

@Suite("milaan serve --snapshot")
struct ServeSnapshotTests {
    private let folder: ProgramFolder
    private let path: String

    init() throws {
        folder = try ProgramFolder()
        path = folder.file("hospital.snap")
    }

    private func write(_ name: String, _ source: [String]) throws {
        let run = try MilaanProgram.run(["snapshot", "write", folder.file(name)] + source)
        try #require(run.end == .exit(0), "\(run.errors)")
    }

    private func answers(_ server: ProgramServer, _ requests: String) throws -> [UInt8] {
        let reply = try server.post("/v1/discover/batch?explain=true", requests)
        try #require(reply.status == 200)
        return reply.body
    }

    @Test("answers as a server that loaded the files, whatever becomes of its file")
    func sameAnswers() throws {
        let hospital = try GeneratedHospital.shared.get()
        try write("hospital.snap", hospital.source)
        try write("other.snap", SampleHospital.source)
        let loaded = try ProgramServer(hospital.source)
        try loaded.waitUntilReady()
        let expected = try answers(loaded, hospital.requests)
        let server = try ProgramServer(["--snapshot", path])
        try server.waitUntilReady()
        #expect(try answers(server, hospital.requests) == expected)
        #expect(try server.get("/readyz").text == #"{"status":"ready","rows":2000}"#)
        let said = try server.process.waitForErrors(containing: "the snapshot is in memory after")
        #expect(said.contains("opened a snapshot of 2000 patients and"))
        // As `cp` does it: the file is the same one, with other bytes.
        let inode = status(path).st_ino
        try folder.write("hospital.snap", folder.bytes("other.snap"))
        try #require(status(path).st_ino == inode)
        #expect(try answers(server, hospital.requests) == expected)
        #expect(unsafe truncate(path, 0) == 0)
        #expect(try answers(server, hospital.requests) == expected)
        #expect(unsafe unlink(path) == 0)
        #expect(try answers(server, hospital.requests) == expected)
        server.process.send(StopSignal.terminate.number)
        #expect(try server.process.end() == .exit(0))
    }

    @Test("a new one takes its place under a server that goes on with the old one")
    func replaced() throws {
        let hospital = try GeneratedHospital.shared.get()
        try write("hospital.snap", hospital.source)
        let server = try ProgramServer(["--snapshot", path])
        try server.waitUntilReady()
        let expected = try answers(server, hospital.requests)
        try write("hospital.snap", SampleHospital.source)
        #expect(try answers(server, hospital.requests) == expected)
        let next = try ProgramServer(["--snapshot", path])
        try next.waitUntilReady()
        #expect(try next.get("/readyz").text.contains(#""rows":60"#))
    }

    @Test("a block that is damaged ends it with code 1 and a line that says so")
    func damaged() throws {
        let hospital = try GeneratedHospital.shared.get()
        try write("hospital.snap", hospital.source)
        let sound = try folder.bytes(path)
        let info = try MilaanProgram.run(["snapshot", "info", path])
        let sections = info.lines.filter { $0.hasPrefix("  ") }.map { $0.split(separator: " ") }
        var offset = 4096
        var ends = 0
        for section in sections {
            let count = try #require(Int(section[1]))
            defer { offset += (count + 4095) / 4096 * 4096 }
            guard count > 0 else { continue }
            var bytes = sound
            bytes[offset + count / 2] ^= 4
            try folder.write("hospital.snap", bytes)
            let run = try MilaanProgram.run([
                "serve", "--listen", "127.0.0.1:0", "--snapshot", path,
            ])
            #expect(run.end == .exit(1), "\(section)")
            #expect(
                run.errors.contains("damaged"), "\(section): \(run.errors)")
            #expect(run.errors.contains(path))
            ends += 1
        }
        #expect(ends >= 14)
    }

    @Test("two sources in one place are refused, and a flag outdoes the file")
    func sources() throws {
        try write("hospital.snap", SampleHospital.source)
        for other in [
            SampleHospital.source, ["--patients", SampleHospital.patients],
            ["--database", "sqlite:\(folder.file("x.sqlite"))"],
        ] {
            let run = try MilaanProgram.run(["serve", "--snapshot", path] + other)
            #expect(run.end == .exit(2))
            #expect(
                run.errors
                    == "milaan: takes one of --patients FILE, --database URL and --snapshot FILE,"
                    + " not several\n", "\(run.errors)")
        }
        let contexts = try MilaanProgram.run(
            ["serve", "--snapshot", path, "--care-contexts", SampleHospital.careContexts])
        #expect(contexts.end == .exit(2))
        #expect(contexts.errors.contains("a snapshot has its own"))

        let hospital = try GeneratedHospital.shared.get()
        let patients = try folder.write("p.json", #"{"patients": "\#(hospital.patients)"}"#)
        let snapshot = try folder.write("s.json", #"{"snapshot": "\#(path)"}"#)
        let both = try folder.write(
            "b.json", #"{"snapshot": "\#(path)", "patients": "\#(hospital.patients)"}"#)
        #expect(try rows(["--config", patients, "--snapshot", path]) == 60)
        #expect(try rows(["--config", snapshot, "--patients", hospital.patients]) == 2000)
        #expect(try rows(["--config", snapshot]) == 60)
        #expect(try MilaanProgram.run(["serve", "--config", both]).end == .exit(2))
    }

    @Test("a file that is not there ends it with code 2, one that is none with code 1")
    func noFile() throws {
        let run = try MilaanProgram.run([
            "serve", "--listen", "127.0.0.1:0", "--snapshot", path,
        ])
        #expect(run.end == .exit(2))
        #expect(
            run.errors.hasSuffix("milaan: \(path): open failed: No such file or directory\n"))
        #expect(!run.errors.contains("\nready\n"))
        let check = try MilaanProgram.run(["config", "check", "--snapshot", path])
        #expect(check.end == .exit(2))
        let none = try MilaanProgram.run([
            "serve", "--listen", "127.0.0.1:0", "--snapshot", SampleHospital.patients,
        ])
        #expect(none.end == .exit(1))
        #expect(none.errors.hasSuffix(": this is no snapshot of Milaan\n"))
    }

    @Test("another default facility than the snapshot's is warned of")
    func facility() throws {
        try write("hospital.snap", SampleHospital.source + ["--hip", "HIP7"])
        let server = try ProgramServer(["--snapshot", path])
        try server.waitUntilReady()
        #expect(server.process.errors.contains("are those of HIP7, and requests that name none"))
        let same = try ProgramServer(["--snapshot", path, "--hip", "HIP7"])
        try same.waitUntilReady()
        #expect(!same.process.errors.contains("warning"))
    }

    private func rows(_ words: [String]) throws -> Int? {
        let server = try ProgramServer(words)
        try server.waitUntilReady()
        return try JSONTree(parsing: server.get("/readyz").body)["rows"]?.number
    }

    private func status(_ path: String) -> stat {
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        return status
    }
}
