/// Thirty-two rows of the patient table, and who stands in them.
///
/// The table is made of neighbourhoods. Each holds 26 people in households, each person in one row,
/// and six rows more in which somebody of this or an earlier neighbourhood is registered again. Who
/// is where follows from seed and index alone: any row can be found, and all rows of a person, in
/// constant time and without memory of the others.
struct Neighbourhood {
    static let rowCount = 32
    static let personCount = 26
    private static let repeatCount = 6

    /// How far back each repeated registration reaches, in neighbourhoods; the person comes from
    /// this one where the table does not reach back so far.
    private static let distances = [1, 3, 17, 200, 4000, 60_000]
    private static let householdSizes = StaticShares([15, 20, 25, 20, 12, 8])

    let seed: UInt64
    let index: Int
    private let multiplier: Int
    private let addend: Int
    /// For each person the household's number here, and the place in the household.
    private let members: [26 of Member]

    private struct Member {
        var household: UInt8
        var role: UInt8
    }

    init(seed: UInt64, index: Int) {
        self.seed = seed
        self.index = index
        var random = SyntheticRandom(seed: seed, .layout, index)
        multiplier = random.below(16) * 2 + 1
        addend = random.below(32)
        var members = [26 of Member](repeating: Member(household: 0, role: 0))
        var person = 0
        var household: UInt8 = 0
        while person < Self.personCount {
            let size = random.pick(Self.householdSizes) + 1
            for role in 0..<min(size, Self.personCount - person) {
                members[person] = Member(household: household, role: UInt8(role))
                person += 1
            }
            household += 1
        }
        self.members = members
    }

    /// The person of a row, and the neighbourhood and slot that the person is at home in.
    func person(ofRow row: Int) -> PersonSlot {
        let slot = ((row % Self.rowCount) * multiplier + addend) % Self.rowCount
        guard slot >= Self.personCount else {
            return PersonSlot(neighbourhood: index, slot: slot, isRepeat: false)
        }
        let number = slot - Self.personCount
        let distance = Self.distances[number]
        return PersonSlot(
            neighbourhood: index >= distance ? index - distance : index,
            slot: Self.repeated(seed: seed, index, number), isRepeat: true)
    }

    /// The household of a slot, as a number that no other household of the table has, and the
    /// person's place in it.
    func household(ofSlot slot: Int) -> (index: Int, role: Int) {
        let member = members[slot]
        return (index * Self.rowCount + Int(member.household), Int(member.role))
    }

    /// Every row below `rowLimit` in which a person of this neighbourhood is registered, ascending.
    func rows(ofSlot slot: Int, below rowLimit: Int) -> [Int] {
        var rows = [row(ofSlot: slot)]
        for (number, distance) in Self.distances.enumerated() {
            let later = index + distance
            if later * Self.rowCount < rowLimit,
                Self.repeated(seed: seed, later, number) == slot
            {
                let neighbourhood = Neighbourhood(seed: seed, index: later)
                rows.append(neighbourhood.row(ofSlot: Self.personCount + number))
            }
            if index < distance, Self.repeated(seed: seed, index, number) == slot {
                rows.append(row(ofSlot: Self.personCount + number))
            }
        }
        return rows.filter { $0 < rowLimit }.sorted()
    }

    private func row(ofSlot slot: Int) -> Int {
        var place = 0
        while (place * multiplier + addend) % Self.rowCount != slot { place += 1 }
        return index * Self.rowCount + place
    }

    private static func repeated(seed: UInt64, _ index: Int, _ number: Int) -> Int {
        var random = SyntheticRandom(seed: seed, .repeats, index * repeatCount + number)
        return random.below(personCount)
    }
}

/// Where a person is at home in the table.
struct PersonSlot {
    let neighbourhood: Int
    let slot: Int
    /// Whether the row that was asked for is one more registration of the person.
    let isRepeat: Bool

    /// The person's number; the table's people are numbered without gaps.
    var number: Int { neighbourhood * Neighbourhood.personCount + slot }
}
