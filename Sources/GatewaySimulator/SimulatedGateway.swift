internal import Glibc
internal import Synchronization

/// What a simulated gateway is started with.
public struct SimulatorOptions: Sendable {
    /// An IPv4 address in numbers.
    public var host = "127.0.0.1"
    /// 0 for any that is free.
    public var port: UInt16 = 0
    /// The callback base of the HRP, without a slash at its end.
    public var callbackBase: String
    /// The domain of ABHA addresses, as in `X-CM-ID`.
    public var consentManager = "sbx"
    /// Who may open sessions; nil for everybody.
    public var clientID: String?
    /// What goes wrong with the first messages.
    public var faults: [InjectedFault] = []
    /// How late a slow answer is, in milliseconds.
    public var slowMilliseconds = 2000
    /// How long a scripted user waits for an answer, in seconds.
    public var patienceSeconds = 15

    /// The usual options for an HRP.
    public init(callbackBase: String) { self.callbackBase = callbackBase }
}

/// Why there is no gateway.
public enum SimulatorError: Error, Equatable, Sendable {
    /// OpenSSL made no key pair.
    case noKey
    /// The address cannot be listened on.
    case cannotListen
}

/// A gateway, a consent manager and a short-message service, all invented.
///
/// `/gateway` is the base of v0.5, `/api/hiecm` that of v3, and `/sms` takes short messages.
public final class SimulatedGateway: Sendable {
    let options: SimulatorOptions
    let desk: Mutex<GatewayDesk>
    let key: SigningKey
    private let listener: SimulatorListener

    /// How long a session lasts, in seconds.
    static let sessionSeconds = 1800

    /// Makes a key pair and begins to listen.
    ///
    /// - Throws: `SimulatorError`.
    public init(_ options: SimulatorOptions) throws(SimulatorError) {
        guard let key = SigningKey(keyID: "simulator-\(WireMoment.freshID())") else {
            throw .noKey
        }
        self.options = options
        self.key = key
        desk = Mutex(GatewayDesk(faults: options.faults))
        let front = GatewayFront()
        let listener = SimulatorListener(host: options.host, port: options.port) { request in
            front.reply(to: request)
        }
        guard let listener else { throw .cannotListen }
        self.listener = listener
        front.open(self)
    }

    deinit { listener.stop() }

    /// Ends every connection; to be called where a call may still be under way.
    public func stop() { listener.stop() }

    /// Where it listens.
    public var port: UInt16 { listener.port }

    /// What was wrong with the messages that were refused so far: paths and reasons, nothing of the contents.
    public var complaints: [String] { desk.withLock { $0.complaints } }

    fileprivate func reply(to request: SimulatorRequest) -> SimulatorReply {
        switch (request.method, request.path) {
        case ("POST", "/gateway/v0.5/sessions"), ("POST", "/api/hiecm/gateway/v3/sessions"):
            return openSession(request)
        case ("GET", "/gateway/v0.5/certs"): return Self.json(200, key.keySet)
        case ("GET", "/api/hiecm/gateway/v3/certs"):
            // Those of v3 are not public.
            let words = (request.headers["authorization"] ?? "").split(separator: " ")
            let isKnown = desk.withLock { $0.sessions[String(words.last ?? "")] != nil }
            guard isKnown else {
                return Self.json(401, ["code": "900901", "message": "Invalid credentials"])
            }
            return Self.json(200, key.keySet)
        case ("GET", "/gateway/v0.5/.well-known/openid-configuration"):
            return Self.json(
                200, ["jwks_uri": .text("http://\(options.host):\(port)/gateway/v0.5/certs")])
        case (_, "/sms"): return takeShortMessage(request)
        default:
            guard request.method == "POST", let entry = MessageTable.entry(request.path) else {
                return Self.json(404, ["code": "404", "message": "No matching resource found"])
            }
            return take(request, entry)
        }
    }

