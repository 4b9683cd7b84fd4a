internal import Synthetic
internal import Testing

@Suite("The requests of a synthetic hospital")
struct SyntheticRequestTests {
    private static let hospital = SyntheticHospital(patients: 5000, seed: 13, facilities: 2)
    private static let files = try? HospitalFiles(hospital, requests: 3000)

    private struct Asked {
        let body: String
        let truth: [String: String]
        let expected: [[String: String]]

        /// The text of a member, or of the value of an identifier type.
        func text(after mark: String) -> String? {
            guard let found = body.firstRange(of: mark) else { return nil }
            return String(body[found.upperBound...].prefix { $0 != "\"" && $0 != "," && $0 != "}" })
        }
    }

    private static func asked() throws -> [Asked] {
        let files = try #require(files)
        let patients = try CSVOracle.records(of: files.patients)
        let byID = Dictionary(uniqueKeysWithValues: patients.map { ($0["id"] ?? "", $0) })
        let bodies = files.requests.split(separator: UInt8(ascii: "\n"))
        let truths = try CSVOracle.records(of: files.truth)
        try #require(bodies.count == truths.count)
        return try zip(bodies, truths).map { body, truth in
            let ids = (truth["expected_ids"] ?? "").split(separator: ";").map(String.init)
            let rows = try ids.map { try #require(byID[$0], "expected id exists") }
            return Asked(
                body: String(decoding: body, as: UTF8.self), truth: truth, expected: rows)
        }
    }

    @Test("have ids of their own, the same in the body and in the truth")
    func idsAgree() throws {
        let asked = try Self.asked()
        #expect(asked.count == 3000)
        for request in asked {
            #expect(request.text(after: #""requestId":""#) == request.truth["request_id"])
        }
        #expect(Set(asked.compactMap { $0.truth["request_id"] }).count == asked.count)
    }

    @Test("cover every kind, and expect somebody exactly where somebody can be found")
    func kindsAreCovered() throws {
        let asked = try Self.asked()
        let kinds = Dictionary(grouping: asked) { $0.truth["class"] ?? "" }
        #expect(Set(kinds.keys) == Set(SyntheticRequest.Kind.allCases.map(\.rawValue)))
        for (kind, requests) in kinds {
            let isFound = kind.hasPrefix("P_") && kind != "P_unreachable"
            #expect(requests.allSatisfy { $0.expected.isEmpty != isFound }, "\(kind)")
            #expect(requests.count >= 30, "\(kind)")
        }
    }

    @Test("are led to each expected row by an identifier, and agree with it")
    func expectedRowsAreReachable() throws {
        for request in try Self.asked() {
            let mobile = request.text(after: #""type":"MOBILE","value":""#) ?? ""
            let number = request.text(after: #""type":"NDHM_HEALTH_NUMBER","value":""#) ?? "none"
            let file = request.text(after: #""type":"MR","value":""#) ?? "none"
            let year = request.text(after: #""yearOfBirth":"#).flatMap(Int.init) ?? 0
            for row in request.expected {
                #expect(row["hip_id"] == request.truth["hip_id"])
                let byABHA =
                    row["abha_address"] == request.text(after: #""patient":{"id":""#)
                    || row["abha_number"]?.filter(\.isNumber) == number.filter(\.isNumber)
                let byOther =
                    HospitalFiles.mobileDigits(row["mobile"] ?? "")
                    == HospitalFiles.mobileDigits(mobile) || row["mr_number"] == file
                #expect(byABHA || byOther, "\(request.truth)")
                let gender = row["gender"]?.prefix(1).uppercased() ?? ""
                #expect(
                    gender == request.text(after: #""gender":""#) || (byABHA && gender.isEmpty))
                if let stated = row["yob"].flatMap(Int.init) {
                    #expect(abs(stated - year) <= 2)
                }
            }
        }
    }

    @Test("of relatives and strangers carry no ABHA identifier of the table")
    func othersAreUnknown() throws {
        let files = try #require(Self.files)
        let patients = try CSVOracle.records(of: files.patients)
        let addresses = Set(patients.compactMap { $0["abha_address"] })
        let mobiles = Set(patients.compactMap { HospitalFiles.mobileDigits($0["mobile"] ?? "") })
        var recycled: [Bool] = []
        for request in try Self.asked() {
            guard let kind = request.truth["class"], kind.hasPrefix("N_") else { continue }
            let address = try #require(request.text(after: #""patient":{"id":""#))
            #expect(!addresses.contains(address))
            let mobile = try #require(request.text(after: #""type":"MOBILE","value":""#))
            let isKnown = mobiles.contains(HospitalFiles.mobileDigits(mobile))
            if kind == "N_nothing" { #expect(!isKnown) }
            if kind == "N_recycled_mobile" { recycled.append(isKnown) }
        }
        // A few rows state no mobile at all.
        #expect(recycled.filter { $0 }.count * 10 > recycled.count * 9)
    }

    @Test("of a small count are the first of a greater count")
    func fewerIsPrefix() throws {
        let few = try HospitalFiles(Self.hospital, requests: 40)
        let more = try #require(Self.files)
        #expect(more.requests.starts(with: few.requests))
        #expect(more.truth.starts(with: few.truth))
    }

    @Test("can be asked of a hospital without patients")
    func emptyHospitalIsAsked() throws {
        let files = try HospitalFiles(SyntheticHospital(patients: 0, seed: 1), requests: 20)
        let truths = try CSVOracle.records(of: files.truth)
        #expect(truths.count == 20)
        #expect(truths.allSatisfy { $0["class"] == "N_nothing" && $0["expected_ids"] == "" })
    }
}
