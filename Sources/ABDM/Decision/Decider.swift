internal import Index
internal import Matcher

/// Decides by a rule which records belong to the person of a query.
///
/// A pure function of query, image and rule: no clock, no lock, no global. The memory for candidates is
/// kept from one decision to the next.
struct Decider: ~Copyable {
    /// The candidates of all steps that were taken, in the order in which keys led to them.
    private(set) var candidates = ScratchList<CandidateAgreement>(capacity: 512)
    private(set) var steps = ScratchList<StepTrace>(capacity: 8)
    /// The rows of a match, the reference first, then by id.
    private(set) var matchedRows = ScratchList<RowPlace>(capacity: 64)
    private(set) var namesCompared = 0
    /// How several persons were ranked; nil where there was nothing to rank.
    private(set) var ranking: Ranking?
    private var persons = PersonGroups()

    // MARK: The decision

    /// Takes the rule's steps in order until one leaves a candidate.
    ///
    /// - Parameters:
    ///   - query: the person who asks.
    ///   - names: compares names; what it compares with is set here.
    ///   - text: for the names of records.
    ///   - lookUps: those of the query's identifiers among others, begun before.
    ///   - firstKey: where the query's begin.
    ///   - facility: the facility that is asked; nil when no row names it.
    ///   - image: the records.
    ///   - rule: the steps and what they insist on.
    ///   - explains: whether names are compared for candidates that fail otherwise, as evidence.
    /// - Returns: the decision; the rows of a match are in `matchedRows`.
    mutating func decide(
        _ query: borrowing PatientQuery, names: inout NameComparer, text: inout UnpackedText,
        lookUps: borrowing LookUps, firstKey: Int, facility: UInt16?,
        in image: borrowing PatientImage, by rule: MatchRule, explains: Bool
    ) -> Decision {
        candidates.removeAll()
        steps.removeAll()
        matchedRows.removeAll()
        namesCompared = 0
        ranking = nil
        let asked = AskedIdentifiers(query, image)
        if rule.needsVerifiedIdentifier, !asked.verifiesSomebody { return .noVerifiedIdentifier }
        guard let facility else { return .noMatch }
        query.prepare(&names)
        for index in rule.steps.indices {
            let step = rule.steps[index].terms
            guard asked.allow(step, rule) else { continue }
            let first = candidates.count
            let decision =
                asked.haveKeys(of: step)
                ? take(
                    step, query, &names, &text, lookUps, firstKey, facility, image, rule, explains)
                : nil
            steps.append(StepTrace(step: index, candidates: first..<candidates.count))
            if let decision { return decision }
        }
        return .noMatch
    }

    /// Takes one step of the rule; nil when it leaves no candidate.
    private mutating func take(
        _ step: StepTerms, _ query: borrowing PatientQuery, _ names: inout NameComparer,
        _ text: inout UnpackedText, _ lookUps: borrowing LookUps, _ firstKey: Int,
        _ facility: UInt16, _ image: borrowing PatientImage, _ rule: borrowing MatchRule,
        _ explains: Bool
    ) -> Decision? {
        let first = candidates.count
        let crowd = collect(
            step, query.identifierList, query.texts, lookUps, firstKey, facility, image,
            max: rule.candidatesMax)
        if let crowd, !explains { return .tooManyCandidates(rows: crowd) }
        guard crowd != nil || candidates.count > first else { return nil }
        let gate = DemographicGate(
            gender: query.gender, birthYear: query.birthYear, step: step)
        var passing = 0
        // Unless the evidence is asked for, nothing more is read of somebody else.
        for place in first..<candidates.count
        where explains || gate.admits(image.genderAndYear(of: candidates[place].row)) {
            judge(
                place, query, &names, &text, lookUps, firstKey, facility, image, step,
                rule.unverified, explains)
            if candidates[place].passes { passing += 1 }
        }
        // Those that other keys of the step led to are evidence, but decide nothing.
        if let crowd { return .tooManyCandidates(rows: crowd) }
        if step.nameScoreMinInHousehold > step.nameScoreMin, passing > 0,
            passing < candidates.count - first
        {
            passing = dropLoose(first..<candidates.count, step)
        }
        switch passing {
        case 0: return nil
        case 1: return matchOnly(first..<candidates.count)
        default: return choose(first..<candidates.count, image, step, rule)
        }
    }

