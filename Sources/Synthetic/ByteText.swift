/// Text as bytes, written from its parts.
extension [UInt8] {
    /// Adds the bytes of a string.
    mutating func append(text: String) { append(contentsOf: text.utf8) }

    /// Adds a number in decimal, with zeros in front up to a width.
    mutating func append(decimal value: UInt64, width: Int = 1) {
        let start = count
        var rest = value
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        while count - start < width { append(UInt8(ascii: "0")) }
        self[start...].reverse()
    }

    /// Adds a date as `YYYY-MM-DD`.
    mutating func append(date: SyntheticDate) {
        append(decimal: UInt64(date.year), width: 4)
        append(UInt8(ascii: "-"))
        append(decimal: UInt64(date.month), width: 2)
        append(UInt8(ascii: "-"))
        append(decimal: UInt64(date.day), width: 2)
    }

    /// Adds a random UUID of version 4, in lower case.
    mutating func appendUUID(using random: inout SyntheticRandom) {
        let high = (random.next() & ~0xF000) | 0x4000
        let low = (random.next() & ~(0b11 << 62)) | (0b10 << 62)
        for nibble in 0..<32 {
            if [8, 12, 16, 20].contains(nibble) { append(UInt8(ascii: "-")) }
            let word = nibble < 16 ? high : low
            let digit = UInt8((word >> UInt64(60 - nibble % 16 * 4)) & 0xF)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

/// A day of the calendar.
struct SyntheticDate: Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// How many days a month has, in the years 1901...2099.
    static func days(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Any day of a year.
    init(year: Int, using random: inout SyntheticRandom) {
        self.year = year
        month = random.within(1...12)
        day = random.within(1...Self.days(year: year, month: month))
    }
}
