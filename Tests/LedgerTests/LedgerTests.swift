internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import Postgres
internal import SQLite
internal import TestSupport
internal import Testing

/// A discover body of v0.5.
func discoverBody(
    _ requestID: String, transaction: String, id: String = "asha.verma@sbx",
    name: String = "Asha Verma", gender: String = "F", year: Int = 1984
) -> String {
    """
    {"requestId":"\(requestID)","timestamp":"2022-05-25T01:09:02.330549","transactionId":\
    "\(transaction)","patient":{"id":"\(id)","name":"\(name)","gender":"\(gender)",\
    "yearOfBirth":\(year),"verifiedIdentifiers":[{"type":"HEALTH_ID","value":"\(id)"}],\
    "unverifiedIdentifiers":null}}
    """
}

/// A link/init body of v0.5.
func initBody(
    _ requestID: String, transaction: String, contexts: [String], id: String = "asha.verma@sbx",
    reference: String = "P-1001"
) -> String {
    let list = contexts.map { "{\"referenceNumber\":\"\($0)\"}" }.joined(separator: ",")
    return """
        {"requestId":"\(requestID)","timestamp":"2022-05-25T01:09:02Z","transactionId":\
        "\(transaction)","patient":{"id":"\(id)","referenceNumber":"\(reference)",\
        "careContexts":[\(list)]}}
        """
}

/// A link/confirm body of v0.5.
func confirmBody(_ requestID: String, link: String, token: String) -> String {
    """
    {"requestId":"\(requestID)","timestamp":"2022-05-25T01:09:02Z",\
    "confirmation":{"linkRefNumber":"\(link)","token":"\(token)"}}
    """
}

/// A status/notify body of v0.5: the patient leaves.
func leaveBody(
    _ requestID: String, status: String = "DELETED", id: String = "asha.verma@sbx"
) -> String {
    """
    {"requestId":"\(requestID)","timestamp":"2022-05-25T01:09:02Z","notification":{"status":\
    "\(status)","patient":{"id":"\(id)"}}}
    """
}

let discoverPath = "/v0.5/care-contexts/discover"
let initPath = "/v0.5/links/link/init"
let confirmPath = "/v0.5/links/link/confirm"
let statusPath = "/v0.5/patients/status/notify"
let onAdd = "/v0.5/links/link/on-add-contexts"
/// What ABDM answers to records that it links.
let onAddSuccess = "\"acknowledgement\":{\"status\":\"SUCCESS\"},\"error\":null"

extension OutboxEntry {
    /// The body as a tree.
    func tree() throws -> JSONTree { try JSONTree(parsing: Array(message.body.utf8)) }
}

@Suite("The ledger")
struct LedgerTests {
    static let later = ConversationDesk.start.adding(minutes: 1)

    @Test("a request id is taken in once for each facility and path")
    func requestsAreTakenOnce() throws {
        let desk = try ConversationDesk()
        let first = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        #expect(first.entries.count == 1)
        #expect(try desk.post(discoverPath, discoverBody("r", transaction: "t")) == .repeated)
        // The same id on another path, or for another facility, is another request.
        let other = try desk.post(
            discoverPath, discoverBody("r", transaction: "t"), facility: "HIP2")
        #expect(other.entries.count == 1)
        let start = try desk.post(initPath, initBody("r", transaction: "t", contexts: ["V-1"]))
        #expect(start.entries.count == 2)
    }

