internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import Synthetic

/// One request at a time: from the body's bytes to the reply's bytes, and the decision alone.
enum DiscoverBench {
    /// How many requests: no more than people, for a small hospital is a look at whether it works.
    static func requests(_ scale: BenchScale) -> Int { min(20_000, scale.rows) }

    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let snapshot = try SyntheticImage.snapshot(
            of: hospital, isPatientsOnly: scale.isPatientsOnly)
        let bodies = RequestBodies(hospital, count: requests(scale))
        var discoverer = Discoverer(rule: try configuration.rule(), defaultFacility: "HIP1")
        try answer("body-to-reply", scale, bodies, snapshot, &discoverer)
        try decide(scale, bodies, snapshot, &discoverer)
        // What the weighed names cost beside the plain ones.
        var plain = Discoverer(rule: Profile.seed, defaultFacility: "HIP1")
        try answer("body-to-reply-seed", scale, bodies, snapshot, &plain)
    }

    /// From the body's bytes to the reply's bytes.
    ///
    /// - Parameters:
    ///   - name: the input's.
    ///   - scale: for how long.
    ///   - bodies: of discover requests.
    ///   - snapshot: which is asked.
    ///   - discoverer: which answers.
    /// - Throws: `CommandError` when two repetitions give different answers.
    static func answer(
        _ name: String, _ scale: BenchScale, _ bodies: RequestBodies, _ snapshot: Snapshot,
        _ discoverer: inout Discoverer
    ) throws(CommandError) {
        var writer = JSONWriter()
        var times = [UInt64](repeating: 0, count: bodies.count)
        var outcomes = OutcomeCounts()
        var report = BenchReport(name: "abdm/discover/\(name)", operations: bodies.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            outcomes = OutcomeCounts()
            var before = BenchClock.nanoseconds
            for index in 0..<bodies.count {
                writer.reset()
                let answer = discoverer.discover(
                    body: bodies.bytes.span.extracting(bodies.range(index)), facility: nil,
                    requestID: nil, explain: false, in: snapshot, into: &writer)
                let after = BenchClock.nanoseconds
                times[index] = after - before
                // The checksum is not part of the work.
                checksum.add(writer.bytes)
                outcomes.count(answer)
                before = BenchClock.nanoseconds
            }
            let sorted = times.sorted()
            return (
                checksum.value, Double(sorted[sorted.count / 2]),
                Double(sorted[sorted.count * 99 / 100])
            )
        }
        report.extra = outcomes.figures
        try report.write(scale)
    }

    /// Only the decision, on requests that were decoded before the clock starts.
    private static func decide(
        _ scale: BenchScale, _ bodies: RequestBodies, _ snapshot: Snapshot,
        _ discoverer: inout Discoverer
    ) throws(CommandError) {
        var times = [UInt64](repeating: 0, count: bodies.count)
        var report = BenchReport(name: "abdm/discover/decide", operations: bodies.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            for index in 0..<bodies.count {
                let part: [1 of Range<Int>] = [bodies.range(index)]
                guard discoverer.decode(part.span, of: bodies.bytes.span) else {
                    throw CommandError("a synthetic request was refused")
                }
                var answer: DiscoveryReport?
                let before = BenchClock.nanoseconds
                discoverer.decide(0..<1, in: snapshot) { answer = $0 }
                times[index] = BenchClock.nanoseconds - before
                if let answer { checksum.add(answer) }
            }
            let sorted = times.sorted()
            return (
                checksum.value, Double(sorted[sorted.count / 2]),
                Double(sorted[sorted.count * 99 / 100])
            )
        }
        try report.write(scale)
    }
}

/// How requests were answered, so that a measurement shows what it measured.
struct OutcomeCounts {
    private var matches = 0
    private var ambiguous = 0
    private var others = 0
    private var candidates = 0
    private var names = 0

    mutating func count(_ report: DiscoveryReport) {
        switch report.outcome {
        case .match: matches += 1
        case .ambiguous: ambiguous += 1
        case .noMatch, .noVerifiedIdentifier, .tooManyCandidates, .badRequest: others += 1
        }
        candidates += report.candidatesVisited
        names += report.namesCompared
    }

    var figures: [(name: StaticString, value: Int)] {
        [
            ("matches", matches), ("ambiguous", ambiguous), ("others", others),
            ("candidates", candidates), ("names_compared", names),
        ]
    }
}
