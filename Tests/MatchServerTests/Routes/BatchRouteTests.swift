internal import ABDM
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("POST /v1/discover/batch")
struct BatchRouteTests {
    private func post(_ body: String, headers: String = "") -> String {
        "POST /v1/discover/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
    }

    @Test("answers each line in its place, bad ones too, and skips blank ones")
    func order() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(post("one\nbad two\r\n\n  \nthree", headers: "X-HIP-ID: H\r\n"))
        let reply = try connection.reply()
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/x-ndjson")
        let lines = reply.text.split(separator: "\n")
        #expect(lines.count == 3)
        for (line, word) in zip(lines, ["one", "bad two", "three"]) {
            #expect(line.contains(#""echo":"\#(word)","facility":"H""#))
        }
        // The connection lives on.
        connection.send(post(""))
        #expect(try connection.reply().body.isEmpty)
        #expect(under.server.metrics.decisions(.badRequest) == 1)
        #expect(under.server.metrics.decisions(.match) == 2)
    }

    @Test("streams many times more than any buffer holds", arguments: [1, 1000, 20_000])
    func many(count: Int) throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(post((0..<count).map { "line-\($0)" }.joined(separator: "\n")))
        let lines = try connection.reply().text.split(separator: "\n")
        #expect(lines.count == count)
        for (index, line) in lines.enumerated() {
            #expect(line.contains(#""echo":"line-\#(index)""#))
        }
    }

    @Test(
        "counts once as answered however its reply ends",
        arguments: ["HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n", "HTTP/1.0\r\n"])
    func counted(version: String) throws {
        let under = try ServerUnderTest()
        let body = String(repeating: "long\n", count: 3)
        var connection: HTTPConnection? = try under.connect()
        connection?.send(
            "POST /v1/discover/batch \(version)Host: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(try connection?.reply().text.split(separator: "\n").count == 3)
        connection = nil
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        #expect(under.server.metrics.requests(.batch, statusIndex: 0) == 1)
        #expect(under.server.metrics.abortedRequests == 0)
    }

    @Test("a line over the limit gets its own error and the others their answers")
    func longLine() throws {
        let under = try ServerUnderTest { $0.discoverBytesMax = 10 }
        let connection = try under.connect()
        connection.send(post("one\n\(String(repeating: "x", count: 11))\ntwo\n"))
        let lines = try connection.reply().text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix(#"{"error":{"code":3400,"#))
        #expect(lines[2].contains(#""echo":"two""#))
    }

    @Test("a reply line longer than the connection's memory comes whole")
    func longReplies() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(post("long 1\nlong 2\n"))
        let lines = try connection.reply().text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.count > 1 << 20 && $0.hasSuffix("}") })
    }

    @Test("all lines see one snapshot, whatever is published meanwhile")
    func oneSnapshot() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.narrowReceiveBuffer()
        connection.send(post(String(repeating: "long\n", count: 10)))
        try connection.waitForBytes()
        try under.publish(rows: 8)
        let lines = try connection.reply().body.split(separator: 0x0A)
        #expect(lines.count == 10)
        for line in lines {
            #expect(String(decoding: line.prefix(100), as: UTF8.self).contains(#""rows":7"#))
        }
        connection.send(under.post("{}"))
        #expect(try connection.reply().text.contains(#""rows":8"#))
    }

    @Test("an HTTP/1.0 client gets the lines until the connection ends")
    func http10() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover/batch HTTP/1.0\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: 7\r\n\r\none\ntwo")
        let reply = try connection.reply()
        #expect(reply.headers["transfer-encoding"] == nil)
        #expect(reply.text.split(separator: "\n").count == 2)
    }

    @Test("a client that goes away in the middle leaves nothing behind")
    func abandoned() throws {
        let under = try ServerUnderTest { $0.bufferedBytesMax = 1 << 20 }
        for _ in 0..<20 {
            let connection = try under.connect()
            connection.narrowReceiveBuffer()
            connection.send(post(String(repeating: "long\n", count: 100_000)))
            try connection.skipSome()
        }
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        // Each of those bodies took half of the room that all have together.
        let connection = try under.connect()
        connection.send(post(String(repeating: "x\n", count: 250_000)))
        #expect(try connection.reply().text.split(separator: "\n").count == 250_000)
    }

    @Test("while one client reads a long batch, others are served")
    func fairness() throws {
        let under = try ServerUnderTest { $0.threads = 1 }
        let slow = try under.connect()
        slow.narrowReceiveBuffer()
        slow.send(post(String(repeating: "long\n", count: 1000)))
        try slow.skipSome()
        for _ in 0..<20 {
            #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
        }
    }
}
