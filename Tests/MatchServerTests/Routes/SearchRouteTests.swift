internal import Index
internal import JSON
internal import Matcher
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("POST /v1/search")
struct SearchRouteTests {
    private static let path = "/v1/search"
    private static let body = #"{"name":"Asha Verma"}"#

    /// A server with a patient at each of two facilities.
    private func serverWithNames(
        _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> ServerUnderTest {
        let under = try ServerUnderTest(isReady: false, configure)
        try publish(["HIP1": "Asha Verma", "HIP2": "Asha Varma"], to: under)
        return under
    }

    private func publish(_ names: [String: String], to under: ServerUnderTest) throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var record = PatientRecord()
        for (facility, name) in names {
            record.reset()
            let id = "of " + facility
            try record.set(.id, id.utf8.span)
            try record.set(.facility, facility.utf8.span)
            try record.set(.name, name.utf8.span)
            try record.finish()
            try builder.append(record)
        }
        under.snapshots.publish(
            Snapshot(image: builder.build(), position: "test", publishedAtSeconds: 1_700_000_000))
    }

    private func ask(
        _ connection: HTTPConnection, _ under: ServerUnderTest, _ body: String,
        headers: String = ""
    ) throws -> HTTPReply {
        connection.send(under.post(body, path: Self.path, headers: headers))
        return try connection.reply()
    }

    private func references(_ reply: HTTPReply) throws -> [String] {
        try (JSONTree(parsing: reply.body)["patients"]?.elements ?? [])
            .compactMap { $0["referenceNumber"]?.text }
    }

    @Test("answers with the records of the facility that the header names, or of the default one")
    func facilities() throws {
        let under = try serverWithNames()
        let connection = try under.connect()
        for (headers, expected) in [
            ("", ["of HIP1"]), ("X-HIP-ID: HIP2\r\n", ["of HIP2"]), ("X-HIP-ID: HIP3\r\n", []),
            ("X-HIP-ID:\r\n", ["of HIP1"]),
        ] {
            let reply = try ask(connection, under, Self.body, headers: headers)
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(try references(reply) == expected)
        }
    }

    @Test("is 400 for a body that is no search, and the connection lives on")
    func refusedBody() throws {
        let under = try serverWithNames()
        let connection = try under.connect()
        for (body, message) in [
            ("", "The body is not JSON: "), ("{}", "name is missing"),
            (#"{"name":"Asha","yob":1985}"#, "body has a member that is none of "),
            (#"{"name":"Asha","limit":101}"#, "limit must be "),
        ] {
            let reply = try ask(connection, under, body)
            #expect(reply.status == 400)
            #expect(reply.headers["content-type"] == "application/json")
            let error = try JSONTree(parsing: reply.body)["error"]
            #expect(error?["code"] == .integer(3400))
            #expect(error?["message"]?.text?.hasPrefix(message) == true, "\(reply.text)")
            #expect(try references(ask(connection, under, Self.body)) == ["of HIP1"])
        }
    }

    @Test("takes application/json with parameters, no Content-Type at all, and a body in chunks")
    func bodies() throws {
        let under = try serverWithNames()
        for header in ["Content-Type: application/json; charset=utf-8\r\n", ""] {
            let reply = try under.once(
                "POST /v1/search HTTP/1.1\r\nHost: x\r\n\(header)Content-Length: 21",
                body: Self.body)
            #expect(try references(reply) == ["of HIP1"])
        }
        let connection = try under.connect()
        connection.send("POST /v1/search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.send("9\r\n{\"name\":\"\r\nc\r\nAsha Verma\"}\r\n0\r\n\r\n")
        #expect(try references(connection.reply()) == ["of HIP1"])
    }

    @Test(
        "is turned down by its headers as a discover request is",
        arguments: [
            ("GET /v1/search HTTP/1.1\r\nHost: x", 405),
            ("PUT /v1/search HTTP/1.1\r\nHost: x", 405),
            ("HEAD /v1/search HTTP/1.1\r\nHost: x", 405),
            ("POST /v1/search/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0", 404),
            (
                "POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 0",
                415
            ),
            (
                "POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson"
                    + "\r\nContent-Length: 0", 415
            ),
            (
                "POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json;charset=latin1"
                    + "\r\nContent-Length: 0", 415
            ),
            (
                "POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 0",
                415
            ),
            ("POST /v1/search HTTP/1.1\r\nHost: x\r\nX-HIP-ID: a\r\nX-HIP-ID: b", 400),
            ("POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 101", 413),
        ])
    func refusals(head: String, status: Int) throws {
        let under = try serverWithNames { $0.discoverBytesMax = 100 }
        let hasBody = !head.hasPrefix("HEAD")
        let reply = try under.once(
            head, body: head.hasSuffix("101") ? String(repeating: " ", count: 101) : "",
            hasBody: hasBody)
        #expect(reply.status == status)
        if hasBody { #expect(try JSONTree(parsing: reply.body)["error"] != nil) }
        if status == 405 { #expect(reply.headers["allow"] == "POST") }
    }

    @Test("with facilities configured, any other in X-HIP-ID is 400 and not repeated")
    func unknownFacility() throws {
        let under = try serverWithNames { $0.facilities = ["HIP1", "HIP2"] }
        let connection = try under.connect()
        let reply = try ask(connection, under, Self.body, headers: "X-HIP-ID: HIP3\r\n")
        #expect(reply.status == 400)
        #expect(reply.text.contains("X-HIP-ID") && !reply.text.contains("HIP3"))
        #expect(try ask(connection, under, Self.body).status == 200)
    }

    @Test("is 503 with Retry-After until the first snapshot, and sees each new one")
    func snapshots() throws {
        let under = try ServerUnderTest(isReady: false)
        let connection = try under.connect()
        let reply = try ask(connection, under, Self.body)
        #expect(reply.status == 503)
        #expect(reply.headers["retry-after"] == "1")
        try publish(["HIP1": "Bina Das"], to: under)
        #expect(try references(ask(connection, under, Self.body)) == [])
        try publish(["HIP1": "Asha Verma"], to: under)
        #expect(try references(ask(connection, under, Self.body)) == ["of HIP1"])
    }

    @Test("is counted, with the names that it compared, and is no decision")
    func metrics() throws {
        let under = try serverWithNames()
        let connection = try under.connect()
        for body in [Self.body, Self.body, "{}"] { _ = try ask(connection, under, body) }
        connection.send("GET /v1/search HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try connection.reply()
        connection.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        let lines = try connection.reply().text.split(separator: "\n")
        for line in [
            #"milaan_http_requests_total{route="search",status="200"} 2"#,
            #"milaan_http_requests_total{route="search",status="400"} 1"#,
            #"milaan_http_requests_total{route="search",status="405"} 1"#,
            #"milaan_http_request_duration_seconds_count{route="search"} 4"#,
            "milaan_names_compared_total 2", "milaan_candidates_visited_total 0",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
        #expect(!lines.contains { $0.hasPrefix("milaan_decisions_total{route=\"search\"") })
    }
}
