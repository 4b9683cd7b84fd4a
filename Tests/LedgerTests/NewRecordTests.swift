internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import SQLite
internal import TestSupport
internal import Testing

/// A desk whose patient P-1001 has registered an address, for stories of new records.
final class RecordDesk {
    let desk: ConversationDesk
    let version: WireVersion
    private var tries = 0
    private var profileID = ""
    var now = ConversationDesk.start

    init(_ version: WireVersion, in place: LedgerPlace = .sqlite(path: ":memory:")) throws {
        self.version = version
        desk = try ConversationDesk(place, versions: ["HIP1": version])
        try share("share")
        guard try register() == [] else { throw LedgerError.stopped }
    }

    /// Shares the patient's profile at the counter.
    func share(
        _ request: String, address: String = "asha.verma@sbx", day: Int = 0, month: Int = 0
    ) throws {
        let body = """
            {"intent":"PROFILE_SHARE","metaData":{"context":"\(request)"},"profile":{"patient":{"abhaNumber":\
            "42717586044553","abhaAddress":"\(address)","name":"Asha Verma","gender":"F",\
            "dayOfBirth":\(day),"monthOfBirth":\(month),"yearOfBirth":1984,"phoneNumber":"9848022338"}}}
            """
        _ = try desk.post("/api/v3/hip/patient/share", body, requestID: request, at: now)
        guard
            case .queue(let queue) = try desk.perform(
                .queue(facility: "HIP1", counter: request), at: now),
            let queued = queue.first
        else { throw LedgerError.stopped }
        profileID = queued.id
    }

    /// Registers what was shared last onto the patient's record.
    func register(vouchedBy: String? = nil) throws -> [OutboxEntry] {
        guard
            case .registered(.registered, let entries) = try desk.perform(
                .register(
                    ProfileRegistration(
                        profileID: profileID, facility: "HIP1", patientReference: "P-1001",
                        isRecorded: true, vouchedBy: vouchedBy)), at: now)
        else { throw LedgerError.stopped }
        return entries
    }

    /// Messages to a path that wait, whoever holds them.
    func waiting(_ path: String) throws -> [OutboxEntry] {
        _ = try desk.perform(.recover, at: now)
        return try desk.perform(.claim(max: 100), at: now).entries.filter {
            $0.message.destination.path == path
        }
    }

    func record(
        _ references: [String], type: HealthInformationType = .prescription,
        patient: String = "P-1001"
    ) throws -> ([NewRecord], [OutboxEntry]) {
        let contexts = references.map {
            OfferedContext(patientReference: patient, reference: $0, display: $0, hiType: type)
        }
        guard
            case .recorded(let records, let entries) = try desk.perform(
                .record(facility: "HIP1", contexts.map { RecordedContext(context: $0) }), at: now)
        else { return ([], []) }
        return (records, entries)
    }

    /// Tries a message, and lets ABDM answer it.
    func answer(_ entry: OutboxEntry, _ members: String, on path: String) throws -> [OutboxEntry] {
        tries += 1
        _ = try desk.perform(
            .trying(
                requestID: "try-\(tries)", facility: "HIP1",
                subject: try #require(entry.message.subject)), at: now)
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: now)
        let response = version == .v3 ? "response" : "resp"
        let body = """
            {"requestId":"in-\(tries)","timestamp":"2022-05-25T01:09:02Z",\(members),\
            "\(response)":{"requestId":"try-\(tries)"}}
            """
        return try desk.post(path, body, requestID: "in-\(tries)", at: now).entries
    }

    /// Gets the token that a record needs, the way of v0.5.
    func authenticate(
        _ entries: [OutboxEntry], token: String = "secret-token"
    ) throws -> [OutboxEntry] {
        let start = try #require(entries.first)
        #expect(start.message.destination.path == "/v0.5/users/auth/init")
        let begun = try answer(
            start, "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"DEMOGRAPHICS\"}",
            on: "/v0.5/users/auth/on-init")
        let confirm = try #require(begun.first)
        #expect(confirm.message.destination.path == "/v0.5/users/auth/confirm")
        let claim = try confirm.tree()["credential"]?["demographic"]
        #expect(claim?["name"]?.text == "Asha Verma")
        #expect(claim?["dateOfBirth"]?.text == "1984-01-01")
        return try answer(
            confirm, "\"auth\":{\"accessToken\":\"\(token)\",\"patient\":null}",
            on: "/v0.5/users/auth/on-confirm")
    }

    func states() throws -> [String: NewRecord.State] {
        let (records, _) = try record(["A", "B", "C"])
        return Dictionary(
            records.map { ($0.context.reference, $0.state) },
            uniquingKeysWith: { first, _ in first })
    }

    func linked(to address: String = "asha.verma@sbx") throws -> Set<String> {
        Set(
            try desk.ledger.linkedContexts(
                facility: "HIP1", address: PatientAddress(address)
            ).map(\.reference))
    }
}

/// What it answers to one that is linked.
let onAddLinkedAlready =
    "\"acknowledgement\":null,\"error\":{\"code\":1439,\"message\":\"already linked\"}"

@Suite("New records")
struct NewRecordTests {
    @Test("v0.5: a token is got by what the patient shared, used once, and the records are linked")
    func gatewayStory() throws { try Self.gatewayStory(in: .sqlite(path: ":memory:")) }

