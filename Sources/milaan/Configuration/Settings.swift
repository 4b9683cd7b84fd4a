internal import Matcher

/// All values of the configuration that a text can say, as a table.
///
/// Where a database's columns and a rule's steps are described only the file serves.
enum Settings {
    static let patients = Setting(
        path: "patients", flag: "patients", valueName: "FILE", kind: .text, defaultValue: nil,
        help: "Patient records from a CSV or NDJSON file")
    static let careContexts = Setting(
        path: "careContexts", flag: "care-contexts", valueName: "FILE", kind: .text,
        defaultValue: nil, help: "Care contexts from a CSV or NDJSON file")
    static let database = Setting(
        path: "database.url", flag: "database", valueName: "URL", kind: .databaseURL,
        defaultValue: nil, help: "Patient records from postgres://... or sqlite:PATH")
    static let snapshot = Setting(
        path: "snapshot", flag: "snapshot", valueName: "FILE", kind: .text, defaultValue: nil,
        help: "Patient records from a file that `milaan snapshot write` made")
    static let hip = Setting(
        path: "hip", flag: "hip", valueName: "ID", kind: .text, defaultValue: "HIP1",
        help: "The facility of records and requests that name none")
    static let rejects = Setting(
        path: "load.rejects", flag: "rejects", valueName: "FILE", kind: .text, defaultValue: nil,
        help: "Where refused rows are reported: source, line, field, reason")
    static let rejectsMax = Setting(
        path: "load.rejectsMax", flag: "max-rejects", valueName: "N",
        kind: .integer(0...Int(Int32.max)), defaultValue: "0",
        help: "End with an error when more rows than this are refused")
    static let badValues = Setting(
        path: "load.badValues", flag: "bad-values", valueName: "refuse|drop",
        kind: .choice(["refuse", "drop"]), defaultValue: "refuse",
        help: "Whether a wrong value refuses its row or is only left out")
    static let listen = Setting(
        path: "server.listen", flag: "listen", valueName: "HOST:PORT|unix:PATH", kind: .text,
        defaultValue: "127.0.0.1:8080",
        help: "Where to listen; port 0 takes a free one, unix:PATH a socket in the file system")
    static let threads = Setting(
        path: "server.threads", flag: "threads", valueName: "N", kind: .integer(0...1024),
        defaultValue: "0", help: "Event loops; 0 for one a core")
    static let facilities = Setting(
        path: "server.facilities", flag: "facilities", valueName: "ID,...", kind: .list,
        defaultValue: nil, help: "The facilities a request may name; any where this is not set")
    static let profile = Setting(
        path: "rule.profile", flag: "profile", valueName: "NAME", kind: .choice(Profile.names),
        defaultValue: "milaan", help: "The reading of the rule")

    static let ledger = Setting(
        path: "ledger", flag: "ledger", valueName: "URL", kind: .databaseURL, defaultValue: nil,
        help: "Where the conversation with ABDM is kept: postgres://... or sqlite:PATH; without it"
            + " the --database, else sqlite:./milaan.db")
    static let tokenKeyFile = Setting(
        path: "tokenKeyFile", flag: "token-key-file", valueName: "FILE", kind: .text,
        defaultValue: nil,
        help: "64 hexadecimal digits: the key that seals what the ledger keeps of patients")

    /// Limits of the server and knobs of the rule: in the file and the environment only.
    static let inner: [Setting] = [
        Setting(
            path: "server.discoverBytesMax", flag: nil, valueName: "BYTES",
            kind: .integer(1...(1 << 30)), defaultValue: "1048576",
            help: "The largest discover body"),
        Setting(
            path: "server.batchBytesMax", flag: nil, valueName: "BYTES",
            kind: .integer(1...(1 << 34)), defaultValue: "67108864",
            help: "The largest batch body"),
        Setting(
            path: "server.connectionsMax", flag: nil, valueName: "N",
            kind: .integer(1...(1 << 20)), defaultValue: "4096",
            help: "Connections that are open at one time"),
        Setting(
            path: "server.requestSeconds", flag: nil, valueName: "SECONDS",
            kind: .integer(1...86_400), defaultValue: "30",
            help: "A request that is not complete after so long ends with its connection"),
        Setting(
            path: "server.idleSeconds", flag: nil, valueName: "SECONDS",
            kind: .integer(1...86_400), defaultValue: "75",
            help: "A connection without a request is closed after so long"),
        Setting(
            path: "server.drainSeconds", flag: nil, valueName: "SECONDS",
            kind: .integer(0...86_400), defaultValue: "30",
            help: "How long requests in flight may take after SIGTERM"),
        Setting(
            path: "rule.unverified", flag: nil, valueName: "POLICY",
            kind: .choice(UnverifiedPolicy.allCases.map(\.rawValue)), defaultValue: nil,
            help: "What unverified identifiers do"),
        Setting(
            path: "rule.samePerson", flag: nil, valueName: "POLICY",
            kind: .choice(SamePersonPolicy.allCases.map(\.rawValue)), defaultValue: nil,
            help: "Whether several records of plainly one person are one answer"),
        Setting(
            path: "rule.birthYearTolerance", flag: nil, valueName: "YEARS",
            kind: .integer(0...150), defaultValue: nil,
            help: "How far birth years may be apart, in every step that looks at them"),
        Setting(
            path: "rule.nameScoreMin", flag: nil, valueName: "SCORE", kind: .integer(0...1000),
            defaultValue: nil, help: "The least name score, in every step that looks at names"),
        Setting(
            path: "rule.nameMarginMin", flag: nil, valueName: "SCORE", kind: .integer(0...1000),
            defaultValue: nil,
            help: "By how much a name must agree better than another person's to be the match"),
        Setting(
            path: "rule.candidatesMax", flag: nil, valueName: "N",
            kind: .integer(1...1_000_000), defaultValue: nil,
            help: "More candidates than this under one key are not looked at"),
    ]

    static let source = [patients, careContexts, database, hip, rejects, rejectsMax, badValues]
    /// What a command that answers requests takes its patients from.
    static let answering = source + [snapshot]
    static let all =
        answering + [listen, threads, facilities, profile, ledger, tokenKeyFile] + inner
}
