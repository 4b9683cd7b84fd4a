internal import ABDM
internal import Glibc
internal import Index
internal import JSON
internal import Matcher

/// `milaan evaluate`: how often the rule is right on requests whose true answers are known.
enum EvaluateCommand: Command {
    static let name = "evaluate"
    static let summary = "measure the rule on requests whose true answers are known"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan evaluate", argumentsName: nil,
            help: "Answers labelled discover requests in this process and counts by class what was"
                + " right, what was missed and what was wrong.\u{b}The truth is a CSV file with the"
                + " columns request_id, expected_ids and class, and where known confuser_ids,"
                + " all_person_ids and hip_id; ids within a field stand apart by spaces or semicolons. What"
                + " --worst prints belongs to whoever keeps the records; never send it on.",
            options: SourceOptions.options(Settings.answering + [Settings.profile]) + [
                CommandOption(
                    name: "requests", valueName: "FILE", help: "Discover bodies, one a line"),
                CommandOption(
                    name: "truth", valueName: "FILE", help: "The true answer of each request"),
                CommandOption(
                    name: "worst", valueName: "N", help: "Show so many errors (default 20)"),
            ])
        let options = table.parse(words)
        guard let requests = options["requests"], let truthPath = options["truth"] else {
            throw CommandError("needs --requests FILE and --truth FILE", code: .usage)
        }
        let worst = try options.integer("worst", 0...1_000_000) ?? 20
        let configuration = try Configuration(options)
        let rule = try configuration.rule()
        let truths = try EvaluationTruth(path: truthPath)
        let snapshot = try SourceOptions.load(configuration)
        var discoverer = Discoverer(
            rule: rule, defaultFacility: configuration.text(Settings.hip) ?? "HIP1")
        var tally = EvaluationTally()
        try answer(&discoverer, snapshot, requests, truths, &tally)
        guard tally.requests > 0 else {
            throw CommandError("no request has a line in the truth file")
        }
        for line in EvaluationReport.lines(tally, profile: rule.profile, worst: worst) {
            try Terminal.line(line)
        }
        return .success
    }

    private static func answer(
        _ discoverer: inout Discoverer, _ snapshot: Snapshot, _ path: String,
        _ truths: EvaluationTruth, _ tally: inout EvaluationTally
    ) throws(CommandError) {
        let file = try OpenFile(path: path)
        var reader = LineReader(descriptor: file.descriptor)
        var request = JSONDocument()
        var reply = JSONDocument()
        var writer = JSONWriter()
        var lines = 0
        var meter = CommandProgress("requests")
        while try reader.nextLine({ (line) throws(CommandError) in
            lines += 1
            guard !line.isBlank else { return }
            try parse(line, into: &request, "request \(lines)")
            guard let truth = truths.row(of: request.text(at: ["requestId"]) ?? "") else {
                tally.unknown += 1
                return
            }
            writer.reset()
            let facility = Array(truth.facility.utf8)
            _ = discoverer.discover(
                body: line, facility: facility.span, requestID: nil, explain: true, in: snapshot,
                into: &writer)
            try parse(writer.bytes, into: &reply, "reply \(lines)")
            tally.add(EvaluatedAnswer(reply), truth)
        }) {
            meter.count(lines)
        }
    }

    private static func parse(
        _ text: Span<UInt8>, into document: inout JSONDocument, _ what: String
    ) throws(CommandError) {
        do throws(JSONError) {
            try document.parse(text)
        } catch {
            throw CommandError("\(what) is not JSON: \(error.reason)")
        }
    }
}

/// A file that is closed with its owner.
struct OpenFile: ~Copyable {
    let descriptor: Int32

    /// Opens a file for reading.
    init(path: String) throws(CommandError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError("cannot read \(path): \(Terminal.lastErrorText())")
        }
    }

    deinit { close(descriptor) }
}