    /// The story of a facility that speaks v0.5.
    static func gatewayStory(in place: LedgerPlace) throws {
        let desk = try RecordDesk(.gateway, in: place)
        let (records, start) = try desk.record(["A", "B"])
        #expect(records.map(\.state) == [.waiting, .waiting])
        // A second record waits for the same token.
        #expect(try desk.record(["C"]).1 == [])
        let link = try desk.authenticate(start)
        let message = try #require(link.first)
        #expect(message.message.destination.path == "/v0.5/links/link/add-contexts")
        let tree = try message.tree()["link"]
        #expect(tree?["accessToken"]?.text == "secret-token")
        #expect(tree?["patient"]?["referenceNumber"]?.text == "P-1001")
        #expect(
            tree?["patient"]?["careContexts"]?.elements?.compactMap { $0["referenceNumber"]?.text }
                == ["A", "B", "C"])
        #expect(try desk.linked() == [])
        #expect(try desk.answer(message, onAddSuccess, on: onAdd) == [])
        #expect(try desk.linked() == ["A", "B", "C"])
        // Of more in a linked context the patient is told, once more where ABDM does not know it yet.
        let (known, updates) = try desk.record(["A"])
        #expect(known.map(\.state) == [.linked])
        let update = try #require(updates.first)
        #expect(update.message.destination.path == "/v0.5/links/context/notify")
        let notification = try update.tree()["notification"]
        #expect(notification?["careContext"]?["careContextReference"]?.text == "A")
        #expect(notification?["date"]?.text == "2022-05-25T00:00:00.000Z")
        let onNotify = "/v0.5/links/context/on-notify"
        let tooSoon = """
            "acknowledgement":null,"error":{"code":1006,"message":"No care context linked with given \
            reference number"}
            """
        #expect(try desk.answer(update, tooSoon, on: onNotify) == [])
        #expect(try desk.desk.perform(.claim(max: 9), at: desk.now).entries == [])
        let later = try desk.desk.perform(
            .claim(max: 9), at: desk.now.adding(milliseconds: 5000)
        ).entries
        #expect(later.map(\.message.body) == [update.message.body])
        #expect(try desk.answer(try #require(later.first), onAddSuccess, on: onNotify) == [])
        // The token was good for one request: the next record asks anew.
        let (_, next) = try desk.record(["D"])
        #expect(next.first?.message.destination.path == "/v0.5/users/auth/init")
    }

    @Test("v0.5: where one context is linked already, each is asked for alone")
    func alreadyLinked() throws {
        let desk = try RecordDesk(.gateway)
        let link = try desk.authenticate(try desk.record(["A", "B"]).1)
        var next = try desk.answer(try #require(link.first), onAddLinkedAlready, on: onAdd)
        for answer in [onAddLinkedAlready, onAddSuccess] {
            let single = try #require(try desk.authenticate(next).first)
            #expect(
                try single.tree()["link"]?["patient"]?["careContexts"]?.elements?.count == 1)
            next = try desk.answer(single, answer, on: onAdd)
        }
        #expect(next == [])
        #expect(try desk.linked() == ["A", "B"])
    }

