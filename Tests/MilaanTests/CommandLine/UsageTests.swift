import TestSupport
import Testing

@Suite("Command line")
struct UsageTests {
    static let commands = [
        "serve", "import", "discover", "explain", "generate", "snapshot", "bench", "config",
    ]

    @Test("without a command it says what is missing and where to look, with code 2")
    func noCommand() throws {
        let run = try MilaanProgram.run([])
        #expect(run.end == .exit(2))
        #expect(run.output.isEmpty)
        #expect(run.errors == "milaan: a command is missing; `milaan --help` lists them\n")
    }

    @Test("--help lists every command, with code 0")
    func help() throws {
        let run = try MilaanProgram.run(["--help"])
        #expect(run.end == .exit(0))
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("Exit codes: 0"))
        for command in Self.commands {
            #expect(run.lines.contains { $0.hasPrefix("  \(command) ") }, "\(command)")
        }
    }

    @Test("each command has --help, --usage and --version", arguments: commands)
    func helpOfCommand(command: String) throws {
        let help = try MilaanProgram.run([command, "--help"])
        #expect(help.end == .exit(0))
        #expect(help.errors.isEmpty)
        #expect(help.output.hasPrefix("Usage: milaan \(command) [OPTION...]"))
        let usage = try MilaanProgram.run([command, "--usage"])
        #expect(usage.end == .exit(0))
        #expect(usage.output.hasPrefix("Usage: milaan \(command) "))
        let version = try MilaanProgram.run([command, "--version"])
        #expect(version.end == .exit(0))
        #expect(version.output == (try MilaanProgram.run(["--version"]).output))
    }

    @Test("--version is one line with three numbers")
    func version() throws {
        let run = try MilaanProgram.run(["--version"])
        #expect(run.end == .exit(0))
        #expect(run.errors.isEmpty)
        #expect(run.output.wholeMatch(of: /milaan [0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    }

    @Test("the help of a command that loads shows the options that the interface names")
    func options() throws {
        let documented = [
            "serve": ["--patients", "--care-contexts", "--database", "--listen", "--config"],
            "import": ["--database", "--patients", "--care-contexts", "--max-rejects"],
            "discover": ["--patients", "--database", "--rejects", "--max-rejects", "--hip"],
            "explain": ["--patients", "--database"],
            "generate": ["--patients", "--seed", "--output"],
            "bench": ["--rows", "--seed", "--seconds"],
            "config": ["--config"],
        ]
        for (command, options) in documented {
            let help = try MilaanProgram.run([command, "--help"]).output
            for option in options { #expect(help.contains("\(option)="), "\(command) \(option)") }
        }
    }

    @Test(
        "a wrong command line ends with code 2, a word on the error stream and no output",
        arguments: [
            ["nonsense"], ["--nonsense"], ["--nonsense", "serve"], ["serve", "--nonsense"],
            ["serve", "--listen"], ["serve", "extra"], ["serve"], ["discover"], ["explain"],
            ["import"], ["import", "--patients", "x.csv"], ["import", "--database", "sqlite:x"],
            ["discover", "--patients", "x.csv", "--database", "sqlite:x"],
            ["discover", "--database", "sqlite:x", "--care-contexts", "y.csv"],
            ["discover", "--database", "mysql://x"], ["discover", "--database", "sqlite:"],
            ["discover", "--patients", "x.csv", "--max-rejects", "-1"],
            ["discover", "--patients", "x.csv", "--max-rejects", "many"],
            ["discover", "--patients", "x.csv", "--bad-values", "keep"],
            ["discover", "--patients", "x.csv", "--profile", "none"],
            ["serve", "--patients", "x.csv", "--listen", "8080"],
            ["serve", "--patients", "x.csv", "--listen", "127.0.0.1:70000"],
            ["serve", "--patients", "x.csv", "--listen", ":8080"],
            ["serve", "--patients", "x.csv", "--threads", "many"],
            ["generate"], ["generate", "--patients", "5"], ["generate", "--output", "/tmp/x"],
            ["generate", "--patients", "five", "--output", "/tmp/x"],
            ["generate", "--patients", "-5", "--output", "/tmp/x"],
            ["generate", "--patients", "5", "--seed", "x", "--output", "/tmp/x"],
            ["generate", "--patients", "5", "--facilities", "0", "--output", "/tmp/x"],
            ["bench"], ["bench", "nonsense"], ["bench", "kernel", "names"],
            ["bench", "kernel", "--rows", "0"], ["bench", "kernel", "--seconds", "-1"],
            ["config"], ["config", "nonsense"], ["config", "check", "show"],
            ["config", "check", "--config", "/nonexistent/milaan.json"],
        ])
    func wrongUse(arguments: [String]) throws {
        let run = try MilaanProgram.run(arguments)
        #expect(run.end == .exit(2))
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("milaan"))
        #expect(run.errors.hasSuffix("\n"))
    }

    @Test("a command that is not known is not repeated, for it may be anything")
    func unknownCommand() throws {
        let run = try MilaanProgram.run(["9876543210"])
        #expect(run.errors == "milaan: there is no such command; `milaan --help` lists them\n")
    }

    @Test("a file that is not there is the work's failure: code 1 and its name")
    func missingFile() throws {
        for command in ["discover", "explain"] {
            let run = try MilaanProgram.run([command, "--patients", "/nonexistent/p.csv"])
            #expect(run.end == .exit(1))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("cannot open /nonexistent/p.csv: No such file"))
        }
    }

    @Test("results that cannot be written are a failure", arguments: ["config", "explain"])
    func fullDisk(command: String) throws {
        let sample = SampleHospital.self
        let words =
            command == "config"
            ? "config check"
            : "explain --patients \(sample.patients) < \(sample.request("match"))"
        let run = try MilaanProgram.run(
            "/bin/sh", ["-c", "'\(MilaanProgram.path)' \(words) >/dev/full"])
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("cannot write the result: No space left on device"))
    }
}