    @Test("a repeat of a request whose answer lies dead wakes the answer")
    func repeatWakesDeadAnswer() throws {
        let desk = try ConversationDesk()
        let entry = try #require(
            try desk.post(discoverPath, discoverBody("r", transaction: "t")).entries.first)
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "400"))))
        #expect(try desk.post(discoverPath, discoverBody("r", transaction: "t")) == .repeated)
        #expect(try desk.perform(.claim(max: 10)).entries.map(\.message) == [entry.message])
    }

    @Test("a message belongs to its taker until the lease is over, then to the next")
    func leases() throws {
        let desk = try ConversationDesk()
        let entry = try #require(
            try desk.post(discoverPath, discoverBody("r", transaction: "t")).entries.first)
        #expect(try desk.perform(.claim(max: 10)).entries == [])
        let over = ConversationDesk.start.adding(milliseconds: LedgerBook.leaseMilliseconds)
        #expect(try desk.perform(.claim(max: 10), at: over).entries == [entry])
        #expect(try desk.perform(.claim(max: 10), at: over).entries == [])
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .again(over, problem: "503"))), at: over
        )
        let again = try desk.perform(.claim(max: 10), at: over).entries
        #expect(again.map(\.attempts) == [1])
        _ = try desk.perform(.settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: over)
        let end = over.adding(minutes: 600)
        #expect(try desk.perform(.claim(max: 10), at: end).entries == [])
    }

    @Test("a dead message is listed without its body, and can be woken")
    func deadMessages() throws {
        let desk = try ConversationDesk()
        let entry = try #require(
            try desk.post(discoverPath, discoverBody("r", transaction: "t")).entries.first)
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "status 400"))))
        guard case .listed(let lines) = try desk.perform(.list(.dead, max: 10)) else {
            Issue.record("no list")
            return
        }
        #expect(lines.map(\.id) == [entry.id])
        #expect(lines.first?.problem == "status 400")
        #expect(lines.first?.destination == entry.message.destination)
        #expect(try desk.perform(.revive(id: entry.id + 1)) == .revived(0))
        #expect(try desk.perform(.revive(id: nil)) == .revived(1))
        #expect(try desk.perform(.claim(max: 10)).entries.count == 1)
    }

    @Test("a message says until when it is of use, and an expired password cannot be woken")
    func useBy() throws {
        let desk = try ConversationDesk()
        _ = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        let start = try desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        for entry in start.entries {
            #expect(entry.useBy == ConversationDesk.start.adding(minutes: 10))
            #expect(entry.isOfUse(at: Self.later))
            #expect(!entry.isOfUse(at: ConversationDesk.start.adding(minutes: 10)))
            _ = try desk.perform(
                .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "expired"))))
        }
        let evening = ConversationDesk.start.adding(minutes: 600)
        #expect(try desk.perform(.revive(id: nil), at: evening) == .revived(1))
        let woken = try desk.perform(.claim(max: 9), at: evening).entries
        #expect(woken.map(\.useBy).contains(evening.adding(minutes: 10)))
        #expect(!woken.contains { $0.message.destination.base == .sms })
    }

    @Test("a failing command undoes itself, and not the one before it in the transaction")
    func commandsFailAlone() throws {
        let folder = try LedgerFolder()
        let good = try ConversationDesk(.sqlite(path: folder.file))
        _ = try good.post(discoverPath, discoverBody("r", transaction: "t"))
        // With a seal that another key made, the offer cannot be read.
        let other = LedgerSeal(
            seal: { text, _ in text }, sealAlike: { text, _ in text },
            open: { text, place in place.hasPrefix("address") ? text : nil })
        let desk = try ConversationDesk(.sqlite(path: folder.file), seal: other)
        let results = desk.ledger.perform(
            [
                .receive(
                    try desk.callback(
                        discoverPath,
                        discoverBody(
                            "new", transaction: "x", id: "meena.p@sbx", name: "Meena Pillai"))),
                .receive(
                    try desk.callback(
                        initPath, initBody("i", transaction: "t", contexts: ["V-1"]))),
            ], now: Self.later)
        #expect((try? results[0].get())?.entries.count == 1)
        #expect(throws: LedgerError.unreadable(table: "milaan_offer")) { try results[1].get() }
        // The second one may come again.
        let again = try good.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        #expect(again.entries.count == 2)
    }

    @Test("what is promised survives the program, and tables of a newer one are left alone")
    func survives() throws {
        let folder = try LedgerFolder()
        do {
            let desk = try ConversationDesk(.sqlite(path: folder.file))
            _ = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        }
        let desk = try ConversationDesk(.sqlite(path: folder.file))
        #expect(try desk.post(discoverPath, discoverBody("r", transaction: "t")) == .repeated)
        let start = try desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        #expect(start.entries.count == 2)
        try SQLiteConnection(path: folder.file, mode: .readWrite).execute(
            "INSERT INTO milaan_ledger VALUES (1000)")
        #expect(throws: LedgerError.newerSchema(found: 1000, known: 1)) {
            try ConversationDesk(.sqlite(path: folder.file))
        }
    }

    @Test("what nobody can ask for any more is forgotten, dead messages and links are not")
    func purges() throws {
        let desk = try ConversationDesk()
        _ = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        let start = try desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        _ = try desk.post(confirmPath, confirmBody("c", link: "id-1", token: "345234"))
        for entry in start.entries {
            _ = try desk.perform(
                .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "400"))))
        }
        let tomorrow = ConversationDesk.start.adding(minutes: 60 * 26)
        _ = try desk.perform(.purge, at: tomorrow)
        guard case .listed(let lines) = try desk.perform(.list(.dead, max: 10)) else {
            Issue.record("no list")
            return
        }
        #expect(lines.count == 2)
        _ = try desk.perform(.purge, at: ConversationDesk.start.adding(minutes: 91 * 24 * 60))
        #expect(try desk.perform(.list(.dead, max: 10)) == .listed([]))
        let reply = try desk.post(
            discoverPath, discoverBody("r", transaction: "t"), at: tomorrow)
        let contexts = try reply.entries.first?.tree()["patient"]?["careContexts"]?.elements
        #expect(contexts?.compactMap { $0["referenceNumber"]?.text } == ["V-2"])
    }

    @Test("what a queue holds is what was shared, and who it is")
    func queues() throws {
        let desk = try ConversationDesk()
        let body = """
            {"intent":"PROFILE_SHARE","metaData":{"hipId":"HIP1","context":"C1"},"profile":{"patient":\
            {"abhaNumber":"42-7175-8604-4553","abhaAddress":"Asha.Verma@sbx","name":"Asha Verma",\
            "gender":"F","dayOfBirth":"1","monthOfBirth":"2","yearOfBirth":"1984","address":{"line":\
            "1 Lake Road","pincode":"500001"},"phoneNumber":"9848022338"}}}
            """
        _ = try desk.post("/api/v3/hip/patient/share", body, requestID: "r")
        guard case .queue(let queue) = try desk.perform(.queue(facility: "HIP1", counter: "C1"))
        else {
            Issue.record("no queue")
            return
        }
        let profile = try #require(queue.first?.profile)
        #expect(queue.map(\.number) == [1])
        #expect(profile.name == "Asha Verma")
        #expect(profile.address.text == "asha.verma@sbx")
        #expect(profile.birthDate == .day(year: 1984, month: 2, day: 1))
        #expect(profile.mobile?.e164 == 919_848_022_338)
        #expect(profile.home == PostalAddress(line: "1 Lake Road", pinCode: "500001"))
        guard case .found(let patient) = profile.finding else {
            Issue.record("nobody was found")
            return
        }
        #expect(patient.reference == "P-1001")
        #expect(try desk.perform(.queue(facility: "HIP2", counter: "C1")) == .queue([]))
    }

    @Test("personal data at rest is what the seal makes of it")
    func sealsWhatRests() throws {
        let folder = try LedgerFolder()
        let seal = LedgerSeal(
            seal: { text, place in
                "sealed:" + String(text.utf8.map { String(format(~$0)) }.joined()) + place
            }, sealAlike: { text, _ in text }, open: { _, _ in nil })
        let desk = try ConversationDesk(.sqlite(path: folder.file), seal: seal)
        _ = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        let connection = try SQLiteConnection(path: folder.file, mode: .readOnly)
        for sql in ["SELECT patient FROM milaan_offer", "SELECT body FROM milaan_outbox"] {
            var statement = try connection.prepare(sql)
            #expect(try statement.step())
            let text = try #require(try statement.string(0))
            #expect(text.hasPrefix("sealed:"))
            #expect(!text.contains("Asha") && !text.contains("9848022338"))
        }
    }
}

