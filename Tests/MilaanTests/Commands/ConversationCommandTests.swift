import Foundation
import Glibc
import JSON
import Postgres
import Synchronization
import TestSupport
import Testing

private let signers: [TokenSigner] = (try? [TokenSigner(keyID: "gateway")]) ?? []

/// How many stories are told, each with three kills; `MILAAN_STORIES` asks for another number.
private func stories(usually count: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment["MILAAN_STORIES"].flatMap { UInt64($0) } ?? count
}

/// A gateway and a service for short messages on this machine, and the files of a configuration that names them.
final class PlayedNetwork: Sendable {
    let gateway: ResponderServer
    let folder: ProgramFolder
    let token: String

    init() throws {
        let signer = try #require(signers.first, "openssl made no keys")
        token = "Bearer " + (try signer.token("{\"sub\":\"gw\",\"exp\":\(time(nil) + 3600)}"))
        let keys = TokenSigner.keySet([signer.jwk()])
        let server = ResponderServer(react: { request in
            if request.target.hasSuffix("/certs") { return .reply(status: 200, body: keys) }
            if request.target.hasSuffix("/sessions") {
                return .reply(
                    status: 200,
                    body:
                        "{\"accessToken\":\"session\",\"expiresIn\":1800,\"tokenType\":\"bearer\"}")
            }
            return .reply(status: 202)
        })
        gateway = try #require(server)
        folder = try ProgramFolder()
        _ = try folder.write("secret", "not a secret\n")
        _ = try folder.write("key", String(repeating: "0123456789abcdef", count: 4) + "\n")
        _ = try folder.write("milaan.json", configuration())
    }

    func configuration(_ extra: String = "") -> String {
        """
        {"abdm": {"gateway": "\(gateway.url)/gateway", "clientId": "milaan",
          "clientSecretFile": "\(folder.file("secret"))", "cmId": "sbx",
          "facilities": [{"id": "HIP1", "name": "Lake Hospital", "protocol": "v0.5"}],
          "sms": {"url": "\(gateway.url)/sms/send/", "method": "POST", "headers": {"X-Key": "k"},
                  "body": "{\\"to\\":\\"{mobile}\\",\\"text\\":\\"{otp}\\"}"}\(extra)}}
        """
    }

    func serve(ledger: String) throws -> ProgramServer {
        let server = try ProgramServer(
            SampleHospital.source + [
                "--config", folder.file("milaan.json"), "--ledger", ledger,
                "--token-key-file", folder.file("key"),
            ], environment: ["no_proxy": "127.0.0.1"])
        try server.waitUntilReady()
        return server
    }

    /// Posts a callback; nil where the server ended meanwhile.
    func post(_ server: ProgramServer, _ path: String, _ body: String) -> Int? {
        try? server.post(
            path, CallbackStamp.body(body), headers: ["X-HIP-ID: HIP1", "Authorization: \(token)"]
        ).status
    }

    func sent(_ path: String) throws -> [JSONTree] {
        try gateway.requests.filter { $0.target.hasSuffix(path) }.map {
            try JSONTree(parsing: $0.body)
        }
    }

    func first(_ path: String) throws -> JSONTree? {
        for _ in 0..<1000 {
            if let tree = try sent(path).first { return tree }
            usleep(10_000)
        }
        return nil
    }
}

@Suite("milaan serve, in conversation with ABDM", .serialized)
struct ConversationCommandTests {
    private static let discover = """
        {"requestId":"d-1","timestamp":"2026-11-21T09:30:12.250Z","transactionId":"t-1","patient":\
        {"id":"kavita.deshmukh@sbx","verifiedIdentifiers":[{"type":"MOBILE","value":"+91-9822014471"}],\
        "unverifiedIdentifiers":[],"name":"Kavita Anil Deshmukh","gender":"F","yearOfBirth":1988}}
        """
    private static let start = """
        {"requestId":"i-1","timestamp":"2026-11-21T09:30:13Z","transactionId":"t-1","patient":\
        {"id":"kavita.deshmukh@sbx","referenceNumber":"S001","careContexts":[{"referenceNumber":\
        "RX-S001-3"}]}}
        """

