internal import ABDM
internal import JSON
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Explanation")
struct ExplanationTests {
    private static let hospital = Hospital(
        patients: [
            [
                "id": "A1", "name": "Dr. Asha Verma", "gender": "M", "yob": "1985",
                "abha_address": "asha@sbx",
            ],
            [
                "id": "B1", "name": "VARMA, Asha", "gender": "F", "birth_date": "1986-07-01",
                "mobile": "9811122233", "mr_number": "MR-1", "abha_address": "hidden.b@sbx",
            ],
            ["id": "B2", "name": "Zubeda Khatun", "gender": "F", "mobile": "9811122233"],
            ["id": "B3", "yob": "1999", "mobile": "9811122233"],
            ["id": "C1", "name": "Asha Verma", "gender": "F", "yob": "1985", "mr_number": "MR-1"],
        ],
        careContexts: [["patient_id": "B1", "reference": "V1", "display": "Visit"]])

    private static func body(_ verified: String, _ unverified: String = "[]") -> String {
        #"{"requestId":"r","transactionId":"t","patient":{"id":"asha@sbx","name":"Smt Asha Verma","#
            + #""gender":"F","yearOfBirth":1985,"verifiedIdentifiers":\#(verified),"#
            + #""unverifiedIdentifiers":\#(unverified)}}"#
    }

    private static let typical = body(
        #"[{"type":"MOBILE","value":"9811122233"},{"type":"MOBILE","value":"98XXXXX233"}]"#,
        #"[{"type":"MR","value":"MR-1"}]"#)

    private func explanation(_ body: String, rule: MatchRule = Profile.seed) throws -> JSONTree {
        var desk = try Desk(Self.hospital, rule: rule)
        return try #require(try desk.ask(body, explain: true).tree()["explanation"])
    }

    @Test("says what was understood of the request")
    func request() throws {
        let explanation = try explanation(Self.typical)
        #expect(explanation["rule"] == .string("seed"))
        #expect(explanation["facility"] == .string("HIP1"))
        #expect(
            explanation["request"]
                == .object([
                    "name": .string("asha verma"), "gender": .string("F"),
                    "yearOfBirth": .integer(1985),
                    "verified": .array([.string("abhaAddress"), .string("mobile")]),
                    "unverified": .array([.string("medicalRecord")]),
                    "unusableIdentifiers": .integer(1),
                ]))
    }

