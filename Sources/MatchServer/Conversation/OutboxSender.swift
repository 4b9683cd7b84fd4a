internal import ABDM
internal import Gateway
internal import Index
internal import Ledger

/// Delivers the messages of the outbox: at least once, with a fresh request id at every try.
final class OutboxSender: Sendable {
    private struct State {
        /// Messages that wait for their turn, by base.
        var waiting: [GatewayPath.Base: ArraySlice<OutboxEntry>] = [:]
        /// Calls under way, by base.
        var underWay: [GatewayPath.Base: Int] = [:]
        /// Every message that is waiting or under way, by base: a lease that is renewed must not send it twice.
        var known: [GatewayPath.Base: Set<Int64>] = [:]
        var random = SystemRandomNumberGenerator()
        var isStopping = false
    }

    let configuration: ConversationConfiguration
    private let sessions: [GatewayPath.Base: SessionTokens]
    private let sender: any CallSender
    private let ledger: LedgerThread
    private let clock: any GatewayClock
    private let log: ServerLog
    private let state = ThreadLock(State())

    /// A sender with nothing to send.
    init(
        configuration: ConversationConfiguration, sessions: [GatewayPath.Base: SessionTokens],
        sender: any CallSender, ledger: LedgerThread, clock: any GatewayClock, log: ServerLog
    ) {
        self.configuration = configuration
        self.sessions = sessions
        self.sender = sender
        self.ledger = ledger
        self.clock = clock
        self.log = log
    }

    /// How many messages are waiting here or under way.
    var heldCount: Int { state.withLock { $0.known.values.reduce(0) { $0 + $1.count } } }

    /// Takes messages that are leased to us; those that there is no room for go back into the ledger.
    ///
    /// Each base has room of its own, so that one that stalls does not hold up the others.
    func send(_ entries: [OutboxEntry]) {
        guard !entries.isEmpty else { return }
        let tooMany = state.withLock { state in
            var tooMany: [Int64] = []
            for entry in entries {
                let base = entry.message.destination.base
                guard state.known[base]?.contains(entry.id) != true else { continue }
                guard state.known[base]?.count ?? 0 < configuration.heldMax else {
                    tooMany.append(entry.id)
                    continue
                }
                state.known[base, default: []].insert(entry.id)
                state.waiting[base, default: []].append(entry)
            }
            return tooMany
        }
        // Where this cannot be written, their lease ends.
        if !tooMany.isEmpty { ledger.submit(.giveBack(tooMany)) { _ in } }
        for base in GatewayPath.Base.allCases { startWaiting(base) }
    }

    /// Asks the ledger for what is due, where there is not enough to do.
    func takeDue() {
        let enough = min(4 * configuration.concurrentMax, configuration.heldMax)
        for base in GatewayPath.Base.allCases {
            let room = state.withLock { state in
                state.isStopping ? 0 : enough - (state.known[base]?.count ?? 0)
            }
            guard room > 0 else { continue }
            ledger.submit(.claim(max: room, base: base)) { result in
                if case .success(.toSend(let entries)) = result { self.send(entries) }
            }
        }
    }

    /// Forgets messages that must not be sent any more; tries that are under way go on.
    func drop(_ ids: [Int64]) {
        let dropped = Set(ids)
        state.withLock { state in
            for (base, entries) in state.waiting {
                state.waiting[base] = entries.filter { !dropped.contains($0.id) }[...]
                for entry in entries where dropped.contains(entry.id) {
                    state.known[base]?.remove(entry.id)
                }
            }
        }
    }

