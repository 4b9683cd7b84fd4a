internal import Matcher

/// A file of rows, opened, with its form known.
enum FileSource: ~Copyable {
    case csv(CSVRows)
    case ndjson(NDJSONRows)

    /// Opens a file and finds out its form: by the ending `.ndjson` or `.jsonl`, or by the first byte `{`.
    ///
    /// - Parameters:
    ///   - path: of the file; `-` is the standard input.
    ///   - fields: the names of the fields.
    ///   - required: fields without which nothing can be loaded.
    /// - Returns: its rows, before the first one.
    /// - Throws: `LoadFailure`.
    static func open(
        _ path: String, fields: [String], required: [String]
    ) throws(LoadFailure) -> FileSource {
        var window = try ByteWindow(path: path)
        while window.unread.count < 3, !window.isAtEnd { _ = try window.readMore() }
        if window.unread.startsWithByteOrderMark { window.consume(3) }
        if try isNDJSON(path, &window) { return .ndjson(NDJSONRows(window, fields: fields)) }
        return .csv(try CSVRows(window, fields: fields, required: required))
    }

    /// What somebody should look at, though the file can be read.
    var warnings: [String] {
        switch self {
        case .csv(let rows): rows.warnings
        case .ndjson: []
        }
    }

    private static func isNDJSON(
        _ path: String, _ window: inout ByteWindow
    ) throws(LoadFailure) -> Bool {
        if path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") { return true }
        if window.unread.isEmpty, !window.isAtEnd { _ = try window.readMore() }
        return !window.unread.isEmpty && window.unread[0] == UInt8(ascii: "{")
    }
}

extension Loading {
    /// Reads a file of patients and, if there is one, a file of their care contexts.
    ///
    /// - Returns: the position.
    mutating func readFiles(
        _ patients: String, _ careContexts: String?, _ seconds: inout LoadSeconds
    ) throws(LoadFailure) -> String {
        guard patients != "-" || careContexts != "-" else {
            throw .notSupported("the standard input can hold only one of the two files")
        }
        let start = MonotonicClock.seconds
        let source = try FileSource.open(
            patients, fields: PatientField.allCases.map(\.rawValue),
            required: FieldRules.patientsRequired)
        warn(source.warnings)
        switch consume source {
        case .csv(var rows): try readPatients(&rows, checked: true)
        case .ndjson(var rows): try readPatients(&rows, checked: true)
        }
        seconds.patients = MonotonicClock.seconds - start
        if let careContexts {
            let source = try FileSource.open(
                careContexts, fields: CareContextField.allCases.map(\.rawValue),
                required: FieldRules.careContextsRequired)
            warn(source.warnings)
            switch consume source {
            case .csv(var rows): try readCareContexts(&rows, checked: true)
            case .ndjson(var rows): try readCareContexts(&rows, checked: true)
            }
            seconds.careContexts = MonotonicClock.seconds - start - seconds.patients
        }
        let name = patients.split(separator: "/").last.map(String.init) ?? patients
        return "file:" + name
    }
}

extension Span<UInt8> {
    /// Whether UTF-8's byte order mark comes first.
    fileprivate var startsWithByteOrderMark: Bool {
        count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF
    }
}
