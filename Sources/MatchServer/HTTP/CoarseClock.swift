internal import Glibc
internal import Synchronization

/// A clock that is moved by one thread and read by all for the price of a load.
///
/// It lags behind the real one by up to a tick of the thread that moves it.
final class CoarseClock: Sendable {
    private let milliseconds: Atomic<UInt64>

    init() { milliseconds = Atomic(monotonicNanoseconds() / 1_000_000) }

    /// Milliseconds on the monotonic clock when it was moved last.
    var now: UInt64 { milliseconds.load(ordering: .relaxed) }

    /// Moves it to the present and gives that.
    @discardableResult
    func move() -> UInt64 {
        let now = monotonicNanoseconds() / 1_000_000
        milliseconds.store(now, ordering: .relaxed)
        return now
    }
}

/// Nanoseconds on the monotonic clock.
func monotonicNanoseconds() -> UInt64 {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
}

/// Seconds since 1970 on the wall clock.
func wallSeconds() -> Double {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
