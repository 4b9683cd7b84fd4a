/// The session token that our calls to the gateway carry: fetched, kept and renewed.
///
/// For any thread. One fetch is under way at most, however many want a token.
public final class SessionTokens: Sendable {
    private struct State {
        var machine = SessionMachine()
        var waiters: [@Sendable (Result<SessionToken, SessionError>) -> Void] = []
    }

    private let login: SessionLogin
    private let sender: any CallSender
    private let clock: any GatewayClock
    private let state = Waitable(State())

    /// Tokens of one login; nothing is fetched before somebody asks.
    public init(_ login: SessionLogin, sender: any CallSender, clock: any GatewayClock) {
        self.login = login
        self.sender = sender
        self.clock = clock
    }

    /// Hands over a token that is good for now.
    ///
    /// - Parameter then: called once: at once where a token is there or none may be fetched yet, else on
    ///   the sender's thread, which it must not hold up.
    public func withToken(
        _ then: @escaping @Sendable (Result<SessionToken, SessionError>) -> Void
    ) {
        let now = clock.unixMilliseconds
        let (turn, fetches) = state.withLock { state in
            let decision = state.machine.ask(now: now)
            if decision.turn == .wait { state.waiters.append(then) }
            return decision
        }
        if fetches { fetch() }
        switch turn {
        case .use(let token): then(.success(token))
        case .fail(let error): then(.failure(error))
        case .wait: break
        }
    }

    /// Says that the gateway answered 401 to a call with this token; the next one is another.
    ///
    /// A refusal of a token that has been replaced meanwhile changes nothing.
    public func refuse(_ token: SessionToken) {
        state.withLock { $0.machine.refuse(token) }
    }

    /// Fetches a token where there is none, and waits for it; never on the sender's thread.
    ///
    /// - Returns: a token that is good for now.
    /// - Throws: `SessionError`.
    public func tokenAndWait() throws(SessionError) -> SessionToken {
        let box = Waitable<Result<SessionToken, SessionError>?>(nil)
        withToken { result in box.update { $0 = result } }
        return try box.wait { $0 }.get()
    }

    private func fetch() {
        sender.send(login.call(CallStamp(clock: clock))) { result in self.finish(Self.reply(result))
        }
    }

    private static func reply(
        _ result: Result<HTTPAnswer, TransportError>
    ) -> Result<SessionReply, SessionError> {
        switch result {
        case .failure(let error):
            return .failure(.transport(error))
        case .success(let answer):
            guard answer.isSuccess else { return .failure(.refused(status: answer.status)) }
            guard let reply = SessionReply(answer.body.span) else {
                return .failure(.malformedReply)
            }
            return .success(reply)
        }
    }

    private func finish(_ reply: Result<SessionReply, SessionError>) {
        let now = clock.unixMilliseconds
        let (result, waiters) = state.withLock { state in
            let result: Result<SessionToken, SessionError>
            switch reply {
            case .success(let reply):
                result = .success(state.machine.receive(reply, now: now))
            case .failure(let error):
                state.machine.fail(error, now: now)
                result = .failure(error)
            }
            let waiters = state.waiters
            state.waiters = []
            return (result, waiters)
        }
        for waiter in waiters { waiter(result) }
    }
}
