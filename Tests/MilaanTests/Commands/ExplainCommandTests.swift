import TestSupport
import Testing

@Suite("milaan explain")
struct ExplainCommandTests {
    private func explain(_ input: String, _ arguments: [String] = []) throws -> ProgramRun {
        try MilaanProgram.run(["explain"] + SampleHospital.source + arguments, input: input)
    }

    private func sample(_ name: String) throws -> String {
        try ProgramFolder().text(SampleHospital.request(name))
    }

    @Test("the table reads as the fixture has it", arguments: ["match", "ambiguous", "no-match"])
    func golden(name: String) throws {
        let run = try explain(sample(name))
        #expect(run.end == .exit(0))
        let expected = try ProgramFolder().text(
            "\(SampleHospital.folder)/explanations/\(name).txt")
        #expect(run.output == expected)
    }

    @Test(
        "a request that cannot be read is refused with the field's name and not its value",
        arguments: [
            ("", "The body is not JSON"),
            ("hush", "The body is not JSON"),
            (#"{"hush": 1}"#, "patient"),
            (#"{"patient": "hush"}"#, "patient"),
            (
                #"{"transactionId": "t", "patient": {"id": "hush@sbx", "name": 7, "gender": "M"}}"#,
                "patient.name"
            ),
        ])
    func refused(body: String, message: String) throws {
        let run = try explain(body)
        #expect(run.end == .exit(1))
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("hush"))
    }

    @Test("two requests are one too many, and one of more than a mebibyte too")
    func tooMuch() throws {
        let match = try sample("match")
        #expect(try explain(match + match).end == .exit(1))
        let large = try explain(match + String(repeating: " ", count: 1 << 20))
        #expect(large.end == .exit(1))
        #expect(large.errors.contains("milaan: the request is larger than 1 MiB\n"))
        let fits = match + String(repeating: " ", count: (1 << 20) - match.utf8.count)
        #expect(try explain(fits).end == .exit(0))
    }
}
