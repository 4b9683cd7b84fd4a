internal import ABDM
internal import Synchronization

/// The counters of one event loop: written by its thread alone, read by whoever asks.
///
/// So an increment is a load and a store, on cache lines that no other thread writes.
@safe final class WorkerCounters: @unchecked Sendable {
    /// The statuses that the server sends, and 0 for requests that ended without a reply.
    static let statuses: [UInt32] = [
        200, 400, 404, 405, 413, 415, 500, 503, 202, 401, 409, 0,
    ]
    /// The upper ends of the latency buckets, in nanoseconds: 1, 2, 5 in each decade from 1
    /// microsecond to 10 seconds.
    static let bucketEnds: [UInt64] = [
        1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
        2_000_000, 5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000, 200_000_000,
        500_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000,
    ]

    // Worked out by the compiler: a stored one would be asked each time whether it has been made.
    private static var routes: Int { Route.unknown.rawValue + 1 }
    private static var outcomes: Int { DiscoveryOutcome.badRequest.index + 1 }
    private static var requestsStart: Int { 0 }
    private static var outcomesStart: Int { requestsStart + routes * 12 }
    private static var bucketsStart: Int { outcomesStart + 2 * outcomes }
    private static var sumsStart: Int { bucketsStart + routes * 23 }
    private static var workStart: Int { sumsStart + routes }
    private static var cells: Int { workStart + 2 }

    private let base: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        // Whole pairs of cache lines, so that no neighbour's writes reach these.
        let bytes = (WorkerCounters.cells * 8 + 127) & ~127
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 128)
        unsafe base = unsafe raw.bindMemory(
            to: Atomic<UInt64>.self, capacity: WorkerCounters.cells)
        for cell in 0..<WorkerCounters.cells {
            unsafe (base + cell).initialize(to: Atomic(0))
        }
    }

    deinit {
        unsafe base.deinitialize(count: WorkerCounters.cells)
        unsafe UnsafeMutableRawPointer(base).deallocate()
    }

    /// Counts an answered request, or one that ended without (status 0).
    func countRequest(_ route: Route, status: UInt32) {
        let index: Int
        switch status {
        case 200: index = 0
        case 400: index = 1
        case 404: index = 2
        case 405: index = 3
        case 413: index = 4
        case 415: index = 5
        case 500: index = 6
        case 503: index = 7
        case 202: index = 8
        case 401: index = 9
        case 409: index = 10
        default: index = 11
        }
        add(1, at: WorkerCounters.requestsStart + route.rawValue * 12 + index)
    }

    /// Counts one decision and its cost; `route` is discover or batch.
    func countDecision(_ route: Route, _ report: DecisionReport) {
        let index = route == .batch ? WorkerCounters.outcomes : 0
        add(1, at: WorkerCounters.outcomesStart + index + report.outcome.index)
        add(UInt64(clamping: report.candidatesVisited), at: WorkerCounters.workStart)
        add(UInt64(clamping: report.namesCompared), at: WorkerCounters.workStart + 1)
    }

    /// Counts what a search by name cost.
    func countSearch(_ report: SearchReport) {
        add(UInt64(clamping: report.namesCompared), at: WorkerCounters.workStart + 1)
    }

    /// Counts how long a request took.
    func countDuration(_ route: Route, nanoseconds: UInt64) {
        var bucket = 0
        while bucket < 22, nanoseconds > WorkerCounters.bucketEnds[bucket] { bucket += 1 }
        add(1, at: WorkerCounters.bucketsStart + route.rawValue * 23 + bucket)
        add(nanoseconds, at: WorkerCounters.sumsStart + route.rawValue)
    }

    func requests(_ route: Route, statusIndex: Int) -> UInt64 {
        value(at: WorkerCounters.requestsStart + route.rawValue * 12 + statusIndex)
    }

    func decisions(_ route: Route, _ outcome: DiscoveryOutcome) -> UInt64 {
        let index = route == .batch ? WorkerCounters.outcomes : 0
        return value(at: WorkerCounters.outcomesStart + index + outcome.index)
    }

    /// How many requests took at most `bucketEnds[bucket]` and more than the end before; 22 for
    /// those beyond the last.
    func durations(_ route: Route, bucket: Int) -> UInt64 {
        value(at: WorkerCounters.bucketsStart + route.rawValue * 23 + bucket)
    }

    func durationNanoseconds(_ route: Route) -> UInt64 {
        value(at: WorkerCounters.sumsStart + route.rawValue)
    }

    var candidatesVisited: UInt64 { value(at: WorkerCounters.workStart) }
    var namesCompared: UInt64 { value(at: WorkerCounters.workStart + 1) }

    private func add(_ amount: UInt64, at cell: Int) {
        let next = unsafe base[cell].load(ordering: .relaxed) &+ amount
        unsafe base[cell].store(next, ordering: .relaxed)
    }

    private func value(at cell: Int) -> UInt64 { unsafe base[cell].load(ordering: .relaxed) }
}

extension DiscoveryOutcome {
    /// Its place among all outcomes.
    fileprivate var index: Int {
        switch self {
        case .match: 0
        case .ambiguous: 1
        case .noMatch: 2
        case .noVerifiedIdentifier: 3
        case .tooManyCandidates: 4
        case .badRequest: 5
        }
    }
}
