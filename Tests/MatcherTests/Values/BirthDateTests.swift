internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Birth date")
struct BirthDateTests {
    @Test(
        "is read day first in every form",
        arguments: [
            ("1980-05-12", 1980, 5, 12), ("1980-5-2", 1980, 5, 2), ("12-5-1980", 1980, 5, 12),
            ("12/05/1980", 1980, 5, 12), ("12.05.1980", 1980, 5, 12), ("1980/05/12", 1980, 5, 12),
            ("25/6/2012", 2012, 6, 25), ("12/12/1997", 1997, 12, 12), (" 1-2-2003 ", 2003, 2, 1),
            ("1980-05-12 00:00:00", 1980, 5, 12), ("1980-05-12T00:00:00Z", 1980, 5, 12),
            ("1980-05-12T18:30:00.000+05:30", 1980, 5, 12), ("12/05/1980 00:00", 1980, 5, 12),
            ("2/5/1980 00:00:00", 1980, 5, 2), ("1980-5-2T00:00:00", 1980, 5, 2),
            ("29-02-2000", 2000, 2, 29), ("29-02-1996", 1996, 2, 29), ("31-12-1850", 1850, 12, 31),
            ("1-1-2100", 2100, 1, 1),
        ])
    func days(text: String, year: UInt16, month: UInt8, day: UInt8) {
        #expect(Parsing.birthDate(text) == .success(.day(year: year, month: month, day: day)))
    }

    @Test(
        "keeps the year when no more is known",
        arguments: [
            "1980", " 1980 ", "1980-00-00", "00-00-1980", "0/0/1980", "1980-xx-xx", "XX/XX/1980",
            "xx-05-1980", "1980-05-00", "1980-00-12", "1980-05-1x", "x1-05-1980", "1980-x5-12",
        ])
    func yearOnly(text: String) {
        #expect(Parsing.birthDate(text) == .success(.yearOnly(1980)))
    }

    @Test(
        "is absent where the text stands for no date",
        arguments: [
            "", "  ", "-", "--", ".", "NA", "n/a", "null", "None", "0000-00-00", "00/00/0000",
            "0000",
            "0000-05-12", "0000-00-00 00:00:00", "xxxx-05-12", "12-05-xxxx", "xxxx", "198x-05-12",
            "12/05/19xx",
        ])
    func absent(text: String) {
        #expect(Parsing.birthDate(text) == .success(nil))
    }

    @Test(
        "is refused where the calendar has no such day",
        arguments: [
            "32-01-1980", "1980-13-01", "1980-05-32", "1980-13-00", "12/25/1980", "1980-00-32",
        ])
    func noSuchDay(text: String) {
        #expect(Parsing.birthDate(text) == .failure(.noSuchDay))
    }

    @Test(
        "is refused where its month has no such day, unless the year is enough",
        arguments: [
            "29-02-1900", "29-02-2100", "29-02-2001", "30-02-2000", "31-04-1980", "31-06-1980",
            "31-09-1980", "31-11-1980",
        ])
    func notInThisMonth(text: String) throws {
        #expect(Parsing.birthDate(text) == .failure(.notInThisMonth))
        let year = try #require(UInt16(text.suffix(4)))
        let kept = try BirthDate.parse(text.utf8.span, keepsYear: true)
        #expect(kept == .yearOnly(year))
    }

    @Test(
        "is refused outside the years of living people", arguments: ["1849", "2101", "12-05-0980"])
    func yearOutOfRange(text: String) {
        #expect(Parsing.birthDate(text) == .failure(.yearOutOfRange))
    }

    @Test(
        "is refused in any other form",
        arguments: [
            "12-5-80", "80-5-12", "19800512", "12 May 1980", "1980-5", "1980-", "198", "19801",
            "1980-5-12-1", "1980--12", "-1980", "1980-005-12", "12-005-1980", "1980-05-123",
            "1980 05 12", "1980 foo", "1980-05-12T", "12-5-1980 foo", "१९८०", "1980-05-12x99:00",
            "1-1-1",
        ])
    func malformed(text: String) {
        guard case .failure(.malformed) = Parsing.birthDate(text) else {
            Issue.record("\(text): \(Parsing.birthDate(text))")
            return
        }
    }

    @Test("of a year alone is four digits")
    func years() {
        #expect(Parsing.birthYear("1980") == .success(.yearOnly(1980)))
        #expect(Parsing.birthYear(" 1980\n") == .success(.yearOnly(1980)))
        for text in ["", "-", "0000", "NULL", "xxxx"] {
            #expect(Parsing.birthYear(text) == .success(nil), "\(text)")
        }
        for text in ["80", "19801", "1980.0", "1980-05-12", "12-5", "1-1-"] {
            guard case .failure(.malformed) = Parsing.birthYear(text) else {
                Issue.record("\(text)")
                continue
            }
        }
        #expect(Parsing.birthYear("1849") == .failure(.yearOutOfRange))
    }

    @Test("says what is known of it")
    func facts() {
        let day = BirthDate.day(year: 1980, month: 5, day: 12)
        #expect(day.year == 1980 && day.isFull)
        let year = BirthDate.yearOnly(1981)
        #expect(year.year == 1981 && !year.isFull)
    }

    @Test(
        "accepts exactly the days of the Gregorian calendar", arguments: [1900, 1999, 2000, 2004])
    func wholeYear(year: Int) {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for month in 1...14 {
            for day in 1...33 {
                let exists = month <= 12 && day <= lengths[min(month, 12) - 1]
                let date = try? BirthDate(year: year, month: month, day: day)
                #expect((date != nil) == exists, "\(year)-\(month)-\(day)")
            }
        }
    }

    @Test("comes back from a random spelling", arguments: 0..<16 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let year = Int.random(in: 1850...2100, using: &random)
            let month = Int.random(in: 1...12, using: &random)
            let day = Int.random(in: 1...28, using: &random)
            let text = random.spelledDay(year: year, month: month, day: day)
            let expected = BirthDate.day(
                year: UInt16(year), month: UInt8(month), day: UInt8(day))
            #expect(Parsing.birthDate(text) == .success(expected), "\(text)")
        }
    }

    @Test(
        "never traps, and holds its range, whatever the bytes", arguments: 0..<16 as Range<UInt64>)
    func anyBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let usual = Array("01289-/.xX T".utf8)
        for round in 0..<300 {
            let bytes = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                round % 3 == 0
                    ? UInt8.random(in: 0...255, using: &random)
                    : usual.randomElement(using: &random) ?? 0
            }
            guard case .success(.some(let date)) = Parsing.birthDate(bytes) else { continue }
            #expect(BirthDate.years.contains(date.year))
        }
    }

    @Test(
        "two birthdays contradict each other unless a usual slip explains them",
        arguments: [
            ("1984-03-12", "1986-11-02", true), ("1984-03-12", "1984-04-13", true),
            ("1984-03-12", "1984-03-12", false), ("1984-03-12", "1984-12-03", false),
            ("1984-03-12", "1984-03-21", false), ("1984-03-12", "1985-03-12", false),
            ("1984-03-12", "1984-01-01", false), ("1984-03-12", "1984", false),
        ])
    func contradiction(a: String, b: String, contradicts: Bool) throws {
        let first = try #require(try BirthDate.parse(a.utf8.span))
        let second = try #require(try BirthDate.parse(b.utf8.span))
        #expect(first.contradicts(second) == contradicts)
        #expect(second.contradicts(first) == contradicts)
    }
}
