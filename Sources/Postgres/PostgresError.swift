/// What can go wrong between us and a PostgreSQL server.
///
/// No case carries a value out of a row, a parameter or a password.
public enum PostgresError: Error, Equatable, Sendable {
    /// No session could be opened; the message is libpq's, without secrets.
    case connectionFailed(message: String)
    /// The server refused a command; the session goes on.
    ///
    /// The message is the server's primary one where that names objects only, and the name of the
    /// condition where it might quote values (see `ServerFailure`).
    case server(sqlstate: SQLState, message: String)
    /// The server sent bytes that the protocol does not allow.
    ///
    /// The offset counts bytes from the start of the COPY stream, or of the value where one value
    /// is decoded.
    case protocolViolation(PostgresViolation, offset: Int)
    /// A `PostgresCancellation` or a time limit of the server ended the command; the session goes
    /// on.
    case cancelled
    /// The memory ran out.
    case outOfMemory
    /// The session is gone: the server ended, was killed or cannot be reached.
    case connectionLost
    /// A text for the server holds a NUL byte, which PostgreSQL cannot store.
    case embeddedNUL(PostgresArgument)
    /// A table or column name has an empty part, too many parts or a quote that is not closed.
    case malformedName
}

/// Which text given by the caller is meant.
public enum PostgresArgument: Equatable, Sendable {
    /// The connection string.
    case conninfo
    /// The text of a command.
    case sql
    /// A parameter of a query, counted from 1 as in `$1`.
    case parameter(Int)
    /// A table's or column's name.
    case name
}

/// How bytes from the server break the rules.
public enum PostgresViolation: Equatable, Sendable {
    /// The stream does not begin as binary COPY does.
    case signature
    /// The header has flags that change the format in a way we do not know.
    case unknownFlags
    /// The header's extension has a negative length.
    case extensionLength
    /// A row has another number of fields than announced.
    case fieldCount(found: Int, expected: Int)
    /// A field's length is neither -1 nor 0...1 GiB.
    case fieldLength
    /// The stream ends in the middle of the header or of a row, or without the trailer.
    case truncated
    /// Bytes follow the trailer.
    case bytesAfterTrailer
    /// A value does not have the length or form of its type.
    case malformedValue(PostgresColumnType)
    /// The server answered with another kind of result than the command has.
    case unexpectedResult
}

extension PostgresError: CustomStringConvertible {
    /// One line for a log.
    public var description: String {
        switch self {
        case .connectionFailed(let message): "cannot connect to PostgreSQL: \(message)"
        case .server(let sqlstate, let message): "PostgreSQL refused (\(sqlstate)): \(message)"
        case .protocolViolation(let violation, let offset):
            "PostgreSQL sent something unexpected at byte \(offset): \(violation)"
        case .cancelled: "the PostgreSQL command was cancelled or ran out of time"
        case .outOfMemory: "out of memory"
        case .connectionLost: "the connection to PostgreSQL was lost"
        case .embeddedNUL(let argument): "a NUL byte in the text for PostgreSQL: \(argument)"
        case .malformedName: "a table or column name is malformed"
        }
    }
}
