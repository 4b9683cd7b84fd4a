internal import Gateway
internal import JSON
@testable import MatchServer
internal import TestSupport
internal import Testing

@Suite("The webhook")
struct WebhookTests {
    private static let share = """
        {"requestId":"r-1","timestamp":"2022-05-10T14:19:12.993Z","profile":{"hipCode":"C1",\
        "patient":{"healthId":"asha.verma@sbx","name":"Asha Verma","gender":"F","yearOfBirth":1984,\
        "identifiers":[{"type":"MOBILE","value":"+919848022338"}]}}}
        """

    private func register(_ faults: [ResponderAction]) throws -> ConversationUnderTest {
        let under = try ConversationUnderTest(faults: faults) { configuration in
            configuration.webhook = Webhook(
                url: (configuration.gateway ?? "") + "/hook",
                headers: [("Authorization", "Bearer ours")],
                sign: { id, seconds, body in "v1,\(id) \(seconds) \(body.count)" })
        }
        #expect(try under.post("/v0.5/patients/profile/share", Self.share).status == 202)
        _ = try under.body("/v0.5/patients/profile/on-share")
        let body = "{\"patientReference\":\"P-1001\"}"
        let reply = try requestOnce(
            port: under.server.port,
            "POST /v1/profiles/id-1/register HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)", body: body
        )
        #expect(reply.status == 200)
        return under
    }

    @Test("tells of a registration, signed, with no header of ABDM's")
    func tells() throws {
        let under = try register([])
        let body = try #require(try under.body("/gateway/hook"))
        #expect(body["type"]?.text == "profile.registered")
        let request = try #require(under.sent("/gateway/hook").first)
        let id = try #require(request.headers["webhook-id"])
        let seconds = try #require(request.headers["webhook-timestamp"])
        #expect(id == body["id"]?.text)
        #expect(
            request.headers["webhook-signature"] == "v1,\(id) \(seconds) \(request.body.count)")
        #expect(request.headers["authorization"] == "Bearer ours")
        #expect(request.headers["x-cm-id"] == nil)
        #expect(request.headers["content-type"] == "application/json")
    }

    @Test(
        "is tried again until it succeeds, whatever the answer was, under the same id",
        arguments: [.drop, .reply(status: 500), .reply(status: 404), .reply(status: 401)]
            as [ResponderAction])
    func retries(fault: ResponderAction) throws {
        let under = try register([.reply(status: 202), fault])
        let second = try #require(try under.body("/gateway/hook", 1))
        #expect(second == (try under.body("/gateway/hook", 0)))
        let ids = Set(under.sent("/gateway/hook").map { $0.headers["webhook-id"] })
        #expect(ids == [second["id"]?.text])
    }
}
