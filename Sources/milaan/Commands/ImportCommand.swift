internal import Ingest

/// `milaan import`: fills a database of ours from files.
enum ImportCommand: Command {
    static let name = "import"
    static let summary = "fill a database from patient and care context files"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan import", argumentsName: nil,
            help: "Checks every row as a load would and writes the sound ones into the tables"
                + " patients and care_contexts, which it makes where they are missing.",
            options: SourceOptions.options(Settings.source))
        let configuration = try Configuration(table.parse(words))
        guard let database = configuration.text(Settings.database),
            let patients = configuration.text(Settings.patients)
        else { throw CommandError("needs --database URL and --patients FILE", code: .usage) }
        let url = try Configuration.databaseURL(database)
        if case .postgres = url, configuration.mapping != nil {
            throw CommandError(
                "the configuration maps tables of your own, and import fills only the tables that it"
                    + " makes itself: patients and care_contexts", code: .usage)
        }
        let options = SourceOptions.loadOptions(configuration)
        let result: ImportResult
        do throws(LoadError) {
            result = try importFiles(
                patients: patients, careContexts: configuration.text(Settings.careContexts),
                into: url, options: options)
        } catch {
            if case .notSupported(let what) = error.failure {
                throw CommandError(what, code: .usage)
            }
            throw CommandError(
                "the import failed: \(error)", code: SourceOptions.code(of: error))
        }
        SourceOptions.report(result.counts)
        guard result.isKept else {
            throw SourceOptions.tooManyRejects(result.counts, configuration)
        }
        Terminal.note(
            "imported \(result.counts.kept) in \(SourceOptions.seconds(result.seconds))")
        return .success
    }
}
