internal import Glibc
import JSON
import TestSupport
import Testing

@Suite("milaan discover")
struct DiscoverCommandTests {
    private func discover(_ input: String, _ arguments: [String] = []) throws -> ProgramRun {
        let run = try MilaanProgram.run(
            ["discover"] + SampleHospital.source + arguments, input: input)
        #expect(run.end == .exit(0), "\(run.errors)")
        return run
    }

    private func sample(_ name: String) throws -> String {
        try ProgramFolder().text(SampleHospital.request(name))
            .split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    @Test("every answer stands in the place of its request, and matches are true")
    func truth() throws {
        let hospital = try GeneratedHospital.shared.get()
        let run = try MilaanProgram.run(
            ["discover"] + hospital.source, input: hospital.requests)
        #expect(run.end == .exit(0))
        let requests = hospital.requests.split(separator: "\n")
        #expect(run.lines.count == requests.count)
        var matches = 0
        var right = 0
        var reachable = 0
        for (request, line) in zip(requests, run.lines) {
            let asked = try JSONTree(parsing: Array(request.utf8))
            let answer = try JSONTree(parsing: Array(line.utf8))
            let id = try #require(answer["requestId"]?.text)
            #expect(asked["requestId"]?.text == id)
            #expect(asked["transactionId"]?.text == answer["transactionId"]?.text)
            let truth = try #require(hospital.truth[Substring(id)])
            if !truth.expected.isEmpty { reachable += 1 }
            guard answer["outcome"]?.text == "match" else {
                #expect(answer["patient"] == nil)
                #expect(answer["error"]?["code"]?.number != nil)
                continue
            }
            #expect(answer["error"] == nil)
            matches += 1
            let reference = try #require(answer["patient"]?["referenceNumber"]?.text)
            if truth.expected.contains(Substring(reference)) {
                right += 1
            } else {
                // Strangers in a family may be taken for one another; nobody with a record may.
                #expect(!truth.kind.hasPrefix("P_"), "\(truth.kind): \(id)")
            }
        }
        let precision = Double(right) / Double(matches)
        let recall = Double(right) / Double(reachable)
        print("discover: \(right) of \(matches) matches right, of \(reachable) reachable")
        #expect(precision >= 0.985, "\(right) of \(matches)")
        #expect(recall >= 0.93, "\(right) of \(reachable)")
    }

    @Test("a bad line is answered by its own error, blank lines by nothing, CRLF is a line's end")
    func lines() throws {
        let (match, none) = (try sample("match"), try sample("no-match"))
        let lines = [
            "\(match)\r\n", "\n", "{\"patient\": 9822014471}\n", " \t\r\n", "kavita\n",
            "\(none)\n", "\(match)",
        ]
        let run = try discover(lines.joined())
        #expect(run.lines.count == 5)
        let answers = try run.lines.map { try JSONTree(parsing: Array($0.utf8)) }
        #expect(answers[0]["patient"]?["referenceNumber"] == .string("S001"))
        for bad in 1...2 {
            #expect(answers[bad]["error"]?["code"] == .integer(3400))
            #expect(answers[bad]["outcome"] == nil)
        }
        #expect(!run.lines[1].contains("9822014471"))
        #expect(!run.lines[2].contains("kavita"))
        #expect(answers[3]["outcome"] == .string("noMatch"))
        #expect(answers[4] == answers[0])
        #expect(run.errors.contains("warning: 2 of 5 lines were answered by an error"))
    }

    @Test("a request over several lines is told to belong on one")
    func overSeveralLines() throws {
        let pretty = try ProgramFolder().text(SampleHospital.request("match"))
        let lines = pretty.split(separator: "\n").count
        let warning = "warning: \(lines) of \(lines) lines were answered by an error;"
        let run = try discover(pretty)
        #expect(run.errors.contains(warning + " a line must hold one whole request\n"))
        #expect(try !discover(try sample("match")).errors.contains("warning"))
    }

    @Test(
        "lines of every length come out whole, also round the reader's buffer",
        arguments: [
            65_535, 65_536, 65_537, 131_072, 200_000,
        ])
    func longLines(bytes: Int) throws {
        let match = try sample("match")
        let padded = match + String(repeating: " ", count: bytes - match.utf8.count - 1)
        let few = String(repeating: "\(match)\n", count: 300)
        let run = try discover("\(few)\(padded)\n\(few)\(padded)\n\(match)")
        #expect(run.lines.count == 603)
        #expect(Set(run.lines).count == 1)
        #expect(run.lines.first?.contains(#""outcome":"match""#) == true)
    }

    @Test(
        "whoever waits for an answer before they ask again gets it, also where a group is not full")
    func conversation() throws {
        let request = try sample("match") + "\n"
        let pipe = try NamedPipe(in: ProgramFolder())
        let process = try ProgramProcess(
            path: "/bin/sh",
            arguments: [
                "-c", #"pipe=$1; shift; exec "$@" <"$pipe""#, "sh", pipe.path, MilaanProgram.path,
                "discover",
            ] + SampleHospital.source)
        var asked = 0
        for count in [1, 1, 3, 40, 1] {
            try pipe.write(String(repeating: request, count: count))
            asked += count
            try waitForLines(asked, from: process)
        }
        // The last line needs no line feed.
        try pipe.write(String(request.dropLast()))
        pipe.close()
        #expect(try process.end() == .exit(0))
        let lines = process.output.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == asked + 1 && Set(lines).count == 1)
    }

    private func waitForLines(_ count: Int, from process: borrowing ProgramProcess) throws {
        for _ in 0..<6000 {
            let lines = process.output.count { $0 == UInt8(ascii: "\n") }
            if lines == count { return }
            usleep(5000)
        }
        throw ProgramFailure.tooLate(errors: process.errors)
    }

    @Test("no input is no output")
    func empty() throws {
        #expect(try discover("").bytes.isEmpty)
        #expect(try discover("\n\r\n\n").bytes.isEmpty)
    }

    @Test("--explain adds the evidence, --hip asks another facility")
    func options() throws {
        let match = try sample("match")
        let plain = try discover(match).output
        #expect(!plain.contains("explanation"))
        let explained = try JSONTree(parsing: discover(match, ["--explain"]).bytes)
        #expect(explained["explanation"]?["rule"] == .string("milaan"))
        let other = try JSONTree(parsing: discover(match, ["--hip", "HIP2"]).bytes)
        #expect(other["patient"]?["referenceNumber"] == .string("R001"))
        let none = try JSONTree(parsing: discover(match, ["--hip", "HIP9"]).bytes)
        #expect(none["outcome"] == .string("noMatch"))
    }

    @Test("another profile is another rule")
    func profile() throws {
        let ambiguous = try sample("ambiguous")
        let seed = try JSONTree(parsing: discover(ambiguous, ["--explain"]).bytes)
        #expect(seed["outcome"] == .string("ambiguous"))
        let eka = try JSONTree(
            parsing: discover(ambiguous, ["--explain", "--profile", "eka"]).bytes)
        #expect(eka["explanation"]?["rule"] == .string("eka"))
    }

    @Test("patients may come through standard input only where nothing else does")
    func standardInput() throws {
        let run = try MilaanProgram.run(
            ["discover", "--patients", "-", "--care-contexts", "-"], input: "id\n")
        #expect(run.end == .exit(1))
        #expect(run.errors.contains("the standard input can hold only one of the two files"))
    }
}
