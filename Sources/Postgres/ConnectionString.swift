internal import CPostgres

/// What is known about a connection string before anybody is called.
///
/// libpq quotes the part of a connection string that it cannot understand, and with a password that
/// was not percent-encoded this part is the rest of the password. Such strings are refused here, in
/// our own words.
struct ConnectionString {
    /// The string as libpq takes it.
    let text: String
    /// Passwords and pass phrases in it.
    private let secrets: [String]
    /// Other values that a message may name even if a password has the same letters.
    private let names: [String]

    /// Reads libpq keywords or a URI.
    ///
    /// - Parameter text: as in the manual of libpq, "Connection Strings"; empty for libpq's
    ///   defaults.
    /// - Throws: `connectionFailed` where it is malformed, `embeddedNUL`, `outOfMemory`.
    init(_ text: String) throws(PostgresError) {
        guard !text.utf8.contains(0) else { throw .embeddedNUL(.conninfo) }
        if let reason = Self.faultOfURI(text) { throw Self.malformed(reason) }

        var complaint: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(text, &complaint)
        unsafe PQfreemem(complaint)  // it may quote a password
        guard let options = unsafe options else { throw Self.malformed("not libpq's syntax") }
        defer { unsafe PQconninfoFree(options) }

        var secrets: [String] = []
        var names: [String] = []
        var option = unsafe options
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                let value = unsafe String(cString: value)
                if unsafe option.pointee.dispchar.pointee == CChar(UInt8(ascii: "*")) {
                    secrets.append(value)
                } else {
                    names.append(value)
                }
                let isNumber = value.utf8.allSatisfy {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ",")
                }
                if unsafe String(cString: keyword) == "port", !isNumber {
                    throw Self.malformed("the port is not a number")
                }
            }
            unsafe option += 1
        }
        self.text = text
        self.secrets = secrets.filter { !$0.isEmpty }
        self.names = names
    }

    /// The message without any secret of this string.
    ///
    /// A password that is also the name of the user, host or database cannot be told from it and
    /// stays.
    func withoutSecrets(_ message: String) -> String {
        var bytes = Array(message.utf8)
        for secret in secrets where !names.contains(where: { $0.contains(secret) }) {
            bytes = Self.masking(Array(secret.utf8), in: bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func masking(_ secret: [UInt8], in message: [UInt8]) -> [UInt8] {
        var masked: [UInt8] = []
        var rest = message[...]
        while let first = rest.first {
            if rest.starts(with: secret) {
                masked += "***".utf8
                rest = rest.dropFirst(secret.count)
            } else {
                masked.append(first)
                rest = rest.dropFirst()
            }
        }
        return masked
    }

    /// What makes a URI one that libpq would take otherwise than it was meant; nil where nothing does.
    ///
    /// A password that libpq takes as part of the user, the host or the database would be named in its
    /// messages.
    private static func faultOfURI(_ text: String) -> String? {
        guard let scheme = ["postgres://", "postgresql://"].first(where: text.hasPrefix) else {
            return nil
        }
        // Some versions of libpq refuse white space, others take keywords after the slashes as a host.
        guard !text.utf8.contains(where: { $0 <= UInt8(ascii: " ") }) else { return "white space" }
        var rest = text.utf8.dropFirst(scheme.utf8.count)
        var user = rest.prefix(0)
        if let stop = rest.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") }
        ),
            rest[stop] == UInt8(ascii: "@")
        {
            user = rest[..<stop].prefix { $0 != UInt8(ascii: ":") }
            rest = rest[rest.index(after: stop)...]
        }
        let beforeQuery = rest.prefix { $0 != UInt8(ascii: "?") }
        if beforeQuery.contains(UInt8(ascii: "@")) { return "more than one '@'" }
        let isKeyword = user.contains(UInt8(ascii: "=")) || beforeQuery.contains(UInt8(ascii: "="))
        return isKeyword ? "a '=' before the '?'" : nil
    }

    private static func malformed(_ reason: String) -> PostgresError {
        .connectionFailed(
            message: "the connection string is malformed (\(reason)); "
                + "special characters of a password in a URI must be percent-encoded")
    }
}
