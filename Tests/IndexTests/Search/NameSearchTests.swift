import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("Nearest names")
struct NameSearchTests {
    private struct Asked {
        var name: String
        var facility = "HIP1"
        var gender = Gender.notStated
        var years: ClosedRange<Int>?
        var district = ""
    }

    private struct Found: Equatable {
        var rows: [Int]
        var costs: [Int]
        var isCut: Bool
    }

    private static let givenNames = [
        "asha", "usha", "ram", "rama", "ravi", "sunita", "sunil", "anil", "anita", "mohan",
        "xavier",
        "li", "", "venkataramana subrahmanya",
    ]
    private static let familyNames = [
        "rao", "verma", "varma", "das", "devi", "khan", "", "s/o ram",
    ]
    private static let districts = ["", "pune", "nashik", "satara"]

    private func patients(
        _ count: Int, facilities: Int, _ random: inout SplitMix64
    ) -> [PlainPatient] {
        (0..<count).map { row in
            var patient = PlainPatient(id: "p\(row)")
            let facility = Int.random(in: 0..<facilities, using: &random)
            patient.facility = facility == 0 ? "" : "F\(facility)"
            patient.name = name(&random)
            patient.gender = Gender.allCases.randomElement(using: &random) ?? .male
            let year = UInt16.random(in: 1980...1990, using: &random)
            patient.birthDate = random.next() % 5 == 0 ? nil : .yearOnly(year)
            patient.district = Self.districts.randomElement(using: &random) ?? ""
            return patient
        }
    }

    private func name(_ random: inout SplitMix64) -> String {
        let given = Self.givenNames.randomElement(using: &random) ?? ""
        let family = Self.familyNames.randomElement(using: &random) ?? ""
        return given.isEmpty || family.isEmpty ? given : given + " " + family
    }

    /// The letters of each token of a name.
    private func tokens(_ name: String) -> ScratchList<NameLetters> {
        let bytes = Array(name.utf8)
        var list = ScratchList<NameLetters>(capacity: 4)
        NameLetters.tokens(of: bytes.span, into: &list)
        return list
    }

    private func find(
        _ asked: Asked, by search: inout NameSearch, in image: borrowing PatientImage
    ) -> Found {
        let facility = Array(asked.facility.utf8)
        let district = Array(asked.district.utf8)
        guard let number = image.facility(named: facility.span) else {
            return Found(rows: [], costs: [], isCut: false)
        }
        var runs = ScratchList<RowSpan>(capacity: 1)
        image.runs(of: number, gender: asked.gender, years: asked.years, into: &runs)
        search.search(
            tokens(asked.name), in: runs,
            district: asked.district.isEmpty ? nil : image.districtNumber(district.span) ?? 0,
            of: image)
        return Found(
            rows: search.nearest.indices.map { search.nearest[$0].row },
            costs: search.nearest.indices.map { search.nearest[$0].cost }, isCut: search.isCut)
    }

    /// All rows, each judged by itself, sorted by cost and row, and cut.
    private func oracle(_ asked: Asked, in image: borrowing PatientImage) -> Found {
        let list = tokens(asked.name)
        let tokens = list.indices.prefix(8).map { list[$0].rawValue }
        var all: [(cost: Int, row: Int)] = []
        for row in 0..<image.count {
            let patient = image.patient(row)
            guard patient.facility == asked.facility else { continue }
            guard asked.district.isEmpty || patient.district == asked.district else { continue }
            guard
                asked.gender == .notStated || patient.gender == .notStated
                    || patient.gender == asked.gender
            else { continue }
            if let years = asked.years, let year = patient.birthDate?.year, !years.contains(year) {
                continue
            }
            let bytes = Array(patient.name.utf8)
            let letters = NameLetters(bytes.span).rawValue
            all.append((LetterCosts.cost(letters, asked: tokens), row))
        }
        all.sort { $0 < $1 }
        let kept = all.prefix(512)
        let isCut = all.dropFirst(512).contains { $0.cost == kept.last?.cost }
        return Found(rows: kept.map(\.row), costs: kept.map(\.cost), isCut: isCut)
    }

    @Test(
        "are those of a sort of all rows by cost, of every facility, gender, year and district",
        arguments: 0..<6 as Range<UInt64>, [0, 40, 700, 3000])
    func agreesWithSort(seed: UInt64, rows: Int) throws {
        var random = SplitMix64(seed: seed)
        let facilities = Int.random(in: 1...3, using: &random)
        let image = try image(of: patients(rows, facilities: facilities, &random), seed: seed)
        var search = NameSearch()
        var cuts: Set<Bool> = []
        for round in 0..<(rows > 1000 ? 12 : 30) {
            var asked = Asked(name: name(&random))
            if round % 4 == 1 { asked.facility = "F1" }
            if round % 3 == 1 { asked.gender = .female }
            if round % 5 > 1 {
                let year = Int.random(in: 1978...1992, using: &random)
                asked.years = year - 2...year + 2
            }
            if round % 6 == 5 { asked.district = "nashik" }
            let actual = find(asked, by: &search, in: image)
            let expected = oracle(asked, in: image)
            #expect(actual == expected, "\(asked)")
            cuts.insert(expected.isCut)
        }
        #expect(rows < 3000 || facilities > 1 || cuts == [true, false])
    }

