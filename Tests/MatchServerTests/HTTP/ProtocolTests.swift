internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("HTTP/1")
struct ProtocolTests {
    @Test(
        "finds a path however it is written",
        arguments: [
            "/healthz", "/healthz?x=y", "/%68ealth%7a", "http://example.org/healthz",
            "HTTP://example.org:80/healthz?q", "/healthz?", "https://[::1]/healthz",
        ])
    func paths(target: String) throws {
        let under = try ServerUnderTest()
        let reply = try under.once("GET \(target) HTTP/1.1\r\nHost: x")
        #expect(reply.status == 200)
    }

    @Test("agrees with decoding the whole path first", arguments: 0..<20 as Range<UInt64>)
    func pathOracle(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var path = Array("/readyz".utf8)
            if Bool.random(using: &random) {
                path[Int.random(in: 0..<7, using: &random)] = UInt8.random(
                    in: 0x21...0x7E, using: &random)
            }
            // A raw percent sign would be an escape, a question mark the query.
            guard !path.contains(0x25), !path.contains(0x3F) else { continue }
            var escaped: [UInt8] = []
            for byte in path {
                guard Int.random(in: 0..<3, using: &random) == 0 else {
                    escaped.append(byte)
                    continue
                }
                let digits = String(byte, radix: 16, uppercase: Bool.random(using: &random))
                escaped += Array("%\(digits)".utf8)
            }
            let isReadyz = Route.matching(path: escaped.span) == .readyz
            #expect(isReadyz == (path == Array("/readyz".utf8)))
        }
    }

    @Test("answers pipelined requests in their order")
    func pipelining() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send((0..<50).map { under.post("request-\($0)") }.joined())
        for index in 0..<50 {
            #expect(try connection.reply().text.contains(#""echo":"request-\#(index)""#))
        }
    }

    @Test("closes after an HTTP/1.0 request unless it asks to be kept")
    func http10() throws {
        let under = try ServerUnderTest()
        let once = try under.connect()
        once.send("GET /healthz HTTP/1.0\r\n\r\n")
        let reply = try once.reply()
        #expect(reply.status == 200)
        #expect(reply.headers["connection"] == "close")
        #expect(once.isEndedSilently())
        let kept = try under.connect()
        for _ in 0..<3 {
            kept.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try kept.reply().status == 200)
        }
    }

    @Test("closes when the client asks for it")
    func close() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(try connection.reply().status == 200)
        #expect(connection.isEndedSilently())
    }

    @Test("answers a client that has ended its sending")
    func halfClosed() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(under.post("{}"))
        connection.endSending()
        #expect(try connection.reply().status == 200)
    }

    @Test("takes a request that comes byte by byte")
    func byteByByte() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        for byte in under.post("{}", headers: "X-HIP-ID: H1\r\n").utf8 { connection.send([byte]) }
        #expect(try connection.reply().text.contains(#""facility":"H1""#))
    }

    @Test("takes headers up to many kilobytes and says when they are too many")
    func longHeaders() throws {
        let under = try ServerUnderTest()
        let filler = (0..<60).map { "X-Filler-\($0): \(String(repeating: "f", count: 80))\r\n" }
        let connection = try under.connect()
        let token = "Authorization: Bearer \(String(repeating: "t", count: 10_000))\r\n"
        connection.send(under.post("{}", headers: token + "X-HIP-ID: H1\r\n"))
        #expect(try connection.reply().text.contains(#""facility":"H1""#))
        connection.send(under.post("{}", headers: filler.joined() + "X-HIP-ID: H1\r\n"))
        #expect(try connection.reply().text.contains(#""facility":"H1""#))
        connection.send(under.post("{}", headers: (0..<9).map { _ in filler.joined() }.joined()))
        #expect(try connection.reply().status == 431)
    }

    @Test(
        "refuses white space before a header's colon, and takes nothing behind it for a request",
        arguments: ["Content-Length : 50", "Transfer-Encoding\t: chunked", "X-Any : 1"])
    func spaceBeforeColon(header: String) throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send(
            "POST /v1/discover HTTP/1.1\r\nHost: x\r\n\(header)\r\n\r\n"
                + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        let reply = try connection.reply()
        #expect(reply.status == 400)
        #expect(reply.text.contains("white space before its colon"))
        #expect(connection.isEndedSilently())
    }

    @Test(
        "survives what is no HTTP at all", arguments: 0..<30 as Range<UInt64>)
    func garbage(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let under = try ServerUnderTest()
        let line = Array("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n".utf8)
        for _ in 0..<10 {
            let connection = try under.connect()
            var bytes = line
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            connection.send(bytes)
            connection.endSending()
        }
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
    }

    @Test("eight clients on kept connections each get their own replies")
    func concurrent() throws {
        let under = try ServerUnderTest()
        let clients = (0..<8).map { client in
            WorkThread { () -> Int in
                guard let connection = try? under.connect() else { return 0 }
                var right = 0
                for index in 0..<200 {
                    let word = "client-\(client)-\(index)"
                    connection.send(
                        under.post(
                            word + String(repeating: "-", count: index * 10),
                            headers: "REQUEST-ID: \(word)\r\n"))
                    let text = (try? connection.reply())?.text ?? ""
                    let isRight =
                        text.contains(#""echo":"\#(word)-"#)
                        || index == 0
                            && text.contains(#""echo":"\#(word)""#)
                    if isRight && text.contains(#""requestID":"\#(word)""#) { right += 1 }
                }
                return right
            }
        }
        for client in clients { #expect(client?.join() == 200) }
        #expect(under.server.metrics.requests == 1600)
    }
}
