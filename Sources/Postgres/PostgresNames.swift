internal import CPostgres

extension PostgresConnection {
    /// One identifier, quoted for SQL text: exactly this name, whatever its letters.
    ///
    /// - Parameter name: as stored by the server, case and all.
    /// - Returns: the name in double quotes.
    /// - Throws: `malformedName` if it is empty, `embeddedNUL`.
    public func quotedIdentifier(_ name: String) throws(PostgresError) -> String {
        guard !name.isEmpty else { throw .malformedName }
        guard !name.utf8.contains(0) else { throw .embeddedNUL(.name) }
        guard let quoted = unsafe PQescapeIdentifier(handle, name, name.utf8.count) else {
            throw .outOfMemory
        }
        defer { unsafe PQfreemem(quoted) }
        return unsafe String(cString: quoted)
    }

    /// A table's name with or without its schema, quoted for SQL text.
    ///
    /// - Parameter name: `table`, `schema.table` or `database.schema.table`, each part as stored by
    ///   the server, case and all; a part that has a dot or a quote stands in double quotes as in
    ///   SQL: `"Old.Data".patients`.
    /// - Returns: each part in double quotes.
    /// - Throws: `malformedName`, `embeddedNUL`.
    public func quotedName(_ name: String) throws(PostgresError) -> String {
        guard let parts = partsOfName(name), parts.count <= 3 else { throw .malformedName }
        var quoted: [String] = []
        for part in parts { quoted.append(try quotedIdentifier(part)) }
        return quoted.joined(separator: ".")
    }
}

/// Splits `schema."Table.2026"` at the dots outside quotes, and takes the quotes off.
///
/// - Parameter name: parts joined by dots.
/// - Returns: the parts; nil where one is empty or a quote is not closed or stands inside a bare
///   part.
func partsOfName(_ name: String) -> [String]? {
    let quote = UInt8(ascii: "\""), dot = UInt8(ascii: ".")
    var parts: [String] = []
    var rest = Array(name.utf8)[...]
    while true {
        var part: [UInt8] = []
        if rest.first == quote {
            rest = rest.dropFirst()
            var isClosed = false
            while let byte = rest.popFirst() {
                if byte == quote {
                    guard rest.first == quote else {
                        isClosed = true
                        break
                    }
                    rest = rest.dropFirst()  // two quotes stand for one
                }
                part.append(byte)
            }
            guard isClosed else { return nil }
        } else {
            while let byte = rest.first, byte != dot {
                guard byte != quote else { return nil }
                part.append(byte)
                rest = rest.dropFirst()
            }
        }
        guard !part.isEmpty else { return nil }
        parts.append(String(decoding: part, as: UTF8.self))
        guard let next = rest.popFirst() else { return parts }
        guard next == dot else { return nil }
    }
}