    @Test("v3: the token is kept, in a header, and contexts go in groups of one kind")
    func v3Story() throws {
        let desk = try RecordDesk(.v3)
        let (_, start) = try desk.record(["A", "B"])
        let quest = try #require(start.first)
        #expect(quest.message.destination == GatewayPath(.hiecm, "/v3/token/generate-token"))
        let claim = try quest.tree()
        #expect(claim["abhaNumber"]?.text == "42717586044553")
        #expect(claim["yearOfBirth"]?.number == 1984)
        let link = try desk.answer(
            quest, "\"abhaAddress\":\"asha.verma@sbx\",\"linkToken\":\"secret-token\"",
            on: "/api/v3/hip/token/on-generate-token")
        let message = try #require(link.first)
        #expect(message.message.linkToken == "secret-token")
        #expect(!message.message.body.contains("secret-token"))
        let group = try message.tree()["patient"]?.elements?.first
        #expect(group?["hiType"]?.text == "Prescription")
        #expect(group?["count"]?.number == 2)
        let done = try desk.answer(
            message, "\"status\":\"Successfully Linked care context\",\"error\":null",
            on: "/api/v3/link/on_carecontext")
        #expect(done == [])
        #expect(try desk.linked() == ["A", "B"])
        // The token serves again.
        let (_, next) = try desk.record((0..<21).map { "N\($0)" }, type: .invoice)
        #expect(
            next.map(\.message.destination.path) == [
                "/hip/v3/link/carecontext", "/hip/v3/link/carecontext",
            ])
    }

    @Test("a token that is no longer good is thrown away, and another one asked for")
    func badToken() throws {
        let desk = try RecordDesk(.v3)
        let link = try desk.answer(
            try #require(try desk.record(["A"]).1.first), "\"linkToken\":\"old\"",
            on: "/api/v3/hip/token/on-generate-token")
        let message = try #require(link.first)
        let refusal = GatewayRefusal(code: "ABDM-1026", message: "Invalid Link Token")
        let reply = try desk.desk.perform(
            .settle(
                OutboxSettlement(id: message.id, outcome: .refused(refusal, problem: "status 400")))
        )
        #expect(reply.entries.map(\.message.destination.path) == ["/v3/token/generate-token"])
        #expect(try desk.states()["A"] == .waiting)
    }

    @Test(
        "a token that names somebody else, or is over already, is not used, and the facility is told",
        arguments: [WireVersion.gateway, .v3],
        [
            ("of-another-facility", "names another facility"),
            ("of-another-address", "names another ABHA address"),
            ("of-another-number", "names another ABHA number"),
            ("of-two-addresses", "names another ABHA address"), ("over", "is over already"),
            ("of-the-patient", nil),
        ] as [(String, String?)])
    func strangersToken(version: WireVersion, token: (text: String, problem: String?)) throws {
        let desk = try RecordDesk(version)
        let start = try #require(try desk.record(["A"]).1.first)
        let next =
            switch version {
            case .gateway: try desk.authenticate([start], token: token.text)
            case .v3:
                try desk.answer(
                    start, "\"linkToken\":\"\(token.text)\"",
                    on: "/api/v3/hip/token/on-generate-token")
            }
        guard let problem = token.problem else {
            #expect(next.count == 1)
            return
        }
        // Nor is it asked for over and over.
        #expect(next == [])
        #expect(try desk.desk.perform(.purge, at: desk.now).entries == [])
        let record = try #require(try desk.record(["A"]).0.first)
        #expect(record.problem.contains(problem))
        #expect(!record.problem.contains("ravi") && !record.problem.contains("HIP2"))
    }

    @Test(
        "a token that comes under another address is not used; the same in another spelling, or none, is",
        arguments: [
            ("\"Asha.Verma@SBX\"", false), ("null", false), ("\" \"", false),
            ("\"ravi@sbx\"", true),
        ])
    func strangersAddress(address: String, isRefused: Bool) throws {
        let desk = try RecordDesk(.v3)
        let start = try #require(try desk.record(["A"]).1.first)
        let next = try desk.answer(
            start, "\"abhaAddress\":\(address),\"linkToken\":\"secret-token\"",
            on: "/api/v3/hip/token/on-generate-token")
        #expect(next.count == (isRefused ? 0 : 1))
        #expect(try desk.desk.perform(.purge, at: desk.now).entries == [])
        guard isRefused else { return }
        let record = try #require(try desk.record(["A"]).0.first)
        #expect(record.problem == "the linking token that came names another ABHA address")
    }

    @Test("who is not who they said is refused, and nothing is linked")
    func mismatch() throws {
        let desk = try RecordDesk(.gateway)
        let start = try #require(try desk.record(["A"]).1.first)
        let begun = try desk.answer(
            start, "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"DEMOGRAPHICS\"}",
            on: "/v0.5/users/auth/on-init")
        let end = try desk.answer(
            try #require(begun.first),
            "\"auth\":null,\"error\":{\"code\":1441,\"message\":\"Invalid auth confirm request.\"}",
            on: "/v0.5/users/auth/on-confirm")
        #expect(end == [])
        // Who sends it again is told why, and has it tried again.
        let (records, _) = try desk.record(["A"])
        #expect(records.map(\.state) == [.waiting])
        #expect(records[0].problem.hasPrefix("1441: "))
        #expect(try desk.linked() == [])
    }

    @Test(
        "an answer that nobody awaits any more is asked for again, and a late one changes nothing")
    func deadline() throws {
        let desk = try RecordDesk(.gateway)
        let first = try #require(try desk.record(["A"]).1.first)
        _ = try desk.desk.perform(
            .settle(OutboxSettlement(id: first.id, outcome: .sent)), at: desk.now)
        #expect(try desk.desk.perform(.purge, at: desk.now).entries == [])
        desk.now = desk.now.adding(minutes: 31)
        let second = try desk.desk.perform(.purge, at: desk.now).entries
        #expect(second.map(\.message.destination.path) == ["/v0.5/users/auth/init"])
        #expect(
            try desk.answer(
                first, "\"auth\":{\"transactionId\":\"old\",\"mode\":\"DEMOGRAPHICS\"}",
                on: "/v0.5/users/auth/on-init") == [])
    }

    @Test("records of a patient whose address nobody knows wait, until the patient links")
    func unknownAddress() throws {
        let desk = try ConversationDesk()
        let context = OfferedContext(
            patientReference: "P-1001", reference: "NEW", display: "NEW", hiType: .invoice)
        guard
            case .recorded(let records, let entries) = try desk.perform(
                .record(facility: "HIP1", [RecordedContext(context: context)]))
        else {
            Issue.record("not recorded")
            return
        }
        #expect(records.map(\.state) == [.waiting])
        #expect(entries == [])
        _ = try desk.post(discoverPath, discoverBody("d", transaction: "t"))
        _ = try desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        let linked = try desk.post(confirmPath, confirmBody("c", link: "id-1", token: "345234"))
        #expect(
            linked.entries.map(\.message.destination.path)
                == ["/v0.5/users/auth/init", "/v0.5/links/link/on-confirm"])
    }

    @Test("a patient who left has no token, no address, and nothing linked any more")
    func leaves() throws {
        let desk = try RecordDesk(.gateway)
        let link = try desk.authenticate(try desk.record(["A"]).1)
        _ = try desk.desk.post(statusPath, leaveBody("s"))
        #expect(try desk.answer(try #require(link.first), onAddSuccess, on: onAdd) == [])
        #expect(try desk.linked() == [])
        #expect(try desk.record(["B"]).1 == [])
    }

    @Test("what is queued for a patient who left is destroyed, but for the answer to their leaving")
    func leavesWithMessages() throws {
        let folder = try LedgerFolder()
        let desk = try RecordDesk(.v3, in: .sqlite(path: folder.file))
        let quest = try #require(try desk.record(["A"]).1.first)
        _ = try desk.desk.perform(
            .trying(
                requestID: "early", facility: "HIP1", subject: try #require(quest.message.subject),
                message: quest.id))
        _ = try desk.desk.post(discoverPath, discoverBody("d", transaction: "t"))
        _ = try desk.desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        func leave(_ id: String, _ status: String) throws -> LedgerReply {
            try desk.desk.post(statusPath, leaveBody(id, status: status))
        }
        guard case .forgotten(_, let cancelled) = try leave("s1", "DEACTIVATED") else {
            Issue.record("nothing was forgotten")
            return
        }
        // The share's answer, the quest, the answers to discover and init, and the password.
        #expect(cancelled.count == 5)
        #expect(cancelled.contains(quest.id))
        #expect(
            try desk.desk.perform(
                .trying(
                    requestID: "late", facility: "HIP1",
                    subject: try #require(quest.message.subject), message: quest.id)) == .cancelled)
        let second = try leave("s2", "DELETED").entries
        #expect(try desk.desk.perform(.revive(id: nil)) == .revived(0))
        let later = ConversationDesk.start.adding(minutes: 60)
        let due = try desk.desk.perform(.claim(max: 99), at: later).entries
        #expect(
            due.map(\.message.destination.path)
                == ["/v0.5/patients/status/on-notify", "/v0.5/patients/status/on-notify"])
        #expect(second.map(\.id) == due.suffix(1).map(\.id))
        // An answer to what was asked before they left means nothing any more.
        let late = """
            {"abhaAddress":"asha.verma@sbx","linkToken":"secret-token","response":{"requestId":"early"}}
            """
        #expect(
            try desk.desk.post(
                "/api/v3/hip/token/on-generate-token", late, requestID: "in", at: later
            ).entries == [])
        let connection = try SQLiteConnection(path: folder.file, mode: .readOnly)
        for sql in [
            "SELECT count(*) FROM milaan_try",
            "SELECT count(*) FROM milaan_outbox WHERE body <> '' AND path NOT LIKE '%status%'",
        ] {
            var statement = try connection.prepare(sql)
            #expect(try statement.step())
            #expect(try statement.string(0) == "0", "\(sql)")
        }
    }

    @Test("a profile is registered onto the record that it shows to be, or answered for")
    func registration() throws {
        let desk = try ConversationDesk()
        func share(_ id: String, name: String, mobile: String) throws {
            _ = try desk.post(
                "/api/v3/hip/patient/share",
                """
                {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{\
                "abhaAddress":"\(id)","name":"\(name)","gender":"F","yearOfBirth":1984,\
                "phoneNumber":"\(mobile)"}}}
                """, requestID: id)
        }
        func register(_ id: String, _ reference: String, override: Bool = false) throws -> String {
            let reply = try desk.perform(
                .register(
                    ProfileRegistration(
                        profileID: id, facility: "HIP1", patientReference: reference,
                        isRecorded: reference != "P-2000", vouchedBy: override ? "Desk 3" : nil)))
            guard case .registered(let outcome, _) = reply else { return "" }
            switch outcome {
            case .registered: return "registered"
            case .unknownProfile: return "unknown"
            case .otherRecord: return "other"
            }
        }
        try share("asha.verma@sbx", name: "Asha Verma", mobile: "9848022338")
        try share("new@sbx", name: "Tara Walker", mobile: "9800083232")
        // By the address alone, without the mobile: somebody has to answer for it.
        try share("meena.p@sbx", name: "Asha Verma", mobile: "9848022338")
        #expect(try register("id-1", "P-1002") == "other")
        #expect(try register("id-1", "P-1001") == "registered")
        // Nobody was found for her: a record that is there already is somebody else's.
        #expect(try register("id-2", "P-1002") == "other")
        #expect(try register("id-2", "P-2000") == "registered")
        #expect(try register("id-9", "P-1001") == "unknown")
        #expect(try register("id-1", "P-1002", override: true) == "registered")
    }

    @Test(
        "a returning person's record has to agree in mobile, gender, year and name, none of them missing",
        arguments: ["", "gender", "yob", "mobile", "abha_address"])
    func fullAgreement(missing: String) throws {
        var patients = Ward.patients
        patients[0][missing] = nil
        patients.removeAll { $0["hip_id"] == "HIP2" }
        let desk = try ConversationDesk(
            snapshot: try Ward.snapshot(patients: patients, careContexts: []))
        _ = try desk.post(
            "/api/v3/hip/patient/share",
            """
            {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{\
            "abhaAddress":"asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1986,\
            "phoneNumber":"9848022338"}}}
            """, requestID: "r")
        func register(vouchedBy: String? = nil) throws -> Bool {
            let reply = try desk.perform(
                .register(
                    ProfileRegistration(
                        profileID: "id-1", facility: "HIP1", patientReference: "P-1001",
                        isRecorded: true, vouchedBy: vouchedBy)))
            if case .registered(.registered, _) = reply { return true }
            return false
        }
        #expect(try register() == (missing.isEmpty || missing == "abha_address"))
        #expect(try register(vouchedBy: "Desk 3"))
    }
}
