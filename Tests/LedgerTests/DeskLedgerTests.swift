internal import ABDM
internal import Ledger
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("What desks are told, in the ledger")
struct DeskLedgerTests {
    private static let facility = "HIP1"

    /// Everything that a desk does, one command after the other, and what each gives.
    private static func story(in place: LedgerPlace) throws -> [LedgerReply] {
        let desk = try ConversationDesk(place, announces: true)
        func share(_ number: Int, counter: String = "C1") throws -> LedgerReply {
            try desk.post(
                "/v0.5/patients/profile/share",
                """
                {"requestId":"s\(number)","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":\
                "\(counter)","patient":{"healthId":"p\(number)@sbx","name":"Person \(number)","gender":\
                "F","yearOfBirth":1984}}}
                """)
        }
        let context = OfferedContext(
            patientReference: "P-1002", reference: "A", display: "A", hiType: .prescription)
        let mobile = PhoneNumber(e164: 919_848_022_339)
        let commands: [LedgerCommand] = [
            .deskEvents(after: nil, max: 2), .deskEvents(after: 0, max: 2),
            .deskEvents(after: 2, max: 2),
            .deskBacklog(facility: facility, counter: "C1", after: 0, max: 9),
            .deskBacklog(facility: facility, counter: "C2", after: 1, max: 9),
            .uninvited(facility: facility, patientReferences: ["P-1001", "P-1002"]),
            .record(
                facility: facility, [RecordedContext(context: context)],
                inviting: [RecordInvitation(patientReference: "P-1002", mobile: mobile)]),
            .uninvited(facility: facility, patientReferences: ["P-1001", "P-1002"]),
            .authentication(profileID: "id-1", facility: facility),
            .authenticate(.askModes, profileID: "id-1", facility: facility),
            .authenticate(.begin(.mobileCode), profileID: "id-1", facility: facility),
            .authentication(profileID: "id-1", facility: facility),
            .authenticate(.code("123456"), profileID: "id-1", facility: facility),
            .register(
                ProfileRegistration(
                    profileID: "id-1", facility: facility, patientReference: "P-9",
                    isRecorded: false)),
            .deskEvents(after: 3, max: 9), .purge,
        ]
        var replies = [try share(1), try share(2, counter: "C2"), try share(3)]
        for command in commands { replies.append(try desk.perform(command)) }
        return replies
    }

    @Test(
        "events are read in pages, of all counters or of one, and nothing up to the end is missing")
    func pages() throws {
        let replies = try Self.story(in: .sqlite(path: ":memory:"))
        func events(_ index: Int) -> ([Int64], Int64)? {
            guard case .deskEvents(let events, let through) = replies[index] else { return nil }
            return (events.map(\.id), through)
        }
        let expected: [([Int64], Int64)] = [
            ([], 3), ([1, 2], 2), ([3], 3), ([1, 3], 3), ([2], 3),
        ]
        for (index, expected) in expected.enumerated() {
            let found = try #require(events(3 + index))
            #expect(found.0 == expected.0 && found.1 == expected.1, "\(index)")
        }
        guard case .deskEvents(let last, 4) = replies[17] else {
            Issue.record("no event of the registration")
            return
        }
        #expect(last.map(\.kind) == [.registered])
        #expect(last.first?.profileID == "id-1")
    }

