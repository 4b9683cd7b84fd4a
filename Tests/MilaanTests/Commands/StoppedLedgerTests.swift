import Foundation
import Glibc
import JSON
import Postgres
import Synchronization
import TestSupport
import Testing

/// Discover callbacks that are sent one after the other by several gateways at a time.
private final class CallbackFlood: Sendable {
    private let acknowledged = Mutex<Set<String>>([])
    private let refused = Atomic<Int>(0)
    private let isOver = Atomic<Bool>(false)
    private let threads = Mutex<[WorkThread<Bool>]>([])

    init(_ network: PlayedNetwork, _ server: ProgramServer, senders: Int = 4) {
        for sender in 0..<senders {
            let thread = WorkThread { [self] in
                for number in 0..<100_000 where !isOver.load(ordering: .relaxed) {
                    let id = "d-\(sender)-\(number)"
                    let status = network.post(
                        server, "/v0.5/care-contexts/discover", Self.body(id))
                    // Who goes down takes no more.
                    guard let status else { break }
                    if status == 202 {
                        acknowledged.withLock { _ = $0.insert(CallbackStamp.id(id)) }
                    } else {
                        refused.add(1, ordering: .relaxed)
                    }
                }
                return true
            }
            threads.withLock { if let thread { $0.append(thread) } }
        }
    }

    /// The request ids that were answered 202.
    var taken: Set<String> { acknowledged.withLock { $0 } }

    /// How many were answered otherwise.
    var refusals: Int { refused.load(ordering: .relaxed) }

    func join() {
        isOver.store(true, ordering: .relaxed)
        for thread in threads.withLock({ $0 }) { _ = thread.join() }
    }

    private static func body(_ id: String) -> String {
        """
        {"requestId":"\(id)","timestamp":"2026-11-21T09:30:12.250Z","transactionId":"t-\(id)","patient":\
        {"id":"kavita.deshmukh@sbx","verifiedIdentifiers":[{"type":"MOBILE","value":"+91-9822014471"}],\
        "unverifiedIdentifiers":[],"name":"Kavita Anil Deshmukh","gender":"F","yearOfBirth":1988}}
        """
    }
}

@Suite("milaan serve, whose PostgreSQL is stopped while it drains", .serialized)
struct StoppedLedgerTests {
    @Test(
        "ends within its bound, and what it acknowledged is in the ledger and answered later",
        .enabled(
            if: ThrowawayCluster.isEnabled && ThrowawayCluster.isOurs,
            Comment(rawValue: ThrowawayCluster.skipReason)), arguments: LedgerOutage.allCases)
    func drains(outage: LedgerOutage) throws {
        let cluster = try StoppableCluster()
        let network = try PlayedNetwork()
        let server = try network.serve(ledger: cluster.url)
        let flood = CallbackFlood(network, server)
        for _ in 0..<6000 where flood.taken.count < 40 { usleep(5000) }
        try #require(flood.taken.count >= 40)
        try cluster.begin(outage)
        // Requests hang, or are told to come again; then the operator has enough.
        usleep(300_000)
        server.process.send(SIGTERM)
        // A request under way is told after 3 seconds, connections are cut after 30 and 10 more, a ledger that stands
        // is left alone after 15.
        #expect(try server.process.end(withinSeconds: 60) == .exit(0))
        flood.join()
        // The outage was met by some: otherwise this shows nothing.
        #expect(flood.refusals > 0)
        #expect(server.process.errors.contains(#""event":"stopped""#))
        try cluster.end(outage)
        let taken = flood.taken
        var connection = try cluster.connect()
        let rows = try connection.query("SELECT request_id FROM milaan_inbound")
        let written = Set(
            (0..<rows.rowCount).compactMap { rows.text(row: $0, column: 0)?.lowercased() })
        #expect(taken.subtracting(written).isEmpty, "\(taken.count) were acknowledged")
        // The next server sends what this one had no time for.
        let next = try network.serve(ledger: cluster.url)
        var unanswered = taken
        for _ in 0..<2000 where !unanswered.isEmpty {
            usleep(10_000)
            unanswered = taken.subtracting(
                try network.sent("/v0.5/care-contexts/on-discover").compactMap {
                    $0["resp"]?["requestId"]?.text?.lowercased()
                })
        }
        #expect(unanswered.isEmpty)
        next.process.send(SIGTERM)
        #expect(try next.process.end() == .exit(0))
    }
}
