/// An invented person, as the person would say it.
struct SyntheticPerson {
    /// No other registered person of the table has it.
    let number: Int
    /// False for those whom only requests know.
    var isRegistered: Bool
    let role: Int
    /// The line of the household that is the person's own; 0 is everybody's.
    var line: Int
    var gender: SyntheticGender
    var given: Int
    var middle: String?
    let takesFamilyName: Bool
    var birth: SyntheticDate
    /// Whether hospitals know the number, and the address.
    let hasABHANumber: Bool
    let hasABHAAddress: Bool
    let home: SyntheticHousehold

    /// The names of the person's region.
    var names: NameRegion { home.names }

    /// The person's own telephone, or else the household's.
    var mobile: UInt64 { home.mobile(line: line) }

    /// The 14 digits; no two people of a table have the same.
    var abhaNumber: UInt64 {
        // Each step is a permutation of the numbers below 2^46, which is below 9 * 10^13.
        let mask: UInt64 = (1 << 46) - 1
        var digits = UInt64(number) | (isRegistered ? 0 : 1 << 45)
        digits = (digits &* 0x9E37_79B9_7F4A_7C15 &+ home.seed) & mask
        digits ^= digits >> 23
        digits = (digits &* 0xBF58_476D_1CE4_E5B9) & mask
        return 10_000_000_000_000 + digits
    }

    /// Writes the address at a consent manager; no two people of a table have the same.
    func writeABHAAddress(into text: inout [UInt8]) {
        for letter in names.given(gender)[given] { text.append(letter | 0x20) }
        if number % 3 == 0 { text.append(UInt8(ascii: ".")) }
        var magnitude: UInt64 = 10
        while magnitude <= UInt64(number) { magnitude *= 10 }
        // Within a count of digits every number is used once, in another order; a one in front
        // keeps the counts apart.
        text.append(decimal: 1)
        let mixed = (UInt64(number) &* 7_919 &+ home.seed % 1_000_000) % magnitude
        text.append(decimal: mixed, width: Self.digits(magnitude))
        if !isRegistered { text.append(text: "new") }
        text.append(text: number % 5 < 3 ? "@sbx" : "@abdm")
    }

    private static func digits(_ magnitude: UInt64) -> Int {
        var count = 0
        var rest = magnitude
        while rest > 1 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// Writes what follows the given and middle names; whose it is depends on the region.
    func writeFamilyName(into text: inout [UInt8]) {
        if names.isPatronymic && role > 0 && role < 5 {
            // Children and wives carry the head's name, or where she is the head a family name.
            if !home.isHeadFemale {
                text.append(contentsOf: names.men[home.headGiven])
                return
            }
        }
        text.append(contentsOf: names.families[home.family])
    }

    /// Writes the name in full, in title case.
    func writeName(into text: inout [UInt8]) {
        text.append(contentsOf: names.given(gender)[given])
        if let middle {
            text.append(UInt8(ascii: " "))
            text.append(text: middle)
        }
        if takesFamilyName {
            text.append(UInt8(ascii: " "))
            writeFamilyName(into: &text)
        }
    }

    /// A sibling without a record: the same household and telephone, another given name.
    ///
    /// - Parameters:
    ///   - isTwin: whether the day of birth and the gender are the same too.
    ///   - random: where the draws come from.
    /// - Returns: a person whose number is taken from this one, but not registered.
    func sibling(isTwin: Bool, using random: inout SyntheticRandom) -> SyntheticPerson {
        var sibling = self
        sibling.isRegistered = false
        if !isTwin {
            sibling.birth = SyntheticDate(
                year: birth.year + random.within(-4...4), using: &random)
            if random.chance(400) { sibling.gender = gender == .female ? .male : .female }
        }
        let table = names.given(sibling.gender)
        if sibling.gender == gender {
            sibling.given = table.like(given, using: &random)
        } else {
            sibling.given = random.below(table.count)
            sibling.middle = nil
        }
        return sibling
    }
}
