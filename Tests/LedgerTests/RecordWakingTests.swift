internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import SQLite
internal import TestSupport
internal import Testing

extension RecordDesk {
    /// Lets ABDM say that the patient is not who they said, to the request that is under way.
    func refuse(_ entries: [OutboxEntry], code: Int = 1441) throws {
        #expect(
            try answer(
                try #require(entries.first),
                "\"auth\":null,\"error\":{\"code\":\(code),\"message\":\"Invalid\"}",
                on: "/v0.5/users/auth/on-init") == [])
    }

    func leave(_ request: String = "leave") throws {
        _ = try desk.post(statusPath, leaveBody(request), at: now)
    }

    /// Discovers, chooses and types the password.
    func confirm(_ contexts: [String], from name: String = "") throws -> [OutboxEntry] {
        _ = try desk.post(discoverPath, discoverBody("d\(name)", transaction: "t\(name)"), at: now)
        let start = try desk.post(
            initPath, initBody("i\(name)", transaction: "t\(name)", contexts: contexts), at: now)
        let link = try start.entries.last?.tree()["link"]?["referenceNumber"]?.text ?? ""
        return try desk.post(
            confirmPath, confirmBody("c\(name)", link: link, token: CountingSecrets.digits), at: now
        ).entries
    }
}

@Suite("New records that were turned down, or whose patient left")
struct RecordWakingTests {
    private static let begin = "/v0.5/users/auth/init"

