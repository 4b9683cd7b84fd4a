internal import ABDM
internal import Gateway
internal import Index
internal import JSON
internal import Ledger
@testable import MatchServer
internal import TestSupport
internal import Testing

private let discover = """
    {"requestId":"46c1db89-03b2-4bc7-b841-cd413b1dfd4f","timestamp":"2022-05-25T01:09:02.330549",\
    "transactionId":"t-1","patient":{"id":"asha.verma@sbx","name":"Asha Verma","gender":"F",\
    "yearOfBirth":1984,"verifiedIdentifiers":[{"type":"MOBILE","value":"9848022338"}],\
    "unverifiedIdentifiers":[]}}
    """
private let discoverPath = "/v0.5/care-contexts/discover"

@Suite("Callbacks over HTTP")
struct ConversationRouteTests {
    @Test("a patient discovers, is challenged, and links: v0.5")
    func gatewayStory() throws {
        let under = try ConversationUnderTest()
        #expect(try under.post(discoverPath, discover).status == 202)
        let found = try #require(try under.body("/gateway/v0.5/care-contexts/on-discover"))
        #expect(found["patient"]?["referenceNumber"]?.text == "P-1001")
        #expect(found["requestId"]?.text?.utf8.count == 36)
        #expect(found["timestamp"]?.text?.hasSuffix("Z") == true)
        let message = try #require(under.sent("/gateway/v0.5/care-contexts/on-discover").first)
        #expect(message.headers["authorization"] == "Bearer session")
        #expect(message.headers["x-cm-id"] == "sbx")
        let start = """
            {"requestId":"r-2","timestamp":"2022-05-25T01:10:00Z","transactionId":"t-1","patient":\
            {"id":"asha.verma@sbx","referenceNumber":"P-1001","careContexts":[{"referenceNumber":"V-1"}]}}
            """
        #expect(try under.post("/v0.5/links/link/init", start).status == 202)
        let challenge = try #require(try under.body("/gateway/v0.5/links/link/on-init"))
        let reference = try #require(challenge["link"]?["referenceNumber"]?.text)
        // Without a service for short messages the log has the password.
        #expect(
            ServerUnderTest.eventually {
                under.events.all.contains {
                    $0 == .passwordInsteadOfMessage(hint: "98xxxxxx38", digits: "345234")
                }
            })
        let confirm = """
            {"requestId":"r-3","timestamp":"2022-05-25T01:11:00Z","confirmation":{"linkRefNumber":\
            "\(reference)","token":"345234"}}
            """
        #expect(try under.post("/v0.5/links/link/confirm", confirm).status == 202)
        let linked = try #require(try under.body("/gateway/v0.5/links/link/on-confirm"))
        #expect(
            linked["patient"]?["careContexts"]?.elements?.compactMap { $0["referenceNumber"]?.text }
                == ["V-1"])
        #expect(linked["resp"]?["requestId"]?.text == CallbackStamp.id("r-3"))
    }

    @Test("v3 has its own paths, headers and words")
    func v3Story() throws {
        let under = try ConversationUnderTest()
        let body = """
            {"transactionId":"t-9","patient":{"id":"asha.verma@sbx","name":"Asha Verma","gender":"F",\
            "yearOfBirth":1984,"verifiedIdentifiers":[{"type":"MOBILE","value":"9848022338"}]}}
            """
        let reply = try under.post(
            "/api/v3/hip/patient/care-context/discover", body,
            headers: "REQUEST-ID: \(CallbackStamp.id("r-1"))\r\nTIMESTAMP: \(CallbackStamp.now)\r\n"
        )
        #expect(reply.status == 202)
        let path = "/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover"
        let found = try #require(try under.body(path))
        #expect(found["response"]?["requestId"]?.text == CallbackStamp.id("r-1"))
        #expect(found["requestId"] == nil)
        #expect(found["patient"]?.elements?.first?["hiType"]?.text == "OPConsultation")
        let message = try #require(under.sent(path).first)
        #expect(message.headers["request-id"]?.utf8.count == 36)
        #expect(message.headers["timestamp"]?.hasSuffix("Z") == true)
        #expect(message.headers["x-hip-id"] == "HIP1")
    }

    @Test("a repeated callback is acknowledged and not answered a second time")
    func repeated() throws {
        let under = try ConversationUnderTest()
        for _ in 0..<3 { #expect(try under.post(discoverPath, discover).status == 202) }
        _ = try under.body("/v0.5/care-contexts/on-discover")
        #expect(under.sent("/v0.5/care-contexts/on-discover").count == 1)
    }

    @Test("a callback is taken whenever it was sent, where no window is set")
    func anyTime() throws {
        let under = try ConversationUnderTest()
        #expect(try under.post(discoverPath, discover, asItIs: true).status == 202)
        _ = try under.body("/v0.5/care-contexts/on-discover")
    }

    @Test("a callback that has no id of its own, or was not sent just now, is refused with 400")
    func replays() throws {
        let under = try ConversationUnderTest(configure: { $0.replayWindow.minutes = 10 })
        func text(_ id: String, _ time: String) -> String {
            discover.replacing("46c1db89-03b2-4bc7-b841-cd413b1dfd4f", with: id)
                .replacing("2022-05-25T01:09:02.330549", with: time)
        }
        let id = CallbackStamp.id("new")
        for (body, problem) in [
            (discover, "timestamp differs from our time"),
            (text("r-1", CallbackStamp.now), "requestId is not a UUID"),
            (text(id, ""), "timestamp is missing"),
        ] {
            let reply = try under.post(discoverPath, body, asItIs: true)
            #expect(reply.status == 400)
            #expect(reply.text.contains(problem), "\(reply.text)")
        }
        let v3 = "/api/v3/hip/patient/care-context/discover"
        let old = "REQUEST-ID: \(id)\r\nTIMESTAMP: 2022-10-06T15:10:00.587Z\r\n"
        let reply = try under.post(v3, discover, headers: old, asItIs: true)
        #expect(reply.status == 400)
        #expect(reply.text.contains("header TIMESTAMP differs from our time"), "\(reply.text)")
        let good = try under.post(discoverPath, text(id, CallbackStamp.now), asItIs: true)
        #expect(good.status == 202)
        // Nothing of what was refused is answered.
        _ = try under.body("/v0.5/care-contexts/on-discover")
        #expect(under.sent("/on-discover").count == 1)
    }

    @Test("a callback without a good token is refused with 401")
    func unauthorized() throws {
        let under = try ConversationUnderTest()
        let other = try TokenSigner(keyID: "gateway").token("{\"sub\":\"gw\",\"exp\":9999999999}")
        for token in ["", "Bearer nonsense", "Bearer " + other] {
            if token.isEmpty {
                let head =
                    "POST \(discoverPath) HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1\r\nContent-Length: 2"
                let reply = try requestOnce(port: under.server.port, head, body: "{}")
                #expect(reply.status == 401)
            } else {
                #expect(try under.post(discoverPath, discover, token: token).status == 401)
            }
        }
        #expect(under.sent("/v0.5/care-contexts/on-discover").isEmpty)
        #expect(try under.post(discoverPath, discover).status == 202)
    }

    @Test("a facility that is not ours, and one that is not named, are refused")
    func facilities() throws {
        let under = try ConversationUnderTest()
        #expect(try under.post(discoverPath, discover, facility: "HIP9").status == 400)
        #expect(try under.post(discoverPath, discover, facility: nil).status == 400)
    }

    @Test("a body that is no callback is refused, naming the field")
    func badBodies() throws {
        let under = try ConversationUnderTest()
        let reply = try under.post("/v0.5/links/link/confirm", "{\"requestId\":\"r\"}")
        #expect(reply.status == 400)
        #expect(reply.text.contains("confirmation is missing"))
        #expect(try under.post(discoverPath, "nonsense").status == 400)
        #expect(try under.post("/v0.5/nothing", "{}").status == 404)
    }

    @Test("a shared profile stands in its counter's queue, with who it is")
    func counter() throws {
        let under = try ConversationUnderTest()
        let share = """
            {"requestId":"r-1","timestamp":"2022-05-10T14:19:12.993Z","profile":{"hipCode":"C 1",\
            "patient":{"healthId":"asha.verma@sbx","healthIdNumber":null,"name":"Asha Verma","gender":\
            "F","yearOfBirth":1984,"identifiers":[{"type":"MOBILE","value":"+919848022338"}]}}}
            """
        #expect(try under.post("/v0.5/patients/profile/share", share).status == 202)
        let taken = try #require(try under.body("/gateway/v0.5/patients/profile/on-share"))
        #expect(taken["acknowledgement"]?["tokenNumber"]?.text == "1")
        let reply = try requestOnce(
            port: under.server.port,
            "GET /v1/counters/C%201/profiles HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1")
        #expect(reply.status == 200)
        let profiles = try #require(try JSONTree(parsing: reply.body)["profiles"]?.elements)
        #expect(profiles.map { $0["verdict"]?.text } == ["returning"])
        #expect(profiles.first?["patientReference"]?.text == "P-1001")
        #expect(profiles.first?["tokenNumber"]?.number == 1)
    }

    @Test("a profile is registered at the desk, and what is recorded then is linked by itself")
    func newRecordStory() throws {
        let under = try ConversationUnderTest()
        let share = """
            {"requestId":"r-1","timestamp":"2022-05-10T14:19:12.993Z","profile":{"hipCode":"C1",\
            "patient":{"healthId":"asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984,\
            "identifiers":[{"type":"MOBILE","value":"+919848022338"}]}}}
            """
        #expect(try under.post("/v0.5/patients/profile/share", share).status == 202)
        func ask(_ path: String, _ body: String) throws -> HTTPReply {
            try requestOnce(
                port: under.server.port,
                "POST \(path) HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1\r\nContent-Type: "
                    + "application/json\r\nContent-Length: \(body.utf8.count)", body: body)
        }
        let path = "/v1/profiles/id-1/register"
        #expect(try ask(path, "{\"patientReference\":\"P-9\"}").status == 409)
        #expect(
            try ask("/v1/profiles/id-9/register", "{\"patientReference\":\"P-9\"}").status == 404)
        #expect(try ask(path, "{}").status == 400)
        #expect(try ask(path, "{\"patientReference\":\"P-1001\"}").status == 200)
        #expect(try ask("/v1/care-contexts", "{\"patientId\":\"P-1001\"}").status == 400)
        let recorded = try ask(
            "/v1/care-contexts",
            """
            [{"patientId":"P-1001","reference":"N-1","display":"Visit","hiType":"OPConsultation",\
            "date":"2026-11-21"}]
            """)
        #expect(recorded.status == 202)
        #expect(recorded.text.contains("\"state\":\"waiting\""))
        // What the gateway answers, it answers to the request id that it got.
        let start = try #require(try under.body("/v0.5/users/auth/init"))
        #expect(start["query"]?["requester"]?["id"]?.text == "HIP1")
        func answer(_ path: String, _ members: String, to request: JSONTree) throws {
            let id = try #require(request["requestId"]?.text)
            let body = """
                {"requestId":"to-\(id)","timestamp":"2022-05-15T15:16:48.277264",\(members),\
                "resp":{"requestId":"\(id)"}}
                """
            #expect(try under.post(path, body).status == 202)
        }
        try answer(
            "/v0.5/users/auth/on-init",
            "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"DEMOGRAPHICS\"},\"error\":null",
            to: start)
        let confirm = try #require(try under.body("/v0.5/users/auth/confirm"))
        try answer(
            "/v0.5/users/auth/on-confirm",
            "\"auth\":{\"accessToken\":\"token\",\"patient\":null},\"error\":null", to: confirm)
        let link = try #require(try under.body("/v0.5/links/link/add-contexts"))
        #expect(link["link"]?["accessToken"]?.text == "token")
        try answer(
            "/v0.5/links/link/on-add-contexts",
            "\"acknowledgement\":{\"status\":\"SUCCESS\"},\"error\":null", to: link)
        let again = try ask(
            "/v1/care-contexts", "{\"patientId\":\"P-1001\",\"reference\":\"N-1\"}")
        #expect(again.text.contains("\"state\":\"linked\""))
    }

    @Test("the heartbeat says that the server is up")
    func heartbeat() throws {
        let under = try ConversationUnderTest()
        let reply = try requestOnce(
            port: under.server.port, "GET /v0.5/heartbeat HTTP/1.1\r\nHost: x")
        let tree = try JSONTree(parsing: reply.body)
        #expect(tree["status"]?.text == "UP")
        #expect(tree["error"] == .null)
    }

    @Test("while the patients are loaded the heartbeat says so, and a callback is to come again")
    func loading() throws {
        let under = try ConversationUnderTest(isLoaded: false)
        func heartbeat() throws -> String? {
            let reply = try requestOnce(
                port: under.server.port, "GET /v0.5/heartbeat HTTP/1.1\r\nHost: x")
            #expect(reply.status == 200)
            return try JSONTree(parsing: reply.body)["status"]?.text
        }
        #expect(try heartbeat() == "DOWN")
        let reply = try under.post(discoverPath, discover)
        #expect(reply.status == 503)
        #expect(reply.headers["retry-after"] == "1")
        try under.load()
        #expect(try heartbeat() == "UP")
        #expect(try under.post(discoverPath, discover).status == 202)
    }

    @Test("a token that cannot be judged, since there are no keys, is to come again")
    func keysMissing() throws {
        let under = try ConversationUnderTest(keyFaults: 3)
        var statuses: Set<Int> = []
        var waits: Set<String?> = []
        let isAnswered = ServerUnderTest.eventually {
            let reply = try? under.post(discoverPath, discover)
            statuses.insert(reply?.status ?? 0)
            if reply?.status == 503 { waits.insert(reply?.headers["retry-after"]) }
            return reply?.status == 202
        }
        #expect(isAnswered)
        #expect(statuses == [503, 202])
        #expect(waits == ["1"])
        // Where there is no token, there is nothing to judge.
        let keyless = try ConversationUnderTest(keyFaults: 100)
        #expect(try keyless.post(discoverPath, discover, token: "").status == 401)
    }

    @Test("many callbacks on a few connections are all answered")
    func many() throws {
        let under = try ConversationUnderTest()
        let connections = try (0..<4).map { _ in try HTTPConnection(port: under.server.port) }
        for round in 0..<25 {
            for (index, connection) in connections.enumerated() {
                let text = discover.replacing(
                    "46c1db89-03b2-4bc7-b841-cd413b1dfd4f", with: "\(round)-\(index)")
                let body = CallbackStamp.body(
                    text.replacing("t-1", with: "t-\(round)-\(index)"))
                connection.send(
                    "POST \(discoverPath) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "X-HIP-ID: HIP1\r\nAuthorization: \(under.token)\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
            for connection in connections { #expect(try connection.reply().status == 202) }
        }
        #expect(
            ServerUnderTest.eventually {
                under.sent("/v0.5/care-contexts/on-discover").count == 100
            })
    }

    @Test("a server without a conversation knows none of its paths")
    func without() throws {
        let under = try ServerUnderTest()
        #expect(try under.once(under.post("{}", path: discoverPath)).status == 404)
        #expect(try under.once("GET /v0.5/heartbeat HTTP/1.1\r\nHost: x").status == 404)
    }
}

@Suite("The outbox's sender")
struct OutboxSenderTests {
    @Test(
        "a message is sent again with a fresh request id until it is taken",
        arguments: [
            .drop, .reply(status: 503), .reply(status: 401), .reply(status: 429),
            .reply(
                status: 400, body: "{\"error\":{\"code\":\"ABDM-1007\",\"message\":\"timeout\"}}"),
        ] as [ResponderAction])
    func retries(fault: ResponderAction) throws {
        let under = try ConversationUnderTest(faults: [fault])
        #expect(try under.post(discoverPath, discover).status == 202)
        let second = try #require(try under.body("/v0.5/care-contexts/on-discover", 1))
        let first = try #require(try under.body("/v0.5/care-contexts/on-discover", 0))
        #expect(first["requestId"] != second["requestId"])
        #expect(first["resp"] == second["resp"])
        #expect(first["patient"] == second["patient"])
    }

    @Test("a message that will never be taken lies dead, where it can be seen")
    func dead() throws {
        let under = try ConversationUnderTest(faults: [
            .reply(status: 400, body: "{\"error\":{\"code\":1438,\"message\":\"no\"}}")
        ])
        #expect(try under.post(discoverPath, discover).status == 202)
        #expect(
            ServerUnderTest.eventually {
                under.events.all.contains {
                    if case .messageDead(_, "status 400") = $0 { true } else { false }
                }
            })
        #expect(under.sent("/v0.5/care-contexts/on-discover").count == 1)
    }

    @Test("what is of no use any more is not sent, and lies dead where it can be seen")
    func expired() throws {
        let folder = try ProgramFolder()
        let place = LedgerPlace.sqlite(path: folder.file("ledger.sqlite"))
        do {
            // As it was written a quarter of an hour ago by a program that ended then.
            let ledger = try LedgerBook(place, secrets: ConversationUnderTest.secrets())
            var decoder = CallbackDecoder()
            let path = try #require(CallbackPath.all.first { $0.path == discoverPath })
            let callback = try decoder.decode(
                Array(discover.utf8).span, path: path,
                headers: CallbackHeaders(facility: "HIP1", requestID: nil, timestamp: nil),
                in: try ConversationUnderTest.snapshot())
            let past = WireTime(milliseconds: MachineClock().unixMilliseconds).adding(minutes: -15)
            _ = try ledger.perform([.receive(callback)], now: past)[0].get()
        }
        let under = try ConversationUnderTest(ledger: place)
        #expect(
            ServerUnderTest.eventually {
                under.events.all.contains { $0 == .messageDead(id: 1, problem: "expired") }
            })
        #expect(under.sent("/v0.5/care-contexts/on-discover").isEmpty)
    }

    @Test("an answer that is known already has arrived")
    func duplicate() throws {
        let under = try ConversationUnderTest(faults: [
            .reply(
                status: 400, body: "{\"error\":{\"code\":\"ABDM-1106\",\"message\":\"Duplicate\"}}")
        ])
        #expect(try under.post(discoverPath, discover).status == 202)
        _ = try under.body("/v0.5/care-contexts/on-discover")
        #expect(try under.post(discoverPath, discover).status == 202)
        #expect(under.sent("/v0.5/care-contexts/on-discover").count == 1)
        #expect(!under.events.all.contains { if case .messageDead = $0 { true } else { false } })
    }

    @Test("what a program had not sent when it ended, the next one sends")
    func survives() throws {
        let folder = try ProgramFolder()
        let place = LedgerPlace.sqlite(path: folder.file("ledger.sqlite"))
        let faults = [ResponderAction](repeating: .drop, count: 100)
        do {
            let under = try ConversationUnderTest(faults: faults, ledger: place)
            #expect(try under.post(discoverPath, discover).status == 202)
            _ = try under.body("/v0.5/care-contexts/on-discover")
        }
        let under = try ConversationUnderTest(ledger: place)
        #expect(try under.body("/v0.5/care-contexts/on-discover") != nil)
    }

    @Test("a short message is handed to its service, by template")
    func shortMessage() throws {
        let service = ShortMessageService(
            url: "http://sms.example/{mobile}?f={facility}", method: "POST",
            headers: [("X-To", "{mobile}")],
            body: "{\"text\":\"{otp} {minutes} {facility} {other}\"}")
        let call = service.call(
            TextMessage(mobile: 919_848_022_338, digits: "012345", minutes: 10),
            facility: "St \"Mary\" & Co")
        #expect(call.url == "http://sms.example/919848022338?f=St++Mary++++Co")
        #expect(call.headers.first?.value == "919848022338")
        #expect(
            String(decoding: call.body, as: UTF8.self)
                == "{\"text\":\"012345 10 St  Mary    Co {other}\"}")
    }
}
