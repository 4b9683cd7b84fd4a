internal import ABDM
internal import Glibc
internal import Index
internal import Ingest
internal import JSON

/// `milaan discover`: answers a stream of requests without a server.
enum DiscoverCommand: Command {
    static let name = "discover"
    static let summary = "answer discover requests from standard input, one a line"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan discover", argumentsName: nil,
            help: "Answers discover bodies, one a line on standard input, by decisions in the same"
                + " order on standard output.\u{b}A line that is no request is answered by an error"
                + " object of its own; the rest goes on. Blank lines are passed over.",
            options: SourceOptions.options(Settings.answering + [Settings.profile]) + [
                CommandOption(name: "explain", valueName: nil, help: "Add the evidence")
            ])
        let options = table.parse(words)
        let configuration = try Configuration(options)
        let rule = try configuration.rule()
        let snapshot = try SourceOptions.load(configuration)
        var discoverer = Discoverer(
            rule: rule, defaultFacility: configuration.text(Settings.hip) ?? "HIP1")
        try answer(&discoverer, snapshot, explains: options.isGiven("explain"))
        return .success
    }

    private static func answer(
        _ discoverer: inout Discoverer, _ snapshot: Snapshot, explains: Bool
    ) throws(CommandError) {
        var reader = LineReader(descriptor: STDIN_FILENO)
        var writer = JSONWriter()
        func handOut() throws(CommandError) {
            try Terminal.write(writer.bytes)
            writer.reset()
        }
        var lines: [Range<Int>] = []
        var requests: [Range<Int>] = []
        var count = 0
        var asked = 0
        var refused = 0
        var meter = CommandProgress("requests")
        // Whoever waits for an answer before they ask again gets it before more is waited for.
        while try reader.nextLines(
            upTo: Discoverer.groupCount, into: &lines, beforeReading: handOut,
            { (lines, bytes) throws(CommandError) in
                count += lines.count
                requests.removeAll(keepingCapacity: true)
                for index in lines.indices where !bytes.extracting(lines[index]).isBlank {
                    requests.append(lines[index])
                }
                asked += requests.count
                discoverer.discover(
                    requests.span, of: bytes, facility: nil, requestID: nil, explain: explains,
                    in: snapshot, into: &writer
                ) { report, writer in
                    if report.outcome == .badRequest { refused += 1 }
                    writer.raw("\n")
                }
                if writer.bytes.count >= 1 << 16 { try handOut() }
            })
        {
            meter.count(count)
        }
        try handOut()
        guard refused > 0 else { return }
        Terminal.note(
            "warning: \(refused) of \(asked.counted("line")) \(refused == 1 ? "was" : "were") answered by"
                + " an error; a line must hold one whole request")
    }
}

extension Span<UInt8> {
    /// Whether the line holds nothing but white space.
    var isBlank: Bool {
        for index in indices {
            let byte = self[index]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return false }
        }
        return true
    }
}
