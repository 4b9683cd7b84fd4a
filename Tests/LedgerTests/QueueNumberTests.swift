internal import ABDM
internal import JSON
internal import Ledger
internal import TestSupport
internal import Testing

@Suite("Numbers of a queue")
struct QueueNumberTests {
    private func share(
        _ id: String, on desk: ConversationDesk, at now: WireTime, request: String
    ) throws -> String? {
        let body = """
            {"requestId":"\(request)","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":"C1",\
            "patient":{"healthId":"\(id)","name":"Somebody","gender":"F","yearOfBirth":1984}}}
            """
        let reply = try desk.post("/v0.5/patients/profile/share", body, at: now)
        return try reply.entries.first?.tree()["acknowledgement"]?["tokenNumber"]?.text
    }

    @Test("a number of the day is nobody else's, also once its holder has opted out")
    func leavesAGap() throws {
        let desk = try ConversationDesk()
        let now = ConversationDesk.start
        #expect(try share("a@sbx", on: desk, at: now, request: "r1") == "1")
        #expect(try share("b@sbx", on: desk, at: now, request: "r2") == "2")
        _ = try desk.post(statusPath, leaveBody("s", id: "b@sbx"))
        #expect(try share("c@sbx", on: desk, at: now, request: "r3") == "3")
        _ = try desk.perform(.purge, at: now)
        // Who comes back stands at the end; the next day counts anew.
        #expect(try share("b@sbx", on: desk, at: now, request: "r4") == "4")
        let tomorrow = now.adding(minutes: 1440)
        #expect(try share("d@sbx", on: desk, at: tomorrow, request: "r5") == "1")
    }
}
