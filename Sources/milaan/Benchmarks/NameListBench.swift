internal import TextDistance

/// Every name of a list compared with every one, by each path that this machine can run.
enum NameListBench {
    /// Prints a line a path: nanoseconds a pair, and the sum of all distances.
    ///
    /// - Parameters:
    ///   - names: the list.
    ///   - scale: the limit, and for how long.
    /// - Throws: `CommandError` when two repetitions, or two paths, give different sums.
    static func run(_ names: borrowing FoldedNames, _ scale: BenchScale) throws(CommandError) {
        var scale = scale
        scale.rows = names.pairs
        let limit = scale.names.limit ?? Int.max
        var sums: [UInt64] = []
        sums.append(
            try measure("oneOff", scale) { () in
                var sum: UInt64 = 0
                for first in 0..<names.pairs {
                    let pattern = names.span.extracting(names.range(first))
                    for second in 0..<names.pairs {
                        let text = names.span.extracting(names.range(second))
                        sum &+= UInt64(boundedDistance(pattern, text, limit: limit) ?? limit + 1)
                    }
                }
                return sum
            })
        var patterns = PreparedPatterns(slots: 1)
        sums.append(
            try measure("prepared", scale) { () in
                var sum: UInt64 = 0
                for first in 0..<names.pairs {
                    patterns.prepare(names.span.extracting(names.range(first)), slot: 0)
                    for second in 0..<names.pairs {
                        let text = names.span.extracting(names.range(second))
                        let distance = patterns.distance(slot: 0, to: text, limit: limit)
                        sum &+= UInt64(distance ?? limit + 1)
                    }
                }
                return sum
            })
        let blocks = NameBlocks(bytes: names.span, ends: names.ends.span, order: .byLength)
        var results = [UInt16](repeating: 0, count: names.pairs)
        for path in LanePath.available.reversed() {
            var batch = BatchPattern(path: path)
            let isChosen = path == .best
            sums.append(
                try measure("blocks-\(path)", scale, isChosen: isChosen) { () in
                    var sum: UInt64 = 0
                    for first in 0..<names.pairs {
                        batch.prepare(names.span.extracting(names.range(first)))
                        var row = results.mutableSpan
                        batch.distances(to: blocks, limit: limit, into: &row)
                        sum &+= Self.sum(row.span)
                    }
                    return sum
                })
        }
        guard sums.allSatisfy({ $0 == sums[0] }) else {
            throw CommandError("textDistance/names: two paths gave different sums")
        }
    }

    private static func sum(_ row: Span<UInt16>) -> UInt64 {
        var sum: UInt64 = 0
        for index in row.indices { sum &+= UInt64(row[index]) }
        return sum
    }

    /// Measures all pairs by one way and prints its line.
    private static func measure(
        _ name: String, _ scale: BenchScale, isChosen: Bool? = nil, _ body: () -> UInt64
    ) throws(CommandError) -> UInt64 {
        let limit = scale.names.limit.map { "limit\($0)" } ?? "exact"
        let pairs = scale.rows * scale.rows
        var report = BenchReport(name: "textDistance/names/\(name)/\(limit)", operations: pairs)
        report.isSum = true
        if let isChosen { report.extra = [("chosen", isChosen ? 1 : 0)] }
        try report.repeating(scale) { () throws(CommandError) in
            let start = BenchClock.nanoseconds
            let sum = body()
            return (sum, Double(BenchClock.nanoseconds - start) / Double(pairs), nil)
        }
        try report.write(scale)
        return report.checksum
    }
}
