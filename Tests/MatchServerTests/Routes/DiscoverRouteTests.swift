internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("POST /v1/discover")
struct DiscoverRouteTests {
    @Test("gives the decision the body, the headers and the query")
    func passesEverythingOn() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            under.post(
                "{}", path: "/v1/discover?explain=true",
                headers: "X-HIP-ID: HIP9 \r\nREQUEST-ID: abc\r\n"))
        let reply = try connection.reply()
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/json")
        let expected =
            #"{"length":2,"echo":"{}","facility":"HIP9","requestID":"abc","explain":true,"rows":7}"#
        #expect(reply.text == expected)
    }

    @Test("answers 400 when the decision refuses the body, with its own words")
    func refusedBody() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(under.post("bad"))
        let reply = try connection.reply()
        #expect(reply.status == 400)
        #expect(reply.text.contains(#""echo":"bad""#))
        connection.send(under.post("good"))
        #expect(try connection.reply().status == 200)
    }

    @Test(
        "takes application/json with parameters in any case, and no Content-Type at all",
        arguments: [
            "Content-Type: application/json; charset=utf-8\r\n",
            "content-type: Application/JSON\r\n",
            "",
        ])
    func contentTypes(header: String) throws {
        let under = try ServerUnderTest()
        let reply = try under.once(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\n\(header)Content-Length: 2", body: "{}")
        #expect(reply.status == 200)
    }

    @Test(
        "sees explain however it is spelled",
        arguments: [
            ("", false), ("?explain=true", true), ("?explain=false", false),
            ("?x=1&explain=true&y", true), ("?expl%61in=tru%65", true), ("?explained=true", false),
        ])
    func explain(query: String, expected: Bool) throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(under.post("{}", path: "/v1/discover\(query)"))
        #expect(try connection.reply().text.contains(#""explain":\#(expected)"#))
    }

    @Test("hands on a body in chunks, with its NUL bytes, whatever its bytes are")
    func chunkedBody() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.send(Array("3\r\n".utf8) + [0x61, 0x00, 0xFF] + Array("\r\n2\r\nbc\r\n".utf8))
        connection.send("0\r\n\r\n")
        let reply = try connection.reply()
        #expect(reply.status == 200)
        #expect(reply.text.contains(#""length":5"#))
    }

    @Test("an empty body is the decision's to refuse, not the server's")
    func emptyBody() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try connection.reply().text.contains(#""length":0"#))
    }

    @Test("answers an Expect: 100-continue before the body comes")
    func expectContinue() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        #expect(try connection.reply().status == 100)
        connection.send("{}")
        #expect(try connection.reply().status == 200)
    }

    @Test("answers a refusal instead of 100 when the headers are enough to refuse")
    func expectRefused() throws {
        let under = try ServerUnderTest { $0.discoverBytesMax = 100 }
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n"
        )
        #expect(try connection.reply().status == 413)
    }

    @Test("sends a reply of a megabyte whole")
    func longReply() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        for _ in 0..<3 {
            connection.send(under.post("long"))
            #expect(try connection.reply().body.count > 1 << 20)
        }
    }

    @Test("a decision sees the snapshot that is current when it is made")
    func snapshots() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(under.post("{}"))
        #expect(try connection.reply().text.contains(#""rows":7"#))
        try under.publish(rows: 8)
        connection.send(under.post("{}"))
        #expect(try connection.reply().text.contains(#""rows":8"#))
    }

    @Test("is 503 with Retry-After until the first snapshot")
    func notReady() throws {
        let under = try ServerUnderTest(isReady: false)
        let connection = try under.connect()
        connection.send(under.post("{}"))
        let reply = try connection.reply()
        #expect(reply.status == 503)
        #expect(reply.headers["retry-after"] == "1")
        #expect(
            reply.text == #"{"error":{"code":3500,"message":"no patients are loaded yet"}}"#)
        try under.publish(rows: 1)
        connection.send(under.post("{}"))
        #expect(try connection.reply().status == 200)
    }

    @Test("with facilities configured, any other in X-HIP-ID is 400 and not repeated")
    func unknownFacility() throws {
        let under = try ServerUnderTest { $0.facilities = ["HIP1", "HIP22"] }
        let connection = try under.connect()
        connection.send(under.post("{}", headers: "X-HIP-ID: HIP22\r\n"))
        #expect(try connection.reply().status == 200)
        connection.send(under.post("{}", headers: "X-HIP-ID: HIP23\r\n"))
        let reply = try connection.reply()
        #expect(reply.status == 400)
        #expect(reply.text.contains("X-HIP-ID"))
        #expect(!reply.text.contains("HIP23"))
        #expect(reply.text.contains("3400"))
        connection.send(under.post("{}"))
        #expect(try connection.reply().status == 200)
    }
}
