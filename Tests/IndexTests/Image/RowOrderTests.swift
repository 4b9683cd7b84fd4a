import Matcher
import TestSupport
import Testing

@testable import Index

@Suite("Order of the rows")
struct RowOrderTests {
    private func patients(
        _ count: Int, facilities: Int, _ random: inout SplitMix64
    ) -> [PlainPatient] {
        (0..<count).map { row in
            var patient = PlainPatient(id: "p\(row)")
            patient.facility = "F\(Int.random(in: 0..<facilities, using: &random))"
            patient.gender = Gender.allCases.randomElement(using: &random) ?? .male
            let year = UInt16.random(in: 1850...2100, using: &random)
            patient.birthDate = random.next() % 5 == 0 ? nil : .yearOnly(year)
            return patient
        }
    }

    @Test(
        "is by facility as they came, then by gender, birth year and turn, as a sort has it",
        arguments: [1, 2, 3] as [UInt64],
        [(0, 1), (1, 1), (400, 1), (400, 2), (1000, 40), (1500, 5000)])
    func sorted(seed: UInt64, size: (rows: Int, facilities: Int)) throws {
        var random = SplitMix64(seed: seed)
        let patients = patients(size.rows, facilities: size.facilities, &random)
        var twin = PlainIndex()
        for patient in patients { _ = twin.append(patient) }
        let image = try image(of: patients, seed: seed)
        let ids = (0..<image.count).map { image.id(of: image.place(ofRow: $0)) }
        #expect(ids == twin.inRowOrder().patients.map(\.id))
        // Every row belongs to the one facility among whose rows it is.
        var next = 0
        var names: Set<String> = []
        for facility in 0..<image.facilityCount {
            let rows = image.rows(of: UInt16(facility))
            #expect(rows.lowerBound == next && !rows.isEmpty)
            next = rows.upperBound
            let name = text(image.facilityName(UInt16(facility)))
            #expect(names.insert(name).inserted)
            for row in rows {
                let number = image.facility(of: image.place(ofRow: row))
                let named = image.patient(row).facility
                #expect(number == UInt16(facility))
                #expect(named == name)
            }
        }
        let count = image.count
        #expect(next == count)
    }

    @Test("gives every loaded row a number of its own")
    func numbers() throws {
        var random = SplitMix64(seed: 8)
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var record = PatientRecord()
        for patient in patients(3000, facilities: 7, &random) {
            try patient.fill(&record)
            try builder.append(record)
        }
        let order = RowOrder(builder.loaded, facilities: 7)
        let numbers = (0..<3000).map { Int(order.numbers[$0]) }
        #expect(numbers.sorted() == Array(0..<3000))
        let ends = [order.facilityRows[0], order.facilityRows[7]]
        #expect(ends == [0, 3000])
    }

    @Test("keeps the facts of a row at both ends of what they may be")
    func facts() throws {
        let patients = [
            PlainPatient(
                id: "1", gender: .transgender, birthDate: .day(year: 2100, month: 12, day: 31),
                mobile: "919999999999", number: "99999999999999", district: "pune"),
            PlainPatient(id: "2", birthDate: .day(year: 1850, month: 1, day: 1)),
            PlainPatient(id: "3"),
        ]
        let image = try image(of: patients)
        // Those without a gender come first, of them those without a year.
        for (row, patient) in [patients[2], patients[1], patients[0]].enumerated() {
            var named = patient
            named.facility = "HIP1"
            let kept = image.patient(row)
            #expect(kept == named)
        }
        #expect(MemoryLayout<RowRecord>.stride == 24)
    }
}
