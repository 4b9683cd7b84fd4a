import GatewaySimulator
import Glibc
import Synchronization
import TestSupport
import Testing
import Tokens

/// A simulator, and an HRP of a few lines that knows one patient and answers as it is told.
final class PlayedHRP: Sendable {
    /// What the HRP does wrong.
    enum Mischief: Sendable {
        case none, silence, strangersContexts, wrongCount, answersTwiceDifferently
    }

    private struct State {
        var keys: KeySet?
        var session = ""
        var callbacks: [WireValue] = []
        var replies: [Int] = []
        var linked: Set<String> = []
        var answered: [String: Int] = [:]
    }

    private let mischief: Mischief
    private let state = Mutex(State())
    private let responder: ResponderServer

    init(_ mischief: Mischief = .none, faults: [InjectedFault] = []) throws {
        self.mischief = mischief
        let front = PlayedDoor()
        responder = try #require(ResponderServer { front.react(to: $0) })
        var options = SimulatorOptions(callbackBase: responder.url)
        options.faults = faults
        options.slowMilliseconds = 20
        options.patienceSeconds = 2
        gateway = try SimulatedGateway(options)
        front.hrp.withLock { $0.hrp = self }
    }

    let gateway: SimulatedGateway
    /// The statuses of what was told to the gateway, in order.
    var replies: [Int] { state.withLock { $0.replies } }
    /// The requests that callbacks answer, in the order in which they came.
    var answered: [String] {
        state.withLock { state in
            state.callbacks.compactMap { $0["resp"]?["requestId"]?.text }
        }
    }
    var callbackCount: Int { state.withLock { $0.callbacks.count } }

    /// Plays a script; gives its lines too.
    func play(_ text: String) throws -> (isGood: Bool, lines: [String]) {
        let script = try GatewayScript(parsing: Array(text.utf8))
        var lines: [String] = []
        let runner = ScriptRunner(gateway) { lines.append($0) }
        let isGood = runner.run(script)
        return (isGood, lines)
    }

    /// Posts to the simulator; nil where the connection ended without an answer.
    func post(
        _ path: String, _ body: WireValue, headers: [String] = []
    ) -> HTTPReply? {
        send("POST", path, body.bytes, headers)
    }

    func get(_ path: String, headers: [String] = []) -> HTTPReply? {
        send("GET", path, [], headers)
    }

    private func send(
        _ method: String, _ path: String, _ body: [UInt8], _ headers: [String]
    ) -> HTTPReply? {
        guard let connection = try? HTTPConnection(port: gateway.port) else { return nil }
        let lines = [
            "\(method) \(path) HTTP/1.1", "Host: gateway", "Content-Length: \(body.count)",
        ]
        let head = (lines + headers).joined(separator: "\r\n") + "\r\n\r\n"
        _ = connection.send(Array(head.utf8) + body)
        return try? connection.reply()
    }

    /// The headers of an HRP that is known here.
    func headers() -> [String] {
        var session = state.withLock { $0.session }
        if session.isEmpty {
            let reply = post(
                "/gateway/v0.5/sessions",
                ["clientId": "hrp", "clientSecret": "s", "grantType": "client_credentials"])
            session =
                reply.flatMap { WireValue(parsing: $0.body) }?["accessToken"]?.text ?? "none"
            state.withLock { $0.session = session }
        }
        return ["Authorization: Bearer \(session)", "X-CM-ID: sbx"]
    }

    func forgetSession() { state.withLock { $0.session = "" } }

    // MARK: What the HRP does

    fileprivate func react(to request: ResponderRequest) -> ResponderAction {
        if request.target == "/v0.5/heartbeat" { return .reply(status: 200) }
        guard isGenuine(request.headers["authorization"] ?? "") else { return .reply(status: 401) }
        let body = WireValue(parsing: request.body) ?? .null
        state.withLock { $0.callbacks.append(body) }
        guard mischief != .silence, let (path, answer) = answer(to: request.target, body) else {
            return .reply(status: 202)
        }
        let requestID = body["requestId"]?.text ?? ""
        let count = state.withLock { state in
            state.answered[requestID, default: 0] += 1
            return state.answered[requestID] ?? 0
        }
        var said = answer.with("resp", ["requestId": .text(requestID)])
        if mischief == .answersTwiceDifferently, count > 1 {
            said = said.without("patient").with("error", ["code": 3409, "message": "Again"])
        }
        // As an HRP that means it: until it is taken, each time under another id.
        for _ in 0..<5 {
            let stamped = said.with("requestId", .text(Self.freshID()))
                .with("timestamp", .text(Self.now()))
            let reply = post("/gateway" + path, stamped, headers: headers())
            state.withLock { $0.replies.append(reply?.status ?? 0) }
            if reply?.status == 202 { break }
            if reply?.status == 401 { forgetSession() }
        }
        return .reply(status: 202)
    }

