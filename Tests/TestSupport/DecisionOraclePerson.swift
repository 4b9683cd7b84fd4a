internal import Matcher

/// An identifier in its normal form.
public struct OracleIdentifier: Hashable, Sendable {
    enum Kind: Sendable {
        case abhaAddress, abhaNumber, mobile, medicalRecord, other

        var isABHA: Bool { self == .abhaAddress || self == .abhaNumber }

        func wireName(isV3: Bool) -> String? {
            switch self {
            case .abhaAddress: isV3 ? "ABHA_ADDRESS" : "HEALTH_ID"
            case .abhaNumber: isV3 ? "ABHA_NUMBER" : "NDHM_HEALTH_NUMBER"
            case .mobile: "MOBILE"
            case .medicalRecord: "MR"
            case .other: nil
            }
        }
    }

    let kind: Kind
    let value: String

    /// The identifiers that a raw one says: none, one, or an address and the number it was made from.
    static func parse(_ kind: Kind, _ raw: String) -> [OracleIdentifier] {
        let bytes = Array(raw.utf8)
        var arena = TextArena()
        guard !bytes.span.isPlaceholder else { return [] }
        switch kind {
        case .abhaAddress:
            guard let range = try? ABHAAddress.parse(bytes.span, into: &arena) else { return [] }
            let address = arena.text(range)
            var found = [OracleIdentifier(kind: .abhaAddress, value: address)]
            let digits = address.prefix { $0.isNumber }
            if digits.count == 14, address.dropFirst(14).first == "@",
                digits.contains(where: { $0 != "0" })
            {
                found.append(OracleIdentifier(kind: .abhaNumber, value: String(digits)))
            }
            return found
        case .abhaNumber:
            guard let number = try? ABHANumber(parsing: bytes.span) else { return [] }
            let digits = String(number.digits)
            let padded = String(repeating: "0", count: 14 - digits.count) + digits
            return [OracleIdentifier(kind: kind, value: padded)]
        case .mobile:
            guard let phone = try? PhoneNumber(parsing: bytes.span) else { return [] }
            return [OracleIdentifier(kind: kind, value: String(phone.e164))]
        case .medicalRecord, .other:
            guard let range = try? OtherIdentifier.fold(bytes.span, into: &arena), !range.isEmpty
            else { return [] }
            return [OracleIdentifier(kind: kind, value: arena.text(range))]
        }
    }
}

/// An identifier of a request, with who vouches for it.
struct OracleKnownIdentifier {
    let identifier: OracleIdentifier
    var isVerified: Bool
    var isOnlyPatientID: Bool
}

/// A patient of the twin, from the columns of a patient file.
public struct OraclePatient: Sendable {
    let id: String
    let facility: String
    let name: String
    let gender: Gender
    let birthDate: BirthDate?
    let identifiers: Set<OracleIdentifier>
    let careContexts: [String]

    /// A patient with the references of the care contexts.
    public init(
        _ columns: [String: String], defaultFacility: String, careContexts: [String]
    ) {
        id = columns["id"] ?? ""
        facility = columns["hip_id"] ?? defaultFacility
        name = foldedName(columns["name"] ?? "")
        gender = parsedGender(columns["gender"] ?? "")
        let date = Array((columns["birth_date"] ?? columns["yob"] ?? "").utf8)
        birthDate = (try? BirthDate.parse(date.span)) ?? nil
        var identifiers: [OracleIdentifier] = []
        for (column, kind) in [
            ("mobile", OracleIdentifier.Kind.mobile), ("abha_number", .abhaNumber),
            ("mr_number", .medicalRecord),
        ] {
            identifiers += OracleIdentifier.parse(kind, columns[column] ?? "")
        }
        // A number of its own outdoes the one that the address was made from.
        let address = OracleIdentifier.parse(.abhaAddress, columns["abha_address"] ?? "")
        let hasNumber = identifiers.contains { $0.kind == .abhaNumber }
        identifiers += address.filter { $0.kind == .abhaAddress || !hasNumber }
        self.identifiers = Set(identifiers)
        self.careContexts = careContexts
    }

    private func value(_ kind: OracleIdentifier.Kind) -> String? {
        identifiers.first { $0.kind == kind }?.value
    }

