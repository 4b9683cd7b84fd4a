internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import TestSupport
internal import Testing

private let generatePath = "/v3/token/generate-token"
private let onGenerate = "/api/v3/hip/token/on-generate-token"
private let linkPath = "/hip/v3/link/carecontext"
private let onLink = "/api/v3/link/on_carecontext"
private let token = "\"abhaAddress\":\"asha.verma@sbx\",\"linkToken\":\"secret-token\""
private let success = "\"status\":\"SUCCESS\",\"error\":null"
private let badToken = GatewayRefusal(code: "ABDM-1026", message: "Invalid Link Token")

/// Lets time pass, ten minutes after ten minutes, and gives what is sent in them.
private func wait(_ minutes: Int, at desk: RecordDesk) throws -> [OutboxEntry] {
    var entries: [OutboxEntry] = []
    for _ in 0..<minutes / 10 {
        desk.now = desk.now.adding(minutes: 10)
        entries += try desk.desk.perform(.resume, at: desk.now).entries
    }
    return entries
}

private func dead(_ desk: RecordDesk) throws -> [OutboxLine] {
    guard case .listed(let lines) = try desk.desk.perform(.list(.dead, max: 10)) else { return [] }
    return lines
}

/// Says that messages have arrived; they are not answered.
private func deliver(_ entries: [OutboxEntry], at desk: RecordDesk) throws {
    for entry in entries {
        _ = try desk.desk.perform(
            .settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: desk.now)
    }
}

/// The records that a message asks for.
private func contexts(_ entry: OutboxEntry?) throws -> [String] {
    let patients = try entry?.tree()["patient"]?.elements ?? []
    return patients.flatMap { $0["careContexts"]?.elements ?? [] }
        .compactMap { $0["referenceNumber"]?.text }
}

/// Records something, and lets ABDM give tokens for it of which none is ever good.
///
/// - Returns: where what was sent went, and in which minute.
private func sentWithBadTokens(
    at desk: RecordDesk
) throws -> [(path: String, minute: Int64)] {
    var due = try desk.record(["A"]).1
    var sent: [(path: String, minute: Int64)] = []
    for _ in 0..<1000 {
        guard let entry = due.popLast() else {
            due = try wait(10, at: desk)
            continue
        }
        sent.append((entry.message.destination.path, desk.now.milliseconds / 60_000))
        if entry.message.destination.path == generatePath {
            due += try desk.answer(entry, token, on: onGenerate)
        } else {
            due += try desk.desk.perform(
                .settle(
                    OutboxSettlement(
                        id: entry.id, outcome: .refused(badToken, problem: "status 400"))),
                at: desk.now
            ).entries
        }
    }
    return sent
}