    /// Begins no more tries; those under way go on.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.waiting = [:]
        }
    }

    private func startWaiting(_ base: GatewayPath.Base) {
        while let entry = next(base) { start(entry, isSecondToken: false) }
    }

    private func next(_ base: GatewayPath.Base) -> OutboxEntry? {
        state.withLock { state in
            guard !state.isStopping,
                state.underWay[base, default: 0] < configuration.concurrentMax
            else { return nil }
            guard let entry = state.waiting[base, default: []].popFirst() else { return nil }
            state.underWay[base, default: 0] += 1
            return entry
        }
    }

    // MARK: One try

    private func start(_ entry: OutboxEntry, isSecondToken: Bool) {
        guard entry.isOfUse(at: ledger.now) else {
            return end(entry, .dead(problem: "expired"))
        }
        let base = entry.message.destination.base
        guard let url = configuration.url(of: base) else {
            return base == .sms
                ? logShortMessage(entry)
                : end(entry, .dead(problem: "\(base) has no address in the configuration"))
        }
        if base == .webhook {
            guard let webhook = configuration.webhook, let id = entry.message.announcementID
            else { return end(entry, .dead(problem: "the announcement cannot be read")) }
            let call = webhook.call(Array(entry.message.body.utf8), id: id, now: ledger.now)
            return sender.send(call) { self.take($0, entry, token: nil, isSecondToken: true) }
        }
        if base == .sms {
            guard let message = entry.message.textMessage, let service = configuration.shortMessages
            else { return end(entry, .dead(problem: "the short message cannot be read")) }
            let call = service.call(message, facility: name(of: entry.message.facility))
            return sender.send(call) { self.take($0, entry, token: nil, isSecondToken: true) }
        }
        guard let tokens = sessions[base] else {
            return end(entry, .dead(problem: "this protocol has no login in the configuration"))
        }
        tokens.withToken { result in
            switch result {
            case .failure: self.retry(entry, "no session token", afterSeconds: nil)
            case .success(let token):
                let stamp = CallStamp(clock: self.clock)
                let call = self.call(entry.message, url: url, token: token, stamp: stamp)
                self.remember(stamp, entry) {
                    self.sender.send(call) {
                        self.take($0, entry, token: token, isSecondToken: isSecondToken)
                    }
                }
            }
        }
    }

    /// Writes down under which id something is asked for, before it is: the answer may be faster than the reply.
    private func remember(
        _ stamp: CallStamp, _ entry: OutboxEntry, then: @escaping @Sendable () -> Void
    ) {
        guard let subject = entry.message.subject else { return then() }
        ledger.submit(
            .trying(
                requestID: stamp.requestID, facility: entry.message.facility, subject: subject,
                message: entry.id)
        ) { result in
            switch result {
            // The patient left meanwhile.
            case .success(.cancelled): self.letGo(entry)
            case .success: then()
            case .failure: self.retry(entry, "the ledger failed", afterSeconds: nil)
            }
        }
    }

    private func call(
        _ message: OutboundMessage, url: String, token: SessionToken, stamp: CallStamp
    ) -> HTTPCall {
        let envelope = MessageEnvelope(
            requestID: stamp.requestID, sentAt: ledger.now)
        let base = message.destination.base
        let own = envelope.headers(
            for: base, facility: message.facility,
            consentManager: message.consentManager ?? configuration.consentManager)
        return HTTPCall(
            .post, url + message.destination.path,
            headers: [token.authorization, HTTPHeader("Content-Type", "application/json")]
                + own.map { HTTPHeader($0.name, $0.value) }
                + (message.linkToken.map { [HTTPHeader("X-LINK-TOKEN", $0)] } ?? []),
            body: Array(envelope.complete(message.body, for: base).utf8))
    }

    private func take(
        _ result: Result<HTTPAnswer, TransportError>, _ entry: OutboxEntry, token: SessionToken?,
        isSecondToken: Bool
    ) {
        switch result {
        case .failure(.malformedCall):
            end(entry, .dead(problem: "the call cannot be made: look at the configured address"))
        case .failure: retry(entry, "no answer", afterSeconds: nil)
        case .success(let answer):
            let verdict = Self.verdict(on: answer, from: entry.message.destination.base)
            let problem = "status \(answer.status)"
            if entry.message.subject != nil,
                [.duplicate, .reauthenticate, .never].contains(verdict)
            {
                let refusal = DeliveryVerdict.refusal(in: answer.body.span)
                return end(entry, .refused(refusal, problem: problem))
            }
            switch verdict {
            // A duplicate is what a try leaves behind whose answer was lost.
            case .delivered, .duplicate: end(entry, .sent)
            case .retry: retry(entry, problem, afterSeconds: answer.retryAfterSeconds)
            case .refreshToken:
                if let token { sessions[entry.message.destination.base]?.refuse(token) }
                if isSecondToken {
                    retry(entry, problem, afterSeconds: answer.retryAfterSeconds)
                } else {
                    start(entry, isSecondToken: true)
                }
            case .reauthenticate, .never: end(entry, .dead(problem: problem))
            }
        }
    }

    /// What an answer says about a try.
    ///
    /// Whatever is not a success of the facility's own system is tried again: an address that answers 404 today may
    /// be a system that is being replaced. What is given up lies dead, where it can be seen and woken.
    private static func verdict(
        on answer: HTTPAnswer, from base: GatewayPath.Base
    ) -> DeliveryVerdict {
        guard base == .webhook else {
            return .of(status: answer.status, body: answer.body.span)
        }
        return (200..<300).contains(answer.status) ? .delivered : .retry
    }

    private func retry(_ entry: OutboxEntry, _ problem: String, afterSeconds: Int?) {
        let attempts = entry.attempts + 1
        guard attempts < configuration.triesMax else {
            return end(entry, .dead(problem: "given up after \(attempts) tries: \(problem)"))
        }
        let spread = state.withLock { Double.random(in: 0..<1, using: &$0.random) }
        var wait = DeliveryVerdict.waitMilliseconds(
            attempts: attempts, spread: spread, longestMinutes: configuration.longestWaitMinutes)
        if let afterSeconds { wait = max(wait, Int64(min(afterSeconds, 3600)) * 1000) }
        let next = ledger.now.adding(milliseconds: wait)
        guard entry.isOfUse(at: next) else {
            return end(entry, .dead(problem: "expired: \(problem)"))
        }
        end(entry, .again(next, problem: problem))
    }

    /// Writes down how a try ended, and makes room for another message.
    private func end(_ entry: OutboxEntry, _ outcome: OutboxSettlement.Outcome) {
        if case .dead(let problem) = outcome {
            log.write(.messageDead(id: entry.id, problem: problem))
        }
        ledger.submit(.settle(OutboxSettlement(id: entry.id, outcome: outcome))) { result in
            // Where this could not be written, the lease ends and the message is tried again.
            self.forget(entry)
            if case .success(.toSend(let entries)) = result { self.send(entries) }
        }
        makeRoom(after: entry)
    }

    /// Forgets a message that is not tried: nothing is written down about it.
    private func letGo(_ entry: OutboxEntry) {
        forget(entry)
        makeRoom(after: entry)
    }

    private func forget(_ entry: OutboxEntry) {
        state.withLock { _ = $0.known[entry.message.destination.base]?.remove(entry.id) }
    }

    private func makeRoom(after entry: OutboxEntry) {
        let base = entry.message.destination.base
        state.withLock { $0.underWay[base, default: 1] -= 1 }
        startWaiting(base)
    }

    // MARK: Short messages

    private func logShortMessage(_ entry: OutboxEntry) {
        guard let message = entry.message.textMessage else {
            return end(entry, .dead(problem: "the short message cannot be read"))
        }
        log.write(
            .passwordInsteadOfMessage(
                hint: TextMessage.hint(of: message.mobile), digits: message.digits))
        end(entry, .sent)
    }

    private func name(of facility: String) -> String {
        configuration.facilities.first { $0.id == facility }?.name ?? facility
    }
}