    private func agree(_ other: OraclePatient, _ kind: OracleIdentifier.Kind) -> Bool? {
        guard let mine = value(kind), let theirs = other.value(kind) else { return nil }
        return mine == theirs
    }

    func contradicts(_ other: OraclePatient) -> Bool {
        if let numbersAgree = agree(other, .abhaNumber) { return !numbersAgree }
        return agree(other, .abhaAddress) == false
    }

    func isPlainly(_ other: OraclePatient) -> Bool {
        if contradicts(other) { return false }
        if agree(other, .abhaNumber) == true || agree(other, .abhaAddress) == true { return true }
        guard case .day = birthDate else { return false }
        return birthDate == other.birthDate && !name.isEmpty && name == other.name
            && gender != .notStated && gender == other.gender && agree(other, .mobile) == true
    }
}

/// A discover request of the twin, from its body.
public struct OracleRequest {
    let name: String
    let gender: Gender
    let birthYear: Int
    let isV3: Bool
    private let patientID: String
    private let verified: [(type: String, value: String)]
    private let unverified: [(type: String, value: String)]

    /// A request from a body that is sound.
    public init(_ body: JSONTree) {
        let patient = body["patient"]
        name = foldedName(patient?["name"]?.text ?? "")
        gender = parsedGender(patient?["gender"]?.text ?? "")
        birthYear = patient?["yearOfBirth"]?.number ?? 0
        patientID = patient?["id"]?.text ?? ""
        verified = Self.list(patient?["verifiedIdentifiers"])
        unverified = Self.list(patient?["unverifiedIdentifiers"])
        let types = Set((verified + unverified).map(\.type))
        if !types.isDisjoint(with: ["ABHA_NUMBER", "ABHA_ADDRESS", "abhaAddress"]) {
            isV3 = true
        } else if !types.isDisjoint(with: ["NDHM_HEALTH_NUMBER", "HEALTH_ID"]) {
            isV3 = false
        } else {
            isV3 = (body["requestId"]?.text ?? "").isEmpty
        }
    }

    /// The usable identifiers, each once; verified where any of its mentions is.
    func identifiers() -> [OracleKnownIdentifier] {
        var known: [OracleKnownIdentifier] = []
        func add(_ new: [OracleIdentifier], isVerified: Bool, isPatientID: Bool = false) {
            for identifier in new {
                if let index = known.firstIndex(where: { $0.identifier == identifier }) {
                    known[index].isVerified = known[index].isVerified || isVerified
                    if isVerified, !isPatientID { known[index].isOnlyPatientID = false }
                } else {
                    known.append(
                        OracleKnownIdentifier(
                            identifier: identifier, isVerified: isVerified,
                            isOnlyPatientID: isPatientID))
                }
            }
        }
        add(
            OracleIdentifier.parse(.abhaAddress, patientID), isVerified: true, isPatientID: true)
        for (type, value) in verified {
            add(OracleIdentifier.parse(kind(of: type), value), isVerified: true)
        }
        for (type, value) in unverified {
            add(OracleIdentifier.parse(kind(of: type), value), isVerified: false)
        }
        return known
    }

    private func kind(of type: String) -> OracleIdentifier.Kind {
        switch type {
        case "MOBILE": .mobile
        case "MR": .medicalRecord
        case "HEALTH_ID", "ABHA_ADDRESS", "abhaAddress": .abhaAddress
        case "NDHM_HEALTH_NUMBER", "ABHA_NUMBER": .abhaNumber
        default: .other
        }
    }

    private static func list(_ tree: JSONTree?) -> [(type: String, value: String)] {
        (tree?.elements ?? []).map { ($0["type"]?.text ?? "", $0["value"]?.text ?? "") }
    }
}

private func foldedName(_ raw: String) -> String {
    var arena = TextArena()
    let bytes = Array(raw.utf8)
    return arena.text(NameFolding.fold(bytes.span, into: &arena))
}

private func parsedGender(_ raw: String) -> Gender {
    let bytes = Array(raw.utf8)
    return (try? Gender(parsing: bytes.span)) ?? .notStated
}

extension TextArena {
    /// The text of a range, copied.
    fileprivate borrowing func text(_ range: TextRange) -> String {
        let span = bytes(range)
        var copy: [UInt8] = []
        for index in span.indices { copy.append(span[index]) }
        return String(decoding: copy, as: UTF8.self)
    }
}
