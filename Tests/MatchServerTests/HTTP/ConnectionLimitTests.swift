internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("Many connections")
struct ConnectionLimitTests {
    @Test("two thousand idle ones do not keep others from being served")
    func idleCrowd() throws {
        #expect(OpenFilesLimit.raise() > 4200)
        let under = try ServerUnderTest()
        let members = crowd(2000, under.port)
        #expect(members.count == 2000)
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 2000 })
        let connection = try under.connect()
        for index in 0..<100 {
            connection.send(under.post("among-\(index)"))
            #expect(try connection.reply().text.contains("among-\(index)"))
        }
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
        withExtendedLifetime(members) {}
    }

    @Test("one over the limit is answered 503 and closed, and there is room again afterwards")
    func overLimit() throws {
        let under = try ServerUnderTest { $0.connectionsMax = 10 }
        do {
            let members = crowd(10, under.port)
            #expect(members.count == 10)
            #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 10 })
            for _ in 0..<5 {
                let connection = try under.connect()
                connection.send(under.post("{}"))
                let reply = try connection.reply()
                #expect(reply.status == 503)
                #expect(reply.headers["retry-after"] == "1")
                #expect(reply.headers["connection"] == "close")
                #expect(reply.text.contains("3500"))
                #expect(connection.isEndedSilently())
            }
            #expect(under.server.metrics.refusedConnections == 5)
            withExtendedLifetime(members) {}
        }
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").status == 200)
    }

    @Test("connections that come and go leave nothing behind")
    func churn() throws {
        let under = try ServerUnderTest()
        for index in 0..<500 {
            let connection = try under.connect()
            if index % 3 != 0 { connection.send(under.post("{}")) }
            if index % 3 == 1 { #expect(try connection.reply().status == 200) }
        }
        #expect(ServerUnderTest.eventually { under.server.metrics.openConnections == 0 })
    }
}

/// Connections that are open and say nothing.
private func crowd(_ count: Int, _ port: UInt16) -> [HTTPConnection] {
    (0..<count).compactMap { _ in try? HTTPConnection(port: port) }
}
