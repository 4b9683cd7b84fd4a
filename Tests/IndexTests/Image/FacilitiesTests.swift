internal import Index
internal import Matcher
internal import Testing

@Suite("Facilities of an image")
struct FacilitiesTests {
    @Test("are told apart by the thousand and keep their names")
    func thousands() throws {
        let names = (0..<3000).map { "IN\($0)" + String(repeating: "x", count: $0 % 20) }
        let patients = names.enumerated().map {
            PlainPatient(id: "p\($0.offset % 3)", facility: $0.element, mobile: "919848022338")
        }
        let image = try image(of: patients, seed: 9)
        let count = image.facilityCount
        #expect(count == 3000)
        for (row, name) in names.enumerated() {
            let rows = image.find(PlainKey(kind: .mobile, value: "919848022338"), in: name)
            let facility = image.patient(row).facility
            #expect(rows == [row])
            #expect(facility == name)
        }
        for name in ["", "HIP1", "IN3000", "in0", "IN"] {
            let bytes = Array(name.utf8)
            let facility = image.facility(named: bytes.span)
            #expect(facility == nil)
        }
    }

    @Test("are refused beyond the number that a row can hold, and the image is as it was")
    func limit() throws {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: 2)
        var record = PatientRecord()
        for facility in 0..<65_535 {
            try PlainPatient(id: "p", facility: "F\(facility)").fill(&record)
            try builder.append(record)
        }
        try PlainPatient(id: "p", facility: "F65535").fill(&record)
        do throws(ImageBuilderError) {
            try builder.append(record)
            Issue.record("taken")
        } catch {
            #expect(error == .tooManyFacilities(maximum: 65_535))
        }
        try PlainPatient(id: "q", facility: "F65534").fill(&record)
        try builder.append(record)
        let image = builder.build()
        let count = image.count
        let first = image.patient(0).facility
        let last = image.patient(65_535)
        #expect(count == 65_536)
        #expect(first == "F0")
        #expect(last.id == "q" && last.facility == "F65534")
    }

    @Test("without a name are the default one, under its own name too")
    func defaultFacility() throws {
        let image = try image(of: [
            PlainPatient(id: "1"), PlainPatient(id: "2", facility: "HIP1"),
            PlainPatient(id: "1", facility: "F2"),
        ])
        let facilities = (0..<3).map { image.patient($0).facility }
        #expect(facilities == ["HIP1", "HIP1", "F2"])
        let count = image.facilityCount
        #expect(count == 2)
    }
}
