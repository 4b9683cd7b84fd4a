internal import Glibc
internal import Index
internal import Ingest

/// Taking a snapshot from a file, for the commands that answer requests.
enum SnapshotOptions {
    /// Opens a snapshot, of which nothing but the header has been read then.
    static func open(
        _ path: String, _ configuration: Configuration
    ) throws(CommandError) -> Snapshot {
        do throws(SnapshotFileError) {
            let file = try SnapshotFile(path: path)
            let info = try file.info()
            let hip = configuration.text(Settings.hip) ?? "HIP1"
            if info.defaultFacility != hip {
                Terminal.note(
                    "warning: records of the snapshot that named no facility are those of"
                        + " \(info.defaultFacility), and requests that name none ask \(hip); see --hip"
                )
            }
            Terminal.note(
                "opened a snapshot of \(info.patients.counted("patient")) and"
                    + " \(info.careContexts.counted("care context")), taken \(taken(info))")
            return try file.snapshot()
        } catch {
            throw CommandError("\(path): \(error)", code: code(of: error))
        }
    }

    /// Reads what no request has touched yet, on a thread of its own.
    ///
    /// A file that turns out to be damaged ends the process: no answer would be better than a wrong one.
    static func bringRest(of snapshot: Snapshot, _ path: String) throws(CommandError) {
        let reading = try JoinableThread {
            let start = BenchClock.nanoseconds
            do throws(SnapshotFileError) {
                try snapshot.bringAll()
            } catch {
                Terminal.error("\(path): \(error)")
                _exit(ExitCode.failure.rawValue)
            }
            let seconds = Double(BenchClock.nanoseconds - start) / 1e9
            Terminal.note("the snapshot is in memory after \(SourceOptions.seconds(seconds))")
        }
        reading.detach()
    }

    /// When and where the records of a snapshot were taken.
    static func taken(_ info: SnapshotInfo) -> String {
        var when = time_t(info.publishedAtSeconds)
        var parts = unsafe tm()
        var text = [CChar](repeating: 0, count: 32)
        unsafe gmtime_r(&when, &parts)
        let count = unsafe strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        let bytes = text[..<count].map(UInt8.init(bitPattern:))
        return "\(String(decoding: bytes, as: UTF8.self)) at \(info.position)"
    }

    /// What a command that cannot use a snapshot ends with: the file's fault is that of who named it.
    static func code(of error: SnapshotFileError) -> ExitCode {
        if case .system = error { .usage } else { .failure }
    }
}
