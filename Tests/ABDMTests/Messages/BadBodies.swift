internal import Testing

/// A body and what is said against it.
struct BadBody: Sendable, CustomTestStringConvertible {
    let what: String
    let bytes: [UInt8]
    /// What the message must begin with, and be as a whole if `isWhole`.
    let message: String

    var testDescription: String { what }

    init(_ what: String, _ text: String, _ message: String) {
        self.init(what, Array(text.utf8), message)
    }

    init(_ what: String, _ bytes: [UInt8], _ message: String) {
        self.what = what
        self.bytes = bytes
        self.message = message
    }
}

/// Bodies that are no discover requests, one fault each.
enum BadBodies {
    /// Stands in every bad value and must stand in no reply.
    static let marker = "Zeta7Secret"

    private static let identifier = #"{"type":"MOBILE","value":"9800000001"}"#

    /// A sound body, one of its members replaced, or left out where the replacement is nil.
    static func body(_ member: String = "", _ value: String? = "") -> String {
        func object(_ members: [(String, String)]) -> String {
            let kept = members.compactMap { name, sound -> String? in
                let text = name == member ? value : sound
                return text.map { "\"\(last(name))\":\($0)" }
            }
            return "{" + kept.joined(separator: ",") + "}"
        }
        let patient = object([
            ("patient.id", "\"asha@sbx\""), ("patient.name", "\"Asha Verma\""),
            ("patient.gender", "\"F\""), ("patient.yearOfBirth", "1985"),
            ("patient.verifiedIdentifiers", "[\(identifier)]"),
            ("patient.unverifiedIdentifiers", "[]"),
        ])
        return object([
            ("requestId", "\"r\""), ("timestamp", "\"2026-05-25T01:09:02.330549\""),
            ("transactionId", "\"t\""), ("patient", patient),
        ])
    }

    private static func last(_ path: String) -> String {
        path.split(separator: ".").last.map(String.init) ?? path
    }

    static func verified(_ identifier: String) -> String {
        body("patient.verifiedIdentifiers", "[\(self.identifier),\(identifier)]")
    }

    /// Values that are of no use where a string, an array, an object or a year is due.
    private static let wrongTypes = [
        "{\"\(marker)\":1}", "[\"\(marker)\"]", "true", "-7.5", "18446744073709551615",
    ]

    private static let strings = [
        "transactionId", "requestId", "patient.id", "patient.name", "patient.gender",
    ]
    private static let lists = ["patient.verifiedIdentifiers", "patient.unverifiedIdentifiers"]

    private static var wrongTypeBodies: [BadBody] {
        var bodies: [BadBody] = []
        for value in wrongTypes {
            for member in strings {
                bodies.append(
                    BadBody(
                        "\(member) = \(value)", body(member, value), "\(member) must be a string"))
            }
            let what = "patient.verifiedIdentifiers[1]"
            bodies += ["type", "value"].map { name in
                let other = name == "type" ? "value" : "type"
                return BadBody(
                    "\(what).\(name) = \(value)",
                    verified("{\"\(name)\":\(value),\"\(other)\":\"MR\"}"),
                    "\(what).\(name) must be a string")
            }
        }
        for value in wrongTypes + ["\"\(marker)\""] {
            if !value.hasPrefix("{") {
                bodies.append(
                    BadBody(
                        "patient = \(value)", body("patient", value), "patient must be an object"))
                bodies.append(
                    BadBody(
                        "element = \(value)", verified(value),
                        "patient.verifiedIdentifiers[1] must be an object"))
                bodies.append(BadBody("body = \(value)", value, "body must be an object"))
            }
            if !value.hasPrefix("[") {
                for member in lists {
                    bodies.append(
                        BadBody(
                            "\(member) = \(value)", body(member, value),
                            "\(member) must be an array"))
                }
            }
            if !value.hasPrefix("\"") {
                bodies.append(
                    BadBody(
                        "year = \(value)", body("patient.yearOfBirth", value),
                        "patient.yearOfBirth must be an integer"))
            }
        }
        return bodies
    }

