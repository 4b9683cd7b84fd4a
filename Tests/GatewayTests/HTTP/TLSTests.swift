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

@Suite(
    "HTTP/2 to another server",
    .enabled(
        if: (try? MilaanProgram.run(nginx, ["-v"]))?.end == .exit(0)
            && (try? MilaanProgram.run(openssl, ["version"]))?.end == .exit(0),
        "the commands nginx and openssl are not installed"))
struct HTTP2Tests {
    /// What must not happen is that such a call is taken for one that did not arrive.
    ///
    /// nginx itself answers before it has read a body, and then ends the stream; libcurl 7.88 does not
    /// always get over that.
    @Test("a call that is answered before it was read whole has its answer, or may have arrived")
    func earlyAnswers() throws {
        let behind = try #require(ResponderServer { _ in .drop })
        let server = try NginxServer(before: behind)
        let results = try answers(of: server, "/early", wholeMilliseconds: 3000)
        for result in results {
            switch result {
            case .success(let answer): #expect(answer.status == 202)
            case .failure(let error): #expect(error.mayHaveArrived)
            }
        }
        #expect(results.contains { (try? $0.get()) != nil })
        #expect(behind.requests.isEmpty)
    }

    @Test("calls share one connection where the other side speaks HTTP/2")
    func oneConnection() throws {
        let behind = try #require(ResponderServer { _ in .reply(status: 202) })
        let server = try NginxServer(before: behind)
        let results = try answers(of: server, "/x")
        for result in results { #expect(try result.get().status == 202) }
        #expect(Set(behind.requests.map(\.body.count)) == Set((0..<count).map { $0 * 100 + 1 }))
        let lines = try server.log()
        #expect(lines.count == count)
        #expect(lines.allSatisfy { $0.hasPrefix("HTTP/2.0 POST ") })
        #expect(Set(lines.compactMap { $0.split(separator: " ").last }).count == 1)
    }

    private let count = 50

    /// What comes of many calls at a time, once nginx has written all of them down.
    private func answers(
        of server: NginxServer, _ path: String, wholeMilliseconds: Int = 10_000
    ) throws -> [Result<HTTPAnswer, TransportError>] {
        let client = try testClient(
            wholeMilliseconds: wholeMilliseconds, authoritiesFile: server.certificate.path)
        let done = Heard<Result<HTTPAnswer, TransportError>>()
        let count = count
        let thread = WorkThread { () -> Bool in
            for index in 0..<count {
                let body = [UInt8](repeating: 120, count: index * 100 + 1)
                client.send(HTTPCall(.post, server.url + path, body: body)) { done.hear($0) }
            }
            waitUntil { done.all.count == count }
            waitUntil { (try? server.log())?.count ?? 0 >= count }
            return true
        }
        #expect(thread?.join() == true)
        client.stop()
        return done.all
    }
}

/// The command that serves HTTP/2 here.
private let nginx = "/usr/sbin/nginx"

/// A certificate for `localhost` that nobody vouches for, and its key.
private struct LocalCertificate {
    let folder: ProgramFolder
    var path: String { folder.file("cert.pem") }
    var key: String { folder.file("key.pem") }

    init() throws {
        folder = try ProgramFolder()
        let made = try MilaanProgram.run(
            openssl,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", path,
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            ])
        try #require(made.end == .exit(0), "\(made.errors)")
    }
}

/// Waits until somebody listens.
private func waitForListener(_ port: UInt16) throws {
    var isListening = false
    for _ in 0..<500 where !isListening {
        isListening = (try? HTTPConnection(port: port)) != nil
        if !isListening { waitABit() }
    }
    try #require(isListening)
}

/// openssl's own test server.
private struct TLSServer {
    let certificate: String
    private let made: LocalCertificate
    private let process: ProgramProcess
    private let port: UInt16

    init() throws {
        made = try LocalCertificate()
        certificate = made.path
        // A port that was free a moment ago: openssl does not say which one it chose.
        port = try #require(ResponderServer { _ in .drop }).port
        process = try ProgramProcess(
            path: openssl,
            arguments: [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", made.path, "-key", made.key,
                "-www",
            ])
        try waitForListener(port)
    }

    func url(_ host: String) -> String { "https://\(host):\(port)/" }
}

/// nginx with HTTP/2, which writes down by which protocol and connection a request came.
private struct NginxServer {
    let certificate: LocalCertificate
    private let process: ProgramProcess
    private let port: UInt16

    init(before behind: ResponderServer) throws {
        certificate = try LocalCertificate()
        let port = try #require(ResponderServer { _ in .drop }).port
        self.port = port
        let folder = certificate.folder
        let configuration = """
            daemon off;
            worker_processes 1;
            pid \(folder.file("pid"));
            error_log \(folder.file("errors"));
            events {}
            http {
                log_format short '$server_protocol $request_method $connection';
                access_log \(folder.file("log")) short;
                client_body_temp_path \(folder.path);
                proxy_temp_path \(folder.path);
                fastcgi_temp_path \(folder.path);
                uwsgi_temp_path \(folder.path);
                scgi_temp_path \(folder.path);
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificate.path);
                    ssl_certificate_key \(certificate.key);
                    location /early { return 202; }
                    location / { proxy_pass \(behind.url); }
                }
            }

            """
        let file = try folder.write("nginx.conf", configuration)
        process = try ProgramProcess(
            path: nginx, arguments: ["-c", file, "-e", folder.file("errors")])
        try waitForListener(port)
    }

    var url: String { "https://localhost:\(port)" }

    /// The lines about requests; those that only looked whether it listens have no protocol.
    func log() throws -> [Substring] {
        try certificate.folder.text("log").split(separator: "\n").filter { $0.contains("POST") }
    }
}
