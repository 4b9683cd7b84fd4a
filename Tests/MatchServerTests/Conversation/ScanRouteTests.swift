internal import ABDM
internal import JSON
@testable import MatchServer
internal import TestSupport
internal import Testing

private let card = """
    {"hidn":"91-1234-5678-9012","hid":"asha.verma@sbx","name":"Asha Verma","gender":"F",\
    "statelgd":"36","distlgd":"-","dob":"2/7/1984","mobile":"98480*****","address":"Lake Road 4",\
    "state name":"Telangana","dist name":"Hyderabad"}
    """
private let stranger = """
    {"phr":"ravi@sbx","name":"Ravi Naidu","gender":"M","dob":"1971","mobile":"9000000001"}
    """

@Suite("The route of a person's own code")
struct ScanRouteTests {
    private func post(
        _ port: UInt16, _ text: String, path: String = "/v1/scan",
        type: String = "text/plain", facility: String? = "HIP1"
    ) throws -> HTTPReply {
        let header = facility.map { "\r\nX-HIP-ID: \($0)" } ?? ""
        return try requestOnce(
            port: port,
            "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\(header)\r\n"
                + "Content-Length: \(text.utf8.count)", body: text)
    }

    @Test("a returning person is found by the code of their card")
    func returning() throws {
        let under = try ConversationUnderTest()
        let reply = try post(
            under.server.port, "\u{FEFF}\(card)\r\n", type: "text/plain;charset=UTF-8")
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/json")
        let tree = try JSONTree(parsing: reply.body)
        #expect(tree["verdict"]?.text == "returning")
        #expect(tree["patientReference"]?.text == "P-1001")
        let profile = try #require(tree["profile"])
        #expect(profile["name"]?.text == "Asha Verma")
        #expect(profile["gender"]?.text == "F")
        #expect(profile["yearOfBirth"]?.number == 1984)
        #expect(profile["monthOfBirth"]?.number == 7)
        #expect(profile["dayOfBirth"]?.number == 2)
        #expect(profile["abhaAddress"]?.text == "asha.verma@sbx")
        #expect(profile["abhaNumber"]?.text == "91123456789012")
        #expect(profile["mobile"] == .null)
        #expect(profile["address"]?["district"]?.text == "Hyderabad")
    }

    @Test("whoever is scanned gets the verdict of whoever shares the same")
    func asShared() throws {
        let under = try ConversationUnderTest()
        let people: [(gender: String, year: Int, name: String, address: String, mobile: String)] = [
            ("F", 1984, "Asha Verma", "asha.verma@sbx", "9848022338"),
            ("F", 1986, "Asha Verma", "asha.verma@sbx", "9848022338"),
            ("F", 1987, "Asha Verma", "asha.verma@sbx", "9848022338"),
            ("M", 1984, "Asha Verma", "asha.verma@sbx", "9848022338"),
            ("F", 1984, "Kamala Devi", "asha.verma@sbx", "9848022338"),
            ("F", 1984, "Asha Verma", "other@sbx", "9848022338"),
            ("F", 1984, "Asha Verma", "other@sbx", "9848022339"),
        ]
        var verdicts: Set<String> = []
        for (index, person) in people.enumerated() {
            let share = """
                {"requestId":"r-\(index)","timestamp":"2022-05-10T14:19:12.993Z","profile":{"hipCode":\
                "C\(index)","patient":{"healthId":"\(person.address)","name":"\(person.name)","gender":\
                "\(person.gender)","yearOfBirth":\(person.year),"identifiers":[{"type":"MOBILE",\
                "value":"\(person.mobile)"}]}}}
                """
            #expect(try under.post("/v0.5/patients/profile/share", share).status == 202)
            let queue = try requestOnce(
                port: under.server.port,
                "GET /v1/counters/C\(index)/profiles HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1")
            let profiles = try #require(try JSONTree(parsing: queue.body)["profiles"]?.elements)
            let shared = try #require(profiles.first)
            let code = """
                {"phr":"\(person.address)","name":"\(person.name)","gender":"\(person.gender)",\
                "dob":"\(person.year)","mobile":"\(person.mobile)"}
                """
            let scanned = try JSONTree(parsing: post(under.server.port, code).body)
            for member in ["verdict", "patientReference", "matchedBy", "isAmbiguous"] {
                #expect(scanned[member] == shared[member])
            }
            verdicts.insert(scanned["verdict"]?.text ?? "")
        }
        #expect(verdicts == ["new", "returning"])
    }

