internal import Tokens

/// When keys are fetched and how long they are believed; decides, and does none of it.
struct KeyCacheMachine {
    private(set) var keys: KeySet?
    private(set) var isFetching = false
    private var receivedAt = Int64.min
    /// Before this moment nothing is fetched.
    private var fetchNotBefore = Int64.min
    private var failures = 0
    /// Whether the fetch under way is for the sake of an id that was not there.
    private var isForUnknown = false
    /// How long after a fetch the next one may be.
    private var gap = Self.gapMilliseconds.lowerBound

    /// After so long the keys are fetched again, in the background.
    static let ageMilliseconds: Int64 = 3_600_000
    /// From one fetch to the next for the sake of an id that is not among them: it doubles each time that the
    /// keys turn out to be the same, so that strangers cannot make us ask in a loop.
    static let gapMilliseconds: ClosedRange<Int64> = 1000...30_000
    /// The first and the longest pause after a failure.
    static let pauseMilliseconds: ClosedRange<Int64> = 500...30_000

    /// What somebody with a token gets.
    enum Turn {
        case judge(KeySet)
        /// There will be keys, or none, when the fetch has ended.
        case wait
        case fail
    }

    /// Whether the last fetch brought nothing, so that keys may be missing which the gateway has.
    var hasFailed: Bool { failures > 0 }

    /// Somebody has a token to judge.
    ///
    /// - Returns: what to do with it, and whether to fetch the keys.
    mutating func ask(now: Int64) -> (turn: Turn, fetches: Bool) {
        guard let keys else {
            if isFetching { return (.wait, false) }
            let fetches = startFetch(now: now)
            return (fetches ? .wait : .fail, fetches)
        }
        let isOld = now - receivedAt >= Self.ageMilliseconds || now < receivedAt
        return (.judge(keys), isOld && startFetch(now: now))
    }

    /// A token is signed with a key that these keys do not have.
    ///
    /// - Parameters:
    ///   - judged: the keys with which it was judged.
    ///   - now: milliseconds since 1970.
    /// - Returns: what to do with it, and whether to fetch the keys.
    mutating func askForUnknown(_ judged: KeySet, now: Int64) -> (turn: Turn, fetches: Bool) {
        // Others have come while it was judged.
        if let keys, keys !== judged { return (.judge(keys), false) }
        if isFetching { return (.wait, false) }
        let fetches = startFetch(now: now)
        isForUnknown = fetches
        return (fetches ? .wait : .fail, fetches)
    }

    mutating func receive(_ keys: KeySet, now: Int64) {
        let isSame = self.keys.map { Set($0.keyIDs) == Set(keys.keyIDs) } ?? false
        if !isSame {
            gap = Self.gapMilliseconds.lowerBound
        } else if isForUnknown {
            gap = min(gap * 2, Self.gapMilliseconds.upperBound)
        }
        isForUnknown = false
        self.keys = keys
        isFetching = false
        failures = 0
        receivedAt = now
        fetchNotBefore = now + gap
    }

    mutating func fail(now: Int64) {
        isFetching = false
        isForUnknown = false
        let pause = Self.pauseMilliseconds.lowerBound << Int64(min(failures, 16))
        failures += 1
        fetchNotBefore = now + min(pause, Self.pauseMilliseconds.upperBound)
    }

    private mutating func startFetch(now: Int64) -> Bool {
        // A clock that was set back must not hold up everything until it is there again.
        let isPausing =
            now < fetchNotBefore && fetchNotBefore - now <= Self.gapMilliseconds.upperBound
        guard !isFetching, !isPausing else { return false }
        isFetching = true
        return true
    }
}
