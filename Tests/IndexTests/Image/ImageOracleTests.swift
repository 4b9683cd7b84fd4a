internal import Index
internal import Matcher
internal import TestSupport
internal import Testing

@Suite("Image against a plain dictionary")
struct ImageOracleTests {
    @Test(
        "finds the same rows in ascending order for every key, and holds the same values",
        arguments: 0..<24 as Range<UInt64>)
    func agreesWithDictionary(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rows = [0, 1, 2, 13, 60, 300].randomElement(using: &random) ?? 60
        let keys = [1, 3, 20, 400].randomElement(using: &random) ?? 3
        let facilities = Int.random(in: 1...5, using: &random)
        var twin = PlainIndex()
        var builder = ImageBuilder(
            defaultFacility: PlainIndex.defaultFacility, seed: random.next())
        var record = PatientRecord()
        for _ in 0..<rows {
            let patient = random.patient(ids: rows * 2, keys: keys, facilities: facilities)
            try patient.fill(&record)
            let isNew = twin.append(patient)
            do throws(ImageBuilderError) {
                try builder.append(record)
                #expect(isNew)
            } catch {
                #expect(error == .repeatedID && !isNew)
            }
            let count = builder.count
            #expect(count == twin.patients.count)
        }
        let image = builder.build()
        let count = image.count
        #expect(count == twin.patients.count)
        compare(image, twin.inRowOrder(), keys: keys, facilities: facilities, &random)
    }

    private func compare(
        _ image: borrowing PatientImage, _ twin: PlainIndex, keys: Int, facilities: Int,
        _ random: inout SplitMix64
    ) {
        for (row, expected) in twin.patients.enumerated() {
            var actual = image.patient(row)
            actual.identifiers = expected.identifiers
            var named = expected
            named.facility = PlainIndex.facility(of: expected)
            #expect(actual == named)
            for key in expected.keys {
                let rows = image.find(key, in: named.facility)
                let carries = image.carries(key, row: row)
                #expect(rows == twin.find(key, in: named.facility))
                #expect(carries)
            }
        }
        // Present and absent keys alike, in facilities that exist and in one that does not.
        for _ in 0..<200 {
            let kind = IdentifierKind.allCases.randomElement(using: &random) ?? .mobile
            let key = random.key(kind, of: keys * 2)
            let facility =
                ["HIP1", "F\(Int.random(in: 1...facilities, using: &random))", "", "X"]
                .randomElement(using: &random) ?? "X"
            let rows = image.find(key, in: facility)
            #expect(rows == twin.find(key, in: facility), "\(key) \(facility)")
            guard let row = twin.patients.indices.randomElement(using: &random) else { continue }
            let carries = image.carries(key, row: row)
            #expect(carries == twin.patients[row].keys.contains(key), "\(key)")
        }
    }

    @Test(
        "finds a family's mobile on several hundred rows, beside keys of one row",
        arguments: 0..<4 as Range<UInt64>)
    func sharedMobile(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var twin = PlainIndex()
        for row in 0..<1500 {
            var patient = PlainPatient(id: "p\(row)")
            let isShared = row % 3 == 0
            patient.mobile = isShared ? "919848022338" : "\(919_000_000_000 + row)"
            patient.facility = row % 5 == 0 ? "F2" : ""
            _ = twin.append(patient)
        }
        let image = try image(of: twin.patients, seed: random.next())
        twin = twin.inRowOrder()
        for facility in ["HIP1", "F2"] {
            let shared = image.find(PlainKey(kind: .mobile, value: "919848022338"), in: facility)
            #expect(shared.count == (facility == "F2" ? 100 : 400))
            let places = image.places(
                of: PlainKey(kind: .mobile, value: "919848022338"), in: facility)
            #expect(places.count == shared.count && places == places.sorted())
            for row in 0..<1500 {
                let key = PlainKey(kind: .mobile, value: "\(919_000_000_000 + row)")
                let rows = image.find(key, in: facility)
                #expect(rows == twin.find(key, in: facility))
            }
        }
    }

    @Test("tells the identifiers of one row apart, also those that a table keeps under one tag")
    func identifiersOfOneRow() throws {
        var random = SplitMix64(seed: 5)
        for round in 0..<400 as Range<UInt64> {
            var twin = PlainIndex()
            for row in 0..<12 {
                let values = (1...5).map { _ in Int.random(in: 0..<12, using: &random) }
                _ = twin.append(
                    PlainPatient(
                        id: "p\(row)",
                        identifiers: Set(values).map {
                            PlainKey(kind: .other, type: "voter", value: "v\($0)")
                        }))
            }
            let image = try image(of: twin.patients, seed: round)
            twin = twin.inRowOrder()
            for value in 0..<12 {
                let key = PlainKey(kind: .other, type: "voter", value: "v\(value)")
                let rows = image.find(key, in: "HIP1")
                #expect(rows == twin.find(key, in: "HIP1"), "\(round), \(value)")
            }
        }
    }

    @Test("gives a row once, however often its record repeats an identifier")
    func repeatedIdentifier() throws {
        let key = PlainKey(kind: .medicalRecord, type: "mr", value: "m1")
        let patient = PlainPatient(id: "1", identifiers: [key, key])
        let image = try image(of: [patient, PlainPatient(id: "2", identifiers: [key])])
        let rows = image.find(key, in: "HIP1")
        #expect(rows == [0, 1])
    }

    @Test("tells identifiers of one value apart by their types")
    func types() throws {
        let mr = PlainKey(kind: .medicalRecord, type: "mr", value: "m1")
        let voter = PlainKey(kind: .other, type: "voter", value: "m1")
        let pan = PlainKey(kind: .other, type: "pan", value: "m1")
        let image = try image(of: [
            PlainPatient(id: "1", identifiers: [mr]), PlainPatient(id: "2", identifiers: [voter]),
        ])
        let found = [mr, voter, pan].map { image.find($0, in: "HIP1") }
        #expect(found == [[0], [1], []])
        var query = PatientQuery()
        let known = query.identifier(voter).map { image.knowsType(of: $0, texts: query.texts) }
        var other = PatientQuery()
        let unknown = other.identifier(pan).map { image.knowsType(of: $0, texts: other.texts) }
        #expect(known == true)
        #expect(unknown == false)
    }
}
