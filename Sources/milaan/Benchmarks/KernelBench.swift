internal import Matcher
internal import Synthetic
internal import TextDistance

/// Bounded Levenshtein on folded names of the synthetic hospital.
enum KernelBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
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

/// Folded names one after the other.
struct FoldedNames: ~Copyable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// The names of a hospital's patients.
    ///
    /// - Parameters:
    ///   - hospital: whose patients.
    ///   - tokens: only names of two words, 2, or two such names one behind the other, 4; nil for all as
    ///     they are.
    init(_ hospital: SyntheticHospital, tokens: Int? = nil) {
        var arena = TextArena()
        var isHalf = false
        hospital.forEachPatient { patient in
            arena.reset()
            let folded = NameFolding.fold(patient.bytes(of: .name), into: &arena)
            let text = arena.bytes(folded)
            if tokens != nil, Self.words(text) != 2 { return }
            for index in text.indices { bytes.append(text[index]) }
            isHalf = tokens == 4 && !isHalf
            if isHalf { bytes.append(UInt8(ascii: " ")) } else { ends.append(bytes.count) }
        }
    }

    private static func words(_ text: Span<UInt8>) -> Int {
        var words = text.isEmpty ? 0 : 1
        for index in text.indices where text[index] == UInt8(ascii: " ") { words += 1 }
        return words
    }

    var pairs: Int { ends.count }

    var span: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span }
    }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// Half of the pairs are neighbours, who are often of one family, half are strangers.
    func partner(of index: Int) -> Int {
        index % 2 == 0 ? (index + 1) % pairs : (index * 7919 + 13) % pairs
    }
}
