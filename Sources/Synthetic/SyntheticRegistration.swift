/// What one row of the patient table states about its person, before anybody writes it down.
///
/// The requests' expected answers are told from this, and the desk writes it.
struct SyntheticRegistration {
    let row: Int
    let person: SyntheticPerson
    /// The facility's number, from 1.
    let facility: Int
    /// The stated telephone, 10 digits; nil where none is stated.
    let mobile: UInt64?
    let statesABHANumber: Bool
    let statesABHAAddress: Bool
    let statesMRNumber: Bool
    let gender: SyntheticGender?
    let birth: StatedBirth

    /// How much of the date of birth is stated.
    enum StatedBirth: Equatable {
        case day(SyntheticDate)
        case year(Int)
        case nothing

        /// The stated year, if one is.
        var year: Int? {
            switch self {
            case .day(let date): date.year
            case .year(let year): year
            case .nothing: nil
            }
        }
    }

    init(row: Int, person: SyntheticPerson, isRepeat: Bool, seed: UInt64, facilities: Int) {
        self.row = row
        self.person = person
        var random = SyntheticRandom(seed: seed, .registration, row)

        let home = person.home.index % facilities
        facility = 1 + (isRepeat && random.chance(100) ? random.below(facilities) : home)

        let draw = random.below(1000)
        if draw < 50 {
            mobile = nil
        } else if isRepeat && draw < 110 {
            // Another number than today's: the household's, or one that was the person's own.
            let line = person.line == 0 ? person.role + 1 : 0
            mobile = person.home.mobile(line: line)
        } else {
            mobile = person.mobile
        }
        statesABHANumber = person.hasABHANumber && random.chance(900)
        statesABHAAddress = person.hasABHAAddress && random.chance(850)
        statesMRNumber = !random.chance(30)
        gender = random.chance(12) ? nil : person.gender

        let date = random.below(1000)
        if date < 700 {
            birth = .day(person.birth)
        } else if date < 790 {
            birth = .year(person.birth.year)
        } else if date < 850 {
            // Reckoned from a stated age.
            birth = .year(min(person.birth.year + random.within(-2...2), 2026))
        } else if date < 890 {
            var first = person.birth
            (first.month, first.day) = (1, 1)
            birth = .day(first)
        } else if date < 970 {
            birth = .day(person.birth)
        } else {
            birth = .nothing
        }
    }

    /// Writes the row's id.
    static func writeID(row: Int, into text: inout [UInt8]) {
        text.append(UInt8(ascii: "P"))
        text.append(decimal: UInt64(row + 1), width: 8)
    }

    /// Writes the row's number in the hospital's own files; no two rows have the same.
    static func writeMRNumber(row: Int, seed: UInt64, into text: inout [UInt8]) {
        let numbers: UInt64 = 1_000_000_000
        text.append(text: "MR")
        text.append(decimal: (UInt64(row) &* 7919 &+ seed % numbers) % numbers, width: 9)
    }

    /// Writes a facility's identifier.
    static func writeFacility(_ facility: Int, into text: inout [UInt8]) {
        text.append(text: "HIP")
        text.append(decimal: UInt64(facility))
    }
}
