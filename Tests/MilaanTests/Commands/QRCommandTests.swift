import Glibc
import TestSupport
import Testing

@Suite("milaan qr")
struct QRCommandTests {
    private func run(_ arguments: [String]) throws -> ProgramRun {
        try MilaanProgram.run(["qr"] + arguments)
    }

    @Test(
        "draws each format on the standard output and into a file",
        arguments: [("svg", "<?xml"), ("png", "\u{89}PNG"), ("terminal", "\u{1b}[")])
    func formats(format: String, beginning: String) throws {
        let folder = try ProgramFolder()
        let file = folder.file("code")
        let arguments = ["--hip", "IN3410000260", "--counter", "C1", "--format", format]
        let printed = try run(arguments)
        #expect(printed.end == .exit(0))
        let written = try run(arguments + ["--output", file])
        #expect(written.end == .exit(0))
        #expect(written.bytes.isEmpty)
        #expect(try folder.bytes("code") == printed.bytes)
        let start = beginning.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(printed.bytes.starts(with: start))
    }

    @Test("the two forms and the two networks are different codes")
    func forms() throws {
        var seen: Set<[UInt8]> = []
        for more in [[], ["--form", "v0.5"], ["--cm-id", "abdm"]] {
            seen.insert(try run(["--hip", "IN1", "--counter", "C1"] + more).bytes)
        }
        #expect(seen.count == 3)
        let plain = try run(["--hip", "IN1", "--counter", "C1"]).bytes
        let spelt = try run([
            "--hip", "IN1", "--counter", "C1", "--form", "v3", "--cm-id", "sbx", "--format",
            "terminal",
        ]).bytes
        #expect(plain == spelt)
    }

    @Test(
        "a wrong command line says what would be right",
        arguments: [
            ([], "needs --hip"), (["--hip", "IN1", "--format", "gif"], "svg, png, terminal"),
            (["--hip", "IN1", "--form", "v2"], "v0.5, v3"),
            (["--hip", "IN1", "--cm-id", "x"], "sbx, abdm"),
            (["--hip", "I N"], "hip must be"),
            (["--hip", "IN1", "--counter", "C-1"], "counter must be 1 to 20"),
        ] as [([String], String)])
    func usage(arguments: [String], message: String) throws {
        let run = try run(arguments)
        #expect(run.end == .exit(2))
        #expect(run.bytes.isEmpty)
        #expect(run.errors.contains(message))
    }

    @Test("a disk that is full leaves the file that was there, and none beside it")
    func fullDisk() throws {
        let folder = try ProgramFolder()
        let path = try folder.write("code.svg", "<svg/>")
        // A file may have a kilobyte at most, and one that would be longer is a failed write.
        let run = try MilaanProgram.run(
            "/bin/sh",
            [
                "-c",
                "trap '' XFSZ; ulimit -f 1; exec '\(MilaanProgram.path)' qr --hip IN3410000260"
                    + " --counter C1 --format svg --output '\(path)'",
            ])
        #expect(run.end == .exit(1))
        #expect(run.errors == "milaan: cannot write \(path): File too large\n")
        #expect(try folder.text("code.svg") == "<svg/>")
        #expect(unsafe access(path + ".part", F_OK) != 0)
    }

    @Test("a file that cannot be written is an error")
    func unwritable() throws {
        let run = try run(["--hip", "IN1", "--output", "/not/there/code.svg"])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("cannot write /not/there/code.svg"))
    }
}
