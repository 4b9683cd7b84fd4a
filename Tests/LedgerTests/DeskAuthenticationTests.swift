internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import TestSupport
internal import Testing

/// A desk to which a person who has never been here has shared a profile.
private final class AuthenticationDesk {
    static let profile = "id-1"
    let desk: ConversationDesk
    let version: WireVersion
    var now = ConversationDesk.start
    private var tries = 0

    init(_ version: WireVersion = .gateway, abhaNumber: String = "null") throws {
        self.version = version
        desk = try ConversationDesk(versions: ["HIP1": version])
        _ = try desk.post(
            "/api/v3/hip/patient/share",
            """
            {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{"abhaAddress":\
            "tara@sbx","abhaNumber":\(abhaNumber),"name":"Tara Kulkarni","gender":"F",\
            "yearOfBirth":1999}}}
            """, requestID: "share")
    }

    func act(
        _ step: DeskAuthenticationStep
    ) throws -> (outcome: AuthenticationOutcome, entries: [OutboxEntry]) {
        let reply = try desk.perform(
            .authenticate(step, profileID: Self.profile, facility: "HIP1"), at: now)
        guard case .authentication(let outcome, let entries) = reply else {
            throw LedgerError.stopped
        }
        return (outcome, entries)
    }

    var stands: DeskAuthentication? {
        get throws {
            let reply = try desk.perform(
                .authentication(profileID: Self.profile, facility: "HIP1"), at: now)
            guard case .authentication(.stands(let authentication), _) = reply else { return nil }
            return authentication
        }
    }

    /// Lets ABDM answer a message.
    func answer(_ entry: OutboxEntry, _ members: String, on path: String) throws -> [OutboxEntry] {
        tries += 1
        let subject = try #require(entry.message.subject)
        _ = try desk.perform(
            .trying(requestID: "try-\(tries)", facility: "HIP1", subject: subject), at: now)
        _ = try desk.perform(.settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: now)
        let body = """
            {"requestId":"in-\(tries)","timestamp":"2022-05-25T01:09:02Z",\(members),\
            "\(version == .v3 ? "response" : "resp")":{"requestId":"try-\(tries)"}}
            """
        return try desk.post(path, body, requestID: "in-\(tries)", at: now).entries
    }

    /// Begins by a mode, as far as ABDM's answer.
    func begin(_ mode: AuthenticationMode, meta: String = "null") throws -> [OutboxEntry] {
        let entry = try #require(try act(.begin(mode)).entries.first)
        #expect(entry.message.destination.path == "/v0.5/users/auth/init")
        #expect(try entry.tree()["query"]?["authMode"]?.text == mode.rawValue)
        return try answer(
            entry,
            "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"\(mode.rawValue)\",\"meta\":\(meta)}",
            on: onInit)
    }

    /// Registers the person, and writes a record down.
    func record() throws -> [OutboxEntry] {
        _ = try desk.perform(
            .register(
                ProfileRegistration(
                    profileID: Self.profile, facility: "HIP1", patientReference: "P-9",
                    isRecorded: false)), at: now)
        let context = OfferedContext(
            patientReference: "P-9", reference: "A", display: "A", hiType: .prescription)
        let reply = try desk.perform(
            .record(facility: "HIP1", [RecordedContext(context: context)]), at: now)
        guard case .recorded(_, let entries) = reply else { return [] }
        return entries
    }

    func notice(_ id: String, _ members: String, transaction: String = "tx") throws -> LedgerReply {
        try desk.post(
            "/v0.5/users/auth/notify",
            """
            {"requestId":"\(id)","timestamp":"2022-05-25T01:09:02Z","auth":{"transactionId":\
            "\(transaction)",\(members)}}
            """, at: now)
    }
}

private let onInit = "/v0.5/users/auth/on-init"
private let onConfirm = "/v0.5/users/auth/on-confirm"
private let granted = "\"auth\":{\"accessToken\":\"secret-token\",\"patient\":null},\"error\":null"

