internal import CSQLite

/// What can go wrong between us and a SQLite file.
///
/// No case carries a value that was bound to a statement or read from a row.
public enum SQLiteError: Error, Equatable, Sendable {
    /// The file could not be opened, or is no database.
    case cannotOpen(SQLiteResultCode)
    /// The text of a statement was not understood; the message quotes that text.
    case malformedStatement(SQLiteResultCode, message: String)
    /// A statement failed while it ran, was bound or was committed.
    case failed(SQLiteResultCode)
    /// The path is empty, which SQLite would take for a file that it deletes when done.
    case emptyPath
    /// A path or statement holds a NUL byte, where SQLite would stop reading.
    case embeddedNUL
    /// There is no statement, or more than one, where one is expected.
    case notOneStatement
}

extension SQLiteError: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .cannotOpen(let code): "cannot open the SQLite file: \(code)"
        case .malformedStatement(let code, let message):
            "SQLite does not understand the statement: \(message) (\(code.rawValue))"
        case .failed(let code): "SQLite failed: \(code)"
        case .emptyPath: "the path of the SQLite file is empty"
        case .embeddedNUL: "a NUL byte in a path or statement for SQLite"
        case .notOneStatement: "not exactly one SQL statement"
        }
    }
}

/// One of SQLite's extended result codes.
///
/// - Source: SQLite manual, "Result and Error Codes".
public struct SQLiteResultCode: Hashable, Sendable, CustomStringConvertible {
    /// The extended code, such as 1555 for a primary key used twice.
    public let rawValue: Int32

    /// A code as SQLite counts them.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The family that the extended code belongs to: its lowest byte.
    public var primary: SQLiteResultCode { SQLiteResultCode(rawValue: rawValue & 0xFF) }

    /// SQLite's words for the code, and its number.
    public var description: String {
        "\(unsafe String(cString: sqlite3_errstr(rawValue))) (\(rawValue))"
    }

    /// The file is locked by somebody else.
    public static let busy = SQLiteResultCode(rawValue: SQLITE_BUSY)
    /// The memory ran out.
    public static let outOfMemory = SQLiteResultCode(rawValue: SQLITE_NOMEM)
    /// The file or connection may not be written.
    public static let readOnly = SQLiteResultCode(rawValue: SQLITE_READONLY)
    /// A writer was interrupted, and only one that may write can undo what it left.
    public static let readOnlyRollback = SQLiteResultCode(rawValue: SQLITE_READONLY | 3 << 8)
    /// The disk failed.
    public static let inputOutput = SQLiteResultCode(rawValue: SQLITE_IOERR)
    /// The file's structure is damaged.
    public static let corrupt = SQLiteResultCode(rawValue: SQLITE_CORRUPT)
    /// The disk is full.
    public static let full = SQLiteResultCode(rawValue: SQLITE_FULL)
    /// The file cannot be opened: it is missing, or its folder cannot be written.
    public static let cannotOpen = SQLiteResultCode(rawValue: SQLITE_CANTOPEN)
    /// A constraint of a table forbids it.
    public static let constraint = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT)
    /// A parameter or column number is out of range.
    public static let range = SQLiteResultCode(rawValue: SQLITE_RANGE)
    /// The file is no SQLite database.
    public static let notADatabase = SQLiteResultCode(rawValue: SQLITE_NOTADB)
}
