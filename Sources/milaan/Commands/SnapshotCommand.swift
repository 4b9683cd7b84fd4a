internal import Index

/// `milaan snapshot`: the index as a file, from which a server starts in a blink.
enum SnapshotCommand: Command {
    static let name = "snapshot"
    static let summary = "write the index to a file, verify one, or tell what it holds"

    static func run(_ words: [String]) throws(CommandError) -> ExitCode {
        let table = OptionTable(
            program: "milaan snapshot", argumentsName: "write|verify|info FILE",
            help:
                "A snapshot is the index as a file: `milaan serve --snapshot FILE` answers from it"
                + " at once.\u{b}write loads patients as `serve` would and replaces FILE, if that is a"
                + " snapshot, when all of the new one is on the disk; verify compares all of FILE with"
                + " its checksums; info tells what it holds. The file holds personal data: only its owner can read it.",
            options: SourceOptions.options(Settings.source))
        let options = table.parse(words)
        guard options.arguments.count == 2 else {
            throw CommandError("needs one of write, verify, info, and a FILE", code: .usage)
        }
        let path = options.arguments[1]
        switch options.arguments[0] {
        case "write": try write(path, Configuration(options))
        case "verify": try verify(path)
        case "info": try tell(path)
        default: throw CommandError("needs one of write, verify, info", code: .usage)
        }
        return .success
    }

    private static func write(
        _ path: String, _ configuration: Configuration
    ) throws(CommandError) {
        // Not from a snapshot that the configuration names for others: it may be this one.
        let source = try configuration.source()
        // A name that was typed wrongly is told at once, not when minutes of loading are over.
        do throws(SnapshotFileError) {
            try Snapshot.checkPlace(path)
        } catch {
            throw CommandError("cannot write \(path): \(error)")
        }
        let snapshot = try SourceOptions.load(source, configuration)
        if snapshot.image.count == 0 { try refuseToEmpty(path) }
        let start = BenchClock.nanoseconds
        do throws(SnapshotFileError) {
            try snapshot.write(
                to: path, defaultFacility: configuration.text(Settings.hip) ?? "HIP1")
        } catch {
            throw CommandError("cannot write \(path): \(error)")
        }
        let seconds = Double(BenchClock.nanoseconds - start) / 1e9
        Terminal.note("wrote \(path) in \(SourceOptions.seconds(seconds))")
    }

    /// Refuses to replace a snapshot of patients by one of nobody: more likely the source was not ready.
    private static func refuseToEmpty(_ path: String) throws(CommandError) {
        guard let patients = try? SnapshotFile(path: path).info().patients, patients > 0 else {
            return
        }
        throw CommandError(
            "not written: the source has no patients, and \(path) has \(patients); remove it if nobody is meant"
        )
    }

    private static func verify(_ path: String) throws(CommandError) {
        var damaged: [SnapshotSection] = []
        do throws(SnapshotFileError) {
            damaged = try SnapshotFile(path: path).damagedSections()
        } catch {
            throw CommandError("\(path): \(error)", code: SnapshotOptions.code(of: error))
        }
        guard damaged.isEmpty else {
            let names = damaged.map { "\($0)" }.joined(separator: ", ")
            throw CommandError("\(path): this snapshot is damaged: \(names)")
        }
        try Terminal.line("the snapshot is sound")
    }

    private static func tell(_ path: String) throws(CommandError) {
        let info: SnapshotInfo
        do throws(SnapshotFileError) {
            info = try SnapshotFile(path: path).info()
        } catch {
            throw CommandError("\(path): \(error)", code: SnapshotOptions.code(of: error))
        }
        try Terminal.line("format            version \(info.version)")
        try Terminal.line("patients          \(info.patients)")
        try Terminal.line("care contexts     \(info.careContexts)")
        try Terminal.line("facilities        \(info.facilities)")
        try Terminal.line("default facility  \(info.defaultFacility)")
        try Terminal.line("taken             \(SnapshotOptions.taken(info))")
        try Terminal.line("bytes             \(info.bytes), in blocks of \(info.blockBytes)")
        for place in info.sections {
            let name = "\(place.section)"
            let pad = String(repeating: " ", count: max(1, 18 - name.count))
            try Terminal.line("  \(name)\(pad)\(place.bytes)")
        }
    }
}
