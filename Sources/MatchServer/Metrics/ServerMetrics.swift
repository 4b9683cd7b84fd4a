public import ABDM
internal import Index
internal import Synchronization

/// The sums of a server's counters at one moment.
public struct ServerMetrics: Sendable {
    /// Requests answered, all routes and statuses.
    public let requests: UInt64
    /// Requests whose connection ended before the reply, or in the middle of a batch's.
    public let abortedRequests: UInt64
    /// Candidates that the decisions visited.
    public let candidatesVisited: UInt64
    /// Names that the decisions compared.
    public let namesCompared: UInt64
    /// Connections that are open.
    public let openConnections: Int
    /// Connections turned away at the limit.
    public let refusedConnections: Int
    /// Connections ended because their time was up.
    public let expiredConnections: Int
    /// Patient records in the present snapshot; nil before the first.
    public let rows: Int?
    /// How long ago the present snapshot was published; nil before the first.
    public let snapshotAgeSeconds: Double?

    private let shared: ServerShared

    init(_ shared: ServerShared) {
        self.shared = shared
        let aborted = WorkerCounters.statuses.count - 1
        var answeredSum: UInt64 = 0
        var abortedSum: UInt64 = 0
        for counters in shared.counters {
            for route in Route.allCases {
                for index in 0..<aborted {
                    answeredSum += counters.requests(route, statusIndex: index)
                }
                abortedSum += counters.requests(route, statusIndex: aborted)
            }
        }
        requests = answeredSum
        abortedRequests = abortedSum
        candidatesVisited = shared.counters.reduce(0) { $0 + $1.candidatesVisited }
        namesCompared = shared.counters.reduce(0) { $0 + $1.namesCompared }
        openConnections = shared.table.openCount
        refusedConnections = shared.refusedConnections.load(ordering: .relaxed)
        expiredConnections = shared.expiredConnections.load(ordering: .relaxed)
        let snapshot = shared.snapshots.read()
        rows = snapshot?.rows
        snapshotAgeSeconds = snapshot.map { max(0, wallSeconds() - Double($0.publishedAtSeconds)) }
    }

    /// Decisions with that outcome, single ones and those of batches.
    public func decisions(_ outcome: DiscoveryOutcome) -> UInt64 {
        decisions(.discover, outcome) + decisions(.batch, outcome)
    }

    func decisions(_ route: Route, _ outcome: DiscoveryOutcome) -> UInt64 {
        shared.counters.reduce(0) { $0 + $1.decisions(route, outcome) }
    }

    func requests(_ route: Route, statusIndex: Int) -> UInt64 {
        shared.counters.reduce(0) { $0 + $1.requests(route, statusIndex: statusIndex) }
    }

    func durations(_ route: Route, bucket: Int) -> UInt64 {
        shared.counters.reduce(0) { $0 + $1.durations(route, bucket: bucket) }
    }

    func durationNanoseconds(_ route: Route) -> UInt64 {
        shared.counters.reduce(0) { $0 + $1.durationNanoseconds(route) }
    }
}
