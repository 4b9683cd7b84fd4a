internal import Glibc
internal import TestSupport
import Testing

@testable internal import MatchServer

/// What one client did.
private struct Load {
    var asked = 0
    var answered = 0
}

@Suite("Starting and stopping")
struct DrainTests {
    @Test("requests in flight are answered, idle connections closed, new ones not accepted")
    func drain() throws {
        let under = try ServerUnderTest()
        let idle = try under.connect()
        idle.send(under.post("{}"))
        #expect(try idle.reply().status == 200)
        let busy = try under.connect()
        busy.send(under.post("slow"))
        let half = try under.connect()
        let whole = under.post("half")
        half.send(String(whole.dropLast(2)))
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 3 })
        _ = usleep(50_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 10) }
        #expect(ServerUnderTest.eventually { (try? under.connect()) == nil })
        half.send("lf")
        #expect(try half.reply().text.contains(#""echo":"half""#))
        let reply = try busy.reply()
        #expect(reply.status == 200)
        #expect(reply.headers["connection"] == "close")
        #expect(busy.isEndedSilently())
        #expect(idle.isEndedSilently())
        drained?.join()
        #expect(under.server.metrics.openConnections == 0)
        #expect(under.events.all.first == .started(port: under.port, threads: 2))
        #expect(under.events.all.last == .stopped(cutConnections: 0))
    }

    @Test("a request that begins during the drain is 503")
    func newRequest() throws {
        let under = try ServerUnderTest { $0.threads = 1 }
        let connection = try under.connect()
        // The second request waits in the same packet until the first is answered.
        connection.send(under.post("slow") + under.post("{}"))
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        _ = usleep(100_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 10) }
        let first = try connection.reply()
        #expect(first.status == 200)
        drained?.join()
        if first.headers["connection"] != "close" {
            #expect(try connection.reply().status == 503)
        }
    }

    @Test("what is left after the time is cut")
    func timeout() throws {
        let under = try ServerUnderTest()
        let half = try under.connect()
        half.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        _ = usleep(50_000)
        under.server.drain(timeoutSeconds: 1)
        #expect(half.isEndedSilently())
        #expect(under.events.all.last == .stopped(cutConnections: 1))
        under.server.drain(timeoutSeconds: 1)
        #expect(under.events.all.count { $0 == .stopped(cutConnections: 1) } == 1)
    }

    @Test("a request that does not go on is cut before the time is over")
    func stalled() throws {
        let under = try ServerUnderTest { $0.drainStallSeconds = 1 }
        let half = try under.connect()
        half.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        let headless = try under.connect()
        headless.send("POST /v1/discover HTTP/1.1\r\nHost:")
        let slow = try under.connect()
        slow.send(under.post("slow"))
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 3 })
        _ = usleep(50_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 600) }
        #expect(try slow.reply().status == 200)
        #expect(half.isEndedSilently())
        #expect(headless.isEndedSilently())
        drained?.join()
        #expect(under.events.all.last == .stopped(cutConnections: 2))
        #expect(under.server.metrics.abortedRequests == 2)
    }

    @Test(
        "a request that goes on slowly is answered, as long as there is time",
        arguments: ["Content-Length: 120", "Transfer-Encoding: chunked"])
    func slowBody(length: String) throws {
        let under = try ServerUnderTest { $0.drainStallSeconds = 1 }
        let slow = try under.connect()
        let isChunked = length.hasPrefix("T")
        let piece = isChunked ? "a\r\n0123456789\r\n" : "0123456789"
        slow.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "\(length)\r\n\r\n")
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        _ = usleep(50_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 600) }
        for _ in 0..<12 {
            slow.send(piece)
            _ = usleep(250_000)
        }
        if isChunked { slow.send("0\r\n\r\n") }
        let reply = try slow.reply()
        #expect(reply.status == 200)
        #expect(reply.text.contains(#""length":120"#))
        drained?.join()
        #expect(under.events.all.last == .stopped(cutConnections: 0))
    }

    @Test("the time of a drain ends a request that goes on slowly, too")
    func slowBodyTooLate() throws {
        let under = try ServerUnderTest { $0.drainStallSeconds = 600 }
        let slow = try under.connect()
        slow.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n")
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        _ = usleep(50_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 1) }
        let isCut = ServerUnderTest.eventually { !slow.send("{") }
        #expect(isCut)
        drained?.join()
        #expect(under.events.all.last == .stopped(cutConnections: 1))
    }

    @Test("a drain that is to end waits for nobody")
    func ended() throws {
        let under = try ServerUnderTest { $0.drainStallSeconds = 600 }
        let half = try under.connect()
        half.send("POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{")
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 1 })
        _ = usleep(50_000)
        let drained = WorkThread { under.server.drain(timeoutSeconds: 600) }
        #expect(ServerUnderTest.eventually { (try? under.connect()) == nil })
        #expect(under.server.metrics.openConnections == 1)
        under.server.endDrain()
        #expect(half.isEndedSilently())
        drained?.join()
        #expect(under.events.all.last == .stopped(cutConnections: 1))
    }

    @Test("a server under load drains without losing a reply, again and again", arguments: 0..<10)
    func underLoad(round: Int) throws {
        let under = try ServerUnderTest()
        let clients = (0..<4).map { _ in
            WorkThread { () -> Load in
                var load = Load()
                while load.asked < 100_000, let connection = try? under.connect() {
                    while connection.send(under.post("{}")) {
                        load.asked += 1
                        guard let reply = try? connection.reply() else { break }
                        load.answered += 1
                        if reply.status != 200 || reply.headers["connection"] == "close" { break }
                    }
                }
                return load
            }
        }
        _ = usleep(50_000)
        under.server.drain(timeoutSeconds: 10)
        for client in clients {
            let load = client?.join() ?? Load()
            #expect(load.answered > 0)
            // The last one may have met a closed door: it was never accepted.
            #expect(load.asked - load.answered <= 1)
        }
        #expect(under.events.all.last == .stopped(cutConnections: 0))
    }

    /// The library crashed when it met a malformed request while it was being stopped; now its
    /// loops have no connections left by then.
    @Test("stopping in the middle of malformed requests is clean", arguments: 0..<20)
    func malformedWhileStopping(round: Int) throws {
        let under = try ServerUnderTest()
        let clients = (0..<4).map { _ in
            WorkThread { () -> Int in
                var sent = 0
                while sent < 10_000, let connection = try? under.connect() {
                    connection.send("GET /healthz HTTP/9.9\r\nHost x\r\n\r\n")
                    sent += 1
                }
                return sent
            }
        }
        _ = usleep(20_000 + useconds_t(round) * 1000)
        under.server.drain(timeoutSeconds: 0)
        let sent = clients.reduce(0) { $0 + ($1?.join() ?? 0) }
        #expect(under.server.metrics.openConnections == 0, "\(sent) requests")
        #expect(under.events.all.count { if case .stopped = $0 { true } else { false } } == 1)
    }

    @Test("an address in use is an error that names the call")
    func addressInUse() throws {
        let under = try ServerUnderTest()
        #expect(throws: ServerError.system(call: "bind", errno: EADDRINUSE)) {
            _ = try ServerUnderTest { $0.port = under.port }
        }
    }

    @Test("a configuration out of range is an error that names the field")
    func configuration() {
        #expect(throws: ServerError.configuration(field: "threads")) {
            _ = try ServerUnderTest { $0.threads = 0 }
        }
        #expect(throws: ServerError.configuration(field: "requestSeconds")) {
            _ = try ServerUnderTest { $0.requestSeconds = 0 }
        }
        #expect(throws: ServerError.addressUnknown(host: "no.such.host.invalid")) {
            _ = try ServerUnderTest { $0.host = "no.such.host.invalid" }
        }
    }

    @Test("listens on every address where it is told to")
    func otherAddress() throws {
        let under = try ServerUnderTest { $0.host = "0.0.0.0" }
        #expect(under.port > 0)
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
    }
}
