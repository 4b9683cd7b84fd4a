import Postgres
import TestSupport
import Testing

@Suite("Binary values of PostgreSQL")
struct PostgresBinaryTests {
    private func bigEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: value >> $0)
        }
    }

    /// A calendar that only ever goes to the next day.
    private func dayAfter(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if day < lengths[month - 1] { return (year, month, day + 1) }
        return month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
    }

    @Test("dates agree with counting day by day from 1 BC to 2420")
    func dates() throws {
        var (year, month, day) = (0, 1, 1)
        for days in Int32(-730_485)...Int32(153_500) {
            let bytes = bigEndianBytes(days)
            let expected: PostgresDate =
                year >= 1
                ? .day(year: year, month: month, day: day)
                : .beforeChrist(year: 1 - year, month: month, day: day)
            let date = try PostgresBinary.date(bytes.span)
            if date != expected { Issue.record("day \(days): \(date), not \(expected)") }
            (year, month, day) = dayAfter(year, month, day)
        }
        #expect(year == 2420)
    }

    @Test("infinite dates and the ends of the range are cases of their own")
    func extremeDates() throws {
        #expect(try PostgresBinary.date(bigEndianBytes(Int32.max).span) == .infinity)
        #expect(try PostgresBinary.date(bigEndianBytes(Int32.min).span) == .minusInfinity)
        // The first and the last date of the manual's table 8.9.
        #expect(
            PostgresDate(daysSince2000: -2_451_545)
                == .beforeChrist(year: 4714, month: 11, day: 24))
        #expect(
            PostgresDate(daysSince2000: 2_145_031_948)
                == .day(year: 5_874_897, month: 12, day: 31))
    }

    @Test("a timestamp's day is the local clock's")
    func timestamps() throws {
        func date(_ micros: Int64, offset: Int = 0) throws -> PostgresDate {
            let bytes = bigEndianBytes(micros)
            return try PostgresBinary.timestampDate(bytes.span, utcOffsetSeconds: offset)
        }
        #expect(try date(0) == .day(year: 2000, month: 1, day: 1))
        #expect(try date(-1) == .day(year: 1999, month: 12, day: 31))
        #expect(try date(86_399_999_999) == .day(year: 2000, month: 1, day: 1))
        #expect(try date(68_400_000_000, offset: 19_800) == .day(year: 2000, month: 1, day: 2))
        #expect(try date(.max) == .infinity)
        #expect(try date(.min) == .minusInfinity)
        #expect(try date(.min + 1, offset: -86_400) != .minusInfinity)
    }

    @Test(
        "numerics that are whole become integers",
        arguments: [
            ("0003000200000000007b11d722c5", PostgresNumeric.integer(12_345_678_901)),
            ("0005000440000000039a0d2c0170156516b0", .integer(.min)),
            ("0005000400000000039a0d2c0170156516b0", .tooLarge),
            ("000200000000000100011388", .fractional), ("00000000c0000000", .notFinite),
            ("00000000d0000020", .notFinite), ("00000000f0000020", .notFinite),
            ("0000000000000000", .integer(0)), ("00010001000000020001", .integer(10_000)),
            ("00010002000000000001", .integer(100_000_000)),
            ("0001fffe0000000503e8", .fractional), ("00017fff000000000001", .tooLarge),
            ("0002000040000000000103e8", .fractional),
        ])
    func numerics(hexadecimal: String, expected: PostgresNumeric) throws {
        let bytes = CopyFixture.hexadecimal(hexadecimal)
        #expect(try PostgresNumeric(bytes.span) == expected)
    }

    @Test(
        "bytes that are no numeric are refused",
        arguments: [
            "", "00000000000000", "0001000000000000", "0000000010000000", "00010000000000002710",
            "ffff000000000000", "0001000000000000ffff",
        ])
    func malformedNumerics(hexadecimal: String) {
        let bytes = CopyFixture.hexadecimal(hexadecimal)
        #expect(
            errorOf { () throws(PostgresError) in _ = try PostgresNumeric(bytes.span) }
                == .protocolViolation(.malformedValue(.numeric), offset: 0))
    }

    @Test(
        "no bytes of any length or content make a decoder trap", arguments: 0..<50 as Range<UInt64>)
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let length = Int.random(in: 0...20, using: &random)
            let bytes = (0..<length).map { _ in
                Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0
            }
            for type in PostgresColumnType.allCases {
                var text = Array("before".utf8)
                do throws(PostgresError) {
                    let isText = try type.appendText(
                        of: bytes.span, to: &text, utcOffsetSeconds: 19_800)
                    #expect(isText || text == Array("before".utf8))
                } catch {
                    #expect(error == .protocolViolation(.malformedValue(type), offset: 0))
                }
            }
        }
    }
}