    private static var missingBodies: [BadBody] {
        ["transactionId", "patient", "patient.id", "patient.name", "patient.gender"].flatMap {
            member in
            [
                BadBody("\(member) left out", body(member, nil), "\(member) is missing"),
                BadBody("\(member) null", body(member, "null"), "\(member) is missing"),
            ]
        } + [
            BadBody("an empty object", "{}", "transactionId is missing"),
            BadBody(
                "an empty transaction", body("transactionId", "\"\""), "transactionId is missing"),
            BadBody("an empty id", body("patient.id", "\" \""), "patient.id is empty"),
            BadBody("an empty patient", body("patient", "{}"), "patient.id is missing"),
            BadBody(
                "an identifier without a type", verified("{\"value\":\"\(marker)\"}"),
                "patient.verifiedIdentifiers[1].type is missing"),
            BadBody(
                "an identifier whose type is null",
                verified("{\"type\":null,\"value\":\"\(marker)\"}"),
                "patient.verifiedIdentifiers[1].type is missing"),
        ]
    }

    private static var repeatedBodies: [BadBody] {
        let patient = #"{"id":"a@sbx","name":"A","gender":"F"}"#
        var bodies: [BadBody] = []
        for first in ["null", "\"\"", "\"\(marker)\""] {
            for member in ["transactionId", "requestId"] {
                bodies.append(
                    BadBody(
                        "\(member) twice, first \(first)",
                        "{\"\(member)\":\(first),\"\(member)\":\"t\",\"patient\":\(patient)}",
                        "\(member) stands twice"))
            }
            for member in ["id", "name", "gender", "yearOfBirth"] + lists.map(last) {
                bodies.append(
                    BadBody(
                        "\(member) twice, first \(first)",
                        body("patient", "{\"\(member)\":\(first),\"\(member)\":\(first)}"),
                        "patient.\(member) stands twice"))
            }
            for member in ["type", "value"] {
                bodies.append(
                    BadBody(
                        "\(member) twice, first \(first)",
                        verified("{\"\(member)\":\(first),\"\(member)\":\"\(marker)\"}"),
                        "patient.verifiedIdentifiers[1].\(member) stands twice"))
            }
        }
        bodies.append(
            BadBody(
                "patient twice",
                "{\"transactionId\":\"t\",\"patient\":null,\"patient\":\(patient)}",
                "patient stands twice"))
        bodies.append(
            BadBody(
                "a name that is escaped is the same name",
                "{\"transactionId\":\"t\",\"p\\u0061tient\":\(patient),\"patient\":\(patient)}",
                "patient stands twice"))
        return bodies
    }

    private static var sizedBodies: [BadBody] {
        func many(_ count: Int) -> String {
            "["
                + repeatElement("{\"type\":\"MR\",\"value\":\"\(marker)\"}", count: count)
                .joined(separator: ",") + "]"
        }
        func long(_ count: Int) -> String {
            "\"" + marker + String(repeating: "a", count: count - marker.utf8.count) + "\""
        }
        let list = "patient.verifiedIdentifiers"
        return lists.flatMap { member in
            [65, 10_000].map { count in
                BadBody(
                    "\(count) in \(member)", body(member, many(count)),
                    "\(member) has more than 64 entries")
            }
        } + [
            BadBody(
                "a name of 513 bytes", body("patient.name", long(513)),
                "patient.name is longer than 512 bytes"),
            BadBody(
                "a name of 1 MB", body("patient.name", long(1 << 20)),
                "patient.name is longer than 512 bytes"),
            BadBody(
                "an id of 257 bytes", body("patient.id", long(257)),
                "patient.id is longer than 256 bytes"),
            BadBody(
                "a transaction of 257 bytes", body("transactionId", long(257)),
                "transactionId is longer than 256 bytes"),
            BadBody(
                "a request id of 257 bytes", body("requestId", long(257)),
                "requestId is longer than 256 bytes"),
            BadBody(
                "a value of 257 bytes", verified("{\"type\":\"MR\",\"value\":\(long(257))}"),
                "\(list)[1].value is longer than 256 bytes"),
            BadBody(
                "a type of 257 bytes", verified("{\"type\":\(long(257)),\"value\":\"1\"}"),
                "\(list)[1].type is longer than 256 bytes"),
        ]
    }