    /// Gathers the rows that the step's keys lead to, each once.
    ///
    /// - Returns: the number of rows under a key that has too many; nil when all went well.
    private mutating func collect(
        _ step: StepTerms, _ identifiers: borrowing ScratchList<QueryIdentifier>,
        _ texts: borrowing TextArena, _ lookUps: borrowing LookUps, _ firstKey: Int,
        _ facility: UInt16, _ image: borrowing PatientImage, max: Int
    ) -> Int? {
        let first = candidates.count
        for index in identifiers.indices {
            // Parts of an identifier: all of it would be copied. One comparison: what comes is chance.
            let kind = IdentifierKinds(identifiers[index].kind)
            let isWanted: UInt8 = identifiers[index].isVerified != step.usesUnverified ? 0xFF : 0
            guard kind.rawValue & step.keys.rawValue & isWanted != 0,
                let key = lookUps.key(at: firstKey + index)
            else { continue }
            let rows = image.rows(
                carrying: index, of: identifiers, key: key, texts: texts, facility: facility)
            guard rows.count <= max else { return rows.count }
            let known = first..<candidates.count
            for position in 0..<rows.count {
                let row = image.row(of: rows, at: position)
                // Rows under one key are all different; only those of earlier keys may come again.
                if let place = self.place(of: row, among: known) {
                    candidates[place].insert(kind, place: index)
                } else {
                    candidates.append(
                        CandidateAgreement(row: row, reachedBy: kind, place: index))
                }
            }
        }
        return nil
    }

    private func place(of row: RowPlace, among places: Range<Int>) -> Int? {
        for place in places where candidates[place].row == row { return place }
        return nil
    }

    private mutating func judge(
        _ place: Int, _ query: borrowing PatientQuery, _ names: inout NameComparer,
        _ text: inout UnpackedText, _ lookUps: borrowing LookUps, _ firstKey: Int,
        _ facility: UInt16,
        _ image: borrowing PatientImage, _ step: StepTerms, _ unverified: UnverifiedPolicy,
        _ explains: Bool
    ) {
        let row = candidates[place].row
        // For a reply; its name is compared meanwhile.
        image.prefetchCareContexts(of: row)
        let texts = image.texts(of: row)
        var agreeing: IdentifierKinds = []
        var agreeingCount = 0
        var hasUnverified = false
        var unverifiedAgrees = false
        for index in query.identifierList.indices {
            let isVerified = query.identifierList[index].isVerified
            guard isVerified || unverified != .ignore else { continue }
            if !isVerified { hasUnverified = true }
            guard
                candidates[place].wasReached(byPlace: index)
                    || image.carries(
                        index, of: query.identifierList, keys: lookUps.keys, firstKey: firstKey,
                        texts: query.texts, row: row, rowTexts: texts)
            else { continue }
            agreeing.insert(IdentifierKinds(query.identifierList[index].kind))
            agreeingCount += 1
            if !isVerified { unverifiedAgrees = true }
        }
        candidates[place].agreeing = agreeing
        candidates[place].agreeingCount = agreeingCount
        candidates[place].fulfilsIdentifiers =
            step.mustAlsoAgree.isSubset(of: agreeing)
            && (unverified != .filter || !hasUnverified || unverifiedAgrees)
        image.readName(of: texts, into: &text)
        namesCompared += Demographics.judge(
            &candidates[place], recorded: image.genderAndYear(of: row), name: text.bytes,
            query: query, names: &names, step: step, comparesAlways: explains,
            among: image.establishedTokens, at: facility)
    }

    /// Lets candidates fail whose names agree only loosely: their key leads to others too.
    ///
    /// - Returns: how many still pass.
    private mutating func dropLoose(
        _ places: Range<Int>, _ step: StepTerms
    ) -> Int {
        var passing = 0
        for place in places where candidates[place].passes {
            if candidates[place].nameVerdict == .agrees,
                candidates[place].name.score < step.nameScoreMinInHousehold
            {
                candidates[place].passes = false
            } else {
                passing += 1
            }
        }
        return passing
    }

    // MARK: Choosing among those that passed

    /// The match where a single candidate passed.
    private mutating func matchOnly(_ places: Range<Int>) -> Decision? {
        for place in places where candidates[place].passes {
            matchedRows.append(candidates[place].row)
            return .match(
                Match(
                    referenceRow: candidates[place].row, rows: 0..<1,
                    matchedBy: candidates[place].agreeing))
        }
        return nil
    }

    private mutating func choose(
        _ places: Range<Int>, _ image: borrowing PatientImage, _ step: StepTerms,
        _ rule: borrowing MatchRule
    ) -> Decision {
        persons.form(
            candidates, places, image, rule.samePerson, step)
        guard persons.count > 1 else { return match(person: 0, image) }
        switch step.several {
        case .ambiguous: return .ambiguous(persons: persons.count)
        case .noMatch: return .noMatch
        case .first:
            return match(person: personWithSmallestID(image), image)
        case .rank:
            let (person, ranking) = rank(step, coarseNames: rule.ranksNamesCoarsely)
            self.ranking = ranking
            guard ranking.isClear(nameMarginMin: rule.nameMarginMin) else {
                return .ambiguous(persons: persons.count)
            }
            return match(person: person, image)
        }
    }

