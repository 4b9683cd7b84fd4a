internal import MatchServer
internal import TestSupport
import Testing

@Suite("POST /v1/discover")
struct DiscoverRouteTests {
    @Test("gives the decision the body, the headers and the query")
    func passesEverythingOn() throws {
        let under = try ServerUnderTest()
        var connection = try under.connect()
        connection.send(
            under.post(
                "{}", path: "/v1/discover?explain=true",
                headers: "X-HIP-ID: HIP9 \r\nREQUEST-ID: abc\r\n"))
        let reply = try connection.reply()
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/json")
        #expect(
            reply.text
                == #"{"length":2,"echo":"{}","facility":"HIP9","requestID":"abc","explain":true,"rows":7}"#
        )
    }
}
