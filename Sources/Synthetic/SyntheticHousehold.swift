/// People who live together: one address, one surname, one telephone that all may use.
struct SyntheticHousehold {
    /// No other household of the table has it.
    let index: Int
    let seed: UInt64
    let state: Int
    let district: Int
    /// Into `NameRegion.all`.
    let region: Int
    let names: NameRegion
    let family: Int
    let isHeadFemale: Bool
    let headGiven: Int
    let headBirthYear: Int
    let hasTwins: Bool
    let postalCode: Int
    /// The drawn parts of the address, as written by `SyntheticDesk`.
    let addressNumber: Int
    let street: Int
    let village: Int

    private static let yearToday = 2026

    init(seed: UInt64, index: Int) {
        self.seed = seed
        self.index = index
        var random = SyntheticRandom(seed: seed, .household, index)
        state = random.pick(Places.shares)
        let place = Places.states[state]
        district = random.below(place.districts.count)
        region = random.below(100) < place.muslimShare ? NameRegion.muslimIndex : place.region
        names = NameRegion.all[region]
        family = random.below(names.families.count)
        isHeadFemale = random.chance(150)
        headGiven = random.below(names.given(isHeadFemale ? .female : .male).count)
        headBirthYear = random.within(1948...2002)
        hasTwins = random.below(12) == 0
        postalCode = place.postalPrefix * 10_000 + random.below(10_000)
        addressNumber = random.within(1...420)
        street = random.below(Places.streets.count)
        village = random.below(Places.villageStarts.count * Places.villageEnds.count)
    }

    /// The telephone of the whole household.
    var mobile: UInt64 { mobile(line: 0) }

    /// A telephone of the household.
    ///
    /// Line 0 is everybody's, 1...6 belong to the members in their order, and 7 is in no record at
    /// all. No two lines of a table are equal.
    func mobile(line: Int) -> UInt64 {
        // An odd multiplier that 5 does not divide permutes the 4,000,000,000 numbers.
        let mobiles: UInt64 = 4_000_000_000
        let number = UInt64(index * 8 + line) % mobiles
        return 6_000_000_000 + (number &* 2_654_435_761 &+ seed.byteSwapped % mobiles) % mobiles
    }

    /// The member with a role: 0 is the head, 1 the spouse, 2, 3, 4 are children, 5 a grandparent.
    func member(role: Int, number: Int) -> SyntheticPerson {
        var random = SyntheticRandom(seed: seed, .member, index * 8 + role)
        let gender: SyntheticGender
        switch role {
        case 0: gender = isHeadFemale ? .female : .male
        case 1: gender = isHeadFemale ? .male : .female
        case 5: gender = random.chance(600) ? .female : .male
        default: gender = random.chance(500) ? .female : .male
        }
        let given =
            role == 0 ? headGiven : given(role: role, gender: gender, using: &random)
        let birth = birth(role: role, using: &random)
        let isAdult = birth.year <= Self.yearToday - 18
        let line = isAdult && role > 0 && random.chance(350) ? role + 1 : 0
        var person = SyntheticPerson(
            number: number, isRegistered: true, role: role, line: line, gender: gender,
            given: given, middle: Self.middle(region: region, gender: gender, using: &random),
            takesFamilyName: role != 1 || random.chance(750), birth: birth,
            hasABHANumber: random.chance(340), hasABHAAddress: random.chance(240), home: self)
        // The given names of the third gender are taken from the men's.
        if gender == .male && random.chance(4) { person.gender = .other }
        return person
    }

    private func given(
        role: Int, gender: SyntheticGender, using random: inout SyntheticRandom
    ) -> Int {
        let table = names.given(gender)
        let any = random.below(table.count)
        guard role == 3 || role == 4, hasTwins || random.chance(300) else { return any }
        // The first child's draws, in the order in which `member` makes them.
        var sibling = SyntheticRandom(seed: seed, .member, index * 8 + 2)
        let siblingGender: SyntheticGender = sibling.chance(500) ? .female : .male
        guard siblingGender == gender else { return any }
        return table.like(sibling.below(table.count), using: &random)
    }

    private func birth(role: Int, using random: inout SyntheticRandom) -> SyntheticDate {
        if role == 3 && hasTwins { return birth(role: 2, using: &random) }
        // Twins share the stream as well as the day.
        if role == 2 && hasTwins {
            var shared = SyntheticRandom(seed: seed, .numbers, index)
            return SyntheticDate(year: childBirthYear(using: &shared), using: &shared)
        }
        switch role {
        case 0: return SyntheticDate(year: headBirthYear, using: &random)
        case 1:
            return SyntheticDate(year: headBirthYear + random.within(-2...6), using: &random)
        case 5:
            return SyntheticDate(year: headBirthYear - random.within(18...30), using: &random)
        default: return SyntheticDate(year: childBirthYear(using: &random), using: &random)
        }
    }

    private func childBirthYear(using random: inout SyntheticRandom) -> Int {
        min(headBirthYear + random.within(19...36), Self.yearToday - 1)
    }

    private static let middleNames: [[String]] = [
        ["Kumar", "Lal", "Prasad", "Singh", "Nath", "Chandra"],
        ["Kumari", "Devi", "Rani", "Bai", "Lata"],
    ]

    /// A middle name where the region has the habit; nil otherwise.
    private static func middle(
        region: Int, gender: SyntheticGender, using random: inout SyntheticRandom
    ) -> String? {
        let draw = random.below(1000)
        switch region {
        case 0: guard draw < 280 else { return nil }
        case 1: return gender == .female ? "Kaur" : (draw < 900 ? "Singh" : nil)
        case 5, 6: guard draw < 120 else { return nil }
        default: return nil
        }
        let names = middleNames[gender == .female ? 1 : 0]
        return names[random.below(names.count)]
    }
}
