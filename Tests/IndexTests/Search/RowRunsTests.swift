import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("Runs of rows")
struct RowRunsTests {
    private func patients(_ count: Int, _ random: inout SplitMix64) -> [PlainPatient] {
        (0..<count).map { row in
            var patient = PlainPatient(id: "p\(row)")
            patient.facility = ["", "F1", "F2"].randomElement(using: &random) ?? ""
            patient.gender = Gender.allCases.randomElement(using: &random) ?? .male
            // Few years, and both ends of those that there may be.
            let year = [1850, 1851, 1979, 1980, 1981, 1984, 2099, 2100].randomElement(
                using: &random)
            patient.birthDate = random.next() % 4 == 0 ? nil : year.map { .yearOnly(UInt16($0)) }
            if random.next() % 3 == 0, let birth = patient.birthDate {
                patient.birthDate = .day(year: UInt16(birth.year), month: 12, day: 31)
            }
            return patient
        }
    }

    private func rows(
        of facility: String, _ gender: Gender, _ years: ClosedRange<Int>?,
        in image: borrowing PatientImage
    ) -> [Int] {
        let bytes = Array(facility.utf8)
        guard let number = image.facility(named: bytes.span) else { return [] }
        var runs = ScratchList<RowSpan>(capacity: 1)
        image.runs(of: number, gender: gender, years: years, into: &runs)
        return runs.indices.flatMap { runs[$0].start..<runs[$0].start + runs[$0].count }
    }

    private func filtered(
        _ facility: String, _ gender: Gender, _ years: ClosedRange<Int>?,
        in image: borrowing PatientImage
    ) -> [Int] {
        (0..<image.count).filter { row in
            let patient = image.patient(row)
            let isAnyGender = gender == .notStated || patient.gender == .notStated
            let isInYears = years.map { years in
                patient.birthDate.map { years.contains($0.year) } ?? true
            }
            return patient.facility == facility && (isAnyGender || patient.gender == gender)
                && isInYears ?? true
        }
    }

    private static let years: [ClosedRange<Int>?] = [
        nil, 1978...1982, 1980...1980, 1848...1852, 1850...1850, 2098...2102, 2100...2100,
        1850...2100, 0...0, -2...2, 1...4095, 4094...9000, 5000...6000, 1982...1983,
        Int.min...Int.max,
    ]

    @Test(
        "are the rows of a filter, in ascending order, those without a gender or a year among them",
        arguments: 0..<6 as Range<UInt64>, [0, 1, 30, 400])
    func filter(seed: UInt64, count: Int) throws {
        var random = SplitMix64(seed: seed)
        let image = try image(of: patients(count, &random), seed: seed)
        for facility in ["HIP1", "F1", "F2", "F3"] {
            for gender in Gender.allCases {
                for years in Self.years {
                    let actual = rows(of: facility, gender, years, in: image)
                    let expected = filtered(facility, gender, years, in: image)
                    let what = years.map { "\($0)" } ?? "any year"
                    #expect(actual == expected, "\(facility), \(gender), \(what)")
                }
            }
        }
    }

    @Test("of a gender and years are at most four, of years ten, of a facility one")
    func few() throws {
        var random = SplitMix64(seed: 3)
        let image = try image(of: patients(300, &random))
        var runs = ScratchList<RowSpan>(capacity: 1)
        var counts: [Int] = []
        for (gender, years) in [
            (Gender.female, 1978...1982), (.notStated, 1978...1982), (.notStated, nil),
        ] as [(Gender, ClosedRange<Int>?)] {
            runs.removeAll()
            image.runs(of: 0, gender: gender, years: years, into: &runs)
            counts.append(runs.count)
        }
        #expect(counts == [4, 10, 1])
    }
}
