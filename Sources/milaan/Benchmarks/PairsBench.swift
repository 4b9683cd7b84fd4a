internal import JSON
internal import Matcher

/// Comparing given pairs of names by weight, to be held against other comparisons of the same pairs.
enum PairsBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        guard let path = scale.pairsPath else {
            throw CommandError("pairs needs --pairs FILE", code: .usage)
        }
        let raw = try NameColumns(path: path)
        guard raw.pairs > 0 else { throw CommandError("\(path) has no pair") }
        let folded = NameColumns(folding: raw)
        try measure("written", scale, raw.pairs) { (checksum) throws(CommandError) in
            var comparer = NameComparer()
            var arena = TextArena()
            for index in 0..<raw.pairs {
                arena.reset()
                let first = NameFolding.fold(raw.name(2 * index), into: &arena)
                let second = NameFolding.fold(raw.name(2 * index + 1), into: &arena)
                comparer.prepare(arena.bytes(first))
                checksum.add(comparer.compare(to: arena.bytes(second), by: .weighed).score)
            }
        }
        try measure("folded", scale, raw.pairs) { (checksum) throws(CommandError) in
            var comparer = NameComparer()
            for index in 0..<folded.pairs {
                comparer.prepare(folded.name(2 * index))
                let agreement = comparer.compare(to: folded.name(2 * index + 1), by: .weighed)
                checksum.add(agreement.score)
            }
        }
        try writeScores(folded)
    }

    private static func measure(
        _ name: String, _ scale: BenchScale, _ pairs: Int,
        _ body: (inout Checksum) throws(CommandError) -> Void
    ) throws(CommandError) {
        var report = BenchReport(name: "matcher/pairs/\(name)", operations: pairs)
        try report.repeating(scale) { () throws(CommandError) in
            var checksum = Checksum()
            let start = BenchClock.nanoseconds
            try body(&checksum)
            return (checksum.value, Double(BenchClock.nanoseconds - start) / Double(pairs), nil)
        }
        try report.write(scale)
    }

    /// One line with the score of each pair, 0 for two that cannot be compared.
    private static func writeScores(_ folded: borrowing NameColumns) throws(CommandError) {
        var comparer = NameComparer()
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string("matcher/pairs/scores")
        writer.key("scores")
        writer.beginArray()
        for index in 0..<folded.pairs {
            comparer.prepare(folded.name(2 * index))
            let agreement = comparer.compare(to: folded.name(2 * index + 1), by: .weighed)
            writer.integer(agreement.isIncomparable || !agreement.agrees ? 0 : agreement.score)
        }
        writer.endArray()
        writer.endObject()
        writer.raw("\n")
        try Terminal.write(writer.bytes)
    }
}

/// The names of a list of pairs one behind the other.
private struct NameColumns: ~Copyable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// Reads two names a line, a tab between them.
    ///
    /// - Throws: `CommandError` with the number of a line that has no tab, or of a longer name than the
    ///   door accepts.
    init(path: String) throws(CommandError) {
        let file = try OpenFile(path: path)
        var reader = LineReader(descriptor: file.descriptor)
        var lines = 0
        while try reader.nextLine({ (line) throws(CommandError) in
            lines += 1
            guard let tab = line.indices.first(where: { line[$0] == UInt8(ascii: "\t") }) else {
                throw CommandError("\(path):\(lines): not two names with a tab between them")
            }
            guard max(tab, line.count - tab - 1) <= NameFolding.bytesMax else {
                throw CommandError("\(path):\(lines): a name is longer than 512 bytes")
            }
            append(line.extracting(0..<tab))
            append(line.extracting(tab + 1..<line.count))
        }) {}
    }

    /// The folded names of another list.
    init(folding names: borrowing NameColumns) {
        var arena = TextArena()
        for index in names.ends.indices {
            arena.reset()
            let folded = NameFolding.fold(names.name(index), into: &arena)
            append(arena.bytes(folded))
        }
    }

    private mutating func append(_ name: Span<UInt8>) {
        for index in name.indices { bytes.append(name[index]) }
        ends.append(bytes.count)
    }

    var pairs: Int { ends.count / 2 }

    @_lifetime(borrow self)
    func name(_ index: Int) -> Span<UInt8> {
        let start = index == 0 ? 0 : ends[index - 1]
        return bytes.span.extracting(start..<ends[index])
    }
}
