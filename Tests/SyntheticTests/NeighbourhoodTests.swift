@testable internal import Synthetic
internal import Testing

@Suite("Neighbourhoods")
struct NeighbourhoodTests {
    private static let rowCount = 8192

    @Test(
        "find all rows of a person, as a search through the whole table does", arguments: [1, 77])
    func rowsOfPersonAgreeWithSearch(seed: UInt64) {
        let hospital = SyntheticHospital(patients: Self.rowCount, seed: seed)
        var expected: [Int: [Int]] = [:]
        for row in 0..<Self.rowCount {
            expected[hospital.registration(row: row).person.number, default: []].append(row)
        }
        for (number, rows) in expected {
            #expect(hospital.rows(ofNumber: number) == rows, "person \(number)")
        }
        let repeats = Self.rowCount - expected.count
        #expect((0.05...0.30).contains(Double(repeats) / Double(Self.rowCount)))
    }

    @Test("give each person a mobile that is the household's or the person's own")
    func linesAreUnique() {
        let hospital = SyntheticHospital(patients: Self.rowCount, seed: 3)
        var owners: [UInt64: Int] = [:]
        for row in 0..<Self.rowCount {
            let home = hospital.registration(row: row).person.home
            for line in 0..<8 {
                let owner = owners.updateValue(home.index, forKey: home.mobile(line: line))
                #expect(owner == nil || owner == home.index)
            }
        }
    }

    @Test("give each person an ABHA number and address of the person's own")
    func identitiesAreUnique() {
        let hospital = SyntheticHospital(patients: Self.rowCount, seed: 3)
        var numbers: [UInt64: Int] = [:]
        var addresses: [[UInt8]: Int] = [:]
        for row in 0..<Self.rowCount {
            let person = hospital.registration(row: row).person
            let digits = String(person.abhaNumber)
            #expect(digits.utf8.count == 14)
            var address: [UInt8] = []
            person.writeABHAAddress(into: &address)
            let sameNumber = numbers.updateValue(person.number, forKey: person.abhaNumber)
            let sameAddress = addresses.updateValue(person.number, forKey: address)
            #expect(sameNumber == nil || sameNumber == person.number)
            #expect(sameAddress == nil || sameAddress == person.number)
        }
    }

    @Test("hold twins: the same day of birth in one household, other names")
    func twinsExist() {
        let twins = (0..<2000).filter { index in
            let home = SyntheticHousehold(seed: 8, index: index)
            let first = home.member(role: 2, number: 0), second = home.member(role: 3, number: 1)
            guard home.hasTwins else { return false }
            #expect(first.birth == second.birth)
            #expect(first.gender != second.gender || first.given != second.given)
            return true
        }
        #expect((100...250).contains(twins.count))
    }

    @Test("hold people with possible birthdays and names out of their region's tables")
    func peopleArePossible() {
        for index in 0..<3000 {
            let home = SyntheticHousehold(seed: 21, index: index)
            for role in 0..<6 {
                let person = home.member(role: role, number: index)
                let days = SyntheticDate.days(year: person.birth.year, month: person.birth.month)
                #expect((1900...2026).contains(person.birth.year))
                #expect((1...days).contains(person.birth.day))
                #expect(person.names.given(person.gender).count > person.given)
            }
        }
    }

    @Test("draw names from tables of distinct words of ASCII letters")
    func tablesAreClean() {
        for region in NameRegion.all {
            for table in [region.men, region.women, region.families] {
                #expect(table.count >= 70)
                let words = (0..<table.count).map { Array(table[$0]) }
                #expect(Set(words).count == words.count)
                for word in words {
                    #expect(word.count >= 2 && (0x41...0x5A).contains(word[0]))
                    #expect(word.dropFirst().allSatisfy { (0x61...0x7A).contains($0) })
                }
            }
        }
    }
}
