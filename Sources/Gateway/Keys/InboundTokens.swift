public import Tokens

/// Judges the tokens that come with calls to us, with the gateway's keys fetched and kept.
///
/// For any thread. Keys are kept for an hour and longer where they cannot be fetched again; for a key id
/// that is not among them they are fetched once, with pauses that grow while nothing new comes of it.
public final class InboundTokens: Sendable {
    private struct Waiter: Sendable {
        let token: [UInt8]
        let then: @Sendable (Result<TokenClaims, InboundTokenError>) -> Void
    }

    private struct State {
        var machine = KeyCacheMachine()
        var waiters: [Waiter] = []
        var lastError: KeyFetchError?
    }

    private let source: KeySource
    private let verifier: TokenVerifier
    private let sender: any CallSender
    private let clock: any GatewayClock
    private let state = Waitable(State())

    /// As many calls wait for keys at one time; one more is told that there are none.
    public static let waitersMax = 4096

    /// A judge with the keys of one source; nothing is fetched before `prepare` or the first token.
    public init(
        _ source: KeySource, verifier: TokenVerifier = TokenVerifier(), sender: any CallSender,
        clock: any GatewayClock
    ) {
        self.source = source
        self.verifier = verifier
        self.sender = sender
        self.clock = clock
    }

    /// Fetches the keys ahead of the first token; does nothing where they are there.
    public func prepare() {
        let now = clock.unixMilliseconds
        if state.withLock({ $0.machine.ask(now: now).fetches }) { fetch() }
    }

    /// Whether there are keys; what was wrong with the last fetch, if it failed.
    public var status: (hasKeys: Bool, lastError: KeyFetchError?) {
        state.withLock { ($0.machine.keys != nil, $0.lastError) }
    }

    /// Judges a token with the keys in hand.
    ///
    /// - Parameter authorization: the value of the header; empty where there is none.
    /// - Returns: what the token says; nil where keys have to be fetched first, as nearly never: then
    ///   `verify(_:then:)` or `verifyAndWait` is for it.
    /// - Throws: `InboundTokenError`.
    public func verifyNow(
        _ authorization: Span<UInt8>
    ) throws(InboundTokenError) -> TokenClaims? {
        let token = try Self.token(authorization)
        let now = clock.unixMilliseconds
        let (turn, fetches) = state.withLock { $0.machine.ask(now: now) }
        if fetches { fetch() }
        guard case .judge(let keys) = turn else {
            if case .fail = turn { throw .keysUnavailable }
            return nil
        }
        do throws(TokenError) {
            return try verifier.verify(token, keys: keys, nowSeconds: now / 1000)
        } catch {
            guard error == .unknownKey else { throw .token(error) }
        }
        let (second, fetchesAgain, hasFailed) = state.withLock { state in
            let (turn, fetches) = state.machine.askForUnknown(keys, now: now)
            return (turn, fetches, state.machine.hasFailed)
        }
        if fetchesAgain { fetch() }
        if case .fail = second { throw Self.error(forUnknownKeyAfterFailure: hasFailed) }
        return nil
    }

    /// Judges a token, with keys fetched for it if need be.
    ///
    /// - Parameters:
    ///   - authorization: the value of the header; empty where there is none.
    ///   - then: called once: at once where the keys are there, else on the sender's thread, which it must
    ///     not hold up.
    public func verify(
        _ authorization: Span<UInt8>,
        then: @escaping @Sendable (Result<TokenClaims, InboundTokenError>) -> Void
    ) {
        do throws(InboundTokenError) {
            let token = try Self.token(authorization)
            let copy = token.indices.map { token[$0] }
            judge(Waiter(token: copy, then: then))
        } catch {
            then(.failure(error))
        }
    }

    /// Judges a token and waits for keys if need be; never on the sender's thread.
    ///
    /// - Parameters:
    ///   - authorization: the value of the header; empty where there is none.
    ///   - milliseconds: how long to wait at most.
    /// - Returns: what the token says.
    /// - Throws: `InboundTokenError`; `keysUnavailable` when the time is up.
    public func verifyAndWait(
        _ authorization: Span<UInt8>, milliseconds: UInt64
    ) throws(InboundTokenError) -> TokenClaims {
        if let claims = try verifyNow(authorization) { return claims }
        let box = Waitable<Result<TokenClaims, InboundTokenError>?>(nil)
        verify(authorization) { result in box.update { $0 = result } }
        let deadline = monotonicMilliseconds() + milliseconds
        guard let result = box.wait(untilMilliseconds: deadline, { $0 }) else {
            throw .keysUnavailable
        }
        return try result.get()
    }