@Suite("What is asked again")
struct AskingAgainTests {
    @Test("a token that was asked for twice, since a reply was lost, is waited for")
    func lostReply() throws {
        let desk = try RecordDesk(.v3)
        let quest = try #require(try desk.record(["A"]).1.first)
        let duplicate = GatewayRefusal(
            code: "ABDM-1092", message: "Duplicate Link Token Request")
        _ = try desk.desk.perform(
            .trying(
                requestID: "lost", facility: "HIP1", subject: try #require(quest.message.subject)),
            at: desk.now)
        let reply = try desk.desk.perform(
            .settle(
                OutboxSettlement(id: quest.id, outcome: .refused(duplicate, problem: "status 400"))),
            at: desk.now)
        #expect(reply.entries == [])
        #expect(try desk.states()["A"] == .waiting)
        // The first try had arrived: here is its answer.
        let link = try desk.desk.post(
            onGenerate, "{\(token),\"response\":{\"requestId\":\"lost\"}}", requestID: "in",
            at: desk.now
        ).entries
        #expect(link.map(\.message.destination.path) == [linkPath])
    }

    @Test("a token whose answer never comes is asked for anew after hours, under another request")
    func lostAnswer() throws {
        let desk = try RecordDesk(.v3)
        let quest = try #require(try desk.record(["A"]).1.first)
        let duplicate = "\"error\":{\"code\":\"ABDM-1092\",\"message\":\"Duplicate\"}"
        #expect(try desk.answer(quest, duplicate, on: onGenerate) == [])
        #expect(try wait(470, at: desk) == [])
        #expect(try wait(20, at: desk).map(\.message.destination.path) == [generatePath])
    }

    @Test("records whose answer is lost are asked for again")
    func lostLink() throws {
        let desk = try RecordDesk(.v3)
        let link = try desk.answer(
            try #require(try desk.record(["A", "B"]).1.first), token, on: onGenerate)
        let first = try #require(link.first)
        // As long as the message has not arrived, nothing is overdue.
        #expect(try wait(40, at: desk) == [])
        _ = try desk.desk.perform(
            .trying(
                requestID: "late", facility: "HIP1", subject: try #require(first.message.subject)),
            at: desk.now)
        _ = try desk.desk.perform(
            .settle(OutboxSettlement(id: first.id, outcome: .sent)), at: desk.now)
        let again = try wait(10, at: desk)
        #expect(again.map(\.message.body) == [first.message.body])
        _ = try desk.desk.post(
            onLink, "{\(success),\"response\":{\"requestId\":\"late\"}}", requestID: "in",
            at: desk.now)
        #expect(try desk.linked() == [])
        #expect(try desk.answer(try #require(again.first), success, on: onLink) == [])
        #expect(try desk.linked() == ["A", "B"])
    }

    @Test("what is never answered is given up, where it can be seen and not be woken")
    func givenUp() throws {
        let desk = try RecordDesk(.v3)
        var next = try desk.answer(
            try #require(try desk.record(["A"]).1.first), token, on: onGenerate)
        var asked = 0
        while let entry = next.first, asked < 20 {
            asked += 1
            _ = try desk.desk.perform(
                .settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: desk.now)
            next = try wait(17 * 60, at: desk)
        }
        #expect(asked == LedgerPatience().asksMax)
        let words = "given up after 6 requests: no answer"
        #expect(try dead(desk).map(\.problem) == [words])
        #expect(try desk.desk.perform(.revive(id: nil)) == .revived(0))
        // Whoever sends it again wants it tried again.
        let (records, entries) = try desk.record(["A"])
        #expect(records.map(\.problem) == [words])
        #expect(entries.count == 1)
    }

    @Test("a record that joins one which was asked for often is judged by its own requests")
    func joined() throws {
        let desk = try RecordDesk(.v3)
        var next = try desk.answer(
            try #require(try desk.record(["A"]).1.first), token, on: onGenerate)
        for minutes in [30, 60, 120, 240] {
            try deliver(next, at: desk)
            next = try wait(minutes, at: desk)
        }
        try deliver(next, at: desk)
        #expect(try wait(450, at: desk) == [])
        try deliver(try desk.record(["B"]).1, at: desk)
        // The sixth request for A is the second one for B.
        let joint = try #require(try wait(30, at: desk).first)
        #expect(try contexts(joint) == ["A", "B"])
        _ = try desk.desk.perform(
            .trying(
                requestID: "joint", facility: "HIP1", subject: try #require(joint.message.subject)),
            at: desk.now)
        try deliver([joint], at: desk)
        #expect(try wait(50, at: desk) == [])
        let alone = try wait(10, at: desk)
        #expect(try alone.map { try contexts($0) } == [["B"]])
        let words = "given up after 6 requests: no answer"
        #expect(try dead(desk).map(\.problem) == [words])
        // B rests no longer than its own number of requests says.
        try deliver(alone, at: desk)
        let again = try wait(120, at: desk)
        #expect(try again.map { try contexts($0) } == [["B"]])
        #expect(try desk.answer(try #require(again.first), success, on: onLink) == [])
        #expect(try desk.linked() == ["B"])
        // What was given up may turn out to be linked all the same.
        _ = try desk.desk.post(
            onLink, "{\(success),\"response\":{\"requestId\":\"joint\"}}", requestID: "in",
            at: desk.now)
        #expect(try desk.linked() == ["A", "B"])
    }

    @Test("a record that shares one bad token with another is judged by its own requests")
    func joinedByToken() throws {
        let desk = try RecordDesk(.v3)
        func refuse(_ entry: OutboxEntry) throws -> [OutboxEntry] {
            try desk.desk.perform(
                .settle(
                    OutboxSettlement(
                        id: entry.id, outcome: .refused(badToken, problem: "status 400"))),
                at: desk.now
            ).entries
        }
        func nextQuest(_ entries: [OutboxEntry]) throws -> OutboxEntry {
            var entries = entries
            // Three tokens a day.
            for _ in 0..<200 where entries.isEmpty { entries = try wait(10, at: desk) }
            return try #require(entries.first)
        }
        var due = try desk.record(["A"]).1
        for _ in 1...5 {
            let link = try desk.answer(try nextQuest(due), token, on: onGenerate)
            due = try refuse(try #require(link.first))
        }
        // B has to wait for a token that comes when A has rested.
        try deliver(try desk.record(["B"]).1, at: desk)
        var quest: [OutboxEntry] = []
        while quest.isEmpty { quest = try wait(10, at: desk) }
        desk.now = desk.now.adding(minutes: 240)
        let joint = try #require(try desk.answer(quest[0], token, on: onGenerate).first)
        #expect(try contexts(joint) == ["A", "B"])
        // The first request for B was its only one.
        let link = try desk.answer(try nextQuest(try refuse(joint)), token, on: onGenerate)
        #expect(try link.map { try contexts($0) } == [["B"]])
        #expect(try dead(desk).map(\.problem) == ["given up after 6 requests: 1026"])
        #expect(try desk.answer(try #require(link.first), success, on: onLink) == [])
        #expect(try desk.linked() == ["B"])
    }

    @Test("a token that never comes is given up for all records of the address")
    func twoPatients() throws {
        let desk = try RecordDesk(.v3)
        let words = "given up after 6 requests: no answer"
        guard
            case .queue(let queue) = try desk.desk.perform(
                .queue(facility: "HIP1", counter: "share"), at: desk.now)
        else { return }
        _ = try desk.desk.perform(
            .register(
                ProfileRegistration(
                    profileID: try #require(queue.first?.id), facility: "HIP1",
                    patientReference: "P-1003", isRecorded: true, vouchedBy: "Operator")),
            at: desk.now)
        var next = try desk.record(["A"]).1
        #expect(try desk.record(["B"], patient: "P-1003").1 == [])
        var asked = 0
        while let entry = next.first, asked < 20 {
            #expect(next.count == 1)
            asked += 1
            try deliver([entry], at: desk)
            next = try wait(17 * 60, at: desk)
        }
        #expect(asked == LedgerPatience().asksMax)
        #expect(try dead(desk).map(\.problem) == [words])
        // Each of them is tried again by itself.
        let other = try desk.record(["B"], patient: "P-1003")
        #expect(other.0.map(\.problem) == [words])
        #expect(other.1.count == 1)
        let (records, entries) = try desk.record(["A"])
        #expect(records.map(\.problem) == [words])
        #expect(entries == [])
    }

    @Test("no more than three tokens of a patient are asked for in any 24 hours")
    func tokensPerDay() throws {
        let desk = try RecordDesk(.v3)
        let times = try sentWithBadTokens(at: desk).filter { $0.path == generatePath }.map(\.minute)
        #expect(times.count == LedgerPatience().asksMax)
        for (first, fourth) in zip(times, times.dropFirst(LedgerPatience().tokensPerDay)) {
            #expect(fourth - first >= 24 * 60)
        }
    }

    @Test("a token that is never good is not asked for in a loop")
    func badTokens() throws {
        let desk = try RecordDesk(.v3)
        let paths = try sentWithBadTokens(at: desk).map(\.path)
        #expect(paths.count == 2 * LedgerPatience().asksMax)
        #expect(try dead(desk).map(\.problem) == ["given up after 6 requests: 1026"])
    }

    @Test("nobody's records wait behind those of a hundred others for ever")
    func order() throws {
        let desk = try RecordDesk(.v3)
        let others = 150
        for number in 0..<others {
            _ = try desk.desk.post(
                "/api/v3/hip/patient/share",
                """
                {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{\
                "abhaAddress":"p\(number)@sbx","name":"Somebody","gender":"F","yearOfBirth":1950}}}
                """, requestID: "share-\(number)")
        }
        for number in 0..<others {
            _ = try desk.desk.perform(
                .register(
                    ProfileRegistration(
                        profileID: "id-\(number + 2)", facility: "HIP1",
                        patientReference: "N-\(number)", isRecorded: false)))
            for entry in try desk.record(["X"], patient: "N-\(number)").1 {
                _ = try desk.desk.perform(
                    .settle(OutboxSettlement(id: entry.id, outcome: .sent)), at: desk.now)
            }
        }
        desk.now = desk.now.adding(minutes: 31)
        var asked: Set<String> = []
        for _ in 0..<2 {
            for entry in try desk.desk.perform(.resume, at: desk.now).entries {
                asked.insert(entry.message.body)
            }
        }
        #expect(asked.count == others)
    }
}