    @Test("what was scanned can be registered, and takes no number of a queue")
    func register() throws {
        let under = try ConversationUnderTest()
        let port = under.server.port
        func register(_ id: String, _ body: String) throws -> HTTPReply {
            try post(port, body, path: "/v1/profiles/\(id)/register", type: "application/json")
        }
        func id(of text: String) throws -> String {
            let tree = try JSONTree(parsing: post(port, text).body)
            return try #require(tree["profile"]?["id"]?.text)
        }
        let new = try id(of: stranger)
        // Nobody was found; but that record is somebody's.
        #expect(try register(new, "{\"patientReference\":\"P-1001\"}").status == 409)
        #expect(try register(new, "{\"patientReference\":\"P-2\"}").status == 200)
        // A hidden mobile shows nobody to be the same.
        let known = try id(of: card)
        #expect(try register(known, "{\"patientReference\":\"P-1001\"}").status == 409)
        let vouched = "{\"patientReference\":\"P-1001\",\"override\":\"desk 4\"}"
        #expect(try register(known, vouched).status == 200)
        #expect(try id(of: card) != known)
        let share = """
            {"requestId":"r-1","timestamp":"2022-05-10T14:19:12.993Z","profile":{"patient":{"healthId":\
            "asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984}}}
            """
        #expect(try under.post("/v0.5/patients/profile/share", share).status == 202)
        let taken = try #require(try under.body("/gateway/v0.5/patients/profile/on-share"))
        #expect(taken["acknowledgement"]?["tokenNumber"]?.text == "1")
    }

    @Test("a server without a conversation looks up, and keeps nothing")
    func without() throws {
        let under = try ServerUnderTest()
        for facility in ["HIP1", nil] {
            let reply = try post(under.port, card, facility: facility)
            #expect(reply.status == 200)
            let tree = try JSONTree(parsing: reply.body)
            #expect(tree["verdict"]?.text == "new")
            #expect(tree["patientReference"] == .null)
            #expect(tree["profile"]?["id"] == nil)
            #expect(tree["profile"]?["name"]?.text == "Asha Verma")
        }
        let unready = try ServerUnderTest(isReady: false)
        #expect(try post(unready.port, card).status == 503)
    }

    @Test(
        "what is wrong with a code is named, and its value is not repeated",
        arguments: [
            (card.replacing("Asha Verma", with: "-"), "name is missing"),
            (card.replacing("\"F\"", with: "\"Zebra\""), "gender must"),
            (card.replacing("2/7/1984", with: "31/2/1984 Zebra"), "dob must"),
            (card.replacing("91-1234", with: "Zebra"), "hidn must"),
            (card.replacing("}", with: ",\"phr\":\"zebra@sbx\"}"), "hid contradicts phr"),
            ("{\"hipId\":\"Zebra\",\"code\":\"1\"}", "facility's"),
            ("Zebra", "not the QR code"), ("", "nothing was scanned"),
            (String(repeating: "Zebra", count: 2000), "longer than 8192 bytes"),
        ])
    func refusals(text: String, names: String) throws {
        let under = try ConversationUnderTest()
        let reply = try post(under.server.port, text)
        #expect(reply.status == 400)
        #expect(reply.text.contains(names))
        #expect(!reply.text.lowercased().contains("zebra"))
    }

    @Test("a scan is text of a configured facility")
    func headers() throws {
        let under = try ConversationUnderTest()
        let port = under.server.port
        #expect(try post(port, card, type: "application/json").status == 415)
        #expect(try post(port, card, type: "text/plain; charset=latin1").status == 415)
        for path in ["/v1/scan", "/v1/sc%61n"] {
            #expect(try post(port, card, path: path, facility: nil).status == 400)
            #expect(try post(port, card, path: path, facility: "HIP9").status == 400)
            #expect(try post(port, card, path: path, facility: "HIP2").status == 200)
        }
        let get = try requestOnce(port: port, "GET /v1/scan HTTP/1.1\r\nHost: x")
        #expect(get.status == 405)
        #expect(get.headers["allow"] == "POST")
    }
}
