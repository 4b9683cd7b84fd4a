/// A hospital's registration desk: writes rows the way hurried people do.
struct SyntheticDesk {
    private let seed: UInt64
    private var random: SyntheticRandom

    /// The desk at one row.
    init(seed: UInt64, row: Int) {
        self.seed = seed
        random = SyntheticRandom(seed: seed, .handwriting, row)
    }

    /// Writes one row of `patients.csv`.
    mutating func write(_ registration: SyntheticRegistration, into patient: inout SyntheticPatient)
    {
        patient.row = registration.row
        patient.fields.removeAll()
        SyntheticRegistration.writeID(row: registration.row, into: &patient.fields.bytes)
        patient.fields.endField()
        SyntheticRegistration.writeFacility(registration.facility, into: &patient.fields.bytes)
        patient.fields.endField()
        writeName(of: registration.person, into: &patient.fields.bytes)
        patient.fields.endField()
        writeGender(registration.gender, into: &patient.fields.bytes)
        patient.fields.endField()
        writeBirth(registration.birth, into: &patient.fields)
        if let mobile = registration.mobile { writeMobile(mobile, into: &patient.fields.bytes) }
        patient.fields.endField()
        if registration.statesABHAAddress {
            registration.person.writeABHAAddress(into: &patient.fields.bytes)
        }
        patient.fields.endField()
        if registration.statesABHANumber {
            Self.writeABHANumber(
                registration.person.abhaNumber, dashed: random.chance(650),
                into: &patient.fields.bytes)
        }
        patient.fields.endField()
        if registration.statesMRNumber {
            SyntheticRegistration.writeMRNumber(
                row: registration.row, seed: seed, into: &patient.fields.bytes)
        }
        patient.fields.endField()
        writeAddress(of: registration.person.home, into: &patient.fields)
    }

    private mutating func writeGender(_ gender: SyntheticGender?, into text: inout [UInt8]) {
        guard let gender else { return }
        switch random.below(100) {
        case 0..<92: text.append(gender.letter)
        case 92..<96: text.append(text: gender.word)
        case 96..<98: text.append(gender.letter | 0x20)
        default: for letter in gender.word.utf8 { text.append(letter & ~0x20) }
        }
    }

    /// Writes `birth_date` and `yob`.
    private mutating func writeBirth(
        _ birth: SyntheticRegistration.StatedBirth, into fields: inout FieldBytes
    ) {
        switch birth {
        case .day(let date):
            if random.chance(40) {
                fields.bytes.append(decimal: UInt64(date.day), width: 2)
                fields.bytes.append(UInt8(ascii: "-"))
                fields.bytes.append(decimal: UInt64(date.month), width: 2)
                fields.bytes.append(UInt8(ascii: "-"))
                fields.bytes.append(decimal: UInt64(date.year), width: 4)
            } else {
                fields.bytes.append(date: date)
            }
        case .year(let year):
            switch random.below(3) {
            case 0: fields.bytes.append(decimal: UInt64(year), width: 4)
            case 1:
                fields.bytes.append(decimal: UInt64(year), width: 4)
                fields.bytes.append(text: "-xx-xx")
            default: break
            }
        case .nothing: break
        }
        let isBare = fields.bytes.count == fields.lastEnd
        fields.endField()
        if let year = birth.year, isBare || !random.chance(150) {
            fields.bytes.append(decimal: UInt64(year), width: 4)
        }
        fields.endField()
    }

    private mutating func writeMobile(_ mobile: UInt64, into text: inout [UInt8]) {
        let high = mobile / 100_000, low = mobile % 100_000
        switch random.below(100) {
        case 0..<80: text.append(decimal: mobile)
        case 80..<86:
            text.append(text: "+91-")
            text.append(decimal: mobile)
        case 86..<89:
            text.append(text: "+91")
            text.append(decimal: mobile)
        case 89..<91:
            text.append(text: "91")
            text.append(decimal: mobile)
        case 91..<94:
            text.append(text: "0")
            text.append(decimal: mobile)
        case 94..<95:
            text.append(text: "0 ")
            text.append(decimal: mobile)
        case 95..<98:
            text.append(decimal: high)
            text.append(UInt8(ascii: " "))
            text.append(decimal: low, width: 5)
        default:
            text.append(text: "+91 ")
            text.append(decimal: high)
            text.append(UInt8(ascii: " "))
            text.append(decimal: low, width: 5)
        }
    }

    /// Writes 14 digits, bare or in the groups 2-4-4-4.
    static func writeABHANumber(_ number: UInt64, dashed: Bool, into text: inout [UInt8]) {
        guard dashed else {
            text.append(decimal: number, width: 14)
            return
        }
        text.append(decimal: number / 1_000_000_000_000, width: 2)
        for group in [number / 100_000_000, number / 10_000, number] {
            text.append(UInt8(ascii: "-"))
            text.append(decimal: group % 10_000, width: 4)
        }
    }

    /// Writes `address`, `district`, `state` and `pincode`.
    private mutating func writeAddress(
        of home: SyntheticHousehold, into fields: inout FieldBytes
    ) {
        if !random.chance(60) {
            fields.bytes.append(decimal: UInt64(home.addressNumber))
            if home.addressNumber % 4 == 0 { fields.bytes.append(text: "/A") }
            fields.bytes.append(UInt8(ascii: " "))
            fields.bytes.append(text: Places.streets[home.street])
            fields.bytes.append(text: random.chance(850) ? ", " : " ")
            let ends = Places.villageEnds
            fields.bytes.append(text: Places.villageStarts[home.village / ends.count])
            fields.bytes.append(text: ends[home.village % ends.count])
        }
        fields.endField()
        let state = Places.states[home.state]
        fields.bytes.append(text: state.districts[home.district])
        fields.endField()
        fields.bytes.append(text: state.name)
        fields.endField()
        if !random.chance(80) { fields.bytes.append(decimal: UInt64(home.postalCode)) }
        fields.endField()
    }

    private mutating func writeName(of person: SyntheticPerson, into text: inout [UInt8]) {
        var pen = NamePen(random: random)
        pen.write(person, into: &text)
        random = pen.random
    }
}
