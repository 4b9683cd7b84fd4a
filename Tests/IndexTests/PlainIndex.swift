internal import Index
internal import Matcher
internal import TestSupport

/// An identifier as an index keys it, in its normal form.
struct PlainKey: Hashable {
    var kind: IdentifierKind
    /// `mr` or another type, for identifiers of facilities and schemes.
    var type = ""
    var value: String
}

/// One patient, all values in their normal form.
struct PlainPatient: Equatable {
    var id: String
    /// Empty for the default one.
    var facility = ""
    var name = ""
    var gender = Gender.notStated
    var birthDate: BirthDate?
    var mobile = ""
    var address = ""
    var number = ""
    var district = ""
    /// Types are `mr`, `voter` or `pan`.
    var identifiers: [PlainKey] = []

    /// Every key that leads to the patient, once.
    var keys: Set<PlainKey> {
        var keys = Set(identifiers)
        if !mobile.isEmpty { keys.insert(PlainKey(kind: .mobile, value: mobile)) }
        if !address.isEmpty { keys.insert(PlainKey(kind: .abhaAddress, value: address)) }
        if !number.isEmpty { keys.insert(PlainKey(kind: .abhaNumber, value: number)) }
        return keys
    }

    /// Fills a record with the patient's values.
    func fill(_ record: inout PatientRecord) throws {
        record.reset()
        let texts: [(PatientField, String)] = [
            (.id, id), (.facility, facility), (.name, name), (.gender, "\(gender.code)"),
            (.mobile, mobile), (.abhaAddress, address), (.abhaNumber, number),
            (.district, district),
        ]
        for (field, text) in texts where !text.isEmpty {
            let bytes = Array(text.utf8)
            try record.set(field, bytes.span)
        }
        if let birthDate { record.setBirthDate(birthDate) }
        for identifier in identifiers {
            let bytes = Array(identifier.value.utf8)
            switch identifier.type {
            case "voter": try record.addIdentifier(type: "voter", bytes.span)
            case "pan": try record.addIdentifier(type: "pan", bytes.span)
            default: try record.set(.medicalRecord, bytes.span)
            }
        }
        try record.finish()
    }
}

/// The twin of an image: a plain dictionary from (facility, key) to rows.
struct PlainIndex {
    static let defaultFacility = "HIP1"

    private(set) var patients: [PlainPatient] = []
    private var rows: [String: [PlainKey: [Int]]] = [:]
    private var ids: Set<String> = []

    /// Adds a patient; false when the facility has that id already.
    mutating func append(_ patient: PlainPatient) -> Bool {
        let facility = PlainIndex.facility(of: patient)
        guard ids.insert(facility + "\u{0}" + patient.id).inserted else { return false }
        for key in patient.keys {
            rows[facility, default: [:]][key, default: []].append(patients.count)
        }
        patients.append(patient)
        return true
    }

    /// The same patients as an image orders them: by facility as they came, gender and birth year.
    func inRowOrder() -> PlainIndex {
        var facilities: [String: Int] = [:]
        for patient in patients {
            let facility = PlainIndex.facility(of: patient)
            if facilities[facility] == nil { facilities[facility] = facilities.count }
        }
        let order = patients.indices.sorted { a, b in
            func key(_ index: Int) -> (Int, UInt8, Int, Int) {
                let patient = patients[index]
                let facility = facilities[PlainIndex.facility(of: patient)] ?? 0
                return (facility, patient.gender.rawValue, patient.birthDate?.year ?? 0, index)
            }
            return key(a) < key(b)
        }
        var ordered = PlainIndex()
        for index in order { _ = ordered.append(patients[index]) }
        return ordered
    }

    func find(_ key: PlainKey, in facility: String) -> [Int] { rows[facility]?[key] ?? [] }

    static func facility(of patient: PlainPatient) -> String {
        patient.facility.isEmpty ? defaultFacility : patient.facility
    }
}

/// Builds an image of patients that all go in.
func image(
    of patients: [PlainPatient], seed: UInt64 = 1
) throws -> PatientImage {
    var builder = ImageBuilder(defaultFacility: PlainIndex.defaultFacility, seed: seed)
    var record = PatientRecord()
    for patient in patients {
        try patient.fill(&record)
        try builder.append(record)
    }
    return builder.build()
}

extension PatientImage {
    /// The numbers of the rows that an image gives for a key, ascending.
    func find(_ key: PlainKey, in facility: String) -> [Int] {
        places(of: key, in: facility).map { number(of: $0) }.sorted()
    }

    /// The number of a row: of one gender and year those that came first stand first.
    private func number(of row: RowPlace) -> Int {
        let facility = rows(of: facility(of: row))
        var low = facility.lowerBound
        var high = facility.upperBound
        while low < high {
            let middle = (low + high) / 2
            let place = place(ofRow: middle)
            if order(of: place) < order(of: row) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func order(of row: RowPlace) -> (UInt8, Int, UInt32) {
        let facts = facts(of: row)
        return (facts.gender.rawValue, facts.birthDate?.year ?? 0, row.rawValue)
    }

    /// The rows that an image gives for a key, in the order in which it gives them.
    func places(of key: PlainKey, in facility: String) -> [RowPlace] {
        let name = Array(facility.utf8)
        guard let number = self.facility(named: name.span) else { return [] }
        var query = PatientQuery()
        guard let identifier = query.identifier(key) else { return [] }
        // Prefetches change no answer.
        if var key = self.key(of: identifier, texts: query.texts, facility: number) {
            for _ in 0..<5 { prefetchNext(of: &key) }
        }
        let candidates = rows(carrying: identifier, texts: query.texts, facility: number)
        return (0..<candidates.count).map { row(of: candidates, at: $0) }
    }

    /// Whether an image says that a row carries a key.
    func carries(_ key: PlainKey, row number: Int) -> Bool {
        let row = place(ofRow: number)
        var query = PatientQuery()
        guard let identifier = query.identifier(key) else { return false }
        let key =
            self.key(of: identifier, texts: query.texts, facility: facility(of: row)) ?? .nowhere
        return carries(
            identifier, key: key, texts: query.texts, row: row, rowTexts: texts(of: row))
    }

    /// What an image holds of a row, without its identifiers.
    func patient(_ number: Int) -> PlainPatient {
        let row = place(ofRow: number)
        let facts = facts(of: row)
        let facility = text(facilityName(self.facility(of: row)))
        return PlainPatient(
            id: id(of: row), facility: facility, name: name(of: row),
            gender: facts.gender, birthDate: facts.birthDate,
            mobile: facts.mobile == 0 ? "" : "\(facts.mobile)",
            address: address(of: row),
            number: facts.abhaNumber == 0 ? "" : "\(facts.abhaNumber)",
            district: text(district(of: row)))
    }
}

extension PatientQuery {
    /// Takes a key; nil when it is not usable.
    mutating func identifier(_ key: PlainKey) -> QueryIdentifier? {
        let value = Array((key.kind == .mobile ? "+" + key.value : key.value).utf8)
        let type = Array(key.type.utf8)
        guard add(key.kind, value: value.span, type: type.span, isVerified: true) else {
            return nil
        }
        return identifiers.first
    }
}

func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
