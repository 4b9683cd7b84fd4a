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

    @Test("a step with more records than are looked at says so")
    func crowd() throws {
        let folder = try ProgramFolder()
        let rows = (0..<300).map { "A\($0),Asha Rao,9811111111\n" }.joined()
        let patients = try folder.write(
            "crowd.csv", "id,name,mobile\n" + rows + "B,Bina,9822222222\n")
        let run = { (identifiers: String) in
            try MilaanProgram.run(
                ["explain", "--patients", patients],
                input:
                    #"{"transactionId":"t","patient":{"id":"x@sbx","name":"Asha Rao","gender":"F","#
                    + #""verifiedIdentifiers":[\#(identifiers)]}}"#)
        }
        let mobile = { (number: String) in #"{"type":"MOBILE","value":"\#(number)"}"# }
        let crowd = try run(mobile("9811111111"))
        #expect(crowd.output.contains("reason     one identifier leads to 300 records"))
        #expect(
            crowd.output.contains(
                "\nstep mobile (mobile): an identifier leads to more records than are looked at\n"),
            "\(crowd.output)")
        let both = try run(mobile("9822222222") + "," + mobile("9811111111"))
        #expect(
            both.output.contains(
                ": an identifier leads to more records than are looked at, others to:\n"),
            "\(both.output)")
        let nobody = try run(mobile("9833333333"))
        #expect(
            nobody.output.contains("step mobile (mobile): no record carries such an identifier"))
    }

    @Test("steps from the configuration file are named as such")
    func ownSteps() throws {
        let folder = try ProgramFolder()
        let steps = #"{"rule": {"steps": [{"name": "mine", "keys": ["mobile"]}]}}"#
        let file = try folder.write("milaan.json", steps)
        let own = try explain(sample("match"), ["--config", file])
        #expect(own.output.contains("rule       milaan, steps from the file, facility "))
        #expect(own.output.contains("step mine (mobile)"))
    }
}
