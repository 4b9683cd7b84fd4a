internal import Index
internal import Matcher
internal import TestSupport

extension SplitMix64 {
    /// One of `count` keys of a kind; the fewer there are, the more patients share them.
    mutating func key(_ kind: IdentifierKind, of count: Int) -> PlainKey {
        let index = Int.random(in: 0..<count, using: &self)
        switch kind {
        case .abhaAddress:
            // Lengths round the eight bytes that the hash takes at a time.
            let letters = ["a", ".", "_", "9"][index / 19 % 4]
            let name = "z" + String(repeating: letters, count: index % 19) + "\(index)"
            return PlainKey(kind: kind, value: name + ["@sbx", "@abdm"][index % 2])
        case .abhaNumber: return PlainKey(kind: kind, value: "\(10_000_000_000_000 + index)")
        case .mobile: return PlainKey(kind: kind, value: "\(919_000_000_000 + index)")
        case .medicalRecord:
            let value = ["m\(index)", "opd/2026/\(index)x", "\(index)-x\u{939}", "000\(index)"]
            return PlainKey(kind: kind, type: "mr", value: value[index % 4])
        case .other:
            let type = Bool.random(using: &self) ? "voter" : "pan"
            return PlainKey(kind: kind, type: type, value: "m\(index)")
        }
    }

    /// A patient of few facilities, with some values missing and many shared.
    mutating func patient(ids: Int, keys: Int, facilities: Int) -> PlainPatient {
        let facility = Int.random(in: 0..<facilities, using: &self)
        let id = Int.random(in: 0..<ids, using: &self)
        let shapes = ["P", "P00000", "uhid-", "Patient/", "P-2026-", "\u{905}"]
        var patient = PlainPatient(id: shapes[id % 6] + "\(id)" + (id % 7 == 0 ? "x" : ""))
        patient.facility = facility == 0 ? "" : facility == 1 ? "HIP1" : "F\(facility)"
        patient.name =
            [
                "", "asha rao", "ram", "asha rao s/o ram", "asha @ usha",
                String(repeating: "x", count: 127),
                String(repeating: "y", count: 128), String(repeating: "z", count: 512),
            ].randomElement(using: &self) ?? ""
        patient.gender = Gender.allCases.randomElement(using: &self) ?? .male
        let year = UInt16.random(in: 1850...2100, using: &self)
        patient.birthDate =
            [
                nil, .yearOnly(year),
                .day(
                    year: year, month: UInt8.random(in: 1...12, using: &self),
                    day: UInt8.random(in: 1...28, using: &self)),
            ].randomElement(using: &self) ?? nil
        if has(4) { patient.mobile = key(.mobile, of: keys).value }
        if has(4) { patient.address = key(.abhaAddress, of: keys).value }
        if has(4) { patient.number = key(.abhaNumber, of: keys).value }
        while has(2), patient.identifiers.count < 6 {
            patient.identifiers.append(
                key(has(2) ? .medicalRecord : .other, of: keys))
        }
        return patient
    }

    /// True in all but one of `count` cases.
    private mutating func has(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) != 0
    }
}