    @Test("shows every candidate of every step that was taken, and no step after the last")
    func steps() throws {
        let steps = try #require(try explanation(Self.typical)["steps"]?.elements)
        #expect(steps.compactMap { $0["name"]?.text } == ["abha", "mobile"])
        #expect(
            steps.map { step in
                step["candidates"]?.elements?.compactMap { $0["referenceNumber"]?.text } ?? []
            } == [["A1"], ["B1", "B2", "B3"]])
    }

    @Test("a record of another gender: the rest of the evidence is there all the same")
    func failing() throws {
        let steps = try #require(try explanation(Self.typical)["steps"]?.elements)
        let candidate = try #require(steps[0]["candidates"]?.elements?.first)
        #expect(candidate["reachedBy"] == .array([.string("abhaAddress")]))
        #expect(candidate["identifiersAgreeing"] == .array([.string("abhaAddress")]))
        #expect(
            candidate["gender"]
                == .object([
                    "verdict": .string("differs"), "record": .string("M"),
                    "policy": .string("mayBeMissing"),
                ]))
        #expect(candidate["yearOfBirth"]?["verdict"] == .string("agrees"))
        #expect(candidate["name"]?["verdict"] == .string("agrees"))
        #expect(candidate["name"]?["score"] == .integer(1000))
        #expect(candidate["passes"] == .boolean(false))
        #expect(candidate["matched"] == .boolean(false))
    }

    @Test("the match: each field with both sides, distance, limit and score")
    func matched() throws {
        let steps = try #require(try explanation(Self.typical)["steps"]?.elements)
        let candidate = try candidate("B1", of: steps[1])
        #expect(candidate["reachedBy"] == .array([.string("mobile")]))
        #expect(
            candidate["identifiersAgreeing"]
                == .array([.string("mobile"), .string("medicalRecord")]))
        #expect(candidate["identifiersFulfilled"] == .boolean(true))
        #expect(
            candidate["yearOfBirth"]
                == .object([
                    "verdict": .string("agrees"), "record": .integer(1986),
                    "difference": .integer(1), "tolerance": .integer(2),
                    "policy": .string("mustAgree"),
                ]))
        // One edit of the two tokens' one and one.
        let name = try #require(candidate["name"])
        #expect(name["request"] == .string("asha verma"))
        #expect(name["record"] == .string("varma asha"))
        #expect(name["distance"] == .integer(1))
        #expect(name["limit"] == .integer(2))
        #expect(name["policy"] == .string("mustAgree"))
        let tokens = try #require(name["tokens"]?.elements)
        #expect(tokens.count == 2)
        for token in tokens {
            let isFirst = token["request"] == .string("asha")
            #expect(token["record"] == .string(isFirst ? "asha" : "varma"))
            #expect(token["agreement"] == .string(isFirst ? "equal" : "typo"))
            #expect(token["distance"] == .integer(isFirst ? 0 : 1))
            #expect(token["limit"] == .integer(1))
        }
        #expect(candidate["passes"] == .boolean(true))
        #expect(candidate["matched"] == .boolean(true))
    }

    @Test("values that are missing are called missing, also behind one that differs")
    func missing() throws {
        let steps = try #require(try explanation(Self.typical)["steps"]?.elements)
        let unborn = try candidate("B2", of: steps[1])
        let unnamed = try candidate("B3", of: steps[1])
        #expect(unborn["yearOfBirth"]?["verdict"] == .string("missing"))
        #expect(unborn["yearOfBirth"]?["record"] == .null)
        #expect(unborn["name"]?["verdict"] == .string("differs"))
        #expect(unnamed["gender"]?["verdict"] == .string("missing"))
        #expect(unnamed["yearOfBirth"]?["verdict"] == .string("differs"))
        #expect(unnamed["yearOfBirth"]?["difference"] == .integer(14))
        #expect(unnamed["name"]?["verdict"] == .string("missing"))
        #expect(unnamed["name"]?["record"] == .string(""))
        #expect(unnamed["name"]?["tokens"] == .array([]))
    }

    private func candidate(_ reference: String, of step: JSONTree) throws -> JSONTree {
        try #require(
            step["candidates"]?.elements?.first { $0["referenceNumber"] == .string(reference) })
    }

    @Test("a record that failed one step and matched in another is matched only there")
    func matchedOnce() throws {
        var rule = Profile.seed
        rule.steps[0].nameComparison = .equal
        rule.steps[0].keys = .mobile
        let steps = try #require(try explanation(Self.typical, rule: rule)["steps"]?.elements)
        let marks = steps.map { step in
            step["candidates"]?.elements?.first { $0["referenceNumber"] == .string("B1") }?[
                "matched"]
        }
        #expect(marks == [.boolean(false), .boolean(true)])
    }

    @Test("candidates beside a crowded key are judged too")
    func crowded() throws {
        var rule = Profile.seed
        rule.candidatesMax = 2
        rule.steps[1].keys = [.abhaAddress, .mobile]
        let explanation = try explanation(Self.typical, rule: rule)
        let step = try #require(explanation["steps"]?.elements?.last)
        let candidate = try #require(step["candidates"]?.elements?.first)
        #expect(candidate["referenceNumber"] == .string("A1"))
        #expect(candidate["gender"]?["verdict"] == .string("differs"))
        #expect(candidate["name"]?["verdict"] == .string("agrees"))
    }

    @Test("no step is taken without a verified identifier or a known facility")
    func withoutSteps() throws {
        var desk = try Desk(Self.hospital)
        let refused = try desk.ask(Self.body("[]"), explain: true).tree()
        #expect(refused["outcome"] == .string("noVerifiedIdentifier"))
        #expect(refused["explanation"]?["steps"] == .array([]))
        #expect(
            refused["explanation"]?["reason"]
                == .string(
                    "no verified identifier can be looked up; patient.id alone is none"))
        let elsewhere = try desk.ask(
            Array(Self.typical.utf8), facility: "HIP9", explain: true
        ).tree()
        #expect(elsewhere["explanation"]?["steps"] == .array([]))
        #expect(elsewhere["explanation"]?["facility"] == .string("HIP9"))
        #expect(
            elsewhere["explanation"]?["reason"] == .string("no record is of this facility"))
    }

    @Test(
        "without being asked for there is none, and nothing of a record but reference and care contexts",
        arguments: Profile.names)
    func privacy(profile: String) throws {
        let rule = try #require(Profile.rule(named: profile))
        var desk = try Desk(Self.hospital, rule: rule)
        let bodies = [
            Self.typical,
            Self.body(#"[{"type":"HEALTH_ID","value":"asha@sbx"}]"#),
            Self.body(#"[{"type":"MR","value":"MR-1"}]"#, #"[{"type":"MR","value":"MR-1"}]"#),
            Self.body(#"[{"type":"MOBILE","value":"9800000000"}]"#),
            Self.body("[]"),
        ]
        for body in bodies {
            let answer = desk.ask(body)
            let reply = try answer.tree()
            #expect(reply["explanation"] == nil)
            let text = answer.text.lowercased()
            for secret in ["varma", "zubeda", "khatun", "9811122233", "hidden.b", "1986", "1999"] {
                #expect(!text.contains(secret), "\(secret) in \(answer.text)")
            }
            let names: Set = [
                "requestId", "transactionId", "outcome", "patient", "error", "snapshot",
            ]
            #expect(names.isSuperset(of: memberNames(reply)))
            let patient: Set = ["referenceNumber", "display", "careContexts", "matchedBy"]
            #expect(patient.isSuperset(of: memberNames(reply["patient"])))
            // What failed is not told: neither how many there were nor that one was near.
            if reply["outcome"] == .string("noMatch") {
                #expect(reply["error"]?["message"] == .string("No patient found"))
            }
        }
    }

    private func memberNames(_ tree: JSONTree?) -> [String] {
        (tree?.members ?? [:]).keys.sorted()
    }
}
