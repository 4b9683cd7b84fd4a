/// The calls of one destination: how many are under way, and who waits for a turn.
///
/// First come, first served; every call of a client has the same time, so that whoever is first has
/// the least of it left.
struct DestinationQueue {
    private(set) var active = 0
    private var waiting: [PendingCall] = []
    /// Where the first one stands; those before it have gone.
    private var head = 0

    var waitingCount: Int { waiting.count - head }
    var isIdle: Bool { active == 0 && waitingCount == 0 }

    mutating func append(_ call: PendingCall) { waiting.append(call) }

    /// The first one, if there is room for it; counted as under way from now on.
    mutating func startNext(concurrentMax: Int) -> PendingCall? {
        guard active < concurrentMax, let call = pop() else { return nil }
        active += 1
        return call
    }

    /// The first one, if it has waited for too long.
    mutating func popExpired(now: UInt64, patienceMilliseconds: UInt64) -> PendingCall? {
        guard head < waiting.count, waiting[head].sinceMilliseconds + patienceMilliseconds <= now
        else { return nil }
        return pop()
    }

    /// One that was under way has ended.
    mutating func end() {
        precondition(active > 0, "an end without a start")
        active -= 1
    }

    /// Takes out everybody who waits.
    mutating func removeWaiting() -> [PendingCall] {
        defer {
            waiting = []
            head = 0
        }
        return Array(waiting[head...])
    }

    private mutating func pop() -> PendingCall? {
        guard head < waiting.count else { return nil }
        let call = waiting[head]
        head += 1
        // Each is moved at most once for each that has gone.
        if head * 2 >= waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
        return call
    }
}
