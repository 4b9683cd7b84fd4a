internal import ABDM
internal import Dispatch
internal import Index
internal import JSON
internal import MatchServer
internal import Matcher
internal import Synchronization
internal import Synthetic

/// Requests back to back: on one core, and on all of them; and decisions on requests that are decoded already.
enum BatchBench {
    /// How many requests are decoded before the clock starts: few enough to be in a core's cache still when they
    /// are decided.
    private static let groupCount = 16

    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let snapshot = try SyntheticImage.snapshot(
            of: hospital, isPatientsOnly: scale.isPatientsOnly)
        let bodies = RequestBodies(hospital, count: DiscoverBench.requests(scale))
        let rule = try configuration.rule()

        var single = BenchReport(name: "abdm/batch/1-thread", operations: bodies.count)
        try single.repeating(scale) { () throws(CommandError) in
            let start = BenchClock.nanoseconds
            let checksum = answer(bodies, 0..<bodies.count, snapshot, rule)
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
                let checksum = answer(bodies, 0..<bodies.count, snapshot, rule)
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
        try decideDecoded(bodies, snapshot, rule, scale)
    }

    /// Decisions alone, on one thread, in groups.
    ///
    /// What there is to decide on decoded requests takes them one at a time: `Discoverer.decode` and `decide`. So a
    /// group is decoded, each request by a discoverer of its own; the clock starts; they are decided one after the
    /// other, none of whose look-ups begins before its turn; the clock stops.
    private static func decideDecoded(
        _ bodies: RequestBodies, _ snapshot: Snapshot, _ rule: MatchRule, _ scale: BenchScale
    ) throws(CommandError) {
        let expected = decisions(on: bodies, snapshot, rule)
        var discoverers = PreparedSlots(count: groupCount) {
            Discoverer(rule: rule, defaultFacility: "HIP1")
        }
        var reports = [DiscoveryReport](
            repeating: DiscoveryReport(
                outcome: .badRequest, candidatesVisited: 0, namesCompared: 0),
            count: groupCount)
        var report = BenchReport(
            name: "abdm/batch/decoded-\(groupCount)", operations: bodies.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            var elapsed: UInt64 = 0
            for first in stride(from: 0, to: bodies.count, by: groupCount) {
                let count = min(groupCount, bodies.count - first)
                for index in 0..<count {
                    let body = bodies.range(first + index)
                    let isRequest = discoverers.change(index) {
                        $0.decode(bodies.bytes.span.extracting(body))
                    }
                    guard isRequest else { throw CommandError("a synthetic request was refused") }
                }
                let start = BenchClock.nanoseconds
                for index in 0..<count {
                    reports[index] = discoverers.change(index) { $0.decide(in: snapshot) }
                }
                elapsed += BenchClock.nanoseconds - start
                for index in 0..<count { checksum.add(reports[index]) }
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
        _ bodies: RequestBodies, _ range: Range<Int>, _ snapshot: Snapshot, _ rule: MatchRule
    ) -> UInt64 {
        var discoverer = Discoverer(rule: rule, defaultFacility: "HIP1")
        var writer = JSONWriter()
        var checksum = Checksum()
        for index in range {
            writer.reset()
            let report = discoverer.discover(
                body: bodies.bytes.span.extracting(bodies.range(index)), facility: nil,
                requestID: nil, explain: false,
                next: index + 1 < range.upperBound
                    ? bodies.bytes.span.extracting(bodies.range(index + 1)) : nil,
                in: snapshot, into: &writer)
            checksum.add(writer.bytes.count)
            checksum.add(report.candidatesVisited)
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