    /// The person in the first place, and how far the second is behind.
    ///
    /// Names that the step does not look at do not rank either, even where evidence compared them.
    private func rank(_ step: StepTerms, coarseNames: Bool) -> (person: Int, ranking: Ranking) {
        var best = (identifiers: -1, name: -1)
        var second = best
        var person = 0
        for number in 0..<persons.count {
            var rank = (identifiers: -1, name: -1)
            for index in persons.members.indices where persons.members[index].person == number {
                let member = persons.members[index]
                let candidate = candidates[member.candidate]
                let score = step.nameAgreement == .ignored ? 0 : candidate.name.score
                let name = coarseNames ? (score == 1000 ? 1 : 0) : score
                rank = max(rank, (candidate.agreeingCount, name), by: <)
            }
            if rank > best {
                second = best
                best = rank
                person = number
            } else if rank > second {
                second = rank
            }
        }
        let ranking = Ranking(
            persons: persons.count, identifiersAhead: best.identifiers - second.identifiers,
            nameMargin: best.name - second.name)
        return (person, ranking)
    }

    private func personWithSmallestID(_ image: borrowing PatientImage) -> Int {
        var smallest = persons.members[0]
        for index in persons.members.indices.dropFirst() {
            let member = persons.members[index]
            if image.isIDOrdered(row(of: member), before: row(of: smallest)) {
                smallest = member
            }
        }
        return smallest.person
    }

    private func row(of member: PersonGroups.Member) -> RowPlace {
        candidates[member.candidate].row
    }

    /// The person's records, under the one that carries the address of the request, else the smallest id.
    private mutating func match(
        person: Int, _ image: borrowing PatientImage
    ) -> Decision {
        var matchedBy: IdentifierKinds = []
        for index in persons.members.indices where persons.members[index].person == person {
            let member = persons.members[index]
            let candidate = candidates[member.candidate]
            matchedBy.formUnion(candidate.agreeing)
            insert(candidate, image)
        }
        return .match(
            Match(
                referenceRow: matchedRows[0], rows: 0..<matchedRows.count, matchedBy: matchedBy))
    }

    private mutating func insert(
        _ candidate: CandidateAgreement, _ image: borrowing PatientImage
    ) {
        var place = matchedRows.count
        while place > 0, comesBefore(candidate.row, matchedRows[place - 1], image) { place -= 1 }
        matchedRows.insert(candidate.row, at: place)
    }

    private func comesBefore(_ a: RowPlace, _ b: RowPlace, _ image: borrowing PatientImage) -> Bool
    {
        let aCarries = carriesAddress(a)
        guard aCarries == carriesAddress(b) else { return aCarries }
        return image.isIDOrdered(a, before: b)
    }

    /// By how many years a returning person's year of birth may be off, whatever the rule allows a discovery.
    private static let returningYearsMax = 2

    /// Whether a matched record and the request have a mobile, a gender, a year of birth and a name that all agree.
    ///
    /// For decisions that explain: otherwise the name need not have been compared.
    func agreesFully(_ row: RowPlace) -> Bool {
        for place in candidates.indices
        where candidates[place].row == row && candidates[place].passes {
            let candidate = candidates[place]
            return candidate.agreeing.contains(.mobile) && candidate.gender == .agrees
                && candidate.birthYear != .missing
                && candidate.birthYearDifference <= Self.returningYearsMax
                && candidate.nameVerdict == .agrees
        }
        return false
    }

    private func carriesAddress(_ row: RowPlace) -> Bool {
        for place in candidates.indices where candidates[place].row == row {
            return candidates[place].agreeing.contains(.abhaAddress)
        }
        return false
    }
}

/// The kinds of identifiers that a request has.
private struct AskedIdentifiers {
    private var verified: IdentifierKinds = []
    private var unverified: IdentifierKinds = []
    /// Whether one of them says that it was verified who asks.
    ///
    /// `patient.id` alone does not count: it says who asks, not that anything was verified for us.
    private(set) var verifiesSomebody = false

    @inline(__always)
    init(_ query: borrowing PatientQuery, _ image: borrowing PatientImage) {
        for index in query.identifierList.indices {
            let kind = query.identifierList[index].kind
            guard query.identifierList[index].isVerified else {
                unverified.formUnion(IdentifierKinds(kind))
                continue
            }
            verified.formUnion(IdentifierKinds(kind))
            if !verifiesSomebody, !query.identifierList[index].isOnlyPatientID {
                verifiesSomebody =
                    kind != .other
                    || image.knowsType(of: query.identifierList[index], texts: query.texts)
            }
        }
    }

    /// Whether a step of a rule is taken with them.
    @inline(__always)
    func allow(_ step: StepTerms, _ rule: borrowing MatchRule) -> Bool {
        guard rule.isTaken(step) else { return false }
        let lookedAt = rule.unverified == .ignore ? verified : verified.union(unverified)
        return (step.onlyWith.isEmpty || !step.onlyWith.isDisjoint(with: lookedAt))
            && step.onlyWithout.isDisjoint(with: lookedAt)
    }

    /// Whether one of them is a key of a step.
    @inline(__always)
    func haveKeys(of step: StepTerms) -> Bool {
        !step.keys.isDisjoint(with: step.usesUnverified ? unverified : verified)
    }
}

private func max<A: Comparable, B: Comparable>(
    _ a: (A, B), _ b: (A, B), by areInIncreasingOrder: ((A, B), (A, B)) -> Bool
) -> (A, B) {
    areInIncreasingOrder(a, b) ? b : a
}
