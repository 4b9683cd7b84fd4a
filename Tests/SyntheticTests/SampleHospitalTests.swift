internal import Foundation
internal import Testing

@Suite("The sample hospital of the fixtures")
struct SampleHospitalTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "fixtures/sample-hospital")

    /// The rows of a table; hand-written files end their lines as editors do.
    private static func records(_ name: String) throws -> [[String: String]] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return try CSVOracle.records(of: Array(text.replacing("\n", with: "\r\n").utf8))
    }

    private static func request(_ name: String) throws -> RequestFile {
        let data = try Data(contentsOf: folder.appending(path: "requests/\(name).json"))
        return try JSONDecoder().decode(RequestFile.self, from: data)
    }

    private struct RequestFile: Decodable {
        struct Identifier: Decodable {
            let type: String
            let value: String
        }
        struct Person: Decodable {
            let id: String
            let name: String
            let gender: String
            let yearOfBirth: Int
            let verifiedIdentifiers: [Identifier]
        }
        let requestId: UUID
        let transactionId: UUID
        let patient: Person

        var mobile: String {
            let stated = patient.verifiedIdentifiers.first { $0.type == "MOBILE" }
            return HospitalFiles.mobileDigits(stated?.value ?? "")
        }
    }

    @Test("has sixty patients at two facilities, each with an id of its own")
    func patientsAreWellFormed() throws {
        let patients = try Self.records("patients.csv")
        #expect(patients.count == 60)
        #expect(patients.allSatisfy { $0.count == 14 })
        #expect(Set(patients.compactMap { $0["id"] }).count == 60)
        #expect(Set(patients.compactMap { $0["hip_id"] }) == ["HIP1", "HIP2"])
    }

    @Test("has care contexts of patients who exist, at the facility where they are patients")
    func careContextsBelongToPatients() throws {
        let patients = try Self.records("patients.csv")
        let facilities = Dictionary(
            uniqueKeysWithValues: patients.map { ($0["id"] ?? "", $0["hip_id"] ?? "") })
        let contexts = try Self.records("care_contexts.csv")
        #expect(Set(contexts.compactMap { $0["reference"] }).count == contexts.count)
        for context in contexts {
            #expect(facilities[context["patient_id"] ?? ""] == context["hip_id"])
        }
    }

    @Test("has one patient at the default facility with the address that the match asks for")
    func matchHasItsPatient() throws {
        let request = try Self.request("match")
        let found = try Self.records("patients.csv").filter {
            $0["abha_address"] == request.patient.id && $0["hip_id"] == "HIP1"
        }
        #expect(found.count == 1)
        #expect(HospitalFiles.mobileDigits(found.first?["mobile"] ?? "") == request.mobile)
    }

    @Test("has two people whom the ambiguous request cannot tell apart")
    func ambiguousHasTwo() throws {
        let request = try Self.request("ambiguous")
        let patients = try Self.records("patients.csv").filter {
            HospitalFiles.mobileDigits($0["mobile"] ?? "") == request.mobile
                && $0["gender"] == request.patient.gender && $0["hip_id"] == "HIP1"
        }
        #expect(patients.count == 2)
        #expect(Set(patients.compactMap { $0["name"]?.lowercased() }).count == 1)
        #expect(Set(patients.compactMap { $0["birth_date"] }).count == 2, "plainly not one person")
        for patient in patients {
            let year = patient["yob"].flatMap(Int.init) ?? 0
            #expect(abs(year - request.patient.yearOfBirth) == 1, "neither is nearer")
            #expect(patient["abha_address"] == "" && patient["abha_number"] == "")
        }
    }

    @Test("knows the mobile of the person without a record, under other names")
    func noMatchHasOnlyAMobile() throws {
        let request = try Self.request("no-match")
        let onMobile = try Self.records("patients.csv").filter {
            HospitalFiles.mobileDigits($0["mobile"] ?? "") == request.mobile
        }
        #expect(!onMobile.isEmpty)
        let words = Set(request.patient.name.split(separator: " "))
        for patient in onMobile {
            #expect(words.isDisjoint(with: (patient["name"] ?? "").split(separator: " ")))
            #expect(patient["abha_address"] != request.patient.id)
        }
    }
}
