internal import Glibc

/// What time it is in the world outside.
public protocol GatewayClock: Sendable {
    /// Milliseconds since the beginning of 1970, UTC.
    var unixMilliseconds: Int64 { get }
}

/// The machine's own clock.
public struct MachineClock: GatewayClock {
    /// A clock.
    public init() {}

    /// Milliseconds since the beginning of 1970, as the machine has them.
    public var unixMilliseconds: Int64 {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