    /// What desks are told of a patient who leaves, is back, and leaves again.
    private static func leaving(in place: LedgerPlace) throws -> [LedgerReply] {
        let desk = try ConversationDesk(place)
        func share(_ name: String, counter: String = "C1") throws {
            _ = try desk.post(
                "/v0.5/patients/profile/share",
                """
                {"requestId":"\(name)\(counter)","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":\
                "\(counter)","patient":{"healthId":"\(name)@sbx","name":"Somebody","gender":"F",\
                "yearOfBirth":1984}}}
                """)
        }
        func change(_ status: String, _ number: Int, facility: String = "HIP1") throws {
            _ = try desk.post(
                "/v0.5/patients/status/notify",
                """
                {"requestId":"n\(number)","timestamp":"2022-05-10T14:19:12Z","notification":\
                {"status":"\(status)","patient":{"id":"p@sbx"}}}
                """, facility: facility)
        }
        try share("p")
        try share("q")
        try share("p", counter: "C2")
        try change("DEACTIVATED", 1, facility: "HIP2")
        try change("REACTIVATED", 2)
        try change("DEACTIVATED", 3)
        try share("q", counter: "C2")
        let tomorrow = ConversationDesk.start.adding(minutes: 24 * 60)
        return [
            try desk.perform(.deskEvents(after: 0, max: 9)),
            try desk.perform(.deskEvents(after: 2, max: 2)),
            try desk.perform(
                .deskBacklog(facility: facility, counter: "C1", after: 1, max: 9)),
            try desk.perform(
                .deskBacklog(facility: facility, counter: "C1", after: 0, max: 9)),
            // A page that stayed open over night has the row still.
            try desk.perform(
                .deskBacklog(facility: facility, counter: "C1", after: 1, max: 9), at: tomorrow),
        ]
    }

    @Test("of a patient who left only that is told, by the id of what desks may still show")
    func left() throws {
        let told = try Self.leaving(in: .sqlite(path: ":memory:")).map { reply in
            guard case .deskEvents(let events, let through) = reply else { return "" }
            let words = events.map { "\($0.id) \($0.kind) \($0.counter) \($0.profileID)" }
            return words.joined(separator: ", ") + " | \(through)"
        }
        #expect(
            told == [
                "2 profile C1 id-2, 4 left C1 id-1, 5 left C2 id-3, 6 profile C2 id-4 | 6",
                "4 left C1 id-1, 5 left C2 id-3 | 5", "2 profile C1 id-2, 4 left C1 id-1 | 6",
                "2 profile C1 id-2 | 6", "4 left C1 id-1 | 6",
            ])
    }

    @Test("a day's queue is not told on the next one, and what is old is forgotten")
    func days() throws {
        let desk = try ConversationDesk()
        _ = try desk.post(
            "/v0.5/patients/profile/share",
            """
            {"requestId":"s","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":"C1","patient":\
            {"healthId":"p@sbx","name":"Person","gender":"F","yearOfBirth":1984}}}
            """)
        let tomorrow = ConversationDesk.start.adding(minutes: 24 * 60)
        let backlog = LedgerCommand.deskBacklog(
            facility: Self.facility, counter: "C1", after: 0, max: 9)
        #expect(try desk.perform(backlog, at: tomorrow) == .deskEvents([], through: 1))
        let later = ConversationDesk.start.adding(minutes: 3 * 24 * 60)
        _ = try desk.perform(.purge, at: later)
        // A number is not used again: whoever has seen it would miss what has it now.
        #expect(
            try desk.perform(.deskEvents(after: 1, max: 9), at: later)
                == .deskEvents([], through: 1))
        _ = try desk.post(
            "/v0.5/patients/profile/share",
            """
            {"requestId":"s2","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":"C1","patient":\
            {"healthId":"p@sbx","name":"Person","gender":"F","yearOfBirth":1984}}}
            """, at: later)
        guard
            case .deskEvents(let events, 2) = try desk.perform(
                .deskEvents(after: 1, max: 9), at: later)
        else {
            Issue.record("no event")
            return
        }
        #expect(events.map(\.id) == [2])
    }

    @Test(
        "everything goes in PostgreSQL as it goes in SQLite",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)))
    func postgres() throws {
        let there = try Self.story(in: PostgresLedgerTests.place("milaan_desk_test"))
        #expect(try Self.story(in: .sqlite(path: ":memory:")) == there)
        let leaving = try Self.leaving(in: PostgresLedgerTests.place("milaan_desk_test"))
        #expect(try Self.leaving(in: .sqlite(path: ":memory:")) == leaving)
    }
}
