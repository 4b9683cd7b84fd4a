internal import Glibc
internal import Ingest
internal import JSON
internal import Matcher

/// `milaan config`: what the configuration says in the end.
enum ConfigCommand: Command {
    static let name = "config"
    static let summary = "check the configuration, or show where each value came from"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan config", argumentsName: "check|show",
            help: "Reads the configuration as `serve` would: file, environment, command line."
                + "\u{b}check says whether it can be used; show prints every value, where it came"
                + " from and the variable that sets it, with secrets hidden.",
            options: SourceOptions.options(Settings.all))
        let options = table.parse(words)
        guard options.arguments.count == 1, let action = options.arguments.first,
            ["check", "show"].contains(action)
        else { throw CommandError("needs one of check, show", code: .usage) }
        let configuration = try Configuration(options)
        let rule = try configuration.rule()
        guard action == "show" else {
            _ = try ServeCommand.serverConfiguration(configuration)
            try ConversationOptions.check(configuration)
            let origins = [Settings.patients, Settings.database, Settings.snapshot]
            if origins.contains(where: { configuration.text($0) != nil }) {
                switch try configuration.origin() {
                case .load(let source): try check(files: source.files)
                case .snapshot(let path): try check(files: [path])
                }
            }
            warnOfFacilities(configuration)
            try Terminal.line("the configuration is sound")
            return .success
        }
        let width = Settings.all.map(\.path.count).max() ?? 0
        for setting in Settings.all {
            let pad = String(repeating: " ", count: width - setting.path.count)
            let entry = configuration.entries.first { $0.setting.path == setting.path }
            let value = entry.map { setting.shown($0.value) } ?? "-"
            try Terminal.line(
                "\(setting.path)\(pad)  \(value)"
                    + "  (\(entry?.origin.rawValue ?? "not set"); \(setting.variable))")
        }
        if let mapping = configuration.mapping {
            try show(mapping.patients.table, mapping.patients.columns, "database.patients")
            if let contexts = mapping.careContexts {
                try show(contexts.table, contexts.columns, "database.careContexts")
            }
        }
        try Terminal.line(
            "rule in force: unverified \(rule.unverified.rawValue), samePerson"
                + " \(rule.samePerson.rawValue), candidatesMax \(rule.candidatesMax), steps from the"
                + " \(configuration.steps == nil ? "profile" : "file"):")
        var writer = JSONWriter()
        RuleSteps.write(rule.steps, into: &writer)
        writer.raw("\n")
        try Terminal.write(writer.bytes)
        return .success
    }

    /// Whether the files of a source can be opened.
    private static func check(files: [String]) throws(CommandError) {
        for file in files where file != "-" {
            guard unsafe access(file, R_OK) != 0 else { continue }
            throw CommandError("cannot open \(file): \(Terminal.lastErrorText())", code: .usage)
        }
    }

    /// Says so where patients have facilities and their care contexts do not.
    ///
    /// No error: with one facility the two may agree all the same.
    private static func warnOfFacilities(_ configuration: Configuration) {
        guard let mapping = configuration.mapping, let contexts = mapping.careContexts,
            mapping.patients.columns["hip_id"] != nil, contexts.columns["hip_id"] == nil
        else { return }
        Terminal.note(
            "warning: database.careContexts.columns has no hip_id, as database.patients.columns"
                + " has: all care contexts belong to \(configuration.text(Settings.hip) ?? "HIP1"),"
                + " and those of other facilities' patients are refused")
    }

    private static func show(
        _ table: String, _ columns: [String: [String]], _ path: String
    ) throws(CommandError) {
        try Terminal.line("\(path).table  \(table)  (file)")
        for (field, names) in columns.sorted(by: { $0.key < $1.key }) {
            try Terminal.line("\(path).columns.\(field)  \(names.joined(separator: " + "))  (file)")
        }
    }
}
