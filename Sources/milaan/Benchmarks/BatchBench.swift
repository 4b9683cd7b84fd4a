internal import ABDM
internal import Dispatch
internal import Index
internal import JSON
internal import MatchServer
internal import Matcher
internal import Synchronization
internal import Synthetic

/// Requests in groups, from bodies to replies: on one core, and on all of them; and decisions on requests that are
/// decoded already.
enum BatchBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let snapshot = try SyntheticImage.snapshot(
            of: hospital, isPatientsOnly: scale.isPatientsOnly)
        let bodies = RequestBodies(hospital, count: DiscoverBench.requests(scale))
        let rule = try configuration.rule()

        var single = BenchReport(name: "abdm/batch/1-thread", operations: bodies.count)
        try single.repeating(scale) { () throws(CommandError) in
            let start = BenchClock.nanoseconds
            let checksum = answer(bodies, snapshot, rule)
            let elapsed = BenchClock.nanoseconds - start
            return (checksum, Double(elapsed) / Double(bodies.count), nil)
        }
        try single.write(scale)

        let cores = ServerConfiguration.coresOnline
        var all = BenchReport(name: "abdm/batch/\(cores)-threads", operations: bodies.count * cores)
        try all.repeating(scale) { () throws(CommandError) in
            let sum = Mutex<UInt64>(0)
            let start = BenchClock.nanoseconds
            DispatchQueue.concurrentPerform(iterations: cores) { _ in
                let checksum = answer(bodies, snapshot, rule)
                sum.withLock { $0 &+= checksum }
            }
            let elapsed = BenchClock.nanoseconds - start
            return (
                sum.withLock { $0 }, Double(elapsed) / Double(bodies.count * cores), nil
            )
        }
        guard all.checksum == single.checksum &* UInt64(cores) else {
            throw CommandError("the threads gave other answers than one thread alone")
        }
        try all.write(scale)
        try decideDecoded(bodies, snapshot, rule, scale, together: false)
        try decideDecoded(bodies, snapshot, rule, scale, together: true)
    }

    /// Decisions alone, on one thread: a group is decoded, the clock starts, it is decided on, the clock stops.
    ///
    /// The look-ups of a group are made together; or else none of a request's begins before the one in front of it was
    /// decided.
    private static func decideDecoded(
        _ bodies: RequestBodies, _ snapshot: Snapshot, _ rule: MatchRule, _ scale: BenchScale,
        together: Bool
    ) throws(CommandError) {
        let expected = decisions(on: bodies, snapshot, rule)
        var discoverer = Discoverer(rule: rule, defaultFacility: "HIP1")
        let groupCount = Discoverer.groupCount
        var parts: [Range<Int>] = []
        var reports: [DiscoveryReport] = []
        var report = BenchReport(
            name: "abdm/batch/decoded-\(together ? String(groupCount) : "alone")",
            operations: bodies.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            var elapsed: UInt64 = 0
            for first in stride(from: 0, to: bodies.count, by: groupCount) {
                let count = min(groupCount, bodies.count - first)
                parts.removeAll(keepingCapacity: true)
                for index in first..<first + count { parts.append(bodies.range(index)) }
                guard discoverer.decode(parts.span, of: bodies.bytes.span) else {
                    throw CommandError("a synthetic request was refused")
                }
                reports.removeAll(keepingCapacity: true)
                let start = BenchClock.nanoseconds
                let step = together ? count : 1
                for place in stride(from: 0, to: count, by: step) {
                    discoverer.decide(place..<place + step, in: snapshot) { reports.append($0) }
                }
                elapsed += BenchClock.nanoseconds - start
                for report in reports { checksum.add(report) }
            }
            return (checksum.value, Double(elapsed) / Double(bodies.count), nil)
        }
        guard report.checksum == expected else {
            throw CommandError(
                "\(report.name): decided otherwise than where each is answered alone")
        }
        try report.write(scale)
    }

    /// The decisions of `discover`, one request at a time.
    private static func decisions(
        on bodies: RequestBodies, _ snapshot: Snapshot, _ rule: MatchRule
    ) -> UInt64 {
        var checksum = Checksum()
        bodies.answerEach(in: snapshot, by: rule) { report, _ in checksum.add(report) }
        return checksum.value
    }

    private static func answer(
        _ bodies: RequestBodies, _ snapshot: Snapshot, _ rule: MatchRule
    ) -> UInt64 {
        var discoverer = Discoverer(rule: rule, defaultFacility: "HIP1")
        var writer = JSONWriter()
        var checksum = Checksum()
        var parts: [Range<Int>] = []
        for first in stride(from: 0, to: bodies.count, by: Discoverer.groupCount) {
            parts.removeAll(keepingCapacity: true)
            for index in first..<min(first + Discoverer.groupCount, bodies.count) {
                parts.append(bodies.range(index))
            }
            writer.reset()
            var written = 0
            discoverer.discover(
                parts.span, of: bodies.bytes.span, facility: nil, requestID: nil, explain: false,
                in: snapshot, into: &writer
            ) { report, writer in
                checksum.add(writer.bytes.count - written)
                checksum.add(report.candidatesVisited)
                writer.raw("\n")
                written = writer.bytes.count
            }
        }
        return checksum.value
    }
}

extension Checksum {
    /// Adds how a request was decided and what it took.
    mutating func add(_ report: DiscoveryReport) {
        for byte in report.outcome.rawValue.utf8 { add(Int(byte)) }
        add(report.candidatesVisited)
        add(report.namesCompared)
    }
}