    @Test("a record that was turned down is asked for again when it is sent again")
    func repeatedRecord() throws {
        let desk = try RecordDesk(.gateway)
        try desk.refuse(try desk.record(["A"]).1)
        #expect(try desk.desk.perform(.purge, at: desk.now).entries == [])
        let (records, entries) = try desk.record(["A"])
        #expect(records.map(\.state) == [.waiting])
        // The facility sees why it was, and what can be done.
        #expect(records[0].problem.hasPrefix("1441: name, gender or date of birth"))
        #expect(entries.map(\.message.destination.path) == [Self.begin])
        let link = try desk.authenticate(entries)
        #expect(try desk.answer(try #require(link.first), onAddSuccess, on: onAdd) == [])
        #expect(try desk.linked() == ["A"])
        #expect(
            try desk.record(["A"]).0 == [
                NewRecord(context: records[0].context, state: .linked)
            ])
    }

    @Test("a record that was turned down is asked for again when its patient registers anew")
    func registration() throws {
        let desk = try RecordDesk(.gateway)
        try desk.refuse(try desk.record(["A"]).1)
        #expect(
            try desk.register().map(\.message.destination.path) == [Self.begin])
    }

    @Test("a record that was turned down is asked for again when its patient links something")
    func confirmation() throws {
        let desk = try RecordDesk(.gateway)
        try desk.refuse(try desk.record(["A"]).1)
        #expect(
            try desk.confirm(["V-1"]).map(\.message.destination.path)
                == [Self.begin, "/v0.5/links/link/on-confirm"])
    }

    @Test("who left and comes back has everything linked again", arguments: [true, false])
    func comesBack(isLinkedBefore: Bool) throws {
        let desk = try RecordDesk(.gateway)
        var link = try desk.authenticate(try desk.record(["A", "B"]).1)
        if isLinkedBefore {
            #expect(try desk.answer(try #require(link.first), onAddSuccess, on: onAdd) == [])
        }
        try desk.leave()
        #expect(try desk.linked() == [])
        try desk.share("again")
        link = try desk.authenticate(try desk.register())
        let contexts = try link.first?.tree()["link"]?["patient"]?["careContexts"]?.elements
        #expect(contexts?.compactMap { $0["referenceNumber"]?.text } == ["A", "B"])
        #expect(try desk.answer(try #require(link.first), onAddSuccess, on: onAdd) == [])
        #expect(try desk.linked() == ["A", "B"])
    }

    @Test("what one address has linked is linked to the patient's other one too")
    func twoAddresses() throws {
        let desk = try RecordDesk(.gateway)
        let link = try desk.authenticate(try desk.record(["A"]).1)
        #expect(try desk.answer(try #require(link.first), onAddSuccess, on: onAdd) == [])
        try desk.share("second", address: "asha.second@sbx")
        let second = try desk.authenticate(try desk.register(vouchedBy: "Desk 3"))
        #expect(try desk.answer(try #require(second.first), onAddSuccess, on: onAdd) == [])
        for address in ["asha.verma@sbx", "asha.second@sbx"] {
            #expect(try desk.linked(to: address) == ["A"])
        }
    }

    @Test("a confirmation tells whose every one of its contexts is")
    func everyRecordOfAConfirmation() throws {
        var patients = Ward.patients
        var twin = patients[0]
        twin["id"] = "P-1009"
        twin["abha_address"] = nil
        patients.append(twin)
        let contexts =
            Ward.careContexts + [Ward.context("P-1009", "V-9", "Visit", "OPConsultation")]
        let desk = try ConversationDesk(
            snapshot: try Ward.snapshot(patients: patients, careContexts: contexts))
        _ = try desk.post(discoverPath, mobileDiscoverBody("d", transaction: "t"))
        let start = try desk.post(
            initPath, initBody("i", transaction: "t", contexts: ["V-1", "V-9"], id: "asha.new@sbx"))
        #expect(start.entries.count == 2)
        _ = try desk.post(confirmPath, confirmBody("c", link: "id-1", token: "345234"))
        for patient in ["P-1001", "P-1009"] {
            let context = OfferedContext(
                patientReference: patient, reference: "NEW-" + patient, display: "NEW",
                hiType: .invoice)
            guard
                case .recorded(_, let entries) = try desk.perform(
                    .record(facility: "HIP1", [RecordedContext(context: context)]))
            else { throw LedgerError.stopped }
            // One quest serves both.
            #expect(entries.count == (patient == "P-1001" ? 1 : 0))
            for entry in entries {
                _ = try desk.perform(.settle(OutboxSettlement(id: entry.id, outcome: .sent)))
            }
        }
        let waiting = try desk.perform(
            .purge, at: ConversationDesk.start.adding(minutes: 31)
        ).entries
        #expect(waiting.map(\.message.destination.path) == [Self.begin])
        let linked = try desk.ledger.linkedContexts(
            facility: "HIP1", address: PatientAddress("asha.new@sbx"))
        #expect(linked.count == 2)
        #expect(try desk.addresses(of: "P-1009") == 1)
    }

    @Test("v0.5: at most twenty contexts of one kind go together, each batch with its own token")
    func batches() throws {
        let desk = try RecordDesk(.gateway)
        let (_, start) = try desk.record((0..<25).map { "N\($0 / 10)\($0 % 10)" })
        #expect(try desk.record(["P"], type: .invoice).1 == [])
        var next = start
        var sizes: [Int?] = []
        while let entry = next.first, sizes.count < 9 {
            #expect(entry.message.destination.path == Self.begin)
            let link = try #require(try desk.authenticate(next).first)
            sizes.append(try link.tree()["link"]?["patient"]?["careContexts"]?.elements?.count)
            next += try desk.answer(link, onAddSuccess, on: onAdd)
            next = try desk.waiting(Self.begin)
        }
        #expect(sizes.compactMap(\.self).sorted() == [1, 5, 20])
        #expect(try desk.linked().count == 26)
    }

    @Test("who answers for an address, and that a password proved it, is not forgotten for less")
    func vouchers() throws {
        let folder = try LedgerFolder()
        let desk = try RecordDesk(.gateway, in: .sqlite(path: folder.file))
        func row() throws -> [String?] {
            let connection = try SQLiteConnection(path: folder.file, mode: .readOnly)
            var statement = try connection.prepare("SELECT proof, vouched_by FROM milaan_patient")
            #expect(try statement.step())
            return [try statement.string(0), try statement.string(1)]
        }
        #expect(try row() == ["desk", nil])
        _ = try desk.register(vouchedBy: "Desk 3")
        #expect(try row() == ["desk", "Desk 3"])
        _ = try desk.confirm(["V-1"])
        #expect(try row() == ["password", "Desk 3"])
        _ = try desk.register()
        #expect(try row() == ["password", "Desk 3"])
    }

    @Test("what a patient said at the desk is not forgotten for less")
    func claims() throws {
        let desk = try RecordDesk(.gateway)
        try desk.share("full", day: 12, month: 5)
        _ = try desk.register()
        // A discovery knows the year alone, and no ABHA number.
        _ = try desk.confirm(["V-1"])
        let start = try #require(try desk.record(["A"]).1.first)
        let begun = try desk.answer(
            start, "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"DEMOGRAPHICS\"}",
            on: "/v0.5/users/auth/on-init")
        let claim = try begun.first?.tree()["credential"]?["demographic"]
        #expect(claim?["dateOfBirth"]?.text == "1984-05-12")
    }
}

/// A discovery, by an address that no record has, that leads to everyone with the mobile.
private func mobileDiscoverBody(_ requestID: String, transaction: String) -> String {
    """
    {"requestId":"\(requestID)","timestamp":"2022-05-25T01:09:02.330549","transactionId":\
    "\(transaction)","patient":{"id":"asha.new@sbx","name":"Asha Verma","gender":"F",\
    "yearOfBirth":1984,"verifiedIdentifiers":[{"type":"MOBILE","value":"+919848022338"}],\
    "unverifiedIdentifiers":[]}}
    """
}

extension ConversationDesk {
    /// How many addresses a record has.
    func addresses(of patient: String) throws -> Int {
        try ledger.addresses(facility: "HIP1", patientReference: patient).count
    }
}