    /// Sends a callback until it is acknowledged; the server is killed at some moment of the first try.
    private func insist(
        _ network: PlayedNetwork, _ server: inout ProgramServer, _ ledger: String, _ path: String,
        _ body: String, killAfterMicroseconds delay: UInt32?, _ errors: inout String
    ) throws {
        if let delay {
            let running = server
            let token = network.token
            let post = WorkThread {
                _ = try? running.post(
                    path, CallbackStamp.body(body),
                    headers: ["X-HIP-ID: HIP1", "Authorization: \(token)"])
                return true
            }
            usleep(delay)
            running.process.send(SIGKILL)
            _ = post?.join()
            _ = try running.process.end()
            errors += running.process.errors
            server = try network.serve(ledger: ledger)
        }
        #expect(network.post(server, path, body) == 202)
    }

    private func story(ledger: String, kills: Int, seed: UInt64) throws {
        let network = try PlayedNetwork()
        var random = SplitMix64(seed: seed)
        var server = try network.serve(ledger: ledger)
        var errors = ""
        // From the first byte to long after the last write, and often in between, however busy the machine is.
        func delay(_ number: Int) -> UInt32? {
            guard number < kills else { return nil }
            return UInt32.random(
                in: 0..<(1 << UInt32.random(in: 6...16, using: &random)), using: &random)
        }
        try insist(
            network, &server, ledger, "/v0.5/care-contexts/discover", Self.discover,
            killAfterMicroseconds: delay(0), &errors)
        let found = try #require(try network.first("/v0.5/care-contexts/on-discover"))
        #expect(found["patient"]?["referenceNumber"]?.text == "S001")
        try insist(
            network, &server, ledger, "/v0.5/links/link/init", Self.start,
            killAfterMicroseconds: delay(1), &errors)
        let challenge = try #require(try network.first("/v0.5/links/link/on-init"))
        let reference = try #require(challenge["link"]?["referenceNumber"]?.text)
        let message = try #require(try network.first("/sms/send/"))
        #expect(message["to"]?.text == "919822014471")
        let digits = try #require(message["text"]?.text)
        let confirm = """
            {"requestId":"c-1","timestamp":"2026-11-21T09:31:13Z","confirmation":{"linkRefNumber":\
            "\(reference)","token":"\(digits)"}}
            """
        try insist(
            network, &server, ledger, "/v0.5/links/link/confirm", confirm,
            killAfterMicroseconds: delay(2), &errors)
        let linked = try #require(try network.first("/v0.5/links/link/on-confirm"))
        #expect(
            linked["patient"]?["careContexts"]?.elements?.compactMap { $0["referenceNumber"]?.text }
                == ["RX-S001-3"])
        // However often a message went out, it said the same, and each time under another request id.
        for path in ["care-contexts/on-discover", "links/link/on-init", "links/link/on-confirm"] {
            let bodies = try network.sent("/v0.5/" + path)
            #expect(Set(bodies.map { ($0["resp"] ?? .null).bytes }).count == 1)
            #expect(Set(bodies.compactMap { $0["requestId"]?.text }).count == bodies.count)
            #expect(Set(bodies.map { ($0["patient"] ?? $0["link"] ?? .null).bytes }).count == 1)
        }
        #expect(Set(try network.sent("/sms/send/").compactMap { $0["text"]?.text }) == [digits])
        server.process.send(SIGTERM)
        #expect(try server.process.end() == .exit(0))
        errors += server.process.errors
        for secret in [
            "Kavita", "Deshmukh", "9822014471", "kavita.", digits, "S001", "not a secret",
        ] {
            #expect(!errors.contains(secret), "the log tells \(secret)")
        }
        #expect(server.process.output.isEmpty)
    }

    @Test("a story with SQLite goes on through kills", arguments: 1...stories(usually: 4))
    func killedWithSQLite(seed: UInt64) throws {
        let folder = try ProgramFolder()
        try story(ledger: "sqlite:" + folder.file("ledger.db"), kills: 3, seed: seed)
    }

    @Test(
        "a story with PostgreSQL goes on through kills",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)),
        arguments: 1001...1000 + stories(usually: 2))
    func killedWithPostgres(seed: UInt64) throws {
        let conninfo = try ThrowawayCluster.conninfo()
        var connection = try PostgresConnection(conninfo)
        try connection.execute("DROP DATABASE IF EXISTS milaan_story")
        try connection.execute("CREATE DATABASE milaan_story")
        let url = try #require(Self.url(conninfo, database: "milaan_story"))
        try story(ledger: url, kills: 3, seed: seed)
    }

    /// libpq's keywords as a URL.
    private static func url(_ conninfo: String, database: String) -> String? {
        if conninfo.hasPrefix("postgres") { return conninfo }
        var parameters: [String] = []
        for pair in conninfo.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] != "dbname" else { continue }
            let value = parts[1].filter { $0 != "'" }
                .replacing("%", with: "%25").replacing("/", with: "%2F")
            parameters.append("\(parts[0])=\(value)")
        }
        return "postgres:///\(database)?" + parameters.joined(separator: "&")
    }

    @Test("dead messages are listed without what they say, and sent again")
    func outbox() throws {
        let network = try PlayedNetwork()
        let folder = try ProgramFolder()
        let ledger = "sqlite:" + folder.file("ledger.db")
        let empty = try MilaanProgram.run(["outbox", "list", "--ledger", ledger])
        #expect(empty.end == .exit(0))
        let retried = try MilaanProgram.run(["outbox", "retry", "--ledger", ledger])
        #expect(String(decoding: retried.bytes, as: UTF8.self) == "0 messages are sent again\n")
        #expect(
            try MilaanProgram.run(["outbox", "retry", "7", "--ledger", ledger]).end == .exit(1))
        #expect(try MilaanProgram.run(["outbox", "--ledger", ledger]).end == .exit(2))
        withExtendedLifetime(network) {}
    }

    @Test(
        "a section that cannot be used is refused, naming the member",
        arguments: [
            (",\"gateWay\":\"x\"", "abdm.gateWay is not a setting"),
            (",\"offerMinutes\":0", "abdm.offerMinutes must be an integer from 1 to 1440"),
            (",\"otpMinutes\":\"10\"", "abdm.otpMinutes must be an integer from 1 to 1440"),
            (",\"replayMinutes\":9", "abdm.replayMinutes must be an integer from 10 to 1440"),
            (",\"useByMinutes\":0", "abdm.useByMinutes must be an integer from 1 to 1440"),
            (
                ",\"longestWaitMinutes\":61",
                "abdm.longestWaitMinutes must be an integer from 1 to 60"
            ),
            (",\"otpsPerDay\":0", "abdm.otpsPerDay must be an integer from 1 to 100"),
            (",\"hiecm\":\"ftp://x\"", "abdm.hiecm must begin with https:// or http://"),
            (",\"cmId\":\"abdm\"", "abdm.cmId stands twice"),
        ])
    func badSections(extra: String, problem: String) throws {
        let network = try PlayedNetwork()
        let file = try network.folder.write("bad.json", network.configuration(extra))
        let run = try MilaanProgram.run(["config", "check", "--config", file])
        #expect(run.end == .exit(2))
        #expect(run.errors.contains(problem), "\(run.errors)")
    }

    @Test(
        "how long an answer is of use is what the section says",
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason)),
        arguments: [("", 10), (",\"useByMinutes\":3,\"longestWaitMinutes\":60", 3)])
    func useBy(extra: String, minutes: Int) throws {
        let network = try PlayedNetwork()
        _ = try network.folder.write("milaan.json", network.configuration(extra))
        let hospital = try PostgresHospital("")
        let server = try network.serve(ledger: hospital.url())
        #expect(network.post(server, "/v0.5/care-contexts/discover", Self.discover) == 202)
        var connection = try PostgresConnection(hospital.url())
        let rows = try connection.query(
            "SELECT (use_by - created_at) / 60000 FROM milaan_outbox")
        #expect(rows.rowCount == 1)
        #expect(rows.text(row: 0, column: 0) == "\(minutes)")
        server.process.send(SIGTERM)
        #expect(try server.process.end() == .exit(0))
    }

    @Test("without a key file there is no conversation")
    func needsKey() throws {
        let network = try PlayedNetwork()
        let file = network.folder.file("milaan.json")
        let run = try MilaanProgram.run(["config", "check", "--config", file])
        #expect(run.end == .exit(2))
        #expect(run.errors.contains("--token-key-file"))
    }
}