    private func take(_ request: SimulatorRequest, _ entry: MessageEntry) -> SimulatorReply {
        let fault = desk.withLock { $0.faults.take(for: request.path) }
        switch fault {
        case .slow: usleep(UInt32(options.slowMilliseconds) * 1000)
        case .failure:
            return Self.json(500, ["error": ["code": 2500, "message": "Out of order"]])
        case .busy:
            return Self.json(
                429, ["error": ["code": 2429, "message": "Too many requests found"]],
                headers: [WireMember("Retry-After", "1")])
        case .dropBefore: return .drop
        case .expiredToken: desk.withLock { $0.sessions = [:] }
        case .dropAfter, .duplicate, .reorder, nil: break
        }
        let answers = GatewayAnswers { holder in self.linkToken(holder) }
        let (result, callback) = desk.withLock { desk in
            let result = desk.take(
                entry, headers: request.headers, body: request.body, now: WireMoment.now)
            guard case .success(let message) = result else {
                return (result, nil as OutgoingCallback?)
            }
            return (result, answers.callback(to: message, at: &desk))
        }
        if let callback { sendLater(callback) }
        if fault == .dropAfter { return .drop }
        switch result {
        case .success: return .answer(status: 202, headers: [], body: [])
        case .failure(let refusal): return Self.json(refusal.status, refusal.body)
        }
    }

    private func openSession(_ request: SimulatorRequest) -> SimulatorReply {
        let body = WireValue(parsing: request.body) ?? .null
        let flaw = MessageShape(["clientId": .text, "clientSecret": .text]).optional([
            "grantType": .word(["client_credentials", "refresh_token"]), "refreshToken": .anyText,
        ]).flaw(in: body)
        if let flaw { return Self.json(400, ["error": ["code": 2500, "message": .text(flaw)]]) }
        let isKnown = options.clientID == nil || body["clientId"]?.text == options.clientID
        let end = WireMoment.now / 1000 + Self.sessionSeconds
        let claims: WireValue = [
            "sub": body["clientId"] ?? "", "exp": .integer(end), "jti": .text(WireMoment.freshID()),
        ]
        guard isKnown, let token = key.sign(claims) else {
            return Self.json(401, ["error": ["code": 2401, "message": "Unknown client"]])
        }
        desk.withLock { $0.sessions[token] = end }
        return Self.json(
            200,
            [
                "accessToken": .text(token), "expiresIn": .integer(Self.sessionSeconds),
                "refreshExpiresIn": .integer(Self.sessionSeconds), "refreshToken": "none",
                "tokenType": "bearer",
            ])
    }

    /// Whatever the vendor's format, a mobile has ten digits or more and the password has six.
    private func takeShortMessage(_ request: SimulatorRequest) -> SimulatorReply {
        let text = String(decoding: request.body, as: UTF8.self) + " " + request.query
        let runs = text.split(whereSeparator: { !("0"..."9").contains($0) })
        guard let mobile = runs.first(where: { (10...15).contains($0.count) }),
            let password = runs.first(where: { $0.count == 6 })
        else { return Self.json(400, ["message": "needs a mobile and six digits"]) }
        desk.withLock { $0.passwords[String(mobile.suffix(10))] = String(password) }
        return Self.json(200, ["status": "queued"])
    }

    func linkToken(_ holder: TokenHolder) -> String {
        let now = WireMoment.now / 1000
        return key.sign([
            "sub": .text(holder.abhaAddress), "requesterType": "HIP",
            "requesterId": .text(holder.facility), "sessionId": .text(WireMoment.freshID()),
            "iat": .integer(now), "exp": .integer(now + 86_400),
        ]) ?? ""
    }

    private static func json(
        _ status: UInt32, _ body: WireValue, headers: [WireMember] = []
    ) -> SimulatorReply {
        .answer(
            status: status, headers: headers + [WireMember("Content-Type", "application/json")],
            body: body.bytes)
    }
}

/// Stands between the listener and the gateway, which cannot be known before it listens.
private final class GatewayFront: Sendable {
    private let gateway = Mutex<WeakGateway>(WeakGateway())

    private struct WeakGateway: Sendable { weak var gateway: SimulatedGateway? }

    func open(_ known: SimulatedGateway) { gateway.withLock { $0.gateway = known } }

    func reply(to request: SimulatorRequest) -> SimulatorReply {
        guard let gateway = gateway.withLock({ $0.gateway }) else { return .drop }
        return gateway.reply(to: request)
    }
}
