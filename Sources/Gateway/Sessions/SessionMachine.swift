/// When a session token is fetched, used, renewed and thrown away; decides, and does none of it.
///
/// A token is renewed in the second half of its life while it is still handed out; one fetch is under way
/// at most. After a failure nothing is fetched for a while that doubles each time.
struct SessionMachine {
    /// What somebody who wants a token gets.
    enum Turn: Equatable {
        case use(SessionToken)
        /// There will be an answer when the fetch has ended.
        case wait
        case fail(SessionError)
    }

    private var token: SessionToken?
    private var renewAt: Int64 = 0
    private var isFetching = false
    private var count = 0
    private var failures = 0
    private var lastError = SessionError.tokenRefused
    /// Before this moment nothing is fetched.
    private var fetchNotBefore = Int64.min

    /// A token that ends sooner than this is not handed out: the call has to arrive first.
    static let marginMilliseconds: Int64 = 30_000
    /// The first and the longest pause after a failure.
    static let pauseMilliseconds: ClosedRange<Int64> = 500...60_000
    /// A token that was refused so soon after it was fetched is not replaced at once.
    static let gapMilliseconds: Int64 = 1000

    /// Somebody wants a token.
    ///
    /// - Returns: what to tell, and whether to fetch one.
    mutating func ask(now: Int64) -> (turn: Turn, fetches: Bool) {
        if let token, token.expiresAtMilliseconds > now {
            return (.use(token), startFetch(now: now, isDue: now >= renewAt))
        }
        token = nil
        if isFetching { return (.wait, false) }
        guard startFetch(now: now, isDue: true) else { return (.fail(lastError), false) }
        return (.wait, true)
    }

    /// A fetch brought a token.
    mutating func receive(_ reply: SessionReply, now: Int64) -> SessionToken {
        isFetching = false
        failures = 0
        fetchNotBefore = now + Self.gapMilliseconds
        lastError = .tokenRefused
        count += 1
        let life = reply.expiresInSeconds * 1000
        // Of a very short life the margin is half.
        let margin = min(Self.marginMilliseconds, life / 2)
        let next = SessionToken(
            text: reply.accessToken, expiresAtMilliseconds: now + life - margin, number: count)
        token = next
        // Early: tokens that should live for 1800 s have been seen to end after 1200.
        renewAt = now + life / 2
        return next
    }

    /// A fetch brought none.
    mutating func fail(_ error: SessionError, now: Int64) {
        isFetching = false
        lastError = error
        let pause = Self.pauseMilliseconds.lowerBound << Int64(min(failures, 16))
        failures += 1
        fetchNotBefore = now + min(pause, Self.pauseMilliseconds.upperBound)
    }

    /// The gateway answered a call that carried this token with 401.
    mutating func refuse(_ refused: SessionToken) {
        if token?.number == refused.number { token = nil }
    }

    private mutating func startFetch(now: Int64, isDue: Bool) -> Bool {
        // A clock that was set back must not hold up everything until it is there again.
        let isPausing =
            now < fetchNotBefore && fetchNotBefore - now <= Self.pauseMilliseconds.upperBound
        guard isDue, !isFetching, !isPausing else { return false }
        isFetching = true
        return true
    }
}
