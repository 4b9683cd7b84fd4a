internal import Matcher
internal import TestSupport

/// Small hospitals and requests from few names, few mobiles and few years, so that much coincides.
struct RandomDiscovery {
    private static let names = [
        "Asha Verma", "Asha Varma", "Verma Asha", "A Verma", "Smt ASHA VERMA", "Ashaverma",
        "Bina Das", "Bena Das", "-", "",
    ]
    private static let mobiles = [
        "9800000001", "+91-98000 00001", "9800000002", "98XXXXX001", "098000-00002",
    ]
    private static let numbers = ["91-1111-2222-3331", "91111122223332", "91-1111-2222-3333"]
    private static let addresses = [
        "asha@sbx", "Asha@SBX", "asha.v@sbx", "91111122223331@abdm", "91111122223332@sbx", "asha",
    ]
    private static let records = ["MR-1", "mr 2", "MR2", "MR-3"]
    private static let genders = ["F", "female", "M", "U", "O", ""]
    private static let dates = [
        "1985-04-12", "12/04/1985", "1985-04-13", "1983-01-01", "1988-02-02", "1985", "1987", "",
    ]
    static let facilities = ["HIP1", "HIP2"]

    var random: SplitMix64

    mutating func hospital() -> Hospital {
        var hospital = Hospital()
        let size = Int.random(in: 1...10, using: &random)
        let density = Double.random(in: 0.3...0.9, using: &random)
        for number in 0..<size {
            var row = ["id": "P\(number)"]
            if chance(0.3) { row["hip_id"] = pick(Self.facilities) }
            for (column, pool) in [
                ("name", Self.names), ("gender", Self.genders), ("birth_date", Self.dates),
                ("mobile", Self.mobiles), ("abha_number", Self.numbers),
                ("mr_number", Self.records),
            ] where chance(density) {
                row[column] = pick(pool)
            }
            // The last one is no address, and a record with it would be refused.
            if chance(density / 2) { row["abha_address"] = pick(Self.addresses.dropLast()) }
            hospital.patients.append(row)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                hospital.careContexts.append([
                    "patient_id": "P\(number)", "hip_id": row["hip_id"] ?? "HIP1",
                    "reference": "V\(Int.random(in: 0...4, using: &random))",
                ])
            }
        }
        // Duplicates: a second registration that lost or changed a thing or two.
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            var row = pick(hospital.patients)
            row["id"] = "P\(hospital.patients.count)"
            for column in ["mobile", "abha_address", "abha_number", "birth_date", "name"]
            where chance(0.15) {
                row[column] = nil
            }
            hospital.patients.append(row)
        }
        return hospital
    }

    mutating func body(likely patient: [String: String]?) -> JSONTree {
        let isV3 = chance(0.3)
        var members: [String: JSONTree] = [
            "id": .string(patient?["abha_address"] ?? pick(Self.addresses)),
            "name": .string(patient?["name"] ?? pick(Self.names)),
            "gender": .string(patient?["gender"] ?? pick(Self.genders)),
        ]
        if chance(0.3) { members["id"] = .string(pick(Self.addresses)) }
        if chance(0.85) {
            let year = Int(patient?["birth_date"]?.suffix(4) ?? "") ?? 1985
            members["yearOfBirth"] = .integer(year + Int.random(in: -3...3, using: &random))
        }
        members["verifiedIdentifiers"] = identifiers(
            chance(0.9) ? 1...3 : 0...1, patient, isV3: isV3)
        if chance(0.6) {
            members["unverifiedIdentifiers"] = identifiers(0...2, patient, isV3: isV3)
        }
        var body: [String: JSONTree] = [
            "transactionId": .string("t"), "patient": .object(members),
        ]
        if !isV3 { body["requestId"] = .string("r") }
        return .object(body)
    }

    private mutating func identifiers(
        _ counts: ClosedRange<Int>, _ patient: [String: String]?, isV3: Bool
    ) -> JSONTree {
        .array(
            (0..<Int.random(in: counts, using: &random)).map { _ in
                let (type, value) = identifier(patient, isV3: isV3)
                return .object(["type": .string(type), "value": .string(value)])
            })
    }

    private mutating func identifier(
        _ patient: [String: String]?, isV3: Bool
    ) -> (String, String) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1, 2: ("MOBILE", patient?["mobile"] ?? pick(Self.mobiles))
        case 3, 4: ("MR", patient?["mr_number"] ?? pick(Self.records))
        case 5, 6:
            (
                isV3 ? "ABHA_NUMBER" : "NDHM_HEALTH_NUMBER",
                patient?["abha_number"] ?? pick(Self.numbers)
            )
        case 7, 8:
            (
                isV3 ? pick(["ABHA_ADDRESS", "abhaAddress"]) : "HEALTH_ID",
                patient?["abha_address"] ?? pick(Self.addresses)
            )
        default: pick([("EMAIL", "a@example.org"), ("MOBILE", ""), ("MR", "-")])
        }
    }

    mutating func rule() -> OracleRule {
        var rule = OracleRule()
        guard chance(0.8) else { return rule }
        rule.unverified = pick(UnverifiedPolicy.allCases)
        rule.joinsSamePerson = chance(0.6)
        rule.candidatesMax = pick([1, 2, 3, 256])
        rule.tolerance = pick([0, 1, 2, 5])
        rule.several = chance(0.6) ? .rank : pick(SeveralPolicy.allCases)
        rule.needsVerifiedIdentifier = chance(0.8)
        rule.nameScoreMin = pick([0, 0, 900, 1000])
        rule.ranksNamesCoarsely = chance(0.2)
        return rule
    }

    mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < probability
    }

    mutating func pick<Element>(_ choices: some Collection<Element>) -> Element {
        // Never empty: the pools are this file's and a hospital has a patient.
        choices.randomElement(using: &random) ?? choices[choices.startIndex]
    }
}

extension OracleRule {
    /// The seed profile with these knobs.
    var matchRule: MatchRule {
        var rule = Profile.seed
        rule.unverified = unverified
        rule.samePerson = joinsSamePerson ? .strong : .never
        rule.candidatesMax = candidatesMax
        rule.needsVerifiedIdentifier = needsVerifiedIdentifier
        rule.ranksNamesCoarsely = ranksNamesCoarsely
        for index in rule.steps.indices {
            rule.steps[index].birthYearTolerance = tolerance
            rule.steps[index].several = several
            rule.steps[index].nameScoreMin = nameScoreMin
        }
        return rule
    }
}
