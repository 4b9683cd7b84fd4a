internal import Index
internal import Matcher

/// The candidates that passed, gathered by person.
struct PersonGroups: ~Copyable {
    struct Member: BitwiseCopyable {
        /// The place among the candidates.
        var candidate: Int
        /// Numbered from 0 without gaps.
        var person: Int
    }

    /// In the order of the candidates.
    private(set) var members = ScratchList<Member>(capacity: 256)
    /// How many persons there are.
    private(set) var count = 0

    /// Names that agree less well may be two persons' of one household.
    private static let likelyScoreMin = 850

    private var comparer = NameComparer()
    private var names = PairNames()

    /// Gathers the passing candidates of a range.
    ///
    /// Records are joined when they are plainly one person, also through a third record; a group in
    /// which two records contradict each other is taken apart into its records again.
    ///
    /// - Complexity: O(n²) comparisons of facts for n passing candidates.
    mutating func form(
        _ candidates: borrowing ScratchList<CandidateAgreement>, _ places: Range<Int>,
        _ image: borrowing PatientImage, _ policy: SamePersonPolicy,
        _ step: StepTerms
    ) {
        members.removeAll()
        for place in places where candidates[place].passes {
            members.append(Member(candidate: place, person: members.count))
        }
        count = members.count
        guard policy != .never, members.count > 1 else { return }
        // Two records of one person contradict each other only where their verdict said so, or where they have none,
        // because a third one joined them.
        var mayContradict = false
        for later in 1..<members.count {
            for earlier in 0..<later {
                guard members[later].person != members[earlier].person else {
                    mayContradict = true
                    continue
                }
                let verdict = verdict(later, earlier, candidates, image)
                if verdict == .contradicts { mayContradict = true }
                if verdict == .same
                    || (policy == .likely && areLikelySame(later, earlier, candidates, image, step))
                {
                    join(members[later].person, into: members[earlier].person)
                }
            }
        }
        if mayContradict { separateContradictions(candidates, image) }
        renumber()
    }

    private mutating func verdict(
        _ a: Int, _ b: Int, _ candidates: borrowing ScratchList<CandidateAgreement>,
        _ image: borrowing PatientImage
    ) -> SamePerson.Verdict {
        let rowA = candidates[members[a].candidate].row
        let rowB = candidates[members[b].candidate].row
        // Mostly their numbers or addresses tell.
        return SamePerson.judge(
            image.facts(of: rowA), image.facts(of: rowB),
            haveSameAddress: { image.haveSameAddress(rowA, rowB) },
            haveSameName: {
                names.read(rowA, rowB, image)
                return SamePerson.haveSameName(names.a.bytes, names.b.bytes)
            })
    }

    /// Two records of one mobile, gender and age whose names say the same.
    private mutating func areLikelySame(
        _ a: Int, _ b: Int, _ candidates: borrowing ScratchList<CandidateAgreement>,
        _ image: borrowing PatientImage, _ step: StepTerms
    ) -> Bool {
        let rowA = candidates[members[a].candidate].row
        let rowB = candidates[members[b].candidate].row
        let factsA = image.facts(of: rowA)
        let factsB = image.facts(of: rowB)
        guard factsA.mobile != 0, factsA.mobile == factsB.mobile, factsA.gender == factsB.gender,
            factsA.gender != .notStated, let yearA = factsA.birthDate?.year,
            let yearB = factsB.birthDate?.year, abs(yearA - yearB) <= step.birthYearTolerance
        else { return false }
        // Two birthdays that no slip explains are two persons', however alike the names.
        if let dateA = factsA.birthDate, let dateB = factsB.birthDate,
            dateA.contradicts(dateB)
        {
            return false
        }
        names.read(rowA, rowB, image)
        let agreement = Self.compare(
            names, &comparer, image, step, at: image.facility(of: rowB))
        return agreement.agrees && !agreement.isByInitial && !agreement.hasConflict
            && agreement.score >= max(step.nameScoreMin, Self.likelyScoreMin)
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func compare(
        _ names: borrowing PairNames, _ comparer: inout NameComparer,
        _ image: borrowing PatientImage, _ step: StepTerms, at facility: UInt16
    ) -> NameAgreement {
        comparer.prepare(names.a.bytes)
        return comparer.compare(
            to: names.b.bytes, by: step.nameComparison, among: image.establishedTokens,
            at: facility)
    }

    private mutating func join(_ person: Int, into other: Int) {
        for index in members.indices where members[index].person == person {
            members[index].person = other
        }
    }

    private mutating func separateContradictions(
        _ candidates: borrowing ScratchList<CandidateAgreement>, _ image: borrowing PatientImage
    ) {
        for later in members.indices {
            for earlier in 0..<later
            where members[later].person == members[earlier].person
                && verdict(later, earlier, candidates, image) == .contradicts
            {
                separate(members[later].person)
            }
        }
    }

    /// Makes every record of a group a person of its own, numbered out of the way of the others.
    private mutating func separate(_ person: Int) {
        for index in members.indices where members[index].person == person {
            members[index].person = members.count + index
        }
    }

    private mutating func renumber() {
        count = 0
        for index in members.indices {
            let person = members[index].person
            guard person >= 0 else { continue }
            // Numbers already given are stored below zero until all are given.
            for other in index..<members.count where members[other].person == person {
                members[other].person = -1 - count
            }
            count += 1
        }
        for index in members.indices { members[index].person = -1 - members[index].person }
    }
}

/// The names of two records that are compared.
private struct PairNames: ~Copyable {
    var a = UnpackedText()
    var b = UnpackedText()

    mutating func read(_ a: RowPlace, _ b: RowPlace, _ image: borrowing PatientImage) {
        image.readName(of: image.texts(of: a), into: &self.a)
        image.readName(of: image.texts(of: b), into: &self.b)
    }
}
