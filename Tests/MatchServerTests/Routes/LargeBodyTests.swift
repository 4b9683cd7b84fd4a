internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Bodies that are too large")
struct LargeBodyTests {
    @Test("20 MB that say so beforehand are 413 before they have been read")
    func announced() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n")
        let reply = try connection.reply()
        #expect(reply.status == 413)
        #expect(reply.headers["connection"] == "close")
        #expect(reply.text.contains("3400"))
    }

    @Test("a client that sends all its 20 MB first still gets to read the 413")
    func announcedAndSent() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n")
        connection.send([UInt8](repeating: 0x20, count: 20_000_000))
        #expect(try connection.reply().status == 413)
    }

    @Test(
        "a body in chunks is cut where it passes the limit, with a 413", arguments: ["", "/batch"])
    func chunked(path: String) throws {
        let under = try ServerUnderTest {
            $0.discoverBytesMax = 100_000
            $0.batchBytesMax = 200_000
        }
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover\(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("1000\r\n".utf8) + [UInt8](repeating: 0x20, count: 4096) + [13, 10]
        for _ in 0..<500 { connection.send(chunk) }
        let reply = try connection.reply()
        #expect(reply.status == 413)
        #expect(reply.text.contains("3400"))
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
    }

    @Test("exactly the limit is taken", arguments: [99, 100, 101])
    func atLimit(bytes: Int) throws {
        let under = try ServerUnderTest { $0.discoverBytesMax = 100 }
        let connection = try under.connect()
        connection.send(under.post(String(repeating: "x", count: bytes)))
        #expect(try connection.reply().status == (bytes <= 100 ? 200 : 413))
    }

    @Test("a megabyte within the limit arrives whole, again and again on one connection")
    func megabyte() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        for count in [1 << 20, 3, 1 << 19, 70_000] {
            connection.send(under.post(String(repeating: "y", count: count)))
            #expect(try connection.reply().text.contains(#""length":\#(count)"#))
        }
    }

    @Test("bodies beyond what all may hold together are 503, and the room comes back")
    func budget() throws {
        let under = try ServerUnderTest { $0.bufferedBytesMax = 300_000 }
        let body = String(repeating: "z", count: 250_000)
        let whole = under.post(body)
        // All but the last byte of the first is held; where the second one came before that, once more. A
        // refused body may be cut off while it is sent.
        #expect(
            ServerUnderTest.eventually {
                guard let first = try? under.connect(), let second = try? under.connect() else {
                    return false
                }
                first.send(String(whole.dropLast()))
                second.send(whole)
                let refused = (try? second.reply())?.status
                first.send("z")
                let held = (try? first.reply())?.status
                return refused == 503 && held == 200
            })
        // The memory comes back a moment after the reply has gone.
        #expect(
            ServerUnderTest.eventually {
                guard let third = try? under.connect(), third.send(whole) else { return false }
                return (try? third.reply())?.status == 200
            })
    }

    @Test("a method without a body tolerates a small one and refuses a large one")
    func unneeded() throws {
        let under = try ServerUnderTest()
        #expect(
            try under.once("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 3", body: "abc")
                .status == 200)
        #expect(
            try under.once("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999").status
                == 413)
        let connection = try under.connect()
        connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("1000\r\n".utf8) + [UInt8](repeating: 0x20, count: 4096) + [13, 10]
        for _ in 0..<100 { connection.send(chunk) }
        #expect(try connection.reply().status == 413)
    }
}
