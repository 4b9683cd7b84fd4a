internal import Glibc
internal import Index
internal import Ingest

/// What commands that load patients have in common: their options and the loading itself.
enum SourceOptions {
    static let configFile = CommandOption(
        name: "config", valueName: "FILE", help: "Configuration as JSON (MILAAN_CONFIG)")

    /// The options of settings, as the command line knows them.
    static func options(_ settings: [Setting]) -> [CommandOption] {
        [configFile]
            + settings.compactMap { setting in
                setting.flag.map { flag in
                    var help = setting.help
                    if let value = setting.defaultValue { help += " (default \(value))" }
                    return CommandOption(name: flag, valueName: setting.valueName, help: help)
                }
            }
    }

    /// Loads the configured source; reports progress, refused rows and unusable values on standard
    /// error.
    ///
    /// - Throws: `CommandError` when the load broke off or more rows were refused than allowed.
    static func load(_ configuration: Configuration) throws(CommandError) -> Snapshot {
        switch try configuration.origin() {
        case .load(let source): try load(source, configuration)
        case .snapshot(let path): try SnapshotOptions.open(path, configuration)
        }
    }

    /// Loads patients and care contexts from a source of rows.
    ///
    /// - Throws: `CommandError` when the load broke off or more rows were refused than allowed.
    static func load(
        _ source: PatientSource, _ configuration: Configuration
    ) throws(CommandError) -> Snapshot {
        let result: LoadResult
        do throws(LoadError) {
            result = try Ingest.load(source, options: loadOptions(configuration))
        } catch {
            throw CommandError("the load failed: \(error)", code: code(of: error))
        }
        report(result.counts)
        Terminal.note(
            "loaded \(result.counts.kept) in \(seconds(result.seconds.total))")
        if result.counts.patients == 0 {
            Terminal.note(
                "warning: no patient was loaded; every request will be answered with no match")
        }
        guard !result.hasTooManyRejects else { throw tooManyRejects(result.counts, configuration) }
        let position = result.position
        return Snapshot(
            image: result.takeImage(), position: position,
            publishedAtSeconds: Int64(time(nil)))
    }

    /// What a load or an import that failed ends the command with.
    static func code(of error: LoadError) -> ExitCode {
        if case .rejectsIsInput = error.failure { .usage } else { .failure }
    }

    static func loadOptions(_ configuration: Configuration) -> LoadOptions {
        LoadOptions(
            defaultFacility: configuration.text(Settings.hip) ?? "HIP1",
            rejectsMax: configuration.integer(Settings.rejectsMax),
            rejectsPath: configuration.text(Settings.rejects),
            badValues: configuration.text(Settings.badValues) == "drop" ? .drop : .refuse,
            progress: { progress in
                if progress.isStoring {
                    return Terminal.note(
                        "\(progress.source.rawValue): storing \(progress.rows.counted("row"))")
                }
                var line =
                    "\(progress.source.rawValue): \(progress.rows) rows,"
                    + " \(Int(progress.rowsPerSecond)) rows/s"
                if let left = progress.secondsLeft { line += ", \(seconds(left)) left" }
                Terminal.note(line)
            })
    }

    /// Tells what is odd about the source, and what was refused and left out, by reason; never a value.
    static func report(_ counts: LoadCounts) {
        for warning in counts.warnings { Terminal.note("warning: " + warning) }
        for (source, field, count) in counts.unusableValues {
            Terminal.note(
                "\(source.rawValue): \(count.counted("value")) of \(field) cannot be used")
        }
        let reasons = counts.rejectedByReason.sorted { a, b in
            (b.value, a.key.field, a.key.reason) < (a.value, b.key.field, b.key.reason)
        }
        for (reason, count) in reasons {
            let what = reason.field.isEmpty ? reason.reason : "\(reason.field) \(reason.reason)"
            Terminal.note("\(reason.source.rawValue): \(count.counted("row")) refused: \(what)")
        }
    }

    static func tooManyRejects(
        _ counts: LoadCounts, _ configuration: Configuration
    ) -> CommandError {
        CommandError(
            "\(counts.rejected.counted("row")) \(counts.rejected == 1 ? "was" : "were") refused, and --max-rejects is"
                + " \(configuration.integer(Settings.rejectsMax)); --rejects FILE names each")
    }

    static func seconds(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