private func format(_ byte: UInt8) -> String { String(byte, radix: 16) }

@Suite("The ledger in PostgreSQL", .serialized)
struct PostgresLedgerTests {
    /// A database of its own, so that conversations do not meet.
    static func place(_ name: String) throws -> LedgerPlace {
        let conninfo = try ThrowawayCluster.conninfo()
        var connection = try PostgresConnection(conninfo)
        try connection.execute("DROP DATABASE IF EXISTS \(name)")
        try connection.execute("CREATE DATABASE \(name)")
        return .postgres(conninfo: conninfo + " dbname=\(name)")
    }

    @Test(
        "a conversation goes there as it goes in SQLite",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)))
    func sameConversations() throws {
        for conversation in try GoldenConversation.load() {
            let place = try Self.place("milaan_ledger_test")
            let played = try conversation.play(in: place)
            for (index, step) in conversation.steps.enumerated() {
                #expect(played[index] == step, "\(conversation.name), step \(index + 1)")
            }
        }
    }

    @Test(
        "leases, settlements and lists go there as they go in SQLite",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)))
    func outbox() throws {
        let desk = try ConversationDesk(try Self.place("milaan_ledger_test"))
        let reply = try desk.post(discoverPath, discoverBody("r", transaction: "t"))
        let entry = try #require(reply.entries.first)
        #expect(try desk.perform(.claim(max: 10)).entries == [])
        let over = ConversationDesk.start.adding(milliseconds: LedgerBook.leaseMilliseconds)
        #expect(try desk.perform(.claim(max: 10), at: over).entries == [entry])
        _ = try desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .dead(problem: "400"))))
        guard case .listed(let lines) = try desk.perform(.list(.dead, max: 10)) else {
            Issue.record("no list")
            return
        }
        #expect(lines.map(\.attempts) == [1])
        #expect(try desk.perform(.revive(id: entry.id)) == .revived(1))
        #expect(try desk.perform(.purge) == .toSend([]))
    }

    @Test(
        "new records are linked there as they are in SQLite",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)))
    func newRecords() throws {
        try NewRecordTests.gatewayStory(in: try Self.place("milaan_ledger_test"))
    }
}
