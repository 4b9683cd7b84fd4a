internal import Matcher
internal import Synthetic

/// Folding names, and comparing one request's name with sixteen records'.
enum NamesBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: min(scale.rows, 20_000), seed: scale.seed)
        try fold(hospital, scale)
        for tokens in [2, 4] {
            try compare(FoldedNames(hospital, tokens: tokens), by: .weighed, tokens, scale)
            try compare(FoldedNames(hospital, tokens: tokens), by: .tokens, tokens, scale)
        }
    }

    /// One prepared name against sixteen folded ones, half of them of the same neighbourhood.
    private static func compare(
        _ names: borrowing FoldedNames, by comparison: NameComparison, _ tokens: Int,
        _ scale: BenchScale
    ) throws(CommandError) {
        var comparer = NameComparer()
        var report = BenchReport(
            name: "matcher/names/\(comparison)\(tokens)", operations: names.pairs)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            let start = BenchClock.nanoseconds
            for index in 0..<names.pairs {
                if index % 16 == 0 {
                    comparer.prepare(names.span.extracting(names.range(index)))
                }
                let text = names.span.extracting(names.range(names.partner(of: index)))
                let agreement = comparer.compare(to: text, by: comparison)
                checksum.add(agreement.score)
            }
            return (
                checksum.value, Double(BenchClock.nanoseconds - start) / Double(names.pairs), nil
            )
        }
        try report.write(scale)
    }

    private static func fold(
        _ hospital: SyntheticHospital, _ scale: BenchScale
    ) throws(CommandError) {
        var raw: [UInt8] = []
        var ends: [Int] = []
        hospital.forEachPatient { patient in
            let name = patient.bytes(of: .name)
            for index in name.indices { raw.append(name[index]) }
            ends.append(raw.count)
        }
        var arena = TextArena()
        var report = BenchReport(name: "matcher/names/fold", operations: ends.count)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            let start = BenchClock.nanoseconds
            var first = 0
            for end in ends {
                arena.reset()
                let folded = NameFolding.fold(raw.span.extracting(first..<end), into: &arena)
                checksum.add(folded.count)
                first = end
            }
            return (
                checksum.value, Double(BenchClock.nanoseconds - start) / Double(ends.count), nil
            )
        }
        try report.write(scale)
    }
}
