internal import Synthetic
internal import TextDistance

/// Bounded Levenshtein on folded names of the synthetic hospital.
enum KernelBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        if let path = scale.names.path {
            return try NameListBench.run(try FoldedNames(path: path), scale)
        }
        if scale.names.areWritten {
            let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
            return try FoldedNames(hospital).write()
        }
        let names = FoldedNames(
            SyntheticHospital(patients: min(scale.rows, 20_000), seed: scale.seed))
        for limit in [1, 2, 3] {
            var report = BenchReport(
                name: "textDistance/oneOff/limit\(limit)", operations: names.pairs)
            try report.repeating(scale) { () throws(CommandError) in
                var checksum = Checksum()
                let start = BenchClock.nanoseconds
                for index in 0..<names.pairs {
                    let distance = boundedDistance(
                        names.span.extracting(names.range(index)),
                        names.span.extracting(names.range(names.partner(of: index))),
                        limit: limit)
                    checksum.add(distance ?? -1)
                }
                return (
                    checksum.value,
                    Double(BenchClock.nanoseconds - start) / Double(names.pairs), nil
                )
            }
            try report.write(scale)
            try prepared(names, limit, expecting: report.checksum, scale)
        }
    }

    /// One pattern against sixteen texts: the shape of a request and its candidates.
    private static func prepared(
        _ names: borrowing FoldedNames, _ limit: Int, expecting checksum: UInt64,
        _ scale: BenchScale
    ) throws(CommandError) {
        var patterns = PreparedPatterns(slots: 1)
        var report = BenchReport(
            name: "textDistance/prepared16/limit\(limit)", operations: names.pairs)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            let start = BenchClock.nanoseconds
            for index in 0..<names.pairs {
                if index % 16 == 0 {
                    patterns.prepare(names.span.extracting(names.range(index)), slot: 0)
                }
                let text = names.span.extracting(names.range(names.partner(of: index)))
                checksum.add(patterns.distance(slot: 0, to: text, limit: limit) ?? -1)
            }
            return (
                checksum.value, Double(BenchClock.nanoseconds - start) / Double(names.pairs), nil
            )
        }
        try report.write(scale)
    }
}
