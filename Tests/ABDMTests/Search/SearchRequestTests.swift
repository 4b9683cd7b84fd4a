internal import ABDM
internal import TestSupport
internal import Testing

@Suite("Search bodies")
struct SearchRequestTests {
    @Test(
        "a bad body is refused by its field's name and without its value",
        arguments: BadSearches.all)
    func refused(body: BadBody) throws {
        var desk = try SearchingDesk(.sameNames)
        let answer = desk.ask(body.bytes)
        #expect(!answer.report.isAnswered)
        #expect(answer.report.rowsSeen == 0 && answer.report.namesCompared == 0)
        let reply = try answer.tree()
        let message = reply["error"]?["message"]?.text ?? ""
        #expect(message.hasPrefix(body.message), "\(answer.text)")
        #expect(body.message.hasPrefix("The") || message == body.message, "\(answer.text)")
        #expect(reply["error"]?["code"] == .integer(3400))
        #expect(reply.members?.count == 1)
        #expect(!answer.text.contains(BadBodies.marker), "\(answer.text)")
        // Nothing of it remains for the next one.
        let fresh = try SearchingDesk(.sameNames).firstAnswer(BadSearches.body())
        let next = desk.ask(BadSearches.body()).text
        #expect(next == fresh)
    }

    private static let soundBodies: [(String, String)] = [
        ("as it is", BadSearches.body()),
        ("the name alone", #"{"name":"Asha Verma"}"#),
        (
            "all others null",
            #"{"gender":null,"yearOfBirth":null,"district":null,"limit":null,"scoreMin":null,"#
                + #""name":"Asha Verma"}"#
        ),
        ("the lowest numbers", BadSearches.body("limit", "1")),
        ("the highest limit", BadSearches.body("limit", "100")),
        ("the least score", BadSearches.body("scoreMin", "0")),
        ("the greatest score", BadSearches.body("scoreMin", "1000")),
        ("a gender's word", BadSearches.body("gender", "\" female \"")),
        ("no gender", BadSearches.body("gender", "\"\"")),
        ("a gender that is not disclosed", BadSearches.body("gender", "\"D\"")),
        ("a year in a string", BadSearches.body("yearOfBirth", "\"1985\"")),
        ("a year in an empty string", BadSearches.body("yearOfBirth", "\"\"")),
        ("a year with a point", BadSearches.body("yearOfBirth", "1985.0")),
        ("no district", BadSearches.body("district", "\"\"")),
        ("a stand-in for a district", BadSearches.body("district", "\" n/a \"")),
        ("a district in another script", BadSearches.body("district", "\"पुणे\"")),
        ("a name in another case", BadSearches.body("name", "\"  SMT. ASHA  VERMA\"")),
        ("names escaped", BadSearches.body().replacing("name", with: #"n\u0061me"#)),
        (
            "a name of 512 bytes",
            BadSearches.body("name", "\"Asha Verma\(String(repeating: " ", count: 502))\"")
        ),
    ]

    @Test("a sound body is answered, however odd", arguments: soundBodies)
    func answered(name: String, text: String) throws {
        var desk = try SearchingDesk(.sameNames)
        let answer = desk.ask(text)
        #expect(answer.report.isAnswered, "\(answer.text)")
        #expect(try answer.references().first == "A1", "\(answer.text)")
    }

    @Test("a name of nothing but titles is taken for one, and nobody has it")
    func titles() throws {
        var desk = try SearchingDesk(.sameNames)
        for name in ["Dr.", "Smt", "Mr. Dr."] {
            let answer = desk.ask(BadSearches.body("name", "\"\(name)\""))
            #expect(answer.report.isAnswered)
            #expect(try answer.references() == [])
        }
    }
}

extension SearchingDesk {
    fileprivate consuming func firstAnswer(_ body: String) -> String { ask(body).text }
}

extension Hospital {
    /// Records that are much alike, each but for one thing.
    static let sameNames = Hospital(
        patients: [
            record("A1", "Smt. Asha Verma", "F", "1985", "Pune"),
            record("A2", "Asha Varma", "F", "1986", "Nashik"),
            record("A3", "Asha Verma", "F", "", "Pune"),
            record("A4", "Asha Verma", "", "1985", "Pune"),
            record("A5", "Asha Verma", "M", "1985", "Pune"),
            record("A6", "Asha Verma", "F", "1990", "Pune"),
            record("A7", "आशा वर्मा", "F", "1983", ""),
            record("A8", "Asha Verma", "", "", "Nashik"),
            record("B1", "Bina Das", "F", "1985", "Pune"),
            record("C1", "", "F", "1985", "Pune"),
            record("D1", "B/O Asha Verma", "F", "1985", "Pune"),
            record("E1", "Asha Verma", "F", "1985", "Pune", facility: "HIP2"),
        ])

    static func record(
        _ id: String, _ name: String, _ gender: String, _ year: String, _ district: String,
        facility: String = ""
    ) -> [String: String] {
        [
            "id": id, "name": name, "gender": gender, "yob": year, "district": district,
            "hip_id": facility,
        ]
    }
}
