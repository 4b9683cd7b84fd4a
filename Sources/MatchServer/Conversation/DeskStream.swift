internal import CMicroHTTPD
internal import Index
internal import Synchronization

/// One desk's live stream: a reply that goes on until either side ends it.
///
/// The event loop asks for bytes; where there are none, the connection is set aside until there are. What is not yet
/// taken of one piece is all that a stream holds, however slow its client is.
final class DeskStream: Sendable {
    private struct State {
        /// What the client has not been given yet.
        var pending: ArraySlice<UInt8>
        /// The last event that is in `pending`, or was.
        var last: Int64
        var isSuspended = false
        /// Whether somebody has had news since the event loop last looked.
        var isWoken = false
        var isFetching = false
        /// Whether the number to begin behind is the client's word alone: another ledger may have been meant.
        var isUnchecked: Bool
        var isEnded = false
        var mustBeat = false
        var movedAt: UInt64
    }

    private enum Turn {
        case give(Int)
        case end
        case look(after: Int64)
        case fetch(after: Int64)
        case wait
    }

    let counter: DeskCounter
    private let streams: DeskStreams
    private let shared: ServerShared
    /// The library's name for the connection; valid while it is set aside.
    private let connection: UInt
    private let beatMilliseconds: UInt64
    private let state: ThreadLock<State>

    /// A stream that begins behind an event; 0 for the whole of today.
    init(
        _ counter: DeskCounter, after last: Int64, of streams: DeskStreams,
        _ connection: OpaquePointer, _ shared: ServerShared
    ) {
        self.counter = counter
        self.streams = streams
        self.shared = shared
        self.connection = UInt(bitPattern: connection)
        // Often enough that the doorkeeper sees the client taking something.
        let requestMilliseconds = UInt64(shared.configuration.requestSeconds) * 1000
        beatMilliseconds = min(15_000, requestMilliseconds / 3)
        // The first bytes take the head of the reply along.
        state = ThreadLock(
            State(
                pending: Array("retry: 2000\n\n".utf8)[...], last: last,
                isUnchecked: last > 0, movedAt: shared.clock.now))
    }

    /// Gives the next bytes to the event loop.
    ///
    /// - Returns: how many; 0 where the connection has been set aside; -1 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            switch unsafe turn(buffer) {
            case .give(let count): return count
            case .end: return -1
            case .look(let last):
                switch streams.news(of: counter, after: last) {
                case .bytes(let bytes, let through):
                    state.withLock { state in
                        state.pending = bytes[...]
                        state.last = through
                    }
                    continue
                case .inLedger:
                    state.withLock { $0.isFetching = true }
                    streams.fetch(for: self, after: last)
                case .nothing: break
                }
            case .fetch(let last): streams.fetch(for: self, after: last)
            case .wait: break
            }
            if suspend() { return 0 }
        }
    }

    /// Takes in what the ledger has; nil where it has failed, which ends the stream: the client comes again.
    func give(_ bytes: [UInt8]?, through: Int64) {
        state.withLock { state in
            state.isFetching = false
            state.isEnded = bytes == nil
            state.pending = (bytes ?? [])[...]
            state.last = through
        }
        wake()
    }

    /// Lets the event loop look again; from any thread.
    func wake() {
        state.withLock { state in
            guard state.isSuspended else {
                state.isWoken = true
                return
            }
            state.isSuspended = false
            if let connection = unsafe OpaquePointer(bitPattern: connection) {
                unsafe MHD_resume_connection(connection)
            }
            shared.suspendedConnections.subtract(1, ordering: .releasing)
        }
    }

    /// Gives a sign of life, if nothing else has gone out for a while: so that those between do not hang up, and a
    /// client that has gone is noticed.
    func beat() {
        let now = shared.clock.now
        let isDue = state.withLock { state in
            guard state.isSuspended, now > state.movedAt + beatMilliseconds else { return false }
            state.mustBeat = true
            return true
        }
        if isDue { wake() }
    }

    private func turn(_ buffer: UnsafeMutableRawBufferPointer) -> Turn {
        state.withLock { state in
            state.isWoken = false
            if state.pending.isEmpty, state.mustBeat { state.pending = Array(":\n\n".utf8)[...] }
            state.mustBeat = false
            if !state.pending.isEmpty {
                let count = min(buffer.count, state.pending.count)
                unsafe buffer.copyBytes(from: state.pending.prefix(count))
                state.pending = state.pending.dropFirst(count)
                state.movedAt = shared.clock.now
                return .give(count)
            }
            // Behind `isWoken`: whoever ends all streams after this look wakes this one. The ledger, which may be
            // waited for, may stand still for longer than the server is ready to.
            if state.isEnded || streams.hasEnded { return .end }
            if state.isFetching { return .wait }
            guard state.isUnchecked else { return .look(after: state.last) }
            state.isUnchecked = false
            state.isFetching = true
            return .fetch(after: state.last)
        }
    }

    /// Sets the connection aside, unless there were news meanwhile.
    private func suspend() -> Bool {
        state.withLock { state in
            guard !state.isWoken else { return false }
            state.isSuspended = true
            shared.suspendedConnections.add(1, ordering: .relaxed)
            if let connection = unsafe OpaquePointer(bitPattern: connection) {
                unsafe MHD_suspend_connection(connection)
            }
            return true
        }
    }
}
