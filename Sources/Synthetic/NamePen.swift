/// Writes a person's name the way desks do: titles, relations, initials, other spellings, slips.
struct NamePen {
    var random: SyntheticRandom

    init(random: SyntheticRandom) { self.random = random }

    /// Writes the name.
    mutating func write(_ person: SyntheticPerson, into text: inout [UInt8]) {
        let start = text.count
        if random.chance(140) { writeTitle(of: person, into: &text) }
        switch random.below(1000) {
        case 0..<55: writeWithInitial(person, into: &text)
        case 55..<95: writeGiven(of: person, into: &text)
        case 95..<125 where person.takesFamilyName:
            writeFamily(of: person, into: &text)
            text.append(UInt8(ascii: " "))
            writeGiven(of: person, into: &text)
        default:
            // Now and then the tokens are written as one word.
            let gap = random.chance(20) ? "" : (random.chance(12) ? "  " : " ")
            writeGiven(of: person, into: &text)
            if let middle = person.middle {
                text.append(text: gap)
                text.append(text: middle)
            }
            if person.takesFamilyName {
                text.append(text: gap)
                writeFamily(of: person, into: &text)
            }
        }
        if random.chance(60) { writeRelation(of: person, into: &text) }
        switch random.below(100) {
        case 0..<58: break
        case 58..<93:
            for index in start..<text.count where text[index] >= 0x61 && text[index] <= 0x7A {
                text[index] -= 0x20
            }
        default:
            for index in start..<text.count where text[index] >= 0x41 && text[index] <= 0x5A {
                text[index] += 0x20
            }
        }
    }

    private mutating func writeGiven(of person: SyntheticPerson, into text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: person.names.given(person.gender)[person.given])
        writeAnew(from: start, in: &text)
    }

    private mutating func writeFamily(of person: SyntheticPerson, into text: inout [UInt8]) {
        let start = text.count
        person.writeFamilyName(into: &text)
        writeAnew(from: start, in: &text)
    }

    /// Writes the last word in another spelling, or with a slip of the hand, or leaves it.
    private mutating func writeAnew(from start: Int, in text: inout [UInt8]) {
        if random.chance(100) {
            SpellingVariants.apply(from: start, in: &text, startingAt: random.below(64))
        }
        guard random.chance(25), text.count - start > 4 else { return }
        // The first letter stays: it is the one that people look at.
        let place = random.within(start + 1...text.count - 2)
        switch random.below(3) {
        case 0: text.swapAt(place, place + 1)
        case 1: text.remove(at: place)
        default: text[place] = UInt8(ascii: "a") + UInt8(random.below(26))
        }
    }

    private mutating func writeWithInitial(_ person: SyntheticPerson, into text: inout [UInt8]) {
        let isDotted = random.chance(600)
        // In the south the father's initial comes first, elsewhere a given name is shortened.
        if person.names.isPatronymic || person.home.region >= 8 || !person.takesFamilyName {
            let start = text.count
            person.writeFamilyName(into: &text)
            text.removeSubrange(start + 1..<text.count)
            text.append(text: isDotted ? ". " : " ")
            writeGiven(of: person, into: &text)
        } else {
            let given = person.names.given(person.gender)[person.given]
            text.append(given[given.startIndex])
            text.append(text: isDotted ? ". " : " ")
            writeFamily(of: person, into: &text)
        }
    }

    private mutating func writeTitle(of person: SyntheticPerson, into text: inout [UInt8]) {
        let isChild = person.birth.year > 2012
        let isMuslim = person.home.region == NameRegion.muslimIndex
        let titles: [String]
        switch person.gender {
        case .female where isChild: titles = ["Baby", "Km.", "Kumari", "Miss"]
        case .female: titles = ["Smt.", "Smt", "Mrs.", "Ms.", "Km.", "Dr."]
        case .male where isMuslim: titles = ["Md.", "Mohd.", "Mohd", "Mr.", "Janab"]
        case .male where isChild: titles = ["Master", "Baby", "Mast."]
        case .male, .other: titles = ["Shri", "Shri.", "Sri", "Mr.", "Mr", "Dr."]
        }
        text.append(text: titles[random.below(titles.count)])
        text.append(UInt8(ascii: " "))
    }

    private mutating func writeRelation(of person: SyntheticPerson, into text: inout [UInt8]) {
        let isWife = person.gender == .female && person.role == 1
        let marks =
            isWife
            ? ["W/O", "w/o", "W/o", "WO"]
            : (person.gender == .female ? ["D/O", "d/o", "D/o"] : ["S/O", "s/o", "S/o", "SO"])
        text.append(UInt8(ascii: " "))
        text.append(text: marks[random.below(marks.count)])
        text.append(UInt8(ascii: " "))
        // A head's own father is nobody of the table.
        let men = person.names.men
        let isHeads = person.role > 0 && person.role < 5 && !person.home.isHeadFemale
        text.append(contentsOf: men[isHeads ? person.home.headGiven : random.below(men.count)])
    }
}

/// The spellings between which one sound wavers when Indian names are written in Latin letters.
enum SpellingVariants {
    private static let pairs: [(from: [UInt8], to: [UInt8])] = [
        ("ksh", "x"), ("sh", "s"), ("ee", "i"), ("oo", "u"), ("aa", "a"), ("v", "w"), ("w", "v"),
        ("th", "t"), ("dh", "d"), ("bh", "b"), ("j", "z"), ("z", "j"), ("ph", "f"), ("f", "ph"),
        ("ck", "k"), ("q", "k"), ("x", "ks"), ("y", "i"), ("ou", "u"), ("ai", "ay"), ("nn", "n"),
        ("tt", "t"), ("ll", "l"), ("mm", "m"), ("i", "ee"), ("u", "oo"), ("a", "aa"), ("e", "i"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// Replaces the first sound that can be written otherwise in the word that ends the text.
    ///
    /// - Parameters:
    ///   - start: where the word begins; its first letter stays.
    ///   - text: the text.
    ///   - first: at which pair to begin the search, taken round the list.
    static func apply(from start: Int, in text: inout [UInt8], startingAt first: Int) {
        for step in 0..<pairs.count {
            let (from, to) = pairs[(first + step) % pairs.count]
            guard text.count - start > from.count else { continue }
            for place in start + 1...text.count - from.count {
                guard text[place..<place + from.count].elementsEqual(from) else { continue }
                text.replaceSubrange(place..<place + from.count, with: to)
                return
            }
        }
    }
}
