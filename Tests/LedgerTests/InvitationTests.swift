internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Short messages to patients without an address")
struct InvitationTests {
    private static let mobile = PhoneNumber(e164: 919_848_022_339)

    private func record(
        _ reference: String, of patient: String = "P-1002", _ desk: ConversationDesk,
        mobile: PhoneNumber? = mobile, at now: WireTime = ConversationDesk.start
    ) throws -> [OutboxEntry] {
        let context = OfferedContext(
            patientReference: patient, reference: reference, display: reference,
            hiType: .prescription)
        let reply = try desk.perform(
            .record(
                facility: "HIP1", [RecordedContext(context: context)],
                inviting: [RecordInvitation(patientReference: patient, mobile: mobile)]), at: now)
        guard case .recorded(_, let entries) = reply else { return [] }
        return entries
    }

    private func uninvited(
        _ patients: [String], _ desk: ConversationDesk, at now: WireTime = ConversationDesk.start
    ) throws -> [String] {
        let reply = try desk.perform(
            .uninvited(facility: "HIP1", patientReferences: patients), at: now)
        guard case .patients(let patients) = reply else { return [] }
        return patients
    }

    @Test(
        "a patient without an address is told, in the words of the facility's protocol",
        arguments: [WireVersion.gateway, .v3])
    func isTold(version: WireVersion) throws {
        let desk = try ConversationDesk(versions: ["HIP1": version])
        let message = try #require(try record("A", desk).first).message
        #expect(
            message.destination
                == (version == .v3
                    ? GatewayPath(.hiecm, "/hip/v3/link/patient/links/sms/notify2")
                    : GatewayPath(.gateway, "/v0.5/patients/sms/notify2")))
        #expect(
            message.body
                == "{\"notification\":{\"phoneNo\":\"+91-9848022339\",\"hip\":{\"name\":\"HIP1\",\"id\":\"HIP1\"}}}"
        )
        #expect(message.consentManager == nil)
    }

    @Test(
        "nobody is told twice in thirty days, and somebody without a mobile is asked about once a day"
    )
    func isQuiet() throws {
        let desk = try ConversationDesk()
        #expect(try uninvited(["P-1002", "P-1003"], desk) == ["P-1002", "P-1003"])
        #expect(try record("A", desk).count == 1)
        #expect(try record("B", desk) == [])
        #expect(try record("C", of: "P-1003", desk, mobile: nil) == [])
        #expect(try uninvited(["P-1002", "P-1003"], desk) == [])
        let tomorrow = ConversationDesk.start.adding(minutes: 24 * 60 + 1)
        #expect(try uninvited(["P-1002", "P-1003"], desk, at: tomorrow) == ["P-1003"])
        let later = ConversationDesk.start.adding(minutes: 30 * 24 * 60 + 1)
        #expect(try record("D", desk, at: later).count == 1)
        // What was forgotten by then is asked for again, what was not stays quiet.
        _ = try desk.perform(.purge, at: later)
        #expect(try uninvited(["P-1002", "P-1003"], desk, at: later) == ["P-1003"])
    }

    @Test("a patient whose address is known is not told: the record is linked")
    func isLinkedInstead() throws {
        let desk = try ConversationDesk()
        _ = try desk.post(
            "/api/v3/hip/patient/share",
            """
            {"intent":"PROFILE_SHARE","metaData":{"context":"C1"},"profile":{"patient":{"abhaAddress":\
            "asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984,\
            "phoneNumber":"9848022338"}}}
            """, requestID: "share")
        _ = try desk.perform(
            .register(
                ProfileRegistration(
                    profileID: "id-1", facility: "HIP1", patientReference: "P-1001",
                    isRecorded: true)))
        #expect(try uninvited(["P-1001"], desk) == [])
        let sent = try record("A", of: "P-1001", desk)
        #expect(sent.map(\.message.destination.path) == ["/v0.5/users/auth/init"])
    }

    @Test(
        "what could not be sent is tried again with a record of the next day, what arrived is not",
        arguments: [
            ("\"status\":\"ACKNOWLEDGED\",\"error\":null", false),
            ("\"status\":\"ERRORED\",\"error\":null", true),
            ("\"acknowledgement\":{\"status\":\"ERRORED\"}", true),
            ("\"error\":{\"code\":\"ABDM-1004\",\"message\":\"SMS gateway unavailable\"}", true),
        ])
    func answers(members: String, isTriedAgain: Bool) throws {
        let desk = try ConversationDesk()
        let entry = try #require(try record("A", desk).first)
        _ = try desk.perform(
            .trying(
                requestID: "try", facility: "HIP1", subject: try #require(entry.message.subject)))
        _ = try desk.perform(.settle(OutboxSettlement(id: entry.id, outcome: .sent)))
        let reply = try desk.post(
            "/v0.5/patients/sms/on-notify",
            """
            {"requestId":"in","timestamp":"2022-05-25T01:09:02Z",\(members),\
            "resp":{"requestId":"try"}}
            """)
        #expect(reply.entries == [])
        #expect(try record("B", desk) == [])
        let tomorrow = ConversationDesk.start.adding(minutes: 24 * 60 + 1)
        #expect(try record("C", desk, at: tomorrow).count == (isTriedAgain ? 1 : 0))
    }

    @Test("only an Indian mobile is of use")
    func mobiles() {
        func kept(_ e164: UInt64) -> UInt64? {
            RecordInvitation(patientReference: "P", mobile: PhoneNumber(e164: e164)).mobile?.e164
        }
        #expect(kept(919_848_022_339) == 919_848_022_339)
        #expect(kept(916_000_000_000) == 916_000_000_000)
        #expect(kept(915_999_999_999) == nil)
        #expect(kept(14_155_550_123) == nil)
    }
}
