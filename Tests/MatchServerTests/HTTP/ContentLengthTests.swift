internal import Glibc
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("A Content-Length that is no length")
struct ContentLengthTests {
    private func head(_ length: String) -> String {
        "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(length)\r\n\r\n"
    }

    /// One reply that says why, and nothing behind it.
    private func expectRefusal(_ connection: HTTPConnection, status: Int) throws {
        let reply = try connection.reply()
        #expect(reply.status == status)
        #expect(reply.headers["content-type"] == "application/json")
        #expect(reply.headers["connection"] == "close")
        #expect(reply.text.contains(#""code":3400"#))
        #expect(connection.isEndedSilently())
    }

    @Test(
        "is 400, once, and ends the connection",
        arguments: ["-2", "abc", "", "+1", "2x", "2,2", "0x2", "2 2"])
    func malformed(length: String) throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(head(length) + "{}")
        try expectRefusal(connection, status: 400)
        let counters = under.server.metrics
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        #expect(counters.requests(.discover, statusIndex: 1) == 1)
        #expect(counters.requests == 1)
        #expect(under.server.metrics.abortedRequests == 0)
    }

    @Test("is 413 where it is one, but larger than any")
    func enormous() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(head("99999999999999999999999") + "{}")
        try expectRefusal(connection, status: 413)
    }

    @Test("is found however the request is cut into pieces, and among other connections")
    func pieces() throws {
        let under = try ServerUnderTest { $0.threads = 1 }
        let text = head("abc")
        let others = try (0..<5).map { _ in try under.connect() }
        for other in others {
            other.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 2")
        }
        for cut in [1, 30, text.utf8.count - 3, text.utf8.count - 1] {
            let connection = try under.connect()
            connection.send(String(text.prefix(cut)))
            _ = usleep(20_000)
            connection.send(String(text.dropFirst(cut)))
            try expectRefusal(connection, status: 400)
        }
        for other in others {
            other.send("\r\n\r\n{}")
            #expect(try other.reply().status == 200)
        }
    }
}
