internal import Synthetic
internal import Testing

@Suite("The people of a synthetic hospital")
struct SyntheticPeopleTests {
    private static let patients = 20_000
    private static let rows = try? CSVOracle.records(
        of: HospitalFiles(SyntheticHospital(patients: patients, seed: 11, facilities: 2)).patients)

    @Test("stand in a table whose every row has the header's columns")
    func tableIsWellFormed() throws {
        let hospital = SyntheticHospital(patients: 3000, seed: 2)
        let files = try HospitalFiles(hospital)
        let rows = try CSVOracle.rows(of: files.patients)
        #expect(
            rows.first?.joined(separator: ",")
                == "id,hip_id,name,gender,birth_date,yob,mobile,abha_address,abha_number,mr_number,"
                + "address,district,state,pincode")
        #expect(rows.allSatisfy { $0.count == 14 })
        #expect(Set(rows.dropFirst().map { $0[0] }).count == 3000, "ids are unique")
        #expect(
            files.patients.contains(UInt8(ascii: "\"")),
            "no field needs quotes: the test does not see what it should")
    }

    @Test("are what the in-memory face lends, field by field")
    func memoryEqualsFile() throws {
        let hospital = SyntheticHospital(patients: 400, seed: 6, facilities: 2)
        var expected = try CSVOracle.rows(of: HospitalFiles(hospital).patients).dropFirst()
        hospital.forEachPatient { patient in
            var row: [String] = []
            for field in SyntheticPatient.Field.allCases {
                let span = patient.bytes(of: field)
                row.append(String(decoding: span.indices.map { span[$0] }, as: UTF8.self))
            }
            #expect(row == expected.popFirst(), "row \(patient.row)")
        }
        #expect(expected.isEmpty)
    }

    @Test("state what hospitals usually know, and miss what they usually miss")
    func sharesAreUsual() throws {
        let rows = try #require(Self.rows)
        func share(_ isCounted: ([String: String]) -> Bool) -> Double {
            Double(rows.filter(isCounted).count) / Double(rows.count)
        }
        func share(stating column: String) -> Double { share { $0[column] != "" } }
        #expect((0.25...0.36).contains(share(stating: "abha_number")))
        #expect((0.15...0.26).contains(share(stating: "abha_address")))
        #expect((0.92...0.97).contains(share(stating: "mobile")))
        #expect((0.97...0.999).contains(share(stating: "gender")))
        #expect((0.85...0.97).contains(share(stating: "birth_date")))
        #expect((0.01...0.05).contains(share { $0["birth_date"] == "" && $0["yob"] == "" }))
        #expect((0.01...0.10).contains(share { $0["birth_date"]?.hasSuffix("-xx-xx") == true }))
        #expect((0.15...0.25).contains(share { $0["mobile"].map { $0.count > 10 } == true }))
        #expect((0.25...0.45).contains(share { $0["name"].map { $0 == $0.uppercased() } == true }))
        #expect((0.40...0.60).contains(share { $0["hip_id"] == "HIP1" }))
        #expect(share { $0["name"] == "" } == 0)
        for mark in ["S/O", "W/O", "Smt.", "Shri ", "Md.", "Dr.", "Km."] {
            #expect(share { $0["name"]?.contains(mark) == true } > 0, "\(mark)")
        }
    }

    @Test("have ABHA identifiers and file numbers of their own")
    func identifiersAreUnique() throws {
        let rows = try #require(Self.rows)
        var owners: [String: Set<String>] = [:]
        for row in rows {
            // A number may stand in several rows, which are then one person's: with one address.
            guard let number = row["abha_number"]?.filter(\.isNumber), !number.isEmpty else {
                continue
            }
            #expect(number.count == 14)
            owners[number, default: []].insert(row["abha_address"] ?? "")
        }
        for (number, addresses) in owners {
            #expect(addresses.subtracting([""]).count <= 1, "\(number)")
        }
        let files = rows.compactMap { $0["mr_number"] }.filter { !$0.isEmpty }
        #expect(Set(files).count == files.count)
    }

    @Test("share a mobile only within one household: one address, one postal code")
    func mobilesBelongToHouseholds() throws {
        let rows = try #require(Self.rows)
        let byMobile = Dictionary(grouping: rows) { HospitalFiles.mobileDigits($0["mobile"] ?? "") }
        var shared = 0
        for (mobile, household) in byMobile where !mobile.isEmpty {
            #expect(mobile.count == 10 && "6789".contains(mobile.prefix(1)))
            for column in ["district", "state", "pincode"] {
                let values = Set(household.compactMap { $0[column] }).subtracting([""])
                #expect(values.count <= 1, "\(column) of \(mobile)")
            }
            if Set(household.compactMap { $0["gender"]?.first?.uppercased() }).count > 1 {
                shared += 1
            }
        }
        #expect(shared > Self.patients / 20, "too few families on one mobile")
    }

    @Test("have care contexts that name their patient and facility, and nothing clinical")
    func careContextsAreWellFormed() throws {
        let files = try HospitalFiles(SyntheticHospital(patients: 2000, seed: 3, facilities: 2))
        let facilities = Dictionary(
            uniqueKeysWithValues: try CSVOracle.records(of: files.patients).map {
                ($0["id"] ?? "", $0["hip_id"] ?? "")
            })
        let contexts = try CSVOracle.records(of: files.careContexts)
        #expect(contexts.count > 2000)
        #expect(Set(contexts.compactMap { $0["reference"] }).count == contexts.count)
        let types = Set(contexts.compactMap { $0["hi_type"] })
        #expect(
            types == [
                "OPConsultation", "Prescription", "DischargeSummary", "DiagnosticReport",
                "ImmunizationRecord", "HealthDocumentRecord", "WellnessRecord",
            ])
        for context in contexts {
            #expect(facilities[context["patient_id"] ?? ""] == context["hip_id"])
            #expect(context["display"]?.hasSuffix(context["date"] ?? "none") == true)
            #expect(["true", "false"].contains(context["linked"]))
        }
        let counts = Dictionary(grouping: contexts) { $0["patient_id"] }.mapValues(\.count)
        #expect(counts.values.max() == 5)
        #expect(counts.count < 2000, "some patients have none")
    }
}