    @Test(
        "are found on either side of the borders at which the rows are taken",
        arguments: [8191, 8192, 8193, 16_385], [0, 5])
    func chunks(rows: Int, others: Int) throws {
        var patients = (0..<others).map {
            PlainPatient(id: "o\($0)", facility: "F0", name: "asha rao")
        }
        let places = [0, 1, 8190, 8191, 8192, 16_383, 16_384].filter { $0 < rows }
        for row in 0..<rows {
            let isAsked = places.contains(row)
            patients.append(PlainPatient(id: "p\(row)", name: isAsked ? "asha rao" : "binod jha"))
        }
        let image = try image(of: patients)
        var search = NameSearch()
        let found = find(Asked(name: "asha rao"), by: &search, in: image)
        let near = found.costs.count { $0 == 0 }
        #expect(near == places.count)
        #expect(found.rows.prefix(near) == places.map { $0 + others }[...])
        #expect(found.rows.dropFirst(near).first == others + 2)
        let rowsSeen = search.rowsSeen
        #expect(rowsSeen == rows)
        // So many others are as near as the last one kept.
        #expect(found.rows.count == 512 && found.isCut)
    }

    @Test(
        "that are the same are cut behind the 512th, and that is said",
        arguments: [1, 511, 512, 513, 1023, 1024, 1025, 1536, 9000], [0, 1, 40])
    func equalNames(equal: Int, nearer: Int) throws {
        // Farther ones in front, the nearer ones last.
        var patients = (0..<30).map { PlainPatient(id: "f\($0)", name: "zubin") }
        patients += (0..<equal).map { PlainPatient(id: "p\($0)", name: "asha raon") }
        patients += (0..<nearer).map { PlainPatient(id: "n\($0)", name: "asha rao") }
        let image = try image(of: patients)
        var search = NameSearch()
        let asked = Asked(name: "asha rao")
        let found = find(asked, by: &search, in: image)
        let expected = oracle(asked, in: image)
        #expect(found == expected)
        // Where all of them are kept, some of the farther ones may be left out.
        let room = 512 - equal - nearer
        #expect(found.isCut == (room < 0 || (1..<30).contains(room)))
        #expect(found.costs.prefix(nearer).allSatisfy { $0 == 0 })
    }

    @Test("of the best cost that fill the list end the search, and nothing nearer is missed")
    func filled() throws {
        let image = try image(
            of: (0..<30_000).map { PlainPatient(id: "p\($0)", name: "asha rao") })
        var search = NameSearch()
        let found = find(Asked(name: "rao asha"), by: &search, in: image)
        #expect(found.rows == Array(0..<512))
        #expect(found.isCut)
        let rowsSeen = search.rowsSeen
        #expect(rowsSeen == 8192)
    }

    @Test("of nobody are none, and a search leaves nothing to the next one")
    func again() throws {
        var random = SplitMix64(seed: 4)
        let many = try image(of: patients(2000, facilities: 1, &random))
        let few = try image(of: [PlainPatient(id: "1", name: "asha rao")])
        let none = try image(of: [])
        var search = NameSearch()
        let first = find(Asked(name: "asha"), by: &search, in: many)
        #expect(first.rows.count == 512)
        let one = find(Asked(name: "asha rao"), by: &search, in: few)
        #expect(one == Found(rows: [0], costs: [0], isCut: false))
        let nobody = find(Asked(name: "asha"), by: &search, in: none)
        #expect(nobody == Found(rows: [], costs: [], isCut: false))
        let same = find(Asked(name: "asha"), by: &search, in: many)
        #expect(same == first)
        let undated = find(Asked(name: "asha", years: 1700...1702), by: &search, in: few)
        #expect(undated.rows == [0])
    }

    @Test("asks for the first eight tokens of a longer name")
    func longName() throws {
        let image = try image(of: [
            PlainPatient(id: "1", name: "ka la ma na ra sa ta va"),
            PlainPatient(id: "2", name: "ka la ma na ra sa ta va da ga"),
        ])
        var search = NameSearch()
        let asked = Asked(name: "ka la ma na ra sa ta va da ga")
        let found = find(asked, by: &search, in: image)
        let expected = oracle(asked, in: image)
        #expect(found == expected)
        #expect(found.rows == [0, 1])
    }
}
