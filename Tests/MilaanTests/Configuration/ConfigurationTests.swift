import JSON
import TestSupport
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    private func show(
        _ arguments: [String] = [], file: String? = nil, environment: [String: String] = [:]
    ) throws -> ProgramRun {
        try config("show", arguments, file: file, environment: environment)
    }

    private func config(
        _ action: String, _ arguments: [String] = [], file: String? = nil,
        environment: [String: String] = [:]
    ) throws -> ProgramRun {
        var words = ["config", action] + arguments
        if let file { words += ["--config", try folder.write("milaan.json", file)] }
        return try MilaanProgram.run(words, environment: environment)
    }

    /// The value and the origin that `config show` prints for a setting.
    private func shown(_ path: String, in run: ProgramRun) -> String? {
        guard let line = run.lines.first(where: { $0.hasPrefix(path + " ") }) else { return nil }
        return String(line.dropFirst(path.count).drop { $0 == " " })
    }

    @Test(
        "every setting's variable is the one that config show names",
        arguments: [
            ("patients", "MILAAN_PATIENTS", "p.csv"),
            ("careContexts", "MILAAN_CARE_CONTEXTS", "c.csv"),
            ("database.url", "MILAAN_DATABASE_URL", "sqlite:x.db"),
            ("snapshot", "MILAAN_SNAPSHOT", "s.snap"),
            ("hip", "MILAAN_HIP", "HIP7"),
            ("load.rejects", "MILAAN_LOAD_REJECTS", "r.csv"),
            ("load.rejectsMax", "MILAAN_LOAD_REJECTS_MAX", "7"),
            ("load.badValues", "MILAAN_LOAD_BAD_VALUES", "drop"),
            ("server.listen", "MILAAN_SERVER_LISTEN", "[::1]:81"),
            ("server.threads", "MILAAN_SERVER_THREADS", "3"),
            ("server.facilities", "MILAAN_SERVER_FACILITIES", "HIP1,HIP2"),
            ("server.discoverBytesMax", "MILAAN_SERVER_DISCOVER_BYTES_MAX", "1001"),
            ("server.batchBytesMax", "MILAAN_SERVER_BATCH_BYTES_MAX", "1002"),
            ("server.connectionsMax", "MILAAN_SERVER_CONNECTIONS_MAX", "1003"),
            ("server.requestSeconds", "MILAAN_SERVER_REQUEST_SECONDS", "11"),
            ("server.idleSeconds", "MILAAN_SERVER_IDLE_SECONDS", "12"),
            ("server.drainSeconds", "MILAAN_SERVER_DRAIN_SECONDS", "13"),
            ("rule.profile", "MILAAN_RULE_PROFILE", "eka"),
            ("rule.unverified", "MILAAN_RULE_UNVERIFIED", "ignore"),
            ("rule.samePerson", "MILAAN_RULE_SAME_PERSON", "never"),
            ("rule.birthYearTolerance", "MILAAN_RULE_BIRTH_YEAR_TOLERANCE", "5"),
            ("rule.nameScoreMin", "MILAAN_RULE_NAME_SCORE_MIN", "700"),
            ("rule.candidatesMax", "MILAAN_RULE_CANDIDATES_MAX", "9"),
        ])
    func variables(path: String, variable: String, value: String) throws {
        let run = try show(environment: [variable: value])
        #expect(run.end == .exit(0))
        #expect(run.errors.isEmpty)
        #expect(shown(path, in: run) == "\(value)  (environment; \(variable))")
    }

    @Test("a value comes from the file, before it the variable, before that the option")
    func precedence() throws {
        let file = #"{"hip": "FILE", "load": {"rejectsMax": 5}, "rule": {"profile": "eka"}}"#
        let builtIn = try show()
        #expect(shown("hip", in: builtIn) == "HIP1  (default; MILAAN_HIP)")
        let fromFile = try show(file: file)
        #expect(shown("hip", in: fromFile) == "FILE  (file; MILAAN_HIP)")
        #expect(
            shown("load.rejectsMax", in: fromFile) == "5  (file; MILAAN_LOAD_REJECTS_MAX)")
        let environment = ["MILAAN_HIP": "ENV", "MILAAN_LOAD_REJECTS_MAX": "6"]
        let fromVariable = try show(file: file, environment: environment)
        #expect(shown("hip", in: fromVariable) == "ENV  (environment; MILAAN_HIP)")
        let fromOption = try show(["--hip", "FLAG"], file: file, environment: environment)
        #expect(shown("hip", in: fromOption) == "FLAG  (command line; MILAAN_HIP)")
        #expect(
            shown("load.rejectsMax", in: fromOption)
                == "6  (environment; MILAAN_LOAD_REJECTS_MAX)")
        #expect(shown("rule.profile", in: fromOption) == "eka  (file; MILAAN_RULE_PROFILE)")
    }

    @Test("the file may be named by MILAAN_CONFIG, and --config wins")
    func configVariable() throws {
        let named = try folder.write("named.json", #"{"hip": "NAMED"}"#)
        let environment = ["MILAAN_CONFIG": named]
        #expect(shown("hip", in: try show(environment: environment))?.hasPrefix("NAMED ") == true)
        let both = try show(file: #"{"hip": "GIVEN"}"#, environment: environment)
        #expect(shown("hip", in: both)?.hasPrefix("GIVEN ") == true)
    }

    @Test("an empty variable and a null in the file say nothing")
    func nothingSaid() throws {
        let run = try show(
            file: #"{"hip": null, "server": {"threads": null}}"#, environment: ["MILAAN_HIP": ""])
        #expect(shown("hip", in: run) == "HIP1  (default; MILAAN_HIP)")
        #expect(shown("server.threads", in: run) == "0  (default; MILAAN_SERVER_THREADS)")
    }

    @Test(
        "a password is never shown, wherever a URL holds it",
        arguments: [
            ("postgres://user:hush@host/db", "postgres://user:***@host/db"),
            ("postgresql://user:hu:sh@h1:5432,h2/db", "postgresql://user:***@h1:5432,h2/db"),
            ("postgres://user:hu@hush@host/db", "***"),
            ("postgres://user:hu?hush@host/db?a=b", "***"),
            ("postgres://user:hu/hush@host/db", "***"),
            ("postgres://:hush@host", "postgres://:***@host"),
            ("postgres:///db?user=a&password=hush", "postgres:///db?user=a&password=***"),
            ("postgres:///db?password=hu@sh-hush", "postgres:///db?password=***"),
            ("postgres:///db?PassWord=hush&user=a", "***"),
            ("postgres://h/db?sslpassword=hush", "postgres://h/db?sslpassword=***"),
            ("postgres://h/db?p%61ssword=hush", "postgres://h/db?p%61ssword=***"),
            ("postgres://host:5432/db?user=a@b", "postgres://host:5432/db?user=a@b"),
            ("postgres://user@host/db", "postgres://user@host/db"),
            ("postgres://user:h=u/sh@host/db", "***"),
            ("postgres://user:hush=@host/db", "postgres://user:***@host/db"),
            ("postgres:// host=h password=hush", "***"),
            ("postgres://host=h;password=hush", "***"),
            ("postgres://host/db password=hush", "***"),
            ("postgres://host/db;password=hush", "***"),
            ("postgres://password=hush@host/db", "***"),
            ("postgres://[::1/hush", "***"),
            ("postgres://user:hush%zz@host/db", "***"),
        ])
    func secrets(url: String, masked: String) throws {
        let run = try show(["--database", url])
        #expect(shown("database.url", in: run) == "\(masked)  (command line; MILAAN_DATABASE_URL)")
        let file = try show(file: "{\"database\": {\"url\": \"\(url)\"}}")
        #expect(shown("database.url", in: file) == "\(masked)  (file; MILAAN_DATABASE_URL)")
        #expect(!(run.output + run.errors + file.output + file.errors).contains("hush"))
    }

    @Test(
        "a URL that cannot be read is refused without its password, by whoever would use it",
        arguments: [
            "postgres:// host=nowhere.invalid password=hush",
            "postgres://host=nowhere.invalid;password=hush",
            "postgres://nowhere.invalid/db password=hush",
            "postgres://user:hu/hush@nowhere.invalid/db",
            "postgres://user:hu?hush@nowhere.invalid/db?a=b",
            "postgres://user:hush%zz@nowhere.invalid/db",
        ])
    func unreadableURL(url: String) throws {
        for words in [
            ["serve", "--listen", "127.0.0.1:0"], ["discover"], ["explain"],
            ["import", "--patients", SampleHospital.patients],
        ] {
            let run = try MilaanProgram.run(words + ["--database", url], input: "{}")
            #expect(run.end == .exit(1), "\(words)")
            #expect(run.errors.contains("the connection string is malformed"), "\(run.errors)")
            #expect(!(run.output + run.errors).contains("hush"), "\(run.errors)")
        }
    }

    @Test(
        "a wrong value ends with code 2 and the member's name, never with the value",
        arguments: [
            (#"{"hipp": "hush"}"#, "hipp is not a setting"),
            (#"{"server": {"lisen": "hush"}}"#, "server.lisen is not a setting"),
            (#"{"server": {"threads": "4"}}"#, "server.threads must be an integer"),
            (#"{"server": {"threads": 4.5}}"#, "server.threads must be an integer"),
            (
                #"{"server": {"threads": 1025}}"#,
                "server.threads (file) must be an integer from 0 to"
            ),
            (#"{"server": {"threads": 18446744073709551615}}"#, "server.threads is too large"),
            (
                #"{"server": {"facilities": ["HIP1", 2]}}"#,
                "server.facilities must be a list of texts"
            ),
            (#"{"server": {"facilities": []}}"#, "server.facilities (file) must have an entry"),
            (#"{"server": []}"#, "server must be an object"),
            (#"{"hip": 5}"#, "hip must be a text"),
            (#"{"hip": "A", "hip": "B"}"#, "hip stands twice"),
            (
                #"{"load": {"badValues": "hush"}}"#,
                "load.badValues (file) must be one of refuse, drop"
            ),
            (#"{"rule": {"profile": "hush"}}"#, "rule.profile (file) must be one of milaan"),
            (#"{"rule": {"steps": {}}}"#, "rule.steps must be a list"),
            (#"{"rule": {"steps": []}}"#, "rule.steps must have an entry"),
            (#"{"rule": {"steps": [{"name": "a"}]}}"#, "rule.steps[0].keys is missing"),
            (#"{"rule": {"steps": [{"keys": ["mobile"]}]}}"#, "rule.steps[0].name is missing"),
            (
                #"{"rule": {"steps": [{"name": "a", "keys": ["hush"]}]}}"#,
                "rule.steps[0].keys may hold abhaAddress"
            ),
            (
                #"{"rule": {"steps": [{"name": "a", "keys": ["mobile"], "gendr": "hush"}]}}"#,
                "rule.steps[0].gendr is not a member of a step"
            ),
            (
                #"{"rule": {"steps": [{"name": "a", "keys": ["mobile"], "nameComparison": "hush"}]}}"#,
                "rule.steps[0].nameComparison must be one of weighed"
            ),
            (#"{"database": "hush"}"#, "database must be an object"),
            (#"{"database": {"uri": "hush"}}"#, "database.uri is not a setting"),
            (#"{"database": {"url": 5}}"#, "database.url must be a text"),
            (#"{"database": {"url": "hush"}}"#, "database.url (file) must begin with postgres://"),
            (
                #"{"database": {"patients": {"table": "t"}}}"#,
                "database.patients.columns: is missing"
            ),
            (
                #"{"database": {"patients": {"table": "t", "columns": {"name": "n"}}}}"#,
                "database.patients.columns.id: is missing"
            ),
            (#"["hush"]"#, "must hold one object"),
            (#"{"hip": "hush""#, "is not JSON"),
            ("", "is not JSON"),
        ])
    func wrongValues(file: String, message: String) throws {
        for action in ["check", "show"] {
            let run = try config(action, file: file)
            #expect(run.end == .exit(2))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains(message), "\(run.errors)")
            #expect(!run.errors.contains("hush"))
        }
    }

    @Test("a wrong variable and a wrong option are named as such")
    func wrongElsewhere() throws {
        let variable = try show(environment: ["MILAAN_SERVER_IDLE_SECONDS": "hush"])
        #expect(variable.end == .exit(2))
        #expect(
            variable.errors
                == "milaan: server.idleSeconds (environment) must be an integer from 1 to 86400\n")
        let option = try show(["--database", "hush"])
        #expect(option.end == .exit(2))
        #expect(
            option.errors
                == "milaan: database.url (command line) must begin with postgres:// or sqlite:\n")
    }

    @Test("config check says what serve would say")
    func check() throws {
        let sound = try config("check", SampleHospital.source)
        #expect(sound.end == .exit(0))
        #expect(sound.output == "the configuration is sound\n")
        #expect(sound.errors.isEmpty)
        let wrong = [
            ["--listen", "8080"], ["--patients", "a.csv", "--database", "sqlite:b"],
            ["--database", "sqlite:"], ["--facilities", " , "], ["--facilities", "HIP9"],
            ["--facilities", "HIP1", "--hip", "HIP9"],
        ]
        for arguments in wrong {
            let run = try config("check", arguments)
            #expect(run.end == .exit(2), "\(arguments)")
            #expect(run.output.isEmpty)
        }
    }

    @Test("a configuration file that is a folder is named, and is wrong usage")
    func configIsFolder() throws {
        let run = try MilaanProgram.run(["config", "check", "--config", folder.path])
        #expect(run.end == .exit(2))
        #expect(run.errors.contains(folder.path), "\(run.errors)")
        #expect(run.errors.contains("Is a directory"))
    }

    @Test("config check names a file that is not there")
    func missingFiles() throws {
        let missing = folder.file("missing.csv")
        for arguments in [
            ["--patients", missing],
            Array(SampleHospital.source.prefix(2)) + ["--care-contexts", missing],
            ["--database", "sqlite:" + missing],
        ] {
            let run = try config("check", arguments)
            #expect(run.end == .exit(2))
            #expect(run.errors.contains("cannot open \(missing): No such file"), "\(run.errors)")
        }
        #expect(try config("check", ["--patients", "-"]).end == .exit(0))
    }

    @Test(
        "config check warns where patients have facilities and care contexts have none",
        arguments: [true, false])
    func facilityOfCareContexts(isMapped: Bool) throws {
        let facility = isMapped ? #", "hip_id": "h""# : ""
        let run = try config(
            "check",
            file: #"""
                {"database": {"url": "postgres://reader@host/db",
                "patients": {"table": "p", "columns": {"id": "i", "hip_id": "h"}},
                "careContexts": {"table": "c", "columns": {"patient_id": "i", "reference": "r"\#(facility)}}}}
                """#)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(run.errors.contains("database.careContexts.columns has no hip_id") == !isMapped)
    }

    @Test("the steps that config show prints are steps that a file may hold")
    func stepsRoundTrip() throws {
        for profile in ["milaan", "seed", "image", "docs-2023", "eka", "bahmni", "wrapper-v1"] {
            let shown = try show(["--profile", profile])
            let steps = try #require(shown.lines.last)
            #expect(try JSONTree(parsing: Array(steps.utf8)).elements?.isEmpty == false)
            let again = try show(
                ["--profile", profile], file: "{\"rule\": {\"steps\": \(steps)}}")
            #expect(again.end == .exit(0), "\(again.errors)")
            #expect(again.lines.last == steps)
            #expect(again.output.contains("steps from the file"))
        }
    }

    @Test("the least scores of single steps are set by the steps' names")
    func thresholds() throws {
        let run = try show(
            file: #"""
                {"rule": {"nameScoreMin": 650, "thresholds": {
                "mobile": {"nameScoreMin": 710, "nameScoreMinInHousehold": 760}, "abha": {}}}}
                """#)
        #expect(run.end == .exit(0), "\(run.errors)")
        let steps = try JSONTree(parsing: Array(try #require(run.lines.last).utf8)).elements ?? []
        let scores = steps.map {
            [$0["nameScoreMin"]?.number, $0["nameScoreMinInHousehold"]?.number]
        }
        #expect(scores == [[650, 0], [710, 760], [650, 720], [650, 720]])
    }

    @Test(
        "a threshold that is none is refused with its path",
        arguments: [
            (#"7"#, "rule.thresholds must be an object"),
            (
                #"{"hush": {}}"#,
                "rule.thresholds.hush is not a step of the rule; its steps are abha"
            ),
            (#"{"abha": 7}"#, "rule.thresholds.abha must be an object"),
            (#"{"abha": {"score": 7}}"#, "rule.thresholds.abha.score is not a threshold"),
            (#"{"abha": {"nameScoreMin": 1001}}"#, "must be an integer from 0 to 1000"),
            (#"{"abha": {"nameScoreMin": "7"}}"#, "must be an integer from 0 to 1000"),
            (#"{"abha": {}, "abha": {}}"#, "rule.thresholds.abha stands twice"),
        ])
    func badThresholds(thresholds: String, message: String) throws {
        let run = try show(file: #"{"rule": {"thresholds": \#(thresholds)}}"#)
        #expect(run.end == .exit(2))
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a mapping is shown with its columns")
    func mapping() throws {
        let run = try show(
            file: """
                {"database": {"patients": {"table": "h.people",
                  "columns": {"id": "UHID", "name": ["First", "Last"]}}}}
                """)
        #expect(run.lines.contains("database.patients.table  h.people  (file)"))
        #expect(run.lines.contains("database.patients.columns.id  UHID  (file)"))
        #expect(run.lines.contains("database.patients.columns.name  First + Last  (file)"))
    }

    @Test("a mapping may stand beside its database's URL")
    func mappingAndURL() throws {
        let run = try show(
            file: """
                {"database": {"url": "sqlite:x.db",
                  "patients": {"table": "people", "columns": {"id": "uhid"}}}}
                """)
        #expect(run.end == .exit(0), "\(run.errors)")
        #expect(shown("database.url", in: run) == "sqlite:x.db  (file; MILAAN_DATABASE_URL)")
    }
}