    private static var yearBodies: [BadBody] {
        let range = "patient.yearOfBirth is not in the years 1850 to 2100"
        let years: [(String, String)] = [
            ("1849", range), ("2101", range), ("0", range), ("-1985", range), ("19850", range),
            ("9223372036854775807", range), ("1985.5", "patient.yearOfBirth must be an integer"),
            ("1e300", "patient.yearOfBirth must be an integer"),
            ("\"\(marker)\"", "patient.yearOfBirth is not a year"),
            ("\"85\"", "patient.yearOfBirth is not a year"),
            ("\"1985-04-12\"", "patient.yearOfBirth is not a year"),
            ("\"1849\"", "patient.yearOfBirth is not a year"),
        ]
        return years.map { value, message in
            BadBody("year \(value)", body("patient.yearOfBirth", value), message)
        }
    }

    private static var brokenBodies: [BadBody] {
        func raw(_ bytes: [UInt8]) -> [UInt8] {
            let parts = body("patient.name", "\"\(marker)#\"").split(separator: "#", maxSplits: 1)
            return Array(parts[0].utf8) + bytes + Array(parts[1].utf8)
        }
        let notJSON = "The body is not JSON"
        let nested = String(repeating: "[", count: 100_000)
        return [
            BadBody("nothing", "", notJSON), BadBody("white space", " \n", notJSON),
            BadBody("half a body", String(body().dropLast(9)), notJSON),
            BadBody("a comma too many", body("patient.name", "\"\(marker)\","), notJSON),
            BadBody("something behind it", body() + marker, notJSON),
            BadBody("two bodies", body() + body(), notJSON),
            BadBody("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(body().utf8), notJSON),
            BadBody("a comment", "/* \(marker) */" + body(), notJSON),
            BadBody("single quotes", body("patient.name", "'\(marker)'"), notJSON),
            BadBody("a raw NUL", raw([0]), notJSON), BadBody("a raw line feed", raw([10]), notJSON),
            BadBody("a byte that is no UTF-8", raw([0xFF]), notJSON),
            BadBody("half a character", raw([0xE0, 0xA4]), notJSON),
            BadBody("an overlong slash", raw([0xC0, 0xAF]), notJSON),
            BadBody("a surrogate in UTF-8", raw([0xED, 0xA0, 0x80]), notJSON),
            BadBody("half of a surrogate pair", raw(Array(#"\ud800"#.utf8)), notJSON),
            BadBody("the other half", raw(Array(#"\udc00"#.utf8)), notJSON),
            BadBody("an unknown escape", raw(Array(#"\x41"#.utf8)), notJSON),
            BadBody("nesting without end", nested, notJSON),
            BadBody("deep nesting in a member", body("timestamp", nested), notJSON),
            BadBody(
                "a huge integer", body("patient.yearOfBirth", String(repeating: "9", count: 400)),
                notJSON),
            BadBody("not a number", body("patient.yearOfBirth", "NaN"), notJSON),
            BadBody(
                "a NUL in a name", raw(Array(#"\u0000"#.utf8)), "patient.name holds a NUL character"
            ),
            BadBody(
                "a NUL in an id", body("patient.id", #""a\u0000@sbx""#),
                "patient.id holds a NUL character"),
            BadBody(
                "a NUL in a gender", body("patient.gender", #""F\u0000""#),
                "patient.gender holds a NUL character"),
            BadBody(
                "a NUL in a transaction", body("transactionId", #""\u0000""#),
                "transactionId holds a NUL character"),
            BadBody(
                "a NUL in a value", verified(#"{"type":"MR","value":"1\u0000"}"#),
                "patient.verifiedIdentifiers[1].value holds a NUL character"),
            BadBody(
                "a NUL in a type", verified(#"{"type":"M\u0000R","value":"1"}"#),
                "patient.verifiedIdentifiers[1].type holds a NUL character"),
        ]
    }

    static let all =
        wrongTypeBodies + missingBodies + repeatedBodies + sizedBodies + yearBodies + brokenBodies
}
