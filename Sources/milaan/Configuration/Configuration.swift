internal import Glibc
internal import Ingest
internal import Matcher

/// Where patients come from.
enum PatientOrigin {
    /// Rows that are read and judged.
    case load(PatientSource)
    /// An image that was made before.
    case snapshot(path: String)
}

/// The effective configuration of one command: file, then environment, then command line.
struct Configuration {
    /// Where a value came from.
    enum Origin: String, CaseIterable, Comparable {
        case builtIn = "default"
        case file
        case environment
        case commandLine = "command line"

        /// Whether the other one wins.
        static func < (a: Origin, b: Origin) -> Bool {
            let order = Origin.allCases
            return (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
        }
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
    /// The conversation with ABDM; nil where there is none.
    private(set) var abdm: ABDMSection?
    /// The least name scores of single steps, where the file says some.
    private var thresholds: StepThresholds?

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
        abdm = contents?.abdm
        thresholds = contents?.thresholds
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
        guard var rule = Profile.rule(named: text(Settings.profile) ?? "milaan") else {
            throw CommandError("rule.profile is not known", code: .usage)
        }
        if let steps {
            rule.steps = steps
            // What is written of a decision names the rule by this.
            rule.profile += ", steps from the file"
        }
        if let policy = text("rule.unverified").flatMap(UnverifiedPolicy.init) {
            rule.unverified = policy
        }
        if let policy = text("rule.samePerson").flatMap(SamePersonPolicy.init) {
            rule.samePerson = policy
        }
        if let margin = integer("rule.nameMarginMin") { rule.nameMarginMin = margin }
        if let maximum = integer("rule.candidatesMax") { rule.candidatesMax = maximum }
        for index in rule.steps.indices {
            if let years = integer("rule.birthYearTolerance") {
                rule.steps[index].birthYearTolerance = years
            }
            if let score = integer("rule.nameScoreMin") {
                rule.steps[index].nameScoreMin = score
            }
        }
        try thresholds?.apply(to: &rule)
        return rule
    }

    /// Where patients come from.
    ///
    /// A source that was said in a later place takes the place of one of the other kind: a flag
    /// `--patients` wins over the configuration file's `database.url`.
    ///
    /// - Throws: `CommandError` when there is no source, or two in one place.
    func source() throws(CommandError) -> PatientSource {
        let patients = entry(Settings.patients)
        let database = entry(Settings.database)
        switch (patients, database) {
        case (nil, nil):
            throw CommandError("needs --patients FILE or --database URL", code: .usage)
        case (let patients?, let database?) where patients.origin == database.origin:
            throw CommandError(
                "takes either --patients FILE or --database URL, not both", code: .usage)
        case (let patients?, let database)
        where database.map({ $0.origin < patients.origin }) ?? true:
            return .files(patients: patients.value, careContexts: text(Settings.careContexts))
        case (_, let database?):
            if let contexts = entry(Settings.careContexts), contexts.origin >= database.origin {
                throw CommandError(
                    "--care-contexts goes with --patients; a database has its own", code: .usage)
            }
            return .database(try Self.databaseURL(database.value), mapping)
        default:
            throw CommandError("needs --patients FILE or --database URL", code: .usage)
        }
    }

    /// Where a command that answers requests takes its patients from: a snapshot, or what `source` says.
    ///
    /// - Throws: `CommandError` when there is nothing to take, or two in one place.
    func origin() throws(CommandError) -> PatientOrigin {
        guard let snapshot = entry(Settings.snapshot) else {
            guard entry(Settings.patients) != nil || entry(Settings.database) != nil else {
                throw CommandError(
                    "needs --patients FILE, --database URL or --snapshot FILE", code: .usage)
            }
            return .load(try source())
        }
        for other in [Settings.patients, Settings.database].compactMap(entry) {
            guard other.origin != snapshot.origin else {
                throw CommandError(
                    "takes one of --patients FILE, --database URL and --snapshot FILE, not several",
                    code: .usage)
            }
            if other.origin > snapshot.origin { return .load(try source()) }
        }
        if let contexts = entry(Settings.careContexts), contexts.origin >= snapshot.origin {
            throw CommandError(
                "--care-contexts goes with --patients; a snapshot has its own", code: .usage)
        }
        return .snapshot(path: snapshot.value)
    }

    private func entry(_ setting: Setting) -> Entry? {
        entries.first { $0.setting.path == setting.path }
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