extension ShortMessageService {
    /// The call that hands a message over.
    func call(_ message: TextMessage, facility: String) -> HTTPCall {
        func filled(_ template: String, _ facility: String) -> String {
            var text = ""
            var rest = template[...]
            let values = [
                "{mobile}": String(message.mobile), "{otp}": message.digits,
                "{minutes}": String(message.minutes), "{facility}": facility,
            ]
            while let brace = rest.firstIndex(of: "{") {
                text += rest[..<brace]
                rest = rest[brace...]
                if let (name, value) = values.first(where: { rest.hasPrefix($0.key) }) {
                    text += value
                    rest = rest.dropFirst(name.count)
                } else {
                    text.append(rest.removeFirst())
                }
            }
            return text + rest
        }
        // Digits need no escapes anywhere; the facility's name does, in JSON as in a URL.
        let plain = String(facility.map { "\"\\&=?#%+<>".contains($0) ? " " : $0 })
        let isGet = method.uppercased() == "GET"
        let inURL = String(plain.map { $0 == " " ? "+" : $0 })
        return HTTPCall(
            isGet ? .get : .post, filled(url, inURL),
            headers: headers.map { HTTPHeader($0.name, filled($0.value, plain)) },
            body: isGet ? [] : Array(filled(body, plain).utf8))
    }
}
