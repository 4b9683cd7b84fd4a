import Gateway
import TestSupport
import Testing

/// The command that serves TLS here and makes certificates.
private let openssl = "/usr/bin/openssl"

@Suite(
    "TLS to another server",
    .enabled(
        if: (try? MilaanProgram.run(openssl, ["version"]))?.end == .exit(0),
        "the command openssl is not installed"))
struct TLSTests {
    @Test("a certificate that nobody vouches for ends the call before anything is sent")
    func unknownAuthority() throws {
        let server = try TLSServer()
        let client = try testClient()
        let error = try outcome(client, HTTPCall(.post, server.url("localhost"), body: [1])).error
        #expect(error == .tls)
        #expect(error?.mayHaveArrived == false)
    }

    @Test("a certificate of an authority that is named is trusted, for its own name only")
    func knownAuthority() throws {
        let server = try TLSServer()
        let client = try testClient(authoritiesFile: server.certificate)
        let answer = try outcome(client, HTTPCall(.get, server.url("localhost"))).get()
        #expect(answer.status == 200)
        let error = try outcome(client, HTTPCall(.get, server.url("127.0.0.1"))).error
        #expect(error == .tls)
    }

    @Test("a file of authorities that is not there ends the call")
    func missingAuthorities() throws {
        let server = try TLSServer()
        let client = try testClient(authoritiesFile: server.certificate + ".not-there")
        #expect(try outcome(client, HTTPCall(.get, server.url("localhost"))).error == .tls)
    }

    @Test("a server that speaks no TLS where it should ends the call")
    func noTLS() throws {
        let server = try #require(
            ResponderServer { _ in .sendAndClose(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)) })
        let client = try testClient(wholeMilliseconds: 2000)
        let url = "https://localhost:\(server.port)/"
        let error = try #require(try outcome(client, HTTPCall(.get, url)).error)
        #expect(!error.mayHaveArrived)
    }
}

/// openssl's own test server, with a certificate made for the test.
private struct TLSServer {
    let certificate: String
    private let folder: ProgramFolder
    private let process: ProgramProcess
    private let port: UInt16

    init() throws {
        folder = try ProgramFolder()
        certificate = folder.file("cert.pem")
        let key = folder.file("key.pem")
        let made = try MilaanProgram.run(
            openssl,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out",
                certificate, "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost",
            ])
        try #require(made.end == .exit(0), "\(made.errors)")
        // A port that was free a moment ago: openssl does not say which one it chose.
        port = try #require(ResponderServer { _ in .drop }).port
        process = try ProgramProcess(
            path: openssl,
            arguments: [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key,
                "-www",
            ], input: "/dev/null", environment: [:])
        var isListening = false
        for _ in 0..<200 where !isListening {
            isListening = (try? HTTPConnection(port: port)) != nil
            if !isListening { waitABit() }
        }
        try #require(isListening)
    }

    func url(_ host: String) -> String { "https://\(host):\(port)/" }
}
