/// `milaan bench`: measurements in this process, one JSON object a line.
enum BenchCommand: Command {
    static let name = "bench"
    static let summary = "measure in this process, one JSON object a line"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let names = benches.map(\.name).joined(separator: "|")
        let table = OptionTable(
            program: "milaan bench", argumentsName: names,
            help: "Measures on a synthetic hospital and prints one JSON object a line: median,"
                + " minimum, 99th percentile, rate, and a checksum of the answers."
                + "\u{b}Every measurement is repeated at least five times; answers that differ"
                + " between repetitions end it with an error.",
            options: SourceOptions.options([Settings.database, Settings.patients]) + [
                CommandOption(
                    name: "rows", valueName: "N", help: "Patient rows (default 1000000)"),
                CommandOption(name: "seed", valueName: "S", help: "The seed (default 1)"),
                CommandOption(
                    name: "seconds", valueName: "T",
                    help: "Repeat for at least so long (default 2)"),
                CommandOption(
                    name: "patients-only", valueName: nil,
                    help:
                        "For discover and batch: leave the care contexts out, for the largest hospitals"
                ),
                CommandOption(
                    name: "pairs", valueName: "FILE",
                    help: "For pairs: two names a line, a tab between them"),
                CommandOption(
                    name: "names", valueName: "FILE",
                    help: "For kernel: compare each of these names, one a line, with each, by every"
                        + " path of this machine; the checksum is the sum of all distances"),
                CommandOption(
                    name: "limit", valueName: "K",
                    help: "For kernel --names: a distance over K counts as K + 1 (default: exact)"),
                CommandOption(
                    name: "write-names", valueName: nil,
                    help: "For kernel: only print the hospital's folded names, one a line"),
            ])
        let options = table.parse(words)
        guard options.arguments.count == 1,
            let bench = benches.first(where: { $0.name == options.arguments[0] })
        else { throw CommandError("needs one of \(names)", code: .usage) }
        let scale = BenchScale(
            rows: try options.integer("rows", 1...400_000_000) ?? 1_000_000,
            seed: try options.seed(),
            seconds: Double(try options.integer("seconds", 0...3600) ?? 2),
            isPatientsOnly: options.isGiven("patients-only"),
            pairsPath: options["pairs"],
            names: NamesToCompare(
                path: options["names"], limit: try options.integer("limit", 0...65_534),
                areWritten: options.isGiven("write-names")))
        try bench.run(scale, try Configuration(options))
        return .success
    }

    private static var benches: [BenchEntry] {
        [
            BenchEntry(name: "discover", run: DiscoverBench.run),
            BenchEntry(name: "batch", run: BatchBench.run),
            BenchEntry(name: "candidates", run: CandidatesBench.run),
            BenchEntry(name: "search", run: SearchBench.run),
            BenchEntry(name: "kernel", run: KernelBench.run),
            BenchEntry(name: "names", run: NamesBench.run),
            BenchEntry(name: "pairs", run: PairsBench.run),
            BenchEntry(name: "memory", run: MemoryBench.run),
            BenchEntry(name: "load", run: LoadBench.run),
            BenchEntry(name: "build", run: BuildBench.run),
        ]
    }
}

/// A row of the table of measurements.
private struct BenchEntry {
    let name: String
    let run: (BenchScale, Configuration) throws(CommandError) -> Void
}

/// How much is measured.
struct BenchScale {
    var rows: Int
    var seed: UInt64
    var seconds: Double
    /// Whether care contexts are left out.
    var isPatientsOnly = false
    /// Where the names of `pairs` are.
    var pairsPath: String?
    var names = NamesToCompare()
}

/// What `kernel` compares instead of the hospital's own pairs.
struct NamesToCompare {
    /// One name a line; nil for the hospital's.
    var path: String?
    /// Nil for exact distances.
    var limit: Int?
    /// Whether the hospital's folded names are printed, and nothing is measured.
    var areWritten = false
}
