internal import ABDM
internal import JSON
internal import TestSupport
internal import Testing

@Suite("Discover bodies")
struct DiscoverRequestTests {
    @Test(
        "a bad body is refused by its field's name and without its value", arguments: BadBodies.all)
    func refused(body: BadBody) throws {
        var desk = try Desk(.family)
        for explain in [false, true] {
            let answer = desk.ask(body.bytes, explain: explain)
            #expect(answer.report.outcome == .badRequest)
            let reply = try answer.tree()
            let message = reply["error"]?["message"]?.text ?? ""
            #expect(message.hasPrefix(body.message), "\(answer.text)")
            #expect(body.message.hasPrefix("The") || message == body.message, "\(answer.text)")
            #expect(reply["error"]?["code"] == .integer(3400))
            #expect(reply.members?.count == 1)
            #expect(!answer.text.contains(BadBodies.marker), "\(answer.text)")
        }
        // Nothing of it remains for the next one.
        let next = try desk.ask(BadBodies.body()).tree()
        #expect(next["patient"]?["referenceNumber"] == .string("A1"))
    }

    private static let soundBodies: [(String, String)] = [
        ("as it is", BadBodies.body()),
        ("unknown members", BadBodies.body("timestamp", #"{"deep":[[[{"id":"b@sbx"}]]]}"#)),
        (
            "unknown members of the patient",
            BadBodies.body(
                "patient.gender", #""F","abhaNumber":null,"age":{"id":7},"Name":"Bina Das""#)
        ),
        (
            "unknown members of an identifier",
            BadBodies.verified(#"{"type":"MR","value":"9","x":[1,{}]}"#)
        ),
        ("no request id", BadBodies.body("requestId", nil)),
        ("request id null", BadBodies.body("requestId", "null")),
        ("no timestamp", BadBodies.body("timestamp", nil)),
        ("no year", BadBodies.body("patient.yearOfBirth", "null")),
        ("a year in a string", BadBodies.body("patient.yearOfBirth", "\"1985\"")),
        ("a year in an empty string", BadBodies.body("patient.yearOfBirth", "\"\"")),
        ("a year with a point", BadBodies.body("patient.yearOfBirth", "1985.0")),
        ("a gender that ABDM may add", BadBodies.body("patient.gender", "\"Q\"")),
        ("lists that are null", BadBodies.body("patient.unverifiedIdentifiers", "null")),
        (
            "64 identifiers",
            BadBodies.body(
                "patient.unverifiedIdentifiers",
                "[" + repeatElement(#"{"type":"MR","value":"9"}"#, count: 64).joined(separator: ",")
                    + "]")
        ),
        ("an identifier without a value", BadBodies.verified(#"{"type":"MR"}"#)),
        ("an identifier whose value is null", BadBodies.verified(#"{"type":"MR","value":null}"#)),
        ("an unknown type", BadBodies.verified(#"{"type":"RETINA","value":"9"}"#)),
        ("an empty type", BadBodies.verified(#"{"type":"","value":"9"}"#)),
        (
            "a value of 256 bytes",
            BadBodies.verified(#"{"type":"MR","value":"\#(String(repeating: "9", count: 256))"}"#)
        ),
        ("names escaped", BadBodies.body().replacing("patient", with: #"p\u0061tient"#)),
    ]

    @Test("a sound body is answered, however odd", arguments: soundBodies)
    func answered(name: String, text: String) throws {
        // Address and number may miss demographics, so the address leads here in any case.
        var desk = try Desk(.family)
        let reply = try desk.ask(text).tree()
        #expect(reply["patient"]?["referenceNumber"] == .string("A1"), "\(reply)")
    }

    /// Identifiers where they mean nothing, of somebody else or of nobody.
    private static let decoys: [String] = [
        #"{"value":"9800000001","id":"bina@sbx"}"#,
        #"[{"value":"+91-9800000009"},{"value":"42-7175-8604-4553"},{"value":"91111122223331"}]"#,
        "["
            + (0..<20).map { #"{"value":"98000000\#(10 + $0)","id":"x\#($0)@abdm"}"# }
            .joined(separator: ",") + "]",
        #"["@","@sbx","a@sb","va","value","value\":","\#(String(repeating: "y", count: 70))@sbx"]"#,
        "\"\(String(repeating: "@ \\\"va ", count: 900))\"",
    ]

    @Test("what is seen of a body before it is parsed changes no answer", arguments: decoys)
    func glance(decoy: String) throws {
        var desk = try Desk(.family)
        let sound = desk.ask(BadBodies.body()).text
        // Nothing is seen of a body with white space, and all look-ups begin when it is decoded.
        let spaced = BadBodies.body().replacing(":", with: " : ").replacing(
            "01 : 09 : 02", with: "01:09:02")
        let seenLate = desk.ask(spaced.replacing("@sbx\"", with: "\\u0040sbx\"")).text
        #expect(seenLate == sound)
        for place in 0..<40 {
            let pad = #"{"pad":"\#(String(repeating: "p", count: place))","#
            for body in [
                BadBodies.body("timestamp", decoy),
                pad + #""decoy":\#(decoy),"# + BadBodies.body().dropFirst(),
                pad + BadBodies.body().dropFirst().dropLast() + #","decoy":\#(decoy)}"#,
            ] {
                let answer = desk.ask(body)
                #expect(answer.text == sound, "\(place)")
            }
        }
    }

    @Test("members mean the same in any order", arguments: 0..<4 as Range<UInt64>)
    func anyOrder(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var desk = try Desk(.family)
        let sound = desk.ask(BadBodies.body()).text
        func object(_ members: [String]) -> String {
            "{" + members.shuffled(using: &random).joined(separator: ",") + "}"
        }
        for _ in 0..<100 {
            let identifier = object([#""type":"MOBILE""#, #""value":"9800000001""#, #""x":{}"#])
            let patient = object([
                #""id":"asha@sbx""#, #""name":"Asha Verma""#, #""gender":"F""#,
                #""yearOfBirth":1985"#, #""verifiedIdentifiers":[\#(identifier)]"#,
                #""unverifiedIdentifiers":[]"#, #""x":[{"id":"bina@sbx"}]"#,
            ])
            let body = object([
                #""requestId":"r""#, #""timestamp":"2026""#, #""transactionId":"t""#,
                #""patient":\#(patient)"#, #""x":1"#,
            ])
            let answer = desk.ask(body)
            #expect(answer.text == sound, "\(body)")
        }
    }

    @Test("a name of 512 bytes is compared and comes back as it was")
    func longestName() throws {
        var desk = try Desk(.family)
        let name = String(repeating: "Asha Verma ", count: 46) + "Asha V"
        #expect(name.utf8.count == 512)
        let answer = desk.ask(BadBodies.body("patient.name", "\"\(name)\""))
        #expect(answer.report.outcome != .badRequest)
    }

    @Test("the display is the name that the request gave, whatever its characters")
    func display() throws {
        var desk = try Desk(.family)
        let reply = try desk.ask(
            BadBodies.body("patient.name", #""\"\u0041sha\" Verma \\ \ud83d\ude00""#)
        ).tree()
        #expect(reply["patient"]?["display"] == .string("\"Asha\" Verma \\ 😀"))
    }

    @Test("a header's request id that is no UTF-8 is repaired")
    func headerRepaired() throws {
        let snapshot = try Hospital.family.snapshot()
        var discoverer = Discoverer(defaultFacility: "HIP1")
        var writer = JSONWriter()
        let body = Array(BadBodies.body("requestId", nil).utf8)
        let header: [UInt8] = [0x61, 0xFF, 0x22]
        let facility: [UInt8] = [0xC3]
        _ = discoverer.discover(
            body: body.span, facility: facility.span, requestID: header.span, explain: true,
            in: snapshot, into: &writer)
        let reply = try JSONTree(parsing: writer.take())
        #expect(reply["requestId"] == .string("a\u{FFFD}\""))
        #expect(reply["explanation"]?["facility"] == .string("\u{FFFD}"))
        #expect(reply["outcome"] == .string("noMatch"))
    }
}

extension Hospital {
    /// Two persons in one house, one of them registered twice.
    static let family = Hospital(
        patients: [
            [
                "id": "A1", "name": "Smt. Asha Verma", "gender": "F", "birth_date": "1985-04-12",
                "mobile": "9800000001", "abha_address": "asha@sbx",
                "abha_number": "91-1111-2222-3331", "mr_number": "MR-1",
            ],
            [
                "id": "A2", "name": "Asha Verma", "gender": "F", "birth_date": "1985-04-12",
                "mobile": "9800000001",
            ],
            [
                "id": "B1", "name": "Ravi Verma", "gender": "M", "yob": "1980",
                "mobile": "9800000001", "mr_number": "MR-7",
            ],
        ],
        careContexts: [
            ["patient_id": "A1", "reference": "V1", "display": "Visit of May"],
            ["patient_id": "A2", "reference": "V2", "display": "Visit of June"],
            ["patient_id": "B1", "reference": "V3", "display": "Visit of July"],
        ])
}
