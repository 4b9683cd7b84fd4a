internal import Ingest

/// One value of the configuration: where it may be said, and what it may be.
struct Setting {
    enum Kind {
        case text
        case integer(ClosedRange<Int>)
        case choice([String])
        /// Texts, separated by commas in the environment and on the command line.
        case list
        /// A database URL, whose password is never shown.
        case databaseURL
    }

    /// Its place in the configuration file, such as `rule.profile`.
    var path: String
    /// The option's name; nil when it has none.
    var flag: String?
    /// What the option's value is called in the help.
    var valueName: String
    var kind: Kind
    /// nil when it has none.
    var defaultValue: String?
    var help: String

    /// The name of the environment variable: `rule.birthYearTolerance` is
    /// `MILAAN_RULE_BIRTH_YEAR_TOLERANCE`.
    var variable: String {
        var name = "MILAAN_"
        for character in path {
            if character == "." {
                name.append("_")
            } else {
                if character.isUppercase { name.append("_") }
                name.append(contentsOf: character.uppercased())
            }
        }
        return name
    }

    /// Checks a value that was given as text.
    ///
    /// - Returns: what is wrong with it; nil when nothing is.
    func problem(of value: String) -> String? {
        switch kind {
        case .text: return nil
        case .list:
            return Self.entries(of: value).isEmpty ? "must have an entry" : nil
        case .integer(let range):
            guard let number = Int(value), range.contains(number) else {
                return "must be an integer from \(range.lowerBound) to \(range.upperBound)"
            }
            return nil
        case .choice(let choices):
            return choices.contains(value)
                ? nil : "must be one of " + choices.joined(separator: ", ")
        case .databaseURL:
            let schemes = ["postgres://", "postgresql://", "sqlite:"]
            return schemes.contains(where: value.hasPrefix)
                ? nil : "must begin with postgres:// or sqlite:"
        }
    }

    /// The texts of a list, without the white space round them.
    static func entries(of list: String) -> [String] {
        list.split(separator: ",").map { entry in
            let start = entry.drop { $0.isWhitespace }
            let end = start.lastIndex { !$0.isWhitespace }
            return end.map { String(start[...$0]) } ?? ""
        }.filter { !$0.isEmpty }
    }

    /// The value as it may be shown: nothing of a URL whose password cannot be told from the rest.
    func shown(_ value: String) -> String {
        guard case .databaseURL = kind, !value.hasPrefix("sqlite:") else { return value }
        guard let url = try? DatabaseURL(parsing: value), url.isWellFormed else { return "***" }
        return SecretMask.mask(url: value)
    }
}

/// Hides the password of a PostgreSQL URI, in its authority and in its parameters.
enum SecretMask {
    static func mask(url: String) -> String {
        guard let start = url[...].range(of: "://")?.upperBound else { return url }
        let mark = url[(userEnd(of: url[start...]) ?? start)...].firstIndex(of: "?")
        let head = url[..<(mark ?? url.endIndex)]
        var masked = String(head)
        // The last @ ends the user information: a password may hold one.
        if let at = head.lastIndex(of: "@"), start < at,
            let colon = head[start..<at].firstIndex(of: ":")
        {
            masked = head[...colon] + "***" + head[at...]
        }
        let parameters = url[head.endIndex...].split(
            separator: "&", omittingEmptySubsequences: false)
        return masked
            + parameters.map { parameter in
                let name = parameter.prefix { $0 != "=" }
                // A name with escapes may be any name.
                let isSecret = name.lowercased().hasSuffix("password") || name.contains("%")
                return isSecret ? name + "=***" : String(parameter)
            }.joined(separator: "&")
    }

    /// Where the user information ends in what follows the scheme; nil where there is none.
    private static func userEnd(of rest: Substring) -> String.Index? {
        // As libpq sees it: a question mark before the @ belongs to the password.
        if let end = rest.firstIndex(where: { $0 == "@" || $0 == "/" }), rest[end] == "@" {
            return end
        }
        // A slash that should have been escaped: wrong for libpq, and a secret all the same.
        guard let at = rest.firstIndex(of: "@"), !rest[..<at].contains("=") else { return nil }
        return at
    }
}

extension Substring {
    /// The first place of a text.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            formIndex(after: &start)
        }
        return nil
    }
}
