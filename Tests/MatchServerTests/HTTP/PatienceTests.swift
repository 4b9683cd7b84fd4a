internal import Glibc
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Slow and silent clients")
struct PatienceTests {
    private func impatient() throws -> ServerUnderTest {
        try ServerUnderTest {
            $0.requestSeconds = 1
            $0.idleSeconds = 1
        }
    }

    @Test(
        "a request that is never completed ends with its connection",
        arguments: [
            "", "G", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nHost: x\r\n",
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{}",
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        ])
    func halfSent(part: String) throws {
        let under = try impatient()
        let connection = try under.connect()
        connection.send(part)
        #expect(connection.isEndedSilently())
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        #expect(under.server.metrics.expiredConnections >= 1)
    }

    @Test(
        "a request that is dribbled does not live longer for it",
        arguments: [
            "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Filler: ",
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
            "GET /",
        ])
    func dribbled(start: String) throws {
        let under = try impatient()
        let connection = try under.connect()
        connection.send(start)
        var sent = 0
        // Twenty seconds would be far too long; the send fails once the server has hung up.
        while sent < 400, connection.send("x") {
            sent += 1
            _ = usleep(50_000)
        }
        #expect(sent < 400)
    }

    @Test("the second request of a connection is held to the same")
    func dribbledSecond() throws {
        let under = try impatient()
        let connection = try under.connect()
        connection.send(under.post("{}"))
        #expect(try connection.reply().status == 200)
        connection.send("GET /healthz HTTP/1.1\r\nHost: ")
        #expect(connection.isEndedSilently())
    }

    @Test("an idle connection is closed after its time, not before the request's")
    func idle() throws {
        let under = try ServerUnderTest {
            $0.requestSeconds = 1
            $0.idleSeconds = 60
        }
        let connection = try under.connect()
        for _ in 0..<2 {
            connection.send(under.post("{}"))
            #expect(try connection.reply().status == 200)
            _ = usleep(1_600_000)
        }
        connection.send(under.post("{}"))
        #expect(try connection.reply().status == 200)
    }

    @Test("a client that stops reading its batch is let go")
    func stalledReader() throws {
        let under = try impatient()
        let connection = try under.connect()
        connection.narrowReceiveBuffer()
        let body = String(repeating: "long\n", count: 2000)
        connection.send(under.post(body, path: "/v1/discover/batch"))
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
    }

    @Test("a batch that streams for longer than a request may take is not cut")
    func longBatch() throws {
        let under = try impatient()
        let connection = try under.connect()
        // Eight times a third of a second, one after the other.
        let body = (0..<8).map { "slow \($0)\(String(repeating: " ", count: 10))" }
            .joined(separator: "\nlong\n")
        connection.send(under.post(body, path: "/v1/discover/batch"))
        let lines = try connection.reply().text.split(separator: "\n")
        #expect(lines.count == 15)
    }

    @Test("patience is over after the limit of the phase and a tick")
    func patience() {
        let patience = Patience(
            requestMilliseconds: 100, idleMilliseconds: 300, tickMilliseconds: 10)
        for phase in [ConnectionPhase.fresh, .receiving, .replying] {
            #expect(!patience.isOver(phase, ageMilliseconds: 110))
            #expect(patience.isOver(phase, ageMilliseconds: 111))
        }
        #expect(!patience.isOver(.idle, ageMilliseconds: 310))
        #expect(patience.isOver(.idle, ageMilliseconds: 311))
    }

    @Test(
        "a stamp keeps its phase and time", arguments: [0, 1, 1 << 40, (1 << 62) - 1] as [UInt64])
    func stamps(milliseconds: UInt64) {
        let record = ConnectionRecord(socket: -1, nowMilliseconds: 0)
        for phase in [ConnectionPhase.fresh, .idle, .receiving, .replying] {
            record.stamp(phase, milliseconds)
            #expect(record.stamped == (phase, milliseconds))
        }
    }
}
