import Matcher
import Testing

@testable import Index

@Suite("Districts of an image")
struct DistrictsTests {
    private func number(_ district: String, in image: borrowing PatientImage) -> Int? {
        let bytes = Array(district.utf8)
        return image.districtNumber(bytes.span)
    }

    @Test("are kept with their rows, whose numbers and dates are as they were")
    func kept() throws {
        let patients = (0..<60).map { row in
            PlainPatient(
                id: "p\(row)", number: "\(99_999_999_999_999 - row)",
                district: ["", "pune", "nashik", "north parganas"][row % 4])
        }
        let image = try image(of: patients)
        for (row, patient) in patients.enumerated() {
            let kept = image.patient(row)
            #expect(kept.district == patient.district)
            #expect(kept.number == patient.number)
            let expected = patient.district.isEmpty ? 0 : number(patient.district, in: image)
            let actual = image.districtNumber(ofRow: row)
            #expect(actual == expected)
        }
        let unknown = [number("satara", in: image), number("", in: image)]
        let hasAll = image.hasEveryDistrict
        #expect(unknown == [nil, nil])
        #expect(hasAll)
    }

    @Test("beyond those that a row can number are left out, and that is said")
    func tooMany() throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
        var record = PatientRecord()
        let digits = Array("abcdefghjklmnopr")
        for row in 0...RowRecord.districtsMax {
            let letters = String(row, radix: 16).map { digits[$0.hexDigitValue ?? 0] }
            try PlainPatient(
                id: "\(row)", number: "99999999999999", district: "xq" + String(letters)
            ).fill(&record)
            try builder.append(record)
        }
        let image = builder.build()
        let last = RowRecord.districtsMax
        let numbers = [image.districtNumber(ofRow: last - 1), image.districtNumber(ofRow: last)]
        let names = [image.patient(last - 1).district, image.patient(last).district]
        let abhaNumber = image.patient(last - 1).number
        let hasAll = image.hasEveryDistrict
        #expect(numbers == [last, 0])
        #expect(!names[0].isEmpty && names[1].isEmpty)
        #expect(abhaNumber == "99999999999999")
        #expect(!hasAll)
    }
}
