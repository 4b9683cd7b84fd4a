internal import Glibc
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Responses that are sent again")
struct KeptResponsesTests {
    /// A body of four bytes, so that all replies have one length.
    private func body(_ number: Int) -> String { "\(1000 + number)" }

    private func echoes(_ reply: HTTPReply, _ number: Int) -> Bool {
        reply.status == 200 && reply.text.contains(#""echo":"\#(body(number))""#)
    }

    @Test("show each request its own bytes, whatever its length")
    func ownBytes() throws {
        let under = try ServerUnderTest { $0.threads = 1 }
        let connection = try under.connect()
        // From the shortest reply to some that are too long to be kept.
        for length in [2, 9, 9, 100, 3, 9, 200, 2] {
            let text = String(repeating: "x", count: length)
            connection.send(under.post(text))
            #expect(try connection.reply().text.contains(#""echo":"\#(text)""#))
        }
        connection.send(under.post("long"))
        #expect(try connection.reply().text.contains(#""echo":"long""#))
        connection.send(under.post("bad!"))
        #expect(try connection.reply().status == 400)
        connection.send(under.post("good"))
        #expect(try connection.reply().status == 200)
    }

    @Test("are not lent to another request while a client has not taken its reply")
    func slowClient() throws {
        let path = "/tmp/milaan-test-\(getpid())-kept.sock"
        let under = try ServerUnderTest {
            $0.threads = 1
            $0.unixPath = path
        }
        // A socket of the file system holds a few hundred replies; the next one waits in the server.
        let count = 1000
        let slow = try HTTPConnection(path: path)
        slow.send((0..<count).map { under.post(body($0)) }.joined())
        _ = usleep(200_000)
        let quick = try HTTPConnection(path: path)
        for number in 0..<100 {
            quick.send(under.post(body(5000 + number)))
            #expect(echoes(try quick.reply(), 5000 + number))
        }
        for number in 0..<count { #expect(echoes(try slow.reply(), number)) }
        // They are lent again as soon as the slow one has gone on.
        quick.send(under.post(body(1)))
        #expect(echoes(try quick.reply(), 1))
    }

    @Test("say when they are sent, and only once")
    func dates() throws {
        let under = try ServerUnderTest { $0.threads = 1 }
        for number in 0..<3 {
            if number > 0 { _ = usleep(1_100_000) }
            let connection = try under.connect()
            let before = HTTPDate.now
            connection.send(under.post(body(number), headers: "Connection: close\r\n"))
            let reply = String(decoding: try connection.readToEnd(), as: UTF8.self)
            let dates = reply.split(separator: "\r\n").filter { $0.hasPrefix("Date: ") }
            let expected = (before...HTTPDate.now).map { "Date: \(HTTPDate(second: $0).string)" }
            #expect(dates.count == 1)
            #expect(expected.contains(String(dates.first ?? "")))
        }
    }
}

extension HTTPDate {
    fileprivate var string: String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

@Suite("The Date header")
struct HTTPDateTests {
    @Test(
        "is written as RFC 9110 wants it",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        ])
    func text(second: Int, expected: String) {
        #expect(HTTPDate(second: second).string == expected)
    }
}
