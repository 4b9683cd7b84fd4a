internal import JSON
@testable import MatchServer
internal import TestSupport
internal import Testing

@Suite("The route of authentications")
struct AuthenticationRouteTests {
    private let path = "/v1/profiles/id-1/auth"

    private func ask(
        _ body: String?, of under: ConversationUnderTest, path: String? = nil,
        facility: String = "HIP1"
    ) throws -> HTTPReply {
        let head = "\(path ?? self.path) HTTP/1.1\r\nHost: x\r\nX-HIP-ID: \(facility)"
        guard let body else { return try requestOnce(port: under.server.port, "GET " + head) }
        return try requestOnce(
            port: under.server.port,
            "POST \(head)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)",
            body: body)
    }

    private func scan(_ under: ConversationUnderTest, facility: String = "HIP1") throws {
        let body = """
            {"hidn":"42-7175-8604-4553","phr":"asha.verma@sbx","name":"Asha Verma","gender":"F",\
            "dob":"12-5-1984"}
            """
        let reply = try requestOnce(
            port: under.server.port,
            "POST /v1/scan HTTP/1.1\r\nHost: x\r\nX-HIP-ID: \(facility)\r\n"
                + "Content-Type: text/plain\r\nContent-Length: \(body.utf8.count)", body: body)
        #expect(reply.status == 200)
    }

    private func answer(
        _ request: JSONTree, _ path: String, _ members: String, of under: ConversationUnderTest
    ) throws {
        let id = try #require(request["requestId"]?.text)
        let body = """
            {"requestId":"to-\(id)","timestamp":"2022-05-15T15:16:48.277264",\(members),\
            "resp":{"requestId":"\(id)"}}
            """
        #expect(try under.post(path, body).status == 202)
    }

    @Test("a person whose code was scanned is authenticated by the code that ABDM sends them")
    func code() throws {
        let under = try ConversationUnderTest()
        try scan(under)
        #expect(try ask(nil, of: under).status == 404)
        let begun = try ask("{\"mode\":\"MOBILE_OTP\"}", of: under)
        #expect(begun.status == 202)
        #expect(try JSONTree(parsing: begun.body)["state"]?.text == "asked")
        let start = try #require(try under.body("/v0.5/users/auth/init"))
        #expect(start["query"]?["authMode"]?.text == "MOBILE_OTP")
        try answer(
            start, "/v0.5/users/auth/on-init",
            "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"MOBILE_OTP\",\"meta\":{\"hint\":\"98xxxxxx38\"}}",
            of: under)
        let asked = try JSONTree(parsing: try ask(nil, of: under).body)
        #expect(asked["state"]?.text == "codeAwaited")
        #expect(asked["hint"]?.text == "98xxxxxx38")
        #expect(try ask("{\"otp\":\"123456\"}", of: under).status == 202)
        let confirm = try #require(try under.body("/v0.5/users/auth/confirm"))
        #expect(confirm["credential"]?["authCode"]?.text == "123456")
        try answer(
            confirm, "/v0.5/users/auth/on-confirm", "\"auth\":{\"accessToken\":\"token\"}",
            of: under)
        #expect(try JSONTree(parsing: ask(nil, of: under).body)["state"]?.text == "granted")
        #expect(try ask("{\"otp\":\"123456\"}", of: under).status == 409)
    }

    @Test("a patient's word in the app is acknowledged")
    func direct() throws {
        let under = try ConversationUnderTest()
        try scan(under)
        #expect(try ask("{\"mode\":\"DIRECT\"}", of: under).status == 202)
        let start = try #require(try under.body("/v0.5/users/auth/init"))
        try answer(
            start, "/v0.5/users/auth/on-init",
            "\"auth\":{\"transactionId\":\"tx\",\"mode\":\"DIRECT\"}", of: under)
        let notice = """
            {"requestId":"n-1","timestamp":"2022-05-15T15:16:48.277264","auth":{"transactionId":"tx",\
            "status":"GRANTED","accessToken":"token"}}
            """
        #expect(try under.post("/v0.5/users/auth/notify", notice).status == 202)
        let taken = try #require(try under.body("/v0.5/users/auth/on-notify"))
        #expect(taken["acknowledgement"]?["status"]?.text == "OK")
        #expect(try JSONTree(parsing: ask(nil, of: under).body)["state"]?.text == "granted")
    }

    @Test("what cannot be done is refused, naming why")
    func refusals() throws {
        let under = try ConversationUnderTest()
        try scan(under)
        #expect(try ask("{}", of: under, path: "/v1/profiles/id-9/auth").status == 404)
        #expect(try ask("{\"mode\":\"FACE\"}", of: under).text.contains("mode is none of"))
        #expect(try ask("{\"otp\":\"12 34\"}", of: under).text.contains("otp must be"))
        #expect(try ask("{\"otp\":\"1\",\"mode\":\"DIRECT\"}", of: under).status == 400)
        #expect(try ask("nonsense", of: under).status == 400)
        #expect(try ask("{\"otp\":\"123456\"}", of: under).status == 409)
        let put = "PUT \(path) HTTP/1.1\r\nHost: x\r\nX-HIP-ID: HIP1\r\nContent-Length: 0"
        let reply = try requestOnce(port: under.server.port, put)
        #expect(reply.status == 405)
        #expect(reply.headers["allow"] == "GET, HEAD, POST")
        let other = try ConversationUnderTest()
        try scan(other, facility: "HIP2")
        #expect(try ask("{}", of: other, facility: "HIP2").status == 409)
    }
}
