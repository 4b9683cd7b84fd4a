internal import CSQLite
internal import Glibc

/// What a connection may do with its file.
public enum SQLiteMode: Sendable {
    /// Reads a file that exists.
    case readOnly
    /// Reads and writes a file that exists.
    case readWrite
    /// Reads and writes a file, made where it is missing.
    case readWriteCreate
    /// The same, but what is made nobody but its owner may read, whatever the umask; one that is there keeps its mode.
    case readWriteCreatePrivate
}

/// One connection to a SQLite file, closed when its owner and all its statements end.
///
/// A connection and its statements stay together on one thread at a time; nothing in them is
/// locked.
@safe public struct SQLiteConnection: ~Copyable {
    private let handle: OpaquePointer

    /// Opens a file and looks whether it is a database.
    ///
    /// References between tables are enforced, and code hidden in the schema of a foreign file is
    /// not trusted.
    ///
    /// - Parameters:
    ///   - path: a path of the file system; `:memory:` is a database that ends with the connection.
    ///   - mode: whether it may be written and made.
    ///   - busyTimeoutMillis: how long to wait for somebody else's lock, 0 or more.
    /// - Throws: `cannotOpen`, `emptyPath`, `embeddedNUL`.
    public init(
        path: String, mode: SQLiteMode, busyTimeoutMillis: Int32 = 5000
    ) throws(SQLiteError) {
        precondition(busyTimeoutMillis >= 0, "a time to wait cannot be negative")
        guard !path.isEmpty else { throw .emptyPath }
        guard !path.utf8.contains(0) else { throw .embeddedNUL }
        let access =
            switch mode {
            case .readOnly: SQLITE_OPEN_READONLY
            case .readWrite: SQLITE_OPEN_READWRITE
            case .readWriteCreate, .readWriteCreatePrivate:
                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        if mode == .readWriteCreatePrivate, path != ":memory:" { Self.makePrivate(path) }
        var opened: OpaquePointer?
        var status = unsafe sqlite3_open_v2(
            path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened = unsafe opened else { throw .cannotOpen(.outOfMemory) }
        if status == SQLITE_OK {
            unsafe sqlite3_busy_timeout(opened, busyTimeoutMillis)
            // SQLite opens lazily: only reading the schema's version looks into the file.
            status = unsafe sqlite3_exec(
                opened,
                "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA schema_version",
                nil, nil, nil)
        }
        guard status == SQLITE_OK else {
            unsafe sqlite3_close_v2(opened)  // deinit does not run before init completes
            throw .cannotOpen(SQLiteResultCode(rawValue: status))
        }
        unsafe handle = opened
    }

    deinit { unsafe sqlite3_close_v2(handle) }

    /// Makes a file where it is missing; what goes wrong SQLite will find too.
    ///
    /// SQLite gives its log, and the index of the log, the mode of the file itself.
    private static func makePrivate(_ path: String) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        _ = fchmod(descriptor, 0o600)
        _ = close(descriptor)
    }

    /// Runs statements whose rows, if any, nobody wants.
    ///
    /// - Parameter sql: any number of statements; those before a failing one have been done.
    /// - Throws: `malformedStatement`, `failed`, `embeddedNUL`.
    public func execute(_ sql: String) throws(SQLiteError) {
        var rest = try terminated(sql)[...]
        while let prepared = try unsafe prepareNext(of: &rest) {
            var statement = unsafe SQLiteStatement(prepared)
            try statement.run()
        }
    }

    /// Prepares one statement for repeated use.
    ///
    /// - Parameter sql: one statement with parameters `?1`, `?2`... or `?`.
    /// - Returns: a statement that has not begun.
    /// - Throws: `malformedStatement`, `notOneStatement`, `embeddedNUL`.
    public func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        var rest = try terminated(sql)[...]
        guard let prepared = try unsafe prepareNext(of: &rest) else { throw .notOneStatement }
        let statement = unsafe SQLiteStatement(prepared)
        if let another = try unsafe prepareNext(of: &rest) {
            unsafe sqlite3_finalize(another)
            throw .notOneStatement
        }
        return statement
    }

    /// Lets readers go on while somebody writes, by a write-ahead log beside the file; the file
    /// remembers it.
    ///
    /// - Returns: false where the file's place does not allow it, such as in memory or on some
    ///   network disks.
    /// - Throws: `failed`, above all where somebody else uses the file.
    public func enableWriteAheadLog() throws(SQLiteError) -> Bool {
        var statement = try prepare("PRAGMA journal_mode = WAL")
        guard try statement.step() else { return false }
        guard let mode = try statement.string(0) else { return false }
        return mode == "wal"
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    private func terminated(_ sql: String) throws(SQLiteError) -> ContiguousArray<CChar> {
        guard !sql.utf8.contains(0) else { throw .embeddedNUL }
        return sql.utf8CString
    }

    /// Prepares the first statement of a text and takes it off.
    ///
    /// - Parameter rest: ends with a NUL.
    /// - Returns: nil where nothing but white space and comments is left.
    /// - Throws: `malformedStatement`, or `failed` where the file itself is the trouble.
    private func prepareNext(
        of rest: inout ContiguousArray<CChar>.SubSequence
    ) throws(SQLiteError) -> OpaquePointer? {
        while rest.count > 1 {
            var prepared: OpaquePointer?
            var status = SQLITE_OK
            let consumed = unsafe rest.withUnsafeBufferPointer { text in
                var tail: UnsafePointer<CChar>?
                status = unsafe sqlite3_prepare_v3(
                    handle, text.baseAddress, Int32(clamping: text.count), 0, &prepared, &tail)
                return unsafe tail.map { unsafe $0 - (text.baseAddress ?? $0) } ?? text.count
            }
            guard status == SQLITE_OK else {
                let code = SQLiteResultCode(rawValue: status)
                guard code.primary.rawValue == SQLITE_ERROR else { throw .failed(code) }
                // Here the message can quote the statement only: no row has been read.
                throw .malformedStatement(
                    code, message: unsafe String(cString: sqlite3_errmsg(handle)))
            }
            rest = rest.dropFirst(consumed)
            if let prepared = unsafe prepared { return unsafe prepared }
        }
        return nil
    }
}
