internal import ABDM
internal import Gateway
internal import Glibc
internal import Index
internal import JSON
internal import Ledger
internal import Matcher
@testable import MatchServer
internal import Synchronization
internal import TestSupport

/// The keys that the played gateway signs with; empty where openssl is missing, which a test sees.
let gatewaySigners: [TokenSigner] = (try? [TokenSigner(keyID: "gateway")]) ?? []

struct NoGateway: Error {}

/// A server with a conversation, and a gateway on this machine that it talks to.
final class ConversationUnderTest: Sendable {
    static let digits = "345234"

    let server: MilaanServer
    let service: ConversationService
    let gateway: ResponderServer
    let client: HTTPClient
    let events = EventRecorder()
    let token: String
    private let snapshots = CurrentSnapshot()

    /// A server whose gateway does what `faults` says with the first messages, before it takes any.
    ///
    /// Its keys are refused `keyFaults` times.
    init(
        faults: [ResponderAction] = [], keyFaults: Int = 0, isLoaded: Bool = true,
        ledger: LedgerPlace = .sqlite(path: ":memory:"), gate: LedgerGate = LedgerGate(),
        shortMessages: ShortMessageService? = nil,
        idPrefix: String = "id-",
        configure: (inout ConversationConfiguration) -> Void = { _ in },
        server configureServer: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        guard let signer = gatewaySigners.first else { throw NoGateway() }
        token = "Bearer " + (try signer.token("{\"sub\":\"gw\",\"exp\":\(time(nil) + 600)}"))
        let keys = TokenSigner.keySet([signer.jwk()])
        let box = FaultBox(faults)
        let keyBox = FaultBox([ResponderAction](repeating: .reply(status: 502), count: keyFaults))
        guard
            let gateway = ResponderServer(react: { request in
                if request.target.hasSuffix("/certs") {
                    return keyBox.next() ?? .reply(status: 200, body: keys)
                }
                if request.target.hasSuffix("/sessions") {
                    return .reply(
                        status: 200,
                        body:
                            "{\"accessToken\":\"session\",\"expiresIn\":1800,\"tokenType\":\"bearer\"}"
                    )
                }
                return box.next() ?? .reply(status: 202)
            })
        else { throw NoGateway() }
        self.gateway = gateway
        var configuration = ConversationConfiguration(
            gateway: gateway.url + "/gateway", hiecm: gateway.url + "/api/hiecm",
            clientID: "milaan", clientSecret: "not a secret", consentManager: "sbx",
            facilities: [
                ConversationFacility(id: "HIP1", name: "Lake Hospital", version: .gateway),
                ConversationFacility(id: "HIP2", name: "Hill Hospital", version: .v3),
            ], shortMessages: shortMessages)
        configure(&configuration)
        client = try HTTPClient(HTTPClientLimits(usesEnvironmentProxy: false))
        let events = events
        let log = ServerLog { event in events.add(event) }
        service = try ConversationService(
            configuration: configuration,
            ledger: try LedgerBook(
                ledger, secrets: Self.secrets(idPrefix), seal: .plain, limits: FlowLimits(),
                versions: ["HIP2": .v3], names: ["HIP1": "Lake Hospital"],
                announces: configuration.webhook != nil,
                beforeStatement: { () throws(LedgerError) in gate.pass() }),
            sender: client, log: log)
        var limits = ServerConfiguration(port: 0, threads: 2)
        configureServer(&limits)
        server = try MilaanServer(
            configuration: limits, snapshots: snapshots,
            conversation: Conversation(service: service, rule: Profile.milaan), log: log,
            makeDiscoverer: { Discoverer(defaultFacility: "HIP1") })
        if isLoaded { try load() }
    }

    /// Lets the patients be there.
    func load() throws { snapshots.publish(try Self.snapshot()) }

    deinit {
        server.drain(timeoutSeconds: 5)
        service.stop()
        client.stop()
    }

    static func secrets(_ prefix: String = "id-") -> LedgerSecrets {
        let count = SharedCount()
        return LedgerSecrets(
            makeID: { "\(prefix)\(count.next())" },
            makePassword: {
                OneTimePassword(
                    linkReference: "\(prefix)\(count.next())", digits: digits,
                    hash: "hash \(digits)")
            }, matches: { hash, _, typed in hash == "hash \(typed)" },
            hashMobile: { "mobile \($0)" })
    }

    static func snapshot() throws -> Snapshot {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var patient = PatientRecord()
        let people: [[(PatientField, String)]] = [
            [
                (.id, "P-1001"), (.name, "Asha Verma"), (.gender, "F"), (.birthYear, "1984"),
                (.mobile, "9848022338"), (.abhaAddress, "asha.verma@sbx"),
            ],
            [
                (.id, "P-1002"), (.name, "Ravi Kumar"), (.gender, "M"), (.birthYear, "1971"),
                (.mobile, "9848022339"),
            ],
        ]
        for fields in people {
            patient.reset()
            for (field, value) in fields { try patient.set(field, value.utf8.span) }
            try patient.finish()
            try builder.append(patient)
        }
        var context = CareContextRecord()
        let values: [(CareContextField, String)] = [
            (.patientID, "P-1001"), (.reference, "V-1"), (.display, "Visit on 12-05-22"),
            (.hiType, "OPConsultation"),
        ]
        for (field, value) in values { try context.set(field, value.utf8.span) }
        try context.finish()
        try builder.append(context)
        return Snapshot(image: builder.build(), position: "test", publishedAtSeconds: 0)
    }

    /// Posts a callback, as if it were sent just now unless it goes as it is.
    func post(
        _ path: String, _ body: String, facility: String? = "HIP1", token: String? = nil,
        headers: String = "", asItIs: Bool = false
    ) throws -> HTTPReply {
        let body = asItIs ? body : CallbackStamp.body(body)
        var head =
            "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n" + headers
        if let facility { head += "X-HIP-ID: \(facility)\r\n" }
        let token = token ?? self.token
        // A line's end is one character.
        if !token.isEmpty { head += "Authorization: \(token)\r\n" }
        return try requestOnce(port: server.port, String(head.dropLast()), body: body)
    }

    /// The requests that the gateway got on a path.
    func sent(_ path: String) -> [ResponderRequest] {
        gateway.requests.filter { $0.target.hasSuffix(path) }
    }

    /// The body of the message that came on a path, once one has.
    func body(_ path: String, _ number: Int = 0) throws -> JSONTree? {
        guard ServerUnderTest.eventually({ sent(path).count > number }) else { return nil }
        return try JSONTree(parsing: sent(path)[number].body)
    }
}

/// Lets a ledger stand still, as a disk or a database can.
final class LedgerGate: Sendable {
    private let isShut = Atomic<Bool>(false)

    func shut() { isShut.store(true, ordering: .relaxed) }

    func open() { isShut.store(false, ordering: .relaxed) }

    func pass() {
        while isShut.load(ordering: .relaxed) { _ = usleep(2000) }
    }
}

/// A count for several threads.
final class SharedCount: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

/// Faults, each once.
private final class FaultBox: Sendable {
    private let faults: ThreadLock<[ResponderAction]>

    init(_ faults: [ResponderAction]) { self.faults = ThreadLock(faults) }

    func next() -> ResponderAction? {
        faults.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
