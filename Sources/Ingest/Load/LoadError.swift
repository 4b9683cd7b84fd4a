internal import Glibc

/// What can stop a load or an import.
public enum LoadFailure: Error, Equatable, Sendable {
    /// The file cannot be opened; `code` is the system's `errno`.
    case cannotOpen(file: String, code: Int32)
    /// The file cannot be read on; `code` is the system's `errno`.
    case cannotRead(file: String, code: Int32)
    /// The file's header is missing or wrong.
    case unusableFile(file: String, problem: String)
    /// The file ends inside a quoted field of the row that begins on that line.
    case endsInsideQuotes(file: String, line: Int)
    /// The row that begins on that line is longer than any row can be.
    case rowTooLong(file: String, line: Int)
    /// The database refused or was lost; the message holds no values of rows.
    case database(message: String)
    /// The connection was lost while an import was being committed.
    case commitUnknown
    /// The database does not have what the mapping names, or what is needed without one.
    case mapping(problem: String)
    /// The report of refused rows cannot be written; `code` is the system's `errno`.
    case rejectsUnwritable(code: Int32)
    /// The report of refused rows would be written over a file that is read or filled.
    case rejectsIsInput(file: String)
    /// What was asked for is not offered.
    case notSupported(String)
}

extension LoadFailure: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .cannotOpen(let file, let code): "cannot open \(file): \(Self.text(of: code))"
        case .cannotRead(let file, let code): "cannot read \(file): \(Self.text(of: code))"
        case .unusableFile(let file, let problem): "\(file) \(problem)"
        case .endsInsideQuotes(let file, let line):
            "\(file) ends inside a quoted field of the row that begins on line \(line)"
        case .rowTooLong(let file, let line):
            "\(file) has a row that begins on line \(line) and is longer than 16 MiB; "
                + "is a quote not closed?"
        case .database(let message): message
        case .commitUnknown:
            "the connection to PostgreSQL was lost during the commit: whether the rows are kept is not "
                + "known; run the import again"
        case .mapping(let problem): problem
        case .rejectsUnwritable(let code):
            "cannot write the report of refused rows: \(Self.text(of: code))"
        case .rejectsIsInput(let file):
            "the report of refused rows would be written over \(file)"
        case .notSupported(let what): what
        }
    }

    private static func text(of code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}

/// A load or an import that stopped half-way, and how far it had come.
public struct LoadError: Error, Equatable, CustomStringConvertible {
    /// What stopped it.
    public let failure: LoadFailure
    /// What had been read until then; none of it is served or kept, but for `commitUnknown`.
    public let counts: LoadCounts

    init(_ failure: LoadFailure, _ counts: LoadCounts) {
        self.failure = failure
        self.counts = counts
    }

    /// One line for a log.
    public var description: String {
        guard counts.rows > 0, failure != .commitUnknown else {
            return failure.description
        }
        return "\(failure) (stopped after \(counts.patients.counted("patient")), "
            + "\(counts.careContexts.counted("care context")) and "
            + "\(counts.rejected.counted("refused row")); "
            + "nothing of them is kept)"
    }
}
