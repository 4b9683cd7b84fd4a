/// Random spellings of one value, as desks and exports write it.
extension SplitMix64 {
    /// An Indian mobile of ten digits with some prefix and grouping.
    public mutating func spelledMobile(_ subscriber: UInt64) -> String {
        let prefixes = [
            "", "0", "0 ", "0-", "(0)", "91", "91 ", "91-", "091 ", "0091", "0091-", "+91", "+91-",
            "+91 ", "(+91) ", "+91 (0) ", "+91-0-", "91 0 ",
        ]
        let prefix = prefixes.randomElement(using: &self) ?? ""
        let mark =
            ["", "", "\u{200E}", "\u{202A}", "\u{FEFF}", " "].randomElement(using: &self) ?? ""
        return mark + prefix + grouped(String(subscriber)) + mark
    }

    /// Digits with separators between some of them.
    public mutating func grouped(_ digits: String) -> String {
        let separator =
            ["", "-", " ", ".", "\u{A0}", "\u{2013}", "\u{200B}", " - ", ") ("]
            .randomElement(using: &self) ?? ""
        let places = [0, 1, 2, 3].randomElement(using: &self) ?? 0
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, places > 0, index % (places + 1) == 0 { result += separator }
            result.append(digit)
        }
        return result
    }

    /// A calendar day in one of the forms that a birth date is read from.
    public mutating func spelledDay(year: Int, month: Int, day: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let pads = Bool.random(using: &self)
        let separator = ["-", "/", "."].randomElement(using: &self) ?? "-"
        let d = pads ? padded(day) : "\(day)"
        let m = pads ? padded(month) : "\(month)"
        let parts = Bool.random(using: &self) ? ["\(year)", m, d] : [d, m, "\(year)"]
        let time =
            ["", "", " 00:00:00", "T00:00:00Z", "T00:00:00.000+05:30", " 0:00"]
            .randomElement(using: &self) ?? ""
        let margin = ["", " ", "\t"].randomElement(using: &self) ?? ""
        return margin + parts.joined(separator: separator) + time + margin
    }
}
