import Matcher
import TestSupport

/// A small random table of patients with their care contexts, as texts and as what they must become.
struct RandomHospital {
    var patients = PlainTable(names: [], rows: [])
    var contexts = PlainTable(names: [], rows: [])
    var expected: PlainHospital = [:]

    init(seed: UInt64, rows: Int) {
        var random = SplitMix64(seed: seed)
        patients.names = [
            "hip_id", "id", "shoe_size", "name", "gender", "birth_date", "mobile", "abha_address",
            "abha_number", "address",
        ].shuffled(using: &random)
        contexts.names = [
            "patient_id", "hip_id", "reference", "display", "hi_type", "date", "linked",
        ].shuffled(using: &random)
        for row in 0..<rows { addPatient(row, &random) }
    }

    private mutating func addPatient(_ row: Int, _ random: inout SplitMix64) {
        let facility = Self.pick(["", "HIP1", "HIP2", "अस्पताल"], &random)
        let id = Self.pick(["P\(row)", "\(row)", "a \"\(row)\", b", "रोगी\(row)"], &random)
        let name = Self.pick(Self.names, &random)
        let (gender, genderValue) = Self.pick(Self.genders, &random)
        let (birth, birthValue) = Self.pick(Self.births, &random)
        let digits = UInt64.random(in: 6_000_000_000...9_999_999_999, using: &random)
        let hasMobile = Bool.random(using: &random)
        let abha = UInt64.random(in: 10_000_000_000_000...99_999_999_999_999, using: &random)
        let hasNumber = Bool.random(using: &random)
        let hasAddress = Bool.random(using: &random)
        let values = [
            "hip_id": facility, "id": id, "shoe_size": "4\n2", "name": name, "gender": gender,
            "birth_date": birth,
            "mobile": hasMobile ? Self.pick(["\(digits)", "+91 \(digits)"], &random) : "",
            "abha_address": hasAddress ? "Person\(row)@SBX" : "",
            "abha_number": hasNumber ? "\(abha)" : "", "address": "12, \"Lake View\"\nPune",
        ]
        patients.rows.append(patients.names.map { values[$0] ?? "" })
        var patient = PlainPatient(
            name: Self.folded(name), gender: genderValue, birthDate: birthValue,
            mobile: hasMobile ? 910_000_000_000 + digits : 0,
            abhaAddress: hasAddress ? "person\(row)@sbx" : "", abhaNumber: hasNumber ? abha : 0)
        for number in 0..<Int.random(in: 0...3, using: &random) {
            patient.contexts.append(addContext(row, number, facility, id, &random))
        }
        expected[PlainKey(facility: facility.isEmpty ? "HIP1" : facility, id: id)] = patient
    }

    private mutating func addContext(
        _ row: Int, _ number: Int, _ facility: String, _ id: String, _ random: inout SplitMix64
    ) -> PlainContext {
        let display = Self.pick(["", "Visit, \"first\"", "जाँच"], &random)
        let (linked, isLinked) = Self.pick([("", false), ("true", true), ("0", false)], &random)
        let type = Self.pick(HealthInformationType.allCases, &random)
        let values = [
            "patient_id": id, "hip_id": facility, "reference": "V\(row)-\(number)",
            "display": display, "hi_type": "\(type.wireName)", "date": "2024-02-29",
            "linked": linked,
        ]
        contexts.rows.append(contexts.names.map { values[$0] ?? "" })
        return PlainContext(
            reference: "V\(row)-\(number)",
            display: display.isEmpty ? "V\(row)-\(number)" : display,
            hiType: type, date: .day(year: 2024, month: 2, day: 29), isLinked: isLinked)
    }

    private static func pick<Value>(_ values: [Value], _ random: inout SplitMix64) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    /// How a name is folded is not for these tests to say.
    private static func folded(_ name: String) -> String {
        var arena = TextArena()
        let range = NameFolding.fold(name.utf8.span, into: &arena)
        return text(arena.bytes(range))
    }

    private static let names = [
        "", "Asha Rao", "Smt. ASHA  RAO", "Rao, Asha", "D'Souza\nMaria", "आशा राव",
    ]
    private static let genders: [(String, Gender)] = [
        ("", .notStated), ("F", .female), ("male", .male), (" o ", .other),
    ]
    private static let births: [(String, BirthDate?)] = [
        ("", nil), ("1980-05-12", .day(year: 1980, month: 5, day: 12)),
        ("12/05/1980", .day(year: 1980, month: 5, day: 12)), ("1980", .yearOnly(1980)),
    ]
}
