internal import ABDM
public import Gateway
internal import Index
public import Ledger

/// The conversation with ABDM: callbacks come in, are decided and written down, and answers go out.
public final class ConversationService: Sendable {
    let configuration: ConversationConfiguration
    let facilities: FacilityList
    private let inbound: [WireVersion: InboundTokens]
    private let ledger: LedgerThread
    let outbox: OutboxSender
    /// Those who look at counters.
    let streams: DeskStreams
    private let log: ServerLog
    private let nextPurge = ThreadLock<Int64>(0)
    private let nextResume = ThreadLock<Int64>(0)

    /// Opens the conversation: what an earlier program had not sent is sent from now on.
    ///
    /// - Parameters:
    ///   - configuration: who we are, and to whom.
    ///   - ledger: what was promised to whom; nobody else uses it.
    ///   - sender: who makes our calls.
    ///   - clock: what time it is.
    ///   - log: where events go.
    /// - Throws: `ServerError` where there can be no thread.
    public init(
        configuration: ConversationConfiguration, ledger: sending LedgerBook,
        sender: any CallSender,
        clock: any GatewayClock = MachineClock(), log: ServerLog = .standardError
    ) throws(ServerError) {
        self.configuration = configuration
        self.log = log
        facilities = FacilityList(configuration.facilities.map(\.id))
        var sessions: [GatewayPath.Base: SessionTokens] = [:]
        var inbound: [WireVersion: InboundTokens] = [:]
        if let gateway = configuration.gateway {
            sessions[.gateway] = SessionTokens(
                SessionLogin(
                    .v05(gateway: gateway), clientID: configuration.clientID,
                    clientSecret: configuration.clientSecret), sender: sender, clock: clock)
            inbound[.gateway] = InboundTokens(
                .v05(gateway: gateway), sender: sender, clock: clock)
        }
        if let hiecm = configuration.hiecm {
            let tokens = SessionTokens(
                SessionLogin(
                    .v3(hiecm: hiecm, cmID: configuration.consentManager),
                    clientID: configuration.clientID, clientSecret: configuration.clientSecret),
                sender: sender, clock: clock)
            sessions[.hiecm] = tokens
            inbound[.v3] = InboundTokens(
                .v3(hiecm: hiecm, cmID: configuration.consentManager, tokens), sender: sender,
                clock: clock)
        }
        self.inbound = inbound
        self.ledger = LedgerThread(
            ledger, clock: clock, stallMilliseconds: configuration.stallMilliseconds)
        streams = DeskStreams(self.ledger)
        outbox = OutboxSender(
            configuration: configuration, sessions: sessions, sender: sender, ledger: self.ledger,
            clock: clock, log: log)
        for tokens in inbound.values { tokens.prepare() }
        self.ledger.submit(.recover) { _ in }
        try self.ledger.start(
            onTick: { [weak self] in self?.tick() }, onLate: { [weak self] in self?.send($0) })
    }

    deinit { stop() }

    /// Takes in and sends no more; what has been taken in is written down first.
    ///
    /// To be called when the server has been drained: its last callbacks still need the ledger.
    public func stop() {
        outbox.stop()
        ledger.stop()
    }

    private func tick() {
        outbox.takeDue()
        streams.tick()
        let now = ledger.now.milliseconds
        for (command, moment, every) in [
            (LedgerCommand.purge, nextPurge, 600_000), (.resume, nextResume, 30_000),
        ] where Self.isDue(moment, every: Int64(every), now) {
            ledger.submit(command) { result in
                if case .success(.toSend(let entries)) = result { self.outbox.send(entries) }
            }
        }
    }

    /// Whether something is due that is done every so many milliseconds, which it then is not.
    private static func isDue(
        _ next: ThreadLock<Int64>, every: Int64, _ now: Int64
    ) -> Bool {
        next.withLock { next in
            // Also where the clock was set back by more than the wait.
            guard now >= next || next - now > every else { return false }
            next = now + every
            return true
        }
    }

    // MARK: For the routes

    /// Judges the header `Authorization` of a callback with the keys in hand.
    ///
    /// - Returns: nil where keys have to be fetched first.
    func judgeNow(_ authorization: Span<UInt8>, _ version: WireVersion) -> TokenJudgement? {
        guard let tokens = inbound[version] else { return .bad }
        do throws(InboundTokenError) {
            return try tokens.verifyNow(authorization).map { _ in .good }
        } catch {
            return TokenJudgement(error)
        }
    }

    /// Judges the header `Authorization` of a callback, with keys fetched for it if need be.
    func judge(
        _ authorization: Span<UInt8>, _ version: WireVersion,
        then: @escaping @Sendable (TokenJudgement) -> Void
    ) {
        guard let tokens = inbound[version] else { return then(.bad) }
        tokens.verify(authorization) { result in
            switch result {
            case .success: then(.good)
            case .failure(let error): then(TokenJudgement(error))
            }
        }
    }

    /// Takes a callback in; when it is written down, its answer goes out.
    ///
    /// - Parameters:
    ///   - callback: what ABDM asks.
    ///   - then: whether it was written down; on the ledger's thread, which it must not hold up.
    func receive(_ callback: Callback, then: @escaping @Sendable (_ isKept: Bool) -> Void) {
        perform(.receive(callback)) { then($0 != nil) }
    }

    /// Does something with the ledger, and sends what comes of it.
    ///
    /// - Parameters:
    ///   - command: what to do.
    ///   - then: what it gave, nil where it could not be done; on the ledger's thread, which it must not hold up.
    func perform(
        _ command: LedgerCommand, then: @escaping @Sendable (LedgerReply?) -> Void
    ) {
        ledger.submit(command, isAwaited: true) { result in
            switch result {
            case .success(let reply):
                then(reply)
                if command.isSeenAtDesks { self.streams.ask() }
                self.send(reply)
            case .failure(let error):
                self.log.write(.ledgerFailure(problem: error.description))
                then(nil)
            }
        }
    }

    /// Sends what came of a command.
    private func send(_ reply: LedgerReply) {
        switch reply {
        case .toSend(let entries), .recorded(_, let entries), .registered(_, let entries),
            .authentication(_, let entries):
            outbox.send(entries)
        case .forgotten(let entries, let cancelled):
            outbox.drop(cancelled)
            outbox.send(entries)
        case .cancelled, .repeated, .revived, .listed, .queue, .patients, .deskEvents, .done: break
        }
    }

    /// The time, as the conversation knows it.
    var now: WireTime { ledger.now }
}

extension LedgerCommand {
    /// Whether it may change what a live stream shows.
    fileprivate var isSeenAtDesks: Bool {
        switch self {
        case .register: return true
        case .receive(let callback):
            switch callback.event {
            case .profileShare, .statusNotify: return true
            default: return false
            }
        default: return false
        }
    }
}

/// What can be said of the token of a callback.
enum TokenJudgement {
    case good
    case bad
    /// The gateway's keys cannot be had: it may be good, and whoever sent it should come again.
    case notKnown

    init(_ error: InboundTokenError) {
        switch error {
        case .token: self = .bad
        case .keysUnavailable: self = .notKnown
        }
    }
}
