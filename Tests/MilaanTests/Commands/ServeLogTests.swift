import Glibc
import TestSupport
import Testing

@Suite("The log of milaan serve")
struct ServeLogTests {
    /// Whatever a client says, and however broken it is.
    private static let requests = [
        "GET /healthz?name=Asha%20Rao HTTP/9.9\r\nHost: x\r\n\r\n",
        "Asha Rao\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nAsha Rao\r\n\r\n",
        "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: Asha Rao\r\n\r\n",
        "POST /v1/discover HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nAsha Rao\r\n",
        "POST /v1/discover HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nAsha Rao",
    ]

    @Test("has what happened to the server, from level info on, and no word of a request")
    func level() throws {
        let server = try ProgramServer(SampleHospital.source)
        try server.waitUntilReady()
        for request in Self.requests {
            let connection = try HTTPConnection(port: server.port)
            connection.send(request)
            _ = usleep(20_000)
            connection.endSending()
            _ = try? connection.readToEnd()
        }
        server.process.send(StopSignal.terminate.number)
        #expect(try server.process.end() == .exit(0))
        let log = server.process.errors
        #expect(log.contains(#""level":"info","event":"started""#))
        #expect(log.contains(#""level":"info","event":"stopped""#))
        #expect(!log.contains(#""level":"debug""#))
        #expect(!log.contains("Asha") && !log.contains("Rao"))
    }
}
