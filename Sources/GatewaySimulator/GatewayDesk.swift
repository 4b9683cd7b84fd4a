/// A person who uses the simulated PHR app.
struct AppUser: Sendable, Equatable {
    var abhaAddress: String
    var abhaNumber: String?
    var name: String
    var gender: String
    var yearOfBirth: Int
    var mobile: String?

    /// The last ten digits of the mobile, by which short messages are found.
    var mobileDigits: String { String((mobile ?? "").filter(\.isNumber).suffix(10)) }
}

/// A message of the HRP's that was accepted.
struct TakenMessage: Sendable {
    var entry: MessageEntry
    var facility: String
    var body: WireValue
    var headers: [String: String]
}

/// A callback that waits for its answer.
struct OpenCallback: Sendable {
    var kind: MessageKind
    var facility: String
    var transaction: String?
    var answers: [TakenMessage] = []
}

/// What the gateway and the consent manager know, without a socket or a clock.
struct GatewayDesk {
    /// When each session ends, in seconds since 1970, by its token.
    var sessions: [String: Int] = [:]
    /// When each request id was seen, in milliseconds.
    private var seen: [String: Int] = [:]
    var open: [String: OpenCallback] = [:]
    var users: [String: AppUser] = [:]
    /// Whom an authentication is about, by its transaction.
    var authentications: [String: TokenHolder] = [:]
    /// The codes that authentications wait for, by their transactions.
    var authCodes: [String: String] = [:]
    /// Authentications that wait for somebody's word in the app, by who that is.
    var approvals: [TokenHolder: String] = [:]
    /// How many callbacks have gone out.
    var sentCount = 0
    /// Whom a linking token is about.
    var linkTokens: [String: TokenHolder] = [:]
    /// References that are linked, by facility and ABHA address.
    var linked: [TokenHolder: Set<String>] = [:]
    var taken: [TakenMessage] = []
    /// The latest password by the last ten digits of the mobile that it went to.
    var passwords: [String: String] = [:]
    /// What was wrong with messages that were refused.
    var complaints: [String] = []
    var faults: FaultPlan

    /// For how long a request id may not come again, and how far a timestamp may be off.
    static let windowMilliseconds = 5 * 60 * 1000

    init(faults: [InjectedFault]) { self.faults = FaultPlan(faults) }

    /// Judges a message; a refusal is kept among the complaints.
    ///
    /// `now` is in milliseconds since 1970.
    mutating func take(
        _ entry: MessageEntry, headers: [String: String], body bytes: [UInt8], now: Int
    ) -> Result<TakenMessage, MessageRefusal> {
        do throws(MessageRefusal) {
            let message = try judge(entry, headers, bytes, now)
            taken.append(message)
            return .success(message)
        } catch {
            complaints.append("\(entry.path): \(error.status) \(error.code) \(error.reason)")
            return .failure(error)
        }
    }

    private mutating func judge(
        _ entry: MessageEntry, _ headers: [String: String], _ bytes: [UInt8], _ now: Int
    ) throws(MessageRefusal) -> TakenMessage {
        let isV3 = entry.version == .v3
        let refuse = { (reason: RefusalReason, detail: String) in
            MessageRefusal(reason, entry.version, detail)
        }
        try checkSession(entry, headers, now)
        guard headers["x-cm-id"]?.isEmpty == false else {
            throw refuse(.missingHeader, "X-CM-ID is missing")
        }
        if isV3 {
            for name in ["request-id", "timestamp"] where headers[name]?.isEmpty != false {
                throw refuse(.missingHeader, "\(name.uppercased()) is missing")
            }
        }
        guard let body = WireValue(parsing: bytes) else {
            throw refuse(.badBody, "the body is no JSON")
        }
        if let flaw = entry.shape.flaw(in: body) { throw refuse(.badBody, flaw) }
        if isV3,
            let group = body["patient"]?.elements?.first(where: { group in
                group["count"]?.integer != group["careContexts"]?.elements?.count
            })
        {
            throw refuse(.badCount, "a group of \(group["count"]?.integer ?? 0) has others")
        }
        let requestID = (isV3 ? headers["request-id"] : body["requestId"]?.text) ?? ""
        let timestamp = (isV3 ? headers["timestamp"] : body["timestamp"]?.text) ?? ""
        guard WireMoment.isID(requestID) else { throw refuse(.badID, "it is no UUID") }
        guard let moment = WireMoment.milliseconds(of: timestamp),
            abs(moment - now) <= Self.windowMilliseconds
        else { throw refuse(.badTime, "the timestamp is outside of the window") }
        seen = seen.filter { now - $0.value <= Self.windowMilliseconds }
        guard seen.updateValue(now, forKey: requestID) == nil else {
            throw refuse(.repeated, "the request id was seen before")
        }
        var message = TakenMessage(
            entry: entry, facility: headers["x-hip-id"] ?? "", body: body, headers: headers)
        if entry.kind.isAnswer { try correlate(&message) }
        return message
    }

    private func checkSession(
        _ entry: MessageEntry, _ headers: [String: String], _ now: Int
    ) throws(MessageRefusal) {
        let words = (headers["authorization"] ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer",
            let end = sessions[String(words[1])], now / 1000 < end
        else {
            throw MessageRefusal(.badSession, entry.version, "the session is unknown or over")
        }
    }

    /// Finds the callback that is answered.
    private mutating func correlate(_ message: inout TakenMessage) throws(MessageRefusal) {
        let version = message.entry.version
        let response = message.body[version == .v3 ? "response" : "resp"]
        let requestID = response?["requestId"]?.text ?? ""
        guard var callback = open[requestID], callback.kind == message.entry.kind else {
            throw MessageRefusal(.unknownCallback, version, "no callback of this id waits for it")
        }
        if let transaction = callback.transaction, let named = message.body["transactionId"]?.text {
            guard named == transaction else {
                throw MessageRefusal(.wrongTransaction, version, "the transaction is another's")
            }
        }
        let isRepeated = !callback.answers.isEmpty
        message.facility = callback.facility
        callback.answers.append(message)
        open[requestID] = callback
        // Of v0.5, and for the other answers of v3, no refusal is documented.
        let isOnce = [.onDiscover, .onLinkInit, .onLinkConfirm].contains(message.entry.kind)
        if isRepeated, isOnce, version == .v3 {
            throw MessageRefusal(
                .secondAnswer(message.entry.kind), version, "it was answered before")
        }
    }
}

/// At which facility, and of whom.
struct TokenHolder: Hashable, Sendable {
    var facility: String
    var abhaAddress: String
}
