import Matcher
import SQLite
import TestSupport
import Testing

@testable import Ingest

@Suite("Births that are still to come")
struct FutureBirthTests {
    private static let today = CalendarDay(year: 2024, month: 2, day: 29)

    @Test("the day in India begins five and a half hours before that of UTC")
    func india() {
        let leapDay = 1_709_164_800  // 2024-02-29 00:00:00 UTC
        for (seconds, day) in [(-19_801, 28), (-19_800, 29), (0, 29), (66_599, 29)] {
            #expect(
                CalendarDay.inIndia(secondsSince1970: leapDay + seconds)
                    == CalendarDay(year: 2024, month: 2, day: day))
        }
        #expect(
            CalendarDay.inIndia(secondsSince1970: leapDay + 66_600)
                == CalendarDay(year: 2024, month: 3, day: 1))
    }

    @Test(
        "of files, a birth in the future is left out and counted, and one of today is not",
        arguments: [
            ("birth_date", "2024-02-29", true), ("birth_date", "2024-03-01", false),
            ("birth_date", "01/01/2025", false), ("birth_date", "2024", true),
            ("birth_date", "2025", false), ("yob", "2024", true), ("yob", "2025", false),
            // A day that its month does not have leaves the year.
            ("birth_date", "2024-02-31", true), ("birth_date", "2025-02-31", false),
        ])
    func files(field: String, value: String, isTaken: Bool) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("p.csv", "id,\(field)\n1,\(value)\n")
        let loaded = try Loaded(
            patients: file, LoadOptions(today: Self.today))
        #expect(loaded.counts.patients == 1)
        #expect((loaded.hospital.values.first?.birthDate != nil) == isTaken)
        let isCounted = !isTaken || value == "2024-02-31"
        #expect(
            loaded.counts.unusableValues.contains { $0.field == field && $0.count == 1 }
                == isCounted)
    }

    @Test("without the wrong date the year beside it counts, in a load and in an import")
    func dropped() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(
            "p.csv", "id,birth_date,yob\n1,2090-05-12,1980\n2,2090-05-12,2080\n")
        let options = LoadOptions(badValues: .drop, today: Self.today)
        let path = folder.path + "/h.sqlite"
        _ = try importFiles(
            patients: file, careContexts: nil, into: .sqlite(path: path), options: options)
        for loaded in [
            try Loaded(patients: file, options),
            try Loaded(.database(.sqlite(path: path), nil), LoadOptions(today: Self.today)),
        ] {
            #expect(
                loaded.hospital == [
                    PlainKey(facility: "HIP1", id: "1"): PlainPatient(birthDate: .yearOnly(1980)),
                    PlainKey(facility: "HIP1", id: "2"): PlainPatient(),
                ])
        }
    }

    @Test("dates of PostgreSQL are held against the same day", .needsPostgres)
    func postgres() throws {
        let schema = try TestSchema(
            "future",
            """
            CREATE TABLE patients (id text, birth_date date, yob int);
            INSERT INTO patients VALUES ('1', '2024-02-29', NULL), ('2', '2024-03-01', NULL),
                ('3', NULL, 2025)
            """)
        let loaded = try Loaded(schema.source(), LoadOptions(today: Self.today))
        #expect(loaded.hospital.values.filter { $0.birthDate != nil }.count == 1)
        #expect(loaded.counts.patients == 3)
        #expect(
            Set(loaded.counts.unusableValues.filter { $0.count > 0 }.map(\.field))
                == ["birth_date", "yob"])
    }
}
