/// Bodies that are no searches, one fault each.
enum BadSearches {
    private static let marker = BadBodies.marker

    /// A sound body, one of its members replaced, or left out where the replacement is nil.
    static func body(_ member: String = "", _ value: String? = "") -> String {
        let sound = [
            ("name", "\"Asha Verma\""), ("gender", "\"F\""), ("yearOfBirth", "1985"),
            ("district", "\"Pune\""), ("limit", "10"), ("scoreMin", "500"),
        ]
        let members = sound.compactMap { name, sound -> String? in
            let text = name == member ? value : sound
            return text.map { "\"\(name)\":\($0)" }
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static let wrongTypes = [
        "{\"\(marker)\":1}", "[\"\(marker)\"]", "true", "-7.5", "18446744073709551615",
    ]

    private static var wrongTypeBodies: [BadBody] {
        var bodies: [BadBody] = []
        for value in wrongTypes {
            for member in ["name", "gender", "district"] {
                bodies.append(
                    BadBody(
                        "\(member) = \(value)", body(member, value), "\(member) must be a string"))
            }
            bodies.append(
                BadBody(
                    "year = \(value)", body("yearOfBirth", value),
                    "yearOfBirth must be an integer"))
            if !value.hasPrefix("{") {
                bodies.append(BadBody("body = \(value)", value, "body must be an object"))
            }
        }
        return bodies + [BadBody("body = null", "null", "body must be an object")]
    }

    private static var rangeBodies: [BadBody] {
        var bodies: [BadBody] = []
        let words = wrongTypes + ["\"10\"", "\"\(marker)\"", "1.5", "1e3", "-1"]
        for value in words + ["0", "101", "9223372036854775807"] {
            bodies.append(
                BadBody(
                    "limit = \(value)", body("limit", value),
                    "limit must be an integer from 1 to 100"))
        }
        for value in words.filter({ $0 != "1e3" }) + ["1001", "-9223372036854775808"] {
            bodies.append(
                BadBody(
                    "scoreMin = \(value)", body("scoreMin", value),
                    "scoreMin must be an integer from 0 to 1000"))
        }
        for value in ["1849", "2101", "0", "-1985", "85", "9223372036854775807"] {
            bodies.append(
                BadBody(
                    "year = \(value)", body("yearOfBirth", value),
                    "yearOfBirth is not in the years 1850 to 2100"))
        }
        for value in ["85", "1849", "2101", "\(marker)", "1985-04-12", "19\\u000085"] {
            bodies.append(
                BadBody(
                    "year = '\(value)'", body("yearOfBirth", "\"\(value)\""),
                    "yearOfBirth is not a year"))
        }
        return bodies
    }

    private static var textBodies: [BadBody] {
        var bodies = ["name", "gender", "district"].map { member in
            BadBody(
                "\(member) with NUL", body(member, "\"F\\u0000\(marker)\""),
                "\(member) holds a NUL character")
        }
        for member in ["name", "district"] {
            let long = marker + String(repeating: "é", count: 251)
            bodies.append(
                BadBody(
                    "\(member) of 513 bytes", body(member, "\"\(long)\""),
                    "\(member) is longer than 512 bytes"))
        }
        bodies += [nil, "null"].map {
            BadBody("name = \($0 ?? "missing")", body("name", $0), "name is missing")
        }
        for name in ["", "  ", "-", "N/A", "Mr. NA", "Unknown Male", "!?", "\\u200b", "42"] {
            bodies.append(
                BadBody("name = '\(name)'", body("name", "\"\(name)\""), "name holds no name"))
        }
        for district in ["42", "!?", "Unknown"] {
            bodies.append(
                BadBody(
                    "district = '\(district)'", body("district", "\"\(district)\""),
                    "district holds no name"))
        }
        for gender in [marker, "FM", "X", "femal"] {
            bodies.append(
                BadBody(
                    "gender = '\(gender)'", body("gender", "\"\(gender)\""),
                    "gender is not one of M, F, O, U, T, D or their words"))
        }
        return bodies
    }

    private static var memberBodies: [BadBody] {
        let names = ["name", "gender", "yearOfBirth", "district", "limit", "scoreMin"]
        var bodies: [BadBody] = []
        for name in names {
            for first in ["null", "\"\(marker)\"", "{\"\(marker)\":[]}"] {
                let pair = "\"\(name)\":\(first),\"\(name)\":null"
                bodies.append(
                    BadBody("\(name) twice, first \(first)", "{\(pair)}", "\(name) stands twice"))
            }
        }
        for name in ["", "Name", "names", "year", "mobile", "hip_id", marker, "n\\u0061me2"] {
            bodies.append(
                BadBody(
                    "a member '\(name)'",
                    "{\"name\":\"Asha\",\"\(name)\":\"\(marker)\"}",
                    "body has a member that is none of name, gender, yearOfBirth, district, limit, "
                        + "scoreMin"))
        }
        return bodies
    }

    private static let brokenBodies: [BadBody] = [
        "", " ", "{", "{\"name\":\"\(marker)\"", "{\"name\":\"\(marker)\u{0}\"}",
        "{\"name\":\"\(marker)\"}}", "\(marker)", "{\"name\" \"\(marker)\"}",
        "{'name':'\(marker)'}",
    ].map { BadBody("broken: \($0.prefix(12))", $0, "The body is not JSON: ") }

    static let all =
        wrongTypeBodies + rangeBodies + textBodies + memberBodies + brokenBodies + [
            BadBody(
                "no UTF-8", Array("{\"name\":\"\(marker)".utf8) + [0xFF] + Array("\"}".utf8),
                "The body is not JSON: ")
        ]
}
