internal import CPostgres

/// Turns what libpq reports about a failed command into an error that quotes no values.
enum ServerFailure {
    /// Classes whose primary messages name tables, columns, roles and limits, and never the values
    /// of a row.
    ///
    /// Everything else is reduced to its condition. Above all class 22, whose messages quote what
    /// could not be converted ("invalid input syntax for type date: ..."), and class P0, which
    /// carries messages written by users.
    private static let classesWithoutValues: Set<Substring> = [
        "08", "0A", "23", "25", "26", "28", "2B", "34", "3D", "3F", "40", "42", "53", "54", "55",
        "57", "58",
    ]

    /// The functions of the server's source that raise an error on behalf of a user's RAISE
    /// statement.
    private static let raisersForUsers: Set<String> = ["exec_stmt_raise"]

    private static let messageBytesMax = 400

    /// The error behind a failed result.
    ///
    /// - Parameters:
    ///   - result: what libpq returned, nil if it had nothing to return.
    ///   - connection: the session on which it happened.
    /// - Returns: never a value from a row, see `classesWithoutValues`.
    static func error(of result: OpaquePointer?, on connection: OpaquePointer) -> PostgresError {
        if unsafe PQstatus(connection) != CONNECTION_OK { return .connectionLost }
        guard let result = unsafe result else { return .outOfMemory }
        guard let code = unsafe cpostgres_sqlstate(result),
            let sqlstate = unsafe SQLState(String(cString: code))
        else {
            // libpq itself complains: it has no code, and with a living session it means a wrong
            // sequence.
            return .protocolViolation(.unexpectedResult, offset: 0)
        }
        let severity = unsafe text(cpostgres_severity(result))
        let isLastWord = severity == "FATAL" || severity == "PANIC"
        if isLastWord || sqlstate.conditionClass == "08" { return .connectionLost }
        if sqlstate == .queryCanceled { return .cancelled }
        return .server(
            sqlstate: sqlstate,
            message: unsafe message(
                primary: text(cpostgres_message_primary(result)), sqlstate: sqlstate,
                raisedBy: text(cpostgres_source_function(result))))
    }

    /// The message that may be shown: the server's own, or the condition's name.
    static func message(primary: String, sqlstate: SQLState, raisedBy function: String) -> String {
        guard classesWithoutValues.contains(sqlstate.conditionClass),
            !raisersForUsers.contains(function), !primary.isEmpty
        else { return condition(of: sqlstate) }
        return oneLine(primary)
    }

    /// The message on one line, and not longer than a line of a log should be.
    static func oneLine(_ message: String) -> String {
        var line = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
        guard line.utf8.count > messageBytesMax else { return String(line) }
        while line.utf8.count > messageBytesMax { line.removeLast() }
        return line + "..."
    }

    /// The condition's name in the manual where a loader is likely to meet it, else what its class
    /// stands for.
    private static func condition(of sqlstate: SQLState) -> String {
        switch sqlstate.code {
        case "22001": "string data right truncation"
        case "22003": "numeric value out of range"
        case "22007": "invalid datetime format"
        case "22008": "datetime field overflow"
        case "22012": "division by zero"
        case "22021": "character not in repertoire"
        case "22023": "invalid parameter value"
        case "22P02": "invalid text representation"
        case "22P03": "invalid binary representation"
        case "22P05": "untranslatable character"
        case "P0001": "raised by a function or trigger of the database"
        default: sqlstate.conditionClass == "22" ? "data exception" : "message withheld"
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }
}
