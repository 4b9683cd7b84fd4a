internal import ABDM
internal import Glibc
internal import Index
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
        var lines = 0
        var meter = CommandProgress("requests")
        while try reader.nextLine({ (line, next) throws(CommandError) in
            lines += 1
            guard !line.isBlank else { return }
            _ = discoverer.discover(
                body: line, facility: nil, requestID: nil, explain: explains, next: next,
                in: snapshot, into: &writer)
            writer.raw("\n")
            if writer.bytes.count >= 1 << 16 {
                try Terminal.write(writer.bytes)
                writer.reset()
            }
        }) {
            meter.count(lines)
        }
        try Terminal.write(writer.bytes)
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
