public import ABDM
internal import CMicroHTTPD
internal import Glibc
public import Index
internal import JSON
public import Matcher
internal import Synchronization

/// The HTTP server: it listens from its creation until it is drained or let go of.
public final class MilaanServer: Sendable {
    /// The port it listens on, also where the configuration left the choice open; 0 of a Unix domain socket.
    public let port: UInt16

    private let shared: ServerShared
    private let loops: [EventLoop]
    private let doorkeeper: Doorkeeper
    private let isStopped = ThreadLock(false)

    /// Listens and starts to answer.
    ///
    /// - Parameters:
    ///   - configuration: the address and the limits.
    ///   - snapshots: where each request finds its world; requests are answered 503 until the
    ///     first is published.
    ///   - conversation: who answers ABDM's callbacks; nil for a server that knows no such paths.
    ///   - log: where events go.
    ///   - makeDiscoverer: called once for each event loop, before the first request.
    /// - Throws: `ServerError`, for instance when the address is in use.
    public convenience init(
        configuration: ServerConfiguration, snapshots: CurrentSnapshot,
        conversation: Conversation? = nil, log: ServerLog = .standardError,
        makeDiscoverer: @escaping @Sendable () -> Discoverer
    ) throws(ServerError) {
        try self.init(
            configuration: configuration, snapshots: snapshots, conversation: conversation,
            log: log, makeFinder: { ProfileFinder(makeDiscoverer()) }
        ) {
            let owned = OwnedDiscoverer(makeDiscoverer())
            return { parts, bytes, facility, requestID, explain, snapshot, writer, each in
                owned.discoverer.discover(
                    parts, of: bytes, facility: facility, requestID: requestID, explain: explain,
                    in: snapshot, into: &writer
                ) { report, writer in
                    each(
                        (report.outcome, report.candidatesVisited, report.namesCompared), &writer)
                }
            }
        }
    }

    /// The same with any decision, for tests of what is round it.
    package init(
        configuration: ServerConfiguration, snapshots: CurrentSnapshot,
        conversation: Conversation? = nil, log: ServerLog,
        makeFinder: (@Sendable () -> ProfileFinder)? = nil, makeDecide: () -> DecideFunction
    ) throws(ServerError) {
        if let field = configuration.firstBadField() { throw .configuration(field: field) }
        let listener = try ListeningSocket(configuration)
        let port = listener.port
        let shared = ServerShared(
            configuration: configuration, snapshots: snapshots,
            conversation: conversation?.service, log: log)
        let facility = configuration.defaultFacility
        let makeFinder =
            makeFinder ?? { ProfileFinder(Discoverer(defaultFacility: facility)) }
        var loops: [EventLoop] = []
        for counters in shared.counters {
            let worker = Worker(
                shared: shared, counters: counters, decide: makeDecide(),
                callbackRule: conversation?.rule, makeFinder: makeFinder)
            loops.append(try EventLoop(worker: worker))
        }
        doorkeeper = try Doorkeeper(shared: shared, listener: listener, loops: loops)
        try doorkeeper.start()
        self.port = port
        self.shared = shared
        self.loops = loops
        log.write(.started(port: port, threads: configuration.threads))
    }

    deinit { drain(timeoutSeconds: 0) }

    /// The sums of the counters at this moment.
    public var metrics: ServerMetrics { ServerMetrics(shared) }

    /// Stops accepting, answers what is under way, and stops.
    ///
    /// Connections without a request are closed, and so are those whose request does not go on for
    /// `drainStallSeconds`; a request that comes on an open connection is answered 503. Called again, it
    /// returns at once.
    ///
    /// - Parameter timeoutSeconds: after which the connections that are left are cut.
    public func drain(timeoutSeconds: Int) {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        shared.log.write(.draining(openConnections: shared.table.openCount))
        shared.isDraining.store(true, ordering: .relaxed)
        shared.conversation?.streams.end()
        doorkeeper.drain()
        let deadline = monotonicNanoseconds() + UInt64(max(0, timeoutSeconds)) * 1_000_000_000
        while shared.table.openCount > 0, !shared.isDrainOver.load(ordering: .relaxed),
            monotonicNanoseconds() < deadline
        {
            _ = usleep(5000)
        }
        let cut = shared.table.openCount + shared.stalledConnections.load(ordering: .relaxed)
        doorkeeper.stop()
        endConnections()
        if awaitSuspended() {
            for loop in loops { loop.stop() }
        } else {
            // They may not be stopped, nor let go of: the process takes them along.
            log(abandoned: loops)
        }
        shared.lingering.closeAll()
        shared.log.write(.stopped(cutConnections: cut))
    }

    /// Makes a drain that is under way, or the next one, wait for no connection any longer.
    public func endDrain() { shared.isDrainOver.store(true, ordering: .relaxed) }

    /// How long whatever sets a request aside may take: longer than a call to the gateway.
    private static let suspendedSecondsMax: UInt64 = 25

    /// Waits until no connection is set aside: the library may not be stopped before.
    ///
    /// - Returns: false where that took too long.
    private func awaitSuspended() -> Bool {
        let deadline = monotonicNanoseconds() + Self.suspendedSecondsMax * 1_000_000_000
        while shared.suspendedConnections.load(ordering: .acquiring) > 0 {
            guard monotonicNanoseconds() < deadline else { return false }
            _ = usleep(2000)
        }
        return true
    }

    private func log(abandoned loops: [EventLoop]) {
        for loop in loops { _ = unsafe Unmanaged.passRetained(loop) }
        shared.log.write(.systemFailure(call: "drain", errno: ETIMEDOUT))
    }

    /// Ends every connection and waits until the loops have seen it.
    ///
    /// A loop that is told to stop while it still reads dereferences a null pointer at the first
    /// malformed request (libmicrohttpd 0.9.75: `transmit_error_response_len` relies on a response
    /// that `MHD_queue_response` does not keep during a shutdown). Without connections it cannot.
    private func endConnections() {
        let deadline = monotonicNanoseconds() + 10_000_000_000
        while shared.table.openCount > 0, monotonicNanoseconds() < deadline {
            shared.table.endAll()
            _ = usleep(2000)
        }
    }
}

/// What a server with ABDM's callbacks has more than one without.
public struct Conversation: Sendable {
    /// Who takes callbacks in and sends answers; to be stopped after the server.
    public var service: ConversationService
    /// The rule by which callbacks find patients.
    public var rule: MatchRule

    /// A conversation from its parts.
    public init(service: ConversationService, rule: MatchRule) {
        self.service = service
        self.rule = rule
    }
}

/// A discoverer that a closure can hold and change; one event loop's thread uses it.
private final class OwnedDiscoverer {
    /// A decision calls nobody who could ask for another one.
    @safe @exclusivity(unchecked) var discoverer: Discoverer

    init(_ discoverer: consuming Discoverer) { self.discoverer = discoverer }
}
