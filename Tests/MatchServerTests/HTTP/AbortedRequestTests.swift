internal import Glibc
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Requests that the client breaks off")
struct AbortedRequestTests {
    enum Length: CaseIterable { case announced, inChunks }
    enum End: CaseIterable { case closed, halfClosed }

    private func expectAborted(_ under: ServerUnderTest, _ route: Route) {
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        let metrics = under.server.metrics
        #expect(metrics.abortedRequests == 1)
        for index in WorkerCounters.statuses.indices.dropLast() {
            #expect(metrics.requests(route, statusIndex: index) == 0, "statusIndex \(index)")
        }
        #expect(metrics.requests == 0)
    }

    @Test(
        "in the middle of the upload count as aborted, not as answered",
        arguments: Length.allCases, End.allCases)
    func upload(length: Length, end: End) throws {
        for path in ["", "/batch"] {
            let under = try ServerUnderTest()
            var connection: HTTPConnection? = try under.connect()
            let head =
                "POST /v1/discover\(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            switch length {
            case .announced: connection?.send(head + "Content-Length: 100\r\n\r\none\ntwo\n")
            case .inChunks:
                connection?.send(head + "Transfer-Encoding: chunked\r\n\r\n8\r\none\ntwo\n\r\n")
            }
            _ = usleep(50_000)
            switch end {
            case .closed: connection = nil
            case .halfClosed: connection?.endSending()
            }
            expectAborted(under, path.isEmpty ? .discover : .batch)
        }
    }

    @Test("in the middle of the reply to a batch count as aborted too")
    func reply() throws {
        let under = try ServerUnderTest()
        var connection: HTTPConnection? = try under.connect()
        let body = String(repeating: "long\n", count: 100)
        connection?.send(
            "POST /v1/discover/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
        try connection?.waitForBytes()
        connection = nil
        expectAborted(under, .batch)
    }
}
