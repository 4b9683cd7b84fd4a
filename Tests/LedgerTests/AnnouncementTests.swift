internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Announcements to a facility's own system")
struct AnnouncementTests {
    private func share(_ desk: ConversationDesk) throws {
        _ = try desk.post(
            "/api/v3/hip/patient/share",
            """
            {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{"abhaAddress":\
            "asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984,\
            "phoneNumber":"9848022338"}}}
            """, requestID: "share")
    }

    private func register(
        _ desk: ConversationDesk, _ reference: String = "P-1001", vouchedBy: String? = nil
    ) throws -> [OutboxEntry] {
        let reply = try desk.perform(
            .register(
                ProfileRegistration(
                    profileID: "id-1", facility: "HIP1", patientReference: reference,
                    isRecorded: true, vouchedBy: vouchedBy)))
        guard case .registered(.registered, let entries) = reply else { return [] }
        return entries
    }

    @Test("a registration is told with the profile and the record that it was given to")
    func registration() throws {
        let desk = try ConversationDesk(announces: true)
        try share(desk)
        // Turned down: nobody hears of it.
        #expect(try register(desk, "P-1002") == [])
        let entries = try register(desk, vouchedBy: "Desk 3")
        let entry = try #require(entries.first)
        #expect(entry.message.destination == GatewayPath(.webhook, ""))
        #expect(entry.message.subject == nil)
        let tree = try entry.tree()
        #expect(tree["id"]?.text == entry.message.announcementID)
        #expect(tree["type"]?.text == "profile.registered")
        #expect(tree["timestamp"]?.text == ConversationDesk.start.text)
        #expect(tree["facility"]?.text == "HIP1")
        let data = tree["data"]
        #expect(data?["patientReference"]?.text == "P-1001")
        #expect(data?["isNew"] == .boolean(false))
        #expect(data?["vouchedBy"]?.text == "Desk 3")
        #expect(data?["profile"]?["abhaAddress"]?.text == "asha.verma@sbx")
        #expect(data?["profile"]?["verdict"]?.text == "returning")
    }

    @Test("a link that a password confirmed is told once, however often the confirmation comes")
    func link() throws {
        let desk = try ConversationDesk(announces: true)
        _ = try desk.post(discoverPath, discoverBody("d", transaction: "t"))
        _ = try desk.post(initPath, initBody("i", transaction: "t", contexts: ["V-1"]))
        func confirm(_ id: String) throws -> [OutboxEntry] {
            try desk.post(confirmPath, confirmBody(id, link: "id-1", token: "345234")).entries
        }
        let told = try confirm("c").filter { $0.message.destination.base == .webhook }
        #expect(told.count == 1)
        let entry = try #require(told.first)
        let data = try entry.tree()["data"]
        #expect(data?["abhaAddress"]?.text == "asha.verma@sbx")
        #expect(data?["proof"]?.text == "password")
        #expect(data?["careContexts"]?.elements?.map { $0["reference"]?.text } == ["V-1"])
        for id in ["c", "c2"] {
            #expect(
                try confirm(id).filter { $0.message.destination.base == .webhook }.map(\.id) == [])
        }
    }

    @Test("that a patient has left is told with the records that had the address")
    func status() throws {
        let desk = try ConversationDesk(announces: true)
        try share(desk)
        _ = try register(desk)
        func notify(_ id: String) throws -> JSONTree {
            let reply = try desk.post(statusPath, leaveBody(id))
            let told = reply.entries.first { $0.message.destination.base == .webhook }
            let entry = try #require(told)
            return try #require(try entry.tree()["data"])
        }
        let data = try notify("s1")
        #expect(data["status"]?.text == "DELETED")
        #expect(data["patientReferences"]?.elements?.map(\.text) == ["P-1001"])
        #expect(try notify("s2")["patientReferences"]?.elements == [])
    }

    @Test("where nobody wants to hear, nothing is written")
    func silence() throws {
        let desk = try ConversationDesk()
        try share(desk)
        #expect(try register(desk) == [])
    }
}