    @_lifetime(copy authorization)
    private static func token(
        _ authorization: Span<UInt8>
    ) throws(InboundTokenError) -> Span<UInt8> {
        do throws(TokenError) {
            let token = try BearerHeader.token(in: authorization)
            guard token.count <= JWTLimits.tokenBytesMax else { throw .tooLong }
            return token
        } catch {
            throw .token(error)
        }
    }

    /// Judges a token as far as that is possible now.
    private func judge(_ waiter: Waiter) {
        let now = clock.unixMilliseconds
        let (turn, fetches) = decide(for: waiter) { $0.ask(now: now) }
        switch turn {
        case .wait: break
        case .fail: waiter.then(.failure(.keysUnavailable))
        case .judge(let keys):
            let verdict = verdict(on: waiter.token, by: keys, now: now)
            if verdict == .failure(.token(.unknownKey)) {
                judgeWithOthers(waiter, than: keys, now: now)
            } else {
                waiter.then(verdict)
            }
        }
        if fetches { fetch() }
    }

    /// Judges a token whose key is not among the ones in hand.
    private func judgeWithOthers(_ waiter: Waiter, than judged: KeySet, now: Int64) {
        let (turn, fetches) = decide(for: waiter) { $0.askForUnknown(judged, now: now) }
        switch turn {
        case .wait: break
        case .fail:
            let hasFailed = state.withLock { $0.machine.hasFailed }
            waiter.then(.failure(Self.error(forUnknownKeyAfterFailure: hasFailed)))
        case .judge(let keys): waiter.then(verdict(on: waiter.token, by: keys, now: now))
        }
        if fetches { fetch() }
    }

    /// Asks the machine, and puts the token on the list where it says so and there is room.
    private func decide(
        for waiter: Waiter,
        _ ask: (inout KeyCacheMachine) -> (turn: KeyCacheMachine.Turn, fetches: Bool)
    ) -> (turn: KeyCacheMachine.Turn, fetches: Bool) {
        state.withLock { state in
            let decision = ask(&state.machine)
            guard case .wait = decision.turn else { return decision }
            guard state.waiters.count < Self.waitersMax else { return (.fail, decision.fetches) }
            state.waiters.append(waiter)
            return decision
        }
    }

    private func verdict(
        on token: [UInt8], by keys: KeySet, now: Int64
    ) -> Result<TokenClaims, InboundTokenError> {
        do throws(TokenError) {
            return .success(try verifier.verify(token.span, keys: keys, nowSeconds: now / 1000))
        } catch {
            return .failure(.token(error))
        }
    }

    /// A key that is not among those in hand is no key of the gateway's, unless it could not be asked.
    private static func error(forUnknownKeyAfterFailure hasFailed: Bool) -> InboundTokenError {
        hasFailed ? .keysUnavailable : .token(.unknownKey)
    }

    private func fetch() {
        source.fetch(sender, clock) { result in self.finish(result) }
    }

    private func finish(_ result: Result<KeySet, KeyFetchError>) {
        let now = clock.unixMilliseconds
        let (keys, waiters, hasFailed) = state.withLock { state in
            switch result {
            case .success(let keys):
                state.machine.receive(keys, now: now)
                state.lastError = nil
            case .failure(let error):
                state.machine.fail(now: now)
                state.lastError = error
            }
            let waiters = state.waiters
            state.waiters = []
            return (state.machine.keys, waiters, state.machine.hasFailed)
        }
        for waiter in waiters {
            guard let keys else {
                waiter.then(.failure(.keysUnavailable))
                continue
            }
            // Once more, whatever the fetch brought, and then it is as it is.
            var verdict = verdict(on: waiter.token, by: keys, now: now)
            if verdict == .failure(.token(.unknownKey)) {
                verdict = .failure(Self.error(forUnknownKeyAfterFailure: hasFailed))
            }
            waiter.then(verdict)
        }
    }
}
