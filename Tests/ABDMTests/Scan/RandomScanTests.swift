import ABDM
import Matcher
import TestSupport
import Testing

/// A code written in one of the ways in which codes are written, and what it says.
private struct RandomScan {
    var text: String
    var address: String
    var isDerived: Bool
    var number: UInt64?
    var name: String
    var gender: Gender
    var year: Int
    var month: Int
    var day: Int

    init(using random: inout SplitMix64) {
        func one<T>(_ choices: [T]) -> T {
            choices[Int.random(in: 0..<choices.count, using: &random)]
        }
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        var members: [String] = []

        let digits = UInt64.random(in: 10_000_000_000_000...99_999_999_999_999, using: &random)
        number = chance(70) ? digits : nil
        isDerived = number != nil && chance(30)
        let user = one(["asha", "ravi.k", "m_rao9", "9lives", "a-b"])
        let domain = one(["sbx", "abdm", "ndhm"])
        address = isDerived ? "\(digits)@abdm" : "\(user)@\(domain)"
        if number != nil {
            let text = String(digits)
            let grouped =
                "\(text.prefix(2))-\(text.dropFirst(2).prefix(4))-\(text.dropFirst(6).prefix(4))-"
                + "\(text.dropFirst(10))"
            members.append("\"hidn\":" + one(["\"\(text)\"", "\"\(grouped)\"", text]))
        }
        if !isDerived {
            let written = chance(50) ? address : address.uppercased()
            members.append("\"\(one(["phr", "hid"]))\":\"\(written)\"")
        } else if chance(50) {
            members.append("\"hid\":" + one(["null", "\"-\"", "\"\"", "\"Mohit\""]))
        }
        name = one(["Asha Verma", "R.  Kumar", "आशा", "D\\u0027Souza", "Na"])
        members.append("\"name\":\"\(name)\"")
        name = name.replacing("\\u0027", with: "'")
        let sex: (String, Gender) = one([
            ("M", .male), ("F", .female), ("O", .other), ("T", .transgender), ("U", .notStated),
        ])
        gender = sex.1
        if gender != .notStated || chance(50) { members.append("\"gender\":\"\(sex.0)\"") }
        (year, month, day) = (
            Int.random(in: 1900...2026, using: &random), Int.random(in: 1...12, using: &random),
            Int.random(in: 1...28, using: &random)
        )
        let mark = one(["-", "/"])
        let parts = chance(50) ? "\(day)\(mark)\(month)" : "\(padded(day))\(mark)\(padded(month))"
        members.append("\"dob\":\"\(parts)\(mark)\(year)\"")
        if chance(50) { members.append("\"mobile\":\"98xxxxxx\(padded(day))\"") }
        if chance(50) {
            members.append("\"statelgd\":\(one(["\"29\"", "29", "\"-\"", "\"Goa\""]))")
        }
        if chance(50) { members.append("\"\(one(["x", "photo", "hidn "]))\":{\"phr\":[]}") }
        let blank = one(["", " ", "\n  "])
        text =
            "{" + members.shuffled(using: &random).map { blank + $0 }.joined(separator: ",") + "}"
        if chance(20) { text = "\u{FEFF}" + text + "\r\n" }
    }
}

private func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

@Suite("Random scanned codes")
struct RandomScanTests {
    @Test("say what they were written to say", arguments: 0..<40 as Range<UInt64>)
    func readBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<25 {
            let scan = RandomScan(using: &random)
            let bytes = Array(scan.text.utf8)
            let profile = try ScannedProfile(scanned: bytes.span, domain: .production)
            #expect(profile.address == scan.address, "\(scan.text)")
            #expect(profile.isAddressDerived == scan.isDerived, "\(scan.text)")
            #expect(profile.abhaNumber?.digits == scan.number, "\(scan.text)")
            #expect(profile.name == scan.name, "\(scan.text)")
            #expect(profile.gender == scan.gender, "\(scan.text)")
            let date = try BirthDate(year: scan.year, month: scan.month, day: scan.day)
            #expect(profile.birthDate == date, "\(scan.text)")
            #expect(profile.mobile == nil, "\(scan.text)")
        }
    }
}
