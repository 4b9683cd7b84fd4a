internal import Glibc
internal import Ingest
internal import Matcher

/// The effective configuration of one command: file, then environment, then command line.
struct Configuration {
    /// Where a value came from.
    enum Origin: String {
        case builtIn = "default"
        case file
        case environment
        case commandLine = "command line"
    }

    /// A value and its origin.
    struct Entry {
        var setting: Setting
        var value: String
        var origin: Origin
    }

    private(set) var entries: [Entry] = []
    /// The columns of a database's tables; nil where they are called as in the files.
    private(set) var mapping: DatabaseMapping?
    /// The steps of the rule, where the file describes its own.
    private(set) var steps: [MatchStep]?

    /// Gathers the values of all settings.
    ///
    /// - Parameter options: the parsed command line; its option `config` names the file.
    /// - Throws: `CommandError` with the code for wrong usage, naming the setting and its origin.
    init(_ options: ParsedOptions) throws(CommandError) {
        var contents: ConfigurationFile?
        if let path = options["config"] ?? Self.variable("MILAAN_CONFIG") {
            contents = try ConfigurationFile(path: path)
        }
        mapping = contents?.mapping
        steps = contents?.steps
        for setting in Settings.all {
            var entry: Entry?
            if let value = setting.defaultValue {
                entry = Entry(setting: setting, value: value, origin: .builtIn)
            }
            if let value = contents?.values[setting.path] {
                entry = Entry(setting: setting, value: value, origin: .file)
            }
            if let value = Self.variable(setting.variable) {
                entry = Entry(setting: setting, value: value, origin: .environment)
            }
            if let flag = setting.flag, let value = options[flag] {
                entry = Entry(setting: setting, value: value, origin: .commandLine)
            }
            guard let entry else { continue }
            if let problem = setting.problem(of: entry.value) {
                throw CommandError(
                    "\(setting.path) (\(entry.origin.rawValue)) \(problem)", code: .usage)
            }
            entries.append(entry)
        }
    }

    /// The value of a setting; nil where none was said and it has no default.
    func text(_ setting: Setting) -> String? { text(setting.path) }

    /// The value of a setting that has a default.
    func integer(_ setting: Setting) -> Int { integer(setting.path) ?? 0 }

    func integer(_ path: String) -> Int? { text(path).flatMap { Int($0) } }

    func text(_ path: String) -> String? {
        entries.first { $0.setting.path == path }?.value
    }

    /// The rule: the profile, then the file's own steps, then the knobs.
    func rule() throws(CommandError) -> MatchRule {
        guard var rule = Profile.rule(named: text(Settings.profile) ?? "seed") else {
            throw CommandError("rule.profile is not known", code: .usage)
        }
        if let steps { rule.steps = steps }
        if let policy = text("rule.unverified").flatMap(UnverifiedPolicy.init) {
            rule.unverified = policy
        }
        if let policy = text("rule.samePerson").flatMap(SamePersonPolicy.init) {
            rule.samePerson = policy
        }
        if let maximum = integer("rule.candidatesMax") { rule.candidatesMax = maximum }
        for index in rule.steps.indices {
            if let years = integer("rule.birthYearTolerance") {
                rule.steps[index].birthYearTolerance = years
            }
            if let score = integer("rule.nameScoreMin") {
                rule.steps[index].nameScoreMin = score
            }
        }
        return rule
    }

    /// Where patients come from.
    ///
    /// - Throws: `CommandError` when there is no source, or more than one.
    func source() throws(CommandError) -> PatientSource {
        let patients = text(Settings.patients)
        let database = text(Settings.database)
        switch (patients, database) {
        case (nil, nil):
            throw CommandError("needs --patients FILE or --database URL", code: .usage)
        case (.some, .some):
            throw CommandError(
                "takes either --patients FILE or --database URL, not both", code: .usage)
        case (let patients?, nil):
            return .files(patients: patients, careContexts: text(Settings.careContexts))
        case (nil, let database?):
            guard text(Settings.careContexts) == nil else {
                throw CommandError(
                    "--care-contexts goes with --patients; a database has its own", code: .usage)
            }
            return .database(try Self.databaseURL(database), mapping)
        }
    }

    static func databaseURL(_ text: String) throws(CommandError) -> DatabaseURL {
        do throws(LoadFailure) {
            return try DatabaseURL(parsing: text)
        } catch {
            throw CommandError(error.description, code: .usage)
        }
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
