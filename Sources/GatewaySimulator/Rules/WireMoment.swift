internal import Glibc

/// Moments as the protocol writes them.
enum WireMoment {
    /// Milliseconds since 1970, now.
    static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
    }

    /// `2022-10-06T15:10:00.587Z`.
    static func text(_ milliseconds: Int) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let fraction = "\(1000 + milliseconds % 1000)".dropFirst()
        return unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(fraction)Z"
    }

    /// Reads the published form only: milliseconds and `Z`; nil for every other.
    static func milliseconds(of text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        for (place, letter) in Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8).enumerated() {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
            guard letter == UInt8(ascii: "d") ? isDigit : bytes[place] == letter else { return nil }
        }
        func number(_ range: Range<Int>) -> Int32 {
            bytes[range].reduce(0) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        }
        var parts = unsafe tm()
        unsafe parts.tm_year = number(0..<4) - 1900
        unsafe parts.tm_mon = number(5..<7) - 1
        unsafe parts.tm_mday = number(8..<10)
        unsafe parts.tm_hour = number(11..<13)
        unsafe parts.tm_min = number(14..<16)
        unsafe parts.tm_sec = number(17..<19)
        let milliseconds = unsafe Int(timegm(&parts)) * 1000 + Int(number(20..<23))
        // timegm takes the 31st of February for a day in March.
        return Self.text(milliseconds) == text ? milliseconds : nil
    }

    /// A random UUID.
    static func freshID() -> String {
        var random = SystemRandomNumberGenerator()
        let words = (random.next(), random.next())
        let bits = (words.0 & ~0xF000 | 0x4000, words.1 & ~(3 << 62) | 1 << 63)
        func hex(_ word: UInt64) -> String {
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        let all = Array(hex(bits.0) + hex(bits.1))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(all[$0]) }
            .joined(separator: "-")
    }

    /// Whether a text is a UUID, in either case.
    static func isID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit } }
    }
}
