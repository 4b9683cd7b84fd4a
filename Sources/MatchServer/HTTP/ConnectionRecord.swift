internal import Synchronization

/// Where a connection stands, as far as its patience is concerned.
enum ConnectionPhase: UInt64 {
    /// Nothing but the connection itself has come.
    case fresh
    /// A request was answered and no other has begun.
    case idle
    /// A request has begun and is not complete.
    case receiving
    /// The reply is under way.
    case replying
}

/// What the server remembers about one connection, from its acceptance to its end.
///
/// Everything belongs to the connection's event loop, but for `activity` and what is said to be the table's. The
/// table keeps the record alive as long as the library may name it.
@safe final class ConnectionRecord: @unchecked Sendable {
    let socket: Int32
    /// The event loop that it belongs to.
    let loop: ObjectIdentifier?
    /// The library's name for it; valid on its event loop, until it is closed.
    var connection: OpaquePointer?
    /// Where the table has it.
    var slot = -1
    /// Bytes that the client had not yet taken when the doorkeeper looked last; the table's.
    var untakenBytes = Int32.max

    /// Whether it was cut because its request did not go on during a drain; the table's.
    var isStalled = false

    /// The phase in the upper 2 bits and when it began or last moved in the others: written by the
    /// event loop, read by the doorkeeper.
    private let activity: Atomic<UInt64>

    /// The target of the request under way.
    var target: RequestTarget?
    /// Bytes of the target up to its first NUL.
    var targetBytes = 0
    var method = RequestMethod.other
    var headers = RequestHeaders()
    var headersAreComplete = false
    /// The answer that is due as soon as the request is complete, if it is not the route's.
    var refusal: Refusal?
    /// Unchecked as the worker's own.
    @safe @exclusivity(unchecked) var body: BodyBuffer?
    var bodyBytesMax = 0
    /// Bytes of the body that had come when the activity was stamped last.
    var stampedBodyBytes = 0
    /// Bytes of a body that nobody wants.
    var discardedBytes = 0
    var startedNanoseconds: UInt64 = 0
    var isAnswered = false
    /// Whether the reply is made while it is sent, so that it counts as one only at its end.
    var isStreaming = false
    /// Which request of the conversation with ABDM it is; nil for any other.
    var conversation: ConversationTarget?
    /// The answer that the request waits for, or has waited for; nil where it needs none from elsewhere.
    var deferral: Deferral?
    /// Whether the request's token was found to be good before its body came.
    var isAuthorized = false
    /// Whether a reply was sent before the client had sent everything, see `LingeringSockets`.
    var lingers = false

    init(socket: Int32, nowMilliseconds: UInt64, loop: ObjectIdentifier? = nil) {
        self.socket = socket
        self.loop = loop
        unsafe connection = nil
        activity = Atomic(ConnectionRecord.packed(.fresh, nowMilliseconds))
    }

    /// Enters a phase, or shows progress in it.
    func stamp(_ phase: ConnectionPhase, _ nowMilliseconds: UInt64) {
        activity.store(ConnectionRecord.packed(phase, nowMilliseconds), ordering: .relaxed)
    }

    /// Shows progress in the phase it was found in, unless it has moved on since.
    func restamp(_ found: (phase: ConnectionPhase, milliseconds: UInt64), _ now: UInt64) {
        _ = activity.compareExchange(
            expected: ConnectionRecord.packed(found.phase, found.milliseconds),
            desired: ConnectionRecord.packed(found.phase, now), ordering: .relaxed)
    }

    /// The phase and when it was stamped.
    var stamped: (phase: ConnectionPhase, milliseconds: UInt64) {
        let word = activity.load(ordering: .relaxed)
        return (ConnectionPhase(rawValue: word >> 62) ?? .fresh, word & ((1 << 62) - 1))
    }

    private static func packed(_ phase: ConnectionPhase, _ milliseconds: UInt64) -> UInt64 {
        phase.rawValue << 62 | milliseconds & ((1 << 62) - 1)
    }

    /// Forgets the request that ended; the body's memory is the caller's to take first.
    func reset() {
        target = nil
        headersAreComplete = false
        refusal = nil
        stampedBodyBytes = 0
        discardedBytes = 0
        isAnswered = false
        isStreaming = false
        guard conversation != nil else { return }
        conversation = nil
        deferral = nil
        isAuthorized = false
    }
}