    private func answer(to target: String, _ body: WireValue) -> (String, WireValue)? {
        switch target {
        case "/v0.5/care-contexts/discover":
            let transaction = body["transactionId"] ?? .null
            guard body["patient"]?["id"] == "kavita@sbx" else {
                return (
                    "/v0.5/care-contexts/on-discover",
                    [
                        "transactionId": transaction,
                        "error": ["code": 3404, "message": "No patient found"],
                    ]
                )
            }
            let linked = state.withLock { $0.linked }
            let left = ["V-1", "V-2"].filter { !linked.contains($0) }
            return (
                "/v0.5/care-contexts/on-discover",
                [
                    "transactionId": transaction,
                    "patient": Self.patient(left).with("matchedBy", ["MOBILE"]),
                ]
            )
        case "/v0.5/links/link/init":
            let wanted = (body["patient"]?["careContexts"]?.elements ?? []).compactMap {
                $0["referenceNumber"]?.text
            }
            state.withLock { $0.linked = Set(wanted) }
            _ = post("/sms", ["to": "919822014471", "text": "Your password is 271828"])
            return (
                "/v0.5/links/link/on-init",
                [
                    "transactionId": body["transactionId"] ?? .null,
                    "link": [
                        "referenceNumber": "L-1", "authenticationType": "MEDIATED",
                        "meta": ["communicationMedium": "MOBILE"],
                    ],
                ]
            )
        case "/v0.5/links/link/confirm":
            guard body["confirmation"]?["token"] == "271828" else {
                return (
                    "/v0.5/links/link/on-confirm",
                    ["error": ["code": 3405, "message": "OTP invalid"]]
                )
            }
            let linked = state.withLock { $0.linked.sorted() }
            let said = mischief == .strangersContexts ? ["V-9"] : linked
            return ("/v0.5/links/link/on-confirm", ["patient": Self.patient(said)])
        case "/v1.0/patients/profile/share":
            return (
                "/v1.0/patients/profile/on-share",
                [
                    "acknowledgement": [
                        "status": "SUCCESS", "tokenNumber": "1",
                        "healthId": body["profile"]?["patient"]?["healthId"] ?? .null,
                    ]
                ]
            )
        default: return nil
        }
    }

    private static func patient(_ references: [String]) -> WireValue {
        [
            "referenceNumber": "P-1", "display": "K",
            "careContexts": .list(
                references.map { ["referenceNumber": .text($0), "display": "Visit"] }),
        ]
    }

    /// The house's own reading of tokens judges the simulator's.
    private func isGenuine(_ authorization: String) -> Bool {
        if state.withLock({ $0.keys == nil }), let reply = get("/gateway/v0.5/certs") {
            let keys = try? KeySet(reply.body.span)
            state.withLock { $0.keys = keys }
        }
        guard let keys = state.withLock({ $0.keys }), authorization.hasPrefix("Bearer ") else {
            return false
        }
        let token = Array(authorization.dropFirst("Bearer ".count).utf8)
        let claims = try? TokenVerifier().verify(
            token.span, keys: keys, nowSeconds: Int64(time(nil)))
        return claims != nil
    }

    static func freshID() -> String {
        var random = SystemRandomNumberGenerator()
        let digits = String(random.next() | 1 << 63, radix: 16)
        return
            "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4\(digits.suffix(3))-8000-0\(digits.prefix(11))"
    }

    /// Now, so many seconds later, as the protocol writes it.
    static func now(plusSeconds seconds: Int = 0) -> String {
        var moment = time(nil) + seconds
        var parts = unsafe tm()
        unsafe gmtime_r(&moment, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let count = unsafe strftime(&text, 64, "%Y-%m-%dT%H:%M:%S.000Z", &parts)
        return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Stands at the HRP's door until there is an HRP.
private final class PlayedDoor: Sendable {
    struct Weak: Sendable { weak var hrp: PlayedHRP? }

    let hrp = Mutex(Weak())

    func react(to request: ResponderRequest) -> ResponderAction {
        hrp.withLock { $0.hrp }?.react(to: request) ?? .reply(status: 503)
    }
}
