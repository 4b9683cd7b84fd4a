internal import JSON
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Refusals")
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let head: String
        var body = ""
        let status: Int
        var names = ""
        var testDescription: String {
            head.split(separator: "\r\n").joined(separator: " ; ") + " -> \(status)"
        }
    }

    static let cases: [Case] = [
        Case(head: "GET /nothing HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET / HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET /healthz/ HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET /healthz%00 HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET /healthz%zz HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET /%FF%FE HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "OPTIONS * HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET http://x HTTP/1.1\r\nHost: x", status: 404),
        Case(head: "GET /v1/discover HTTP/1.1\r\nHost: x", status: 405),
        Case(head: "DELETE /v1/discover/batch HTTP/1.1\r\nHost: x", status: 405),
        Case(
            head: "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1", body: "x", status: 405),
        Case(head: "BREW /metrics HTTP/1.1\r\nHost: x", status: 405),
        Case(
            head:
                "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Type"),
        Case(
            head:
                "POST /v1/scan HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Type"),
        Case(
            head:
                "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Type"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: \r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Type"),
        Case(
            head: "POST /v1/discover/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 1", body: "x",
            status: 415, names: "Content-Type"),
        Case(
            head:
                "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Encoding"),
        Case(
            head: "POST /v1/discover/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json"
                + "\r\nContent-Encoding: identity, br\r\nContent-Length: 1",
            body: "x", status: 415, names: "Content-Encoding"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x"
                + "\r\nContent-Type: application/json;charset=latin1\r\nContent-Length: 1",
            body: "x", status: 415, names: "charset"),
        Case(
            head: "POST /v1/discover/batch HTTP/1.1\r\nHost: x"
                + "\r\nContent-Type: application/x-ndjson ; q=1; Charset=\"UTF-16\"\r\nContent-Length: 1",
            body: "x", status: 415, names: "charset"),
        Case(
            head: "POST /v1/discover?explain=maybe HTTP/1.1\r\nHost: x\r\nContent-Length: 1",
            body: "x", status: 400, names: "explain"),
        Case(
            head: "POST /v1/discover?explain HTTP/1.1\r\nHost: x\r\nContent-Length: 1", body: "x",
            status: 400, names: "explain"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x\r\nX-HIP-ID: a\r\nX-HIP-ID: b",
            status: 400,
            names: "X-HIP-ID"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x\r\nREQUEST-ID: a\r\nREQUEST-ID: b",
            status: 400, names: "REQUEST-ID"),
        Case(head: "GET /healthz HTTP/1.1", status: 400, names: "Host"),
        Case(head: "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y", status: 400, names: "Host"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip", status: 400,
            names: "Transfer-Encoding"),
        Case(
            head:
                "POST /v1/discover HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3",
            body: "0\r\n\r\n", status: 400, names: "Content-Length"),
        Case(
            head: "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2",
            body: "x", status: 400, names: "Content-Length"),
        Case(head: "GET /healthz\0x HTTP/1.1\r\nHost: x", status: 400),
        Case(head: "GET /healthz?a\0b HTTP/1.1\r\nHost: x", status: 400),
        Case(head: "GET /healthz HTTP/1.1\r\nHost: x\0y\r\nAccept: */*", status: 400),
        Case(head: "GET /healthz HTTP/1.1\r\nHost: x\r\nAccept: a\0b", status: 400),
        Case(head: "GET /healthz HTTP/1.1\r\nHost: x\r\nAccept: a,\r\n  b", status: 400),
    ]

    @Test(
        "each has its status, an error object, and names the place but no value", arguments: cases)
    func refusal(_ one: Case) throws {
        let under = try ServerUnderTest()
        let reply = try under.once(one.head, body: one.body)
        #expect(reply.status == one.status)
        #expect(reply.headers["content-type"] == "application/json")
        #expect(try errorCode(reply) == 3400)
        #expect(reply.text.contains(one.names))
        // The server is as it was.
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
    }

    @Test(
        "a body that is not encoded, and in UTF-8, is taken however that is said",
        arguments: [
            "application/json; charset=utf-8", "application/json;charset=UTF-8",
            "application/json; charset=\"utf-8\" ; q=1", "Application/JSON", "application/json;",
            "application/json\r\nContent-Encoding: identity",
            "application/json\r\nContent-Encoding: ",
        ])
    func plainBody(type: String) throws {
        let under = try ServerUnderTest()
        let head = "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Type: "
        #expect(try under.once(head + type, body: "{}").status == 200)
    }

    @Test("405 lists the methods that would do")
    func allow() throws {
        let under = try ServerUnderTest()
        let post = try under.once("PUT /v1/discover HTTP/1.1\r\nHost: x")
        #expect(post.headers["allow"] == "POST")
        let get = try under.once("DELETE /metrics HTTP/1.1\r\nHost: x")
        #expect(get.headers["allow"] == "GET, HEAD")
    }

    @Test("a connection lives on after a refusal whose body was small")
    func keepsConnection() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        for _ in 0..<3 {
            connection.send(under.post("{}", path: "/nothing"))
            #expect(try connection.reply().status == 404)
        }
        connection.send(under.post("{}"))
        #expect(try connection.reply().status == 200)
    }

    @Test("the tables are in the order of their enumerations and need no escapes")
    func tables() {
        for refusal in Refusal.allCases {
            #expect(refusal.entry.refusal == refusal)
            #expect(!"\(refusal.entry.message)".contains { $0 == "\"" || $0 == "\\" })
        }
        for route in Route.allCases where route != .unknown {
            #expect(route.entry?.route == route)
        }
    }

    private func errorCode(_ reply: HTTPReply) throws -> Int64? {
        var document = JSONDocument()
        try document.parse(reply.body.span)
        guard let error = document.member("error", of: document.root),
            let code = document.member("code", of: error)
        else { return nil }
        return document.integer(of: code)
    }
}