private func refused(_ code: Int) -> String {
    "\"auth\":null,\"error\":{\"code\":\(code),\"message\":\"no\"}"
}

@Suite("Authentications that a desk begins")
struct DeskAuthenticationTests {
    @Test(
        "v3: a token that names another person is refused at the desk, and not kept",
        arguments: [
            ("\"asha.verma@sbx\"", "secret-token", "null", false),
            ("\"tara@sbx\"", "numbered", "\"42717586044554\"", false),
            ("\"tara@sbx\"", "numbered", "\"42-7175-8604-4553\"", true),
            // Nobody knows better.
            ("\"tara@sbx\"", "numbered", "null", true), ("null", "secret-token", "null", true),
        ])
    func strangersToken(address: String, token: String, number: String, isGood: Bool) throws {
        let desk = try AuthenticationDesk(.v3, abhaNumber: number)
        let entry = try #require(try desk.act(.begin(.demographics)).entries.first)
        #expect(
            try desk.answer(
                entry, "\"abhaAddress\":\(address),\"linkToken\":\"\(token)\"",
                on: "/api/v3/hip/token/on-generate-token") == [])
        #expect(try desk.stands?.state == (isGood ? .granted : .refused))
        #expect(try desk.stands?.problem == (isGood ? 0 : 1500))
        // With a token a record is linked at once; else one is asked for.
        #expect(
            try desk.record().map(\.message.destination.path)
                == [isGood ? "/hip/v3/link/carecontext" : "/v3/token/generate-token"])
    }

    @Test("the desk asks which modes there are, and chooses")
    func modes() throws {
        let desk = try AuthenticationDesk()
        #expect(try desk.stands == nil)
        let entry = try #require(try desk.act(.askModes).entries.first)
        #expect(entry.message.destination.path == "/v0.5/users/auth/fetch-modes")
        let query = try entry.tree()["query"]
        #expect(query?["id"]?.text == "tara@sbx")
        #expect(query?["purpose"]?.text == "LINK")
        #expect(query?["authMode"] == nil)
        #expect(query?["requester"]?["type"]?.text == "HIP")
        #expect(query?["requester"]?["id"]?.text == "HIP1")
        let next = try desk.answer(
            entry, "\"auth\":{\"purpose\":\"LINK\",\"modes\":[\"MOBILE_OTP\",\"DIRECT\",7]}",
            on: "/v0.5/users/auth/on-fetch-modes")
        #expect(next == [])
        #expect(try desk.stands?.state == .choosing)
        #expect(try desk.stands?.modes == ["MOBILE_OTP", "DIRECT"])
    }

    @Test("a code that the patient says gives a token, by which a record is linked")
    func code() throws {
        let desk = try AuthenticationDesk()
        // Before a code is awaited there is nobody to hand one to.
        #expect(try desk.act(.code("123456")).outcome == .noCodeAwaited)
        #expect(
            try desk.begin(
                .mobileCode, meta: "{\"hint\":\"98xxxxxx67\",\"expiry\":\"2022-05-25T01:04:00\"}")
                == [])
        #expect(try desk.stands?.state == .codeAwaited)
        #expect(try desk.stands?.hint == "98xxxxxx67")
        var confirm = try #require(try desk.act(.code("000000")).entries.first)
        #expect(confirm.message.destination.path == "/v0.5/users/auth/confirm")
        #expect(
            confirm.message.body
                == "{\"transactionId\":\"tx\",\"credential\":{\"authCode\":\"000000\"}}")
        // Twice is once: the first is under way.
        #expect(try desk.act(.code("000000")).outcome == .noCodeAwaited)
        #expect(try desk.answer(confirm, refused(1441), on: onConfirm) == [])
        #expect(try desk.stands?.state == .codeAwaited)
        #expect(try desk.stands?.problem == 1441)
        #expect(try desk.stands?.meaning != nil)
        confirm = try #require(try desk.act(.code("123456")).entries.first)
        #expect(try desk.answer(confirm, granted, on: onConfirm) == [])
        #expect(try desk.stands?.state == .granted)
        let link = try desk.record()
        #expect(link.map(\.message.destination.path) == ["/v0.5/links/link/add-contexts"])
        #expect(try link.first?.tree()["link"]?["accessToken"]?.text == "secret-token")
    }

    @Test(
        "v3: where a reply was lost, and where the desk asks twice, the first request's token is waited for"
    )
    func lostReply() throws {
        let desk = try AuthenticationDesk(.v3)
        let entry = try #require(try desk.act(.begin(.demographics)).entries.first)
        let repeated = GatewayRefusal(code: "ABDM-1092", message: "Duplicate Link Token Request")
        _ = try desk.desk.perform(
            .settle(
                OutboxSettlement(
                    id: entry.id, outcome: .refused(repeated, problem: "status 400"))),
            at: desk.now)
        #expect(try desk.stands?.state == .asked)
        let again = try desk.act(.begin(.demographics))
        #expect(again.entries == [])
        #expect(try again.outcome == .stands(#require(try desk.stands)))
        _ = try desk.answer(
            entry, "\"linkToken\":\"secret-token\",\"error\":null",
            on: "/api/v3/hip/token/on-generate-token")
        #expect(try desk.stands?.state == .granted)
    }

    @Test("a request that could not be sent while the person stood there is not woken")
    func expired() throws {
        let desk = try AuthenticationDesk()
        let entry = try #require(try desk.act(.begin(.mobileCode)).entries.first)
        _ = try desk.desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "expired"))))
        let evening = desk.now.adding(minutes: 600)
        #expect(try desk.desk.perform(.revive(id: nil), at: evening) == .revived(0))
    }

    @Test("a refusal that no other code mends ends it", arguments: [1406, 1408, 1414])
    func codeRefused(code: Int) throws {
        let desk = try AuthenticationDesk()
        _ = try desk.begin(.mobileCode)
        let confirm = try #require(try desk.act(.code("000000")).entries.first)
        _ = try desk.answer(confirm, refused(code), on: onConfirm)
        #expect(try desk.stands?.state == .refused)
        #expect(try desk.act(.code("123456")).outcome == .noCodeAwaited)
        // It may be begun anew.
        _ = try desk.begin(.mobileCode)
        #expect(try desk.stands?.state == .codeAwaited)
    }

    @Test("in the direct mode the patient agrees in the app, once, and each notice is acknowledged")
    func direct() throws {
        let desk = try AuthenticationDesk()
        _ = try desk.begin(.direct)
        #expect(try desk.stands?.state == .approvalAwaited)
        let agreed = "\"status\":\"GRANTED\",\"accessToken\":\"secret-token\",\"patient\":null"
        // About something else: acknowledged with an error, and nothing comes of it.
        let other = try #require(try desk.notice("n0", agreed, transaction: "ty").entries.first)
        #expect(try other.tree()["error"]?["code"]?.number == 3400)
        #expect(try desk.stands?.state == .approvalAwaited)
        let entry = try #require(try desk.notice("n1", agreed).entries.first)
        #expect(entry.message.destination.path == "/v0.5/users/auth/on-notify")
        #expect(
            entry.message.body
                == "{\"acknowledgement\":{\"status\":\"OK\"},\"resp\":{\"requestId\":\"n1\"}}")
        #expect(try desk.stands?.state == .granted)
        #expect(try desk.notice("n1", agreed) == .repeated)
        #expect(
            try desk.record().map(\.message.destination.path) == ["/v0.5/links/link/add-contexts"])
    }

    @Test("a patient who does not agree, or agrees too late, gives no token")
    func denied() throws {
        for isLate in [false, true] {
            let desk = try AuthenticationDesk()
            _ = try desk.begin(.direct)
            if isLate { desk.now = desk.now.adding(minutes: 11) }
            let members =
                isLate
                ? "\"status\":\"GRANTED\",\"accessToken\":\"t\"" : "\"status\":\"DENIED\""
            #expect(try desk.notice("n1", members).entries.count == 1)
            #expect(try desk.stands?.state == (isLate ? .approvalAwaited : .refused))
            #expect(
                try desk.record().map(\.message.destination.path) == ["/v0.5/users/auth/init"])
        }
    }

    @Test("by demographics what the patient shared is compared, before anything is recorded")
    func demographics() throws {
        let desk = try AuthenticationDesk()
        let confirm = try #require(try desk.begin(.demographics).first)
        #expect(
            try confirm.tree()["credential"]?["demographic"]?["name"]?.text == "Tara Kulkarni")
        #expect(try desk.answer(confirm, refused(1441), on: onConfirm) == [])
        #expect(try desk.stands?.state == .refused)
        #expect(try desk.stands?.problem == 1441)
    }

    @Test("while one is open, a new record waits for its token instead of asking for another")
    func waits() throws {
        let desk = try AuthenticationDesk()
        _ = try desk.begin(.direct)
        #expect(try desk.record() == [])
        let entries = try desk.notice(
            "n1", "\"status\":\"GRANTED\",\"accessToken\":\"secret-token\""
        ).entries
        #expect(
            Set(entries.map(\.message.destination.path))
                == ["/v0.5/links/link/add-contexts", "/v0.5/users/auth/on-notify"])
        // Where it leads nowhere, the record's own way begins when nobody waits any longer.
        let other = try AuthenticationDesk()
        _ = try other.begin(.direct)
        #expect(try other.record() == [])
        other.now = other.now.adding(minutes: 11)
        #expect(
            try other.desk.perform(.purge, at: other.now).entries.map(\.message.destination.path)
                == ["/v0.5/users/auth/init"])
    }

    @Test("v3 has one way, which begins at once")
    func v3() throws {
        let desk = try AuthenticationDesk(.v3)
        #expect(try desk.act(.askModes).outcome == .noSuchWay)
        #expect(try desk.act(.begin(.mobileCode)).outcome == .noSuchWay)
        let entry = try #require(try desk.act(.begin(.demographics)).entries.first)
        #expect(entry.message.destination.path == "/v3/token/generate-token")
        _ = try desk.answer(
            entry, "\"linkToken\":\"secret-token\"", on: "/api/v3/hip/token/on-generate-token")
        #expect(try desk.stands?.state == .granted)
        #expect(try desk.record().first?.message.linkToken == "secret-token")
    }

    @Test("an answer to one that was begun anew changes nothing")
    func superseded() throws {
        let desk = try AuthenticationDesk()
        let old = try #require(try desk.act(.begin(.mobileCode)).entries.first)
        _ = try desk.begin(.direct)
        _ = try desk.answer(
            old, "\"auth\":{\"transactionId\":\"old\",\"mode\":\"MOBILE_OTP\"}", on: onInit)
        #expect(try desk.stands?.transactionID == "tx")
        #expect(try desk.stands?.state == .approvalAwaited)
    }

    @Test("another facility's profile is unknown, and who left is forgotten")
    func boundaries() throws {
        let desk = try AuthenticationDesk()
        let reply = try desk.desk.perform(
            .authenticate(.askModes, profileID: "id-1", facility: "HIP2"))
        #expect(reply == .authentication(.unknownProfile, []))
        _ = try desk.begin(.direct)
        _ = try desk.desk.post(statusPath, leaveBody("s", id: "tara@sbx"))
        let agreed = "\"status\":\"GRANTED\",\"accessToken\":\"secret-token\""
        let entry = try #require(try desk.notice("n1", agreed).entries.first)
        #expect(try entry.tree()["error"] != nil)
    }
}
