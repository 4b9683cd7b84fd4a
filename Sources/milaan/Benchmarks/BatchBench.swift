internal import ABDM
internal import Dispatch
internal import Index
internal import JSON
internal import MatchServer
internal import Matcher
internal import Synchronization
internal import Synthetic

/// Requests back to back: on one core, and on all of them.
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
