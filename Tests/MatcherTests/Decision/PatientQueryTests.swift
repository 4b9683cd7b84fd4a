internal import Matcher
internal import Testing

@Suite("Patient query")
struct PatientQueryTests {
    private func add(
        _ kind: IdentifierKind, _ value: String, type: String = "", isVerified: Bool = true,
        isPatientID: Bool = false, to query: inout PatientQuery
    ) -> Bool {
        let bytes = Array(value.utf8)
        let typeBytes = Array(type.utf8)
        return query.add(
            kind, value: bytes.span, type: typeBytes.span, isVerified: isVerified,
            isPatientID: isPatientID)
    }

    private func described(_ query: borrowing PatientQuery) -> [String] {
        var lines: [String] = []
        for identifier in query.identifiers {
            let text = Parsing.string(query.texts.bytes(identifier.text))
            let type = Parsing.string(query.texts.bytes(identifier.type))
            let value = identifier.number == 0 ? text : "\(identifier.number)"
            let marks =
                (identifier.isVerified ? "v" : "u") + (identifier.isOnlyPatientID ? "p" : "")
            lines.append("\(identifier.kind) \(type)\(type.isEmpty ? "" : ":")\(value) \(marks)")
        }
        return lines
    }

    @Test("takes every kind in its normal form")
    func kinds() {
        var query = PatientQuery()
        let taken = [
            add(.abhaAddress, " Asha@SBX", to: &query),
            add(.abhaNumber, "42-7175-8604-4553", to: &query),
            add(.mobile, "98480 22338", to: &query),
            add(.medicalRecord, "MR 7", isVerified: false, to: &query),
            add(.other, "X 1", type: "Voter Id", to: &query),
        ]
        #expect(taken == [true, true, true, true, true])
        let lines = described(query)
        #expect(
            lines == [
                "abhaAddress asha@sbx v", "abhaNumber 42717586044553 v", "mobile 919848022338 v",
                "medicalRecord mr7 u", "other voterid:x1 v",
            ])
        for kind in IdentifierKind.allCases {
            let has = query.has(IdentifierKinds(kind))
            #expect(has)
        }
    }

    @Test("takes nothing that cannot be looked up")
    func unusable() {
        var query = PatientQuery()
        let taken = [
            add(.abhaAddress, "Mohit", to: &query), add(.abhaNumber, "123", to: &query),
            add(.mobile, "98XXXXX767", to: &query), add(.medicalRecord, "-", to: &query),
            add(.medicalRecord, "", to: &query), add(.other, "X1", type: "", to: &query),
            add(.other, String(repeating: "x", count: 129), type: "t", to: &query),
            add(.mobile, "NA", to: &query),
        ]
        #expect(!taken.contains(true))
        let lines = described(query)
        let hasAny = query.has(.all)
        #expect(lines.isEmpty)
        #expect(!hasAny)
    }

    @Test("says the number of an address that was made from it, once")
    func derived() {
        var query = PatientQuery()
        _ = add(.abhaAddress, "91700000000001@abdm", isPatientID: true, to: &query)
        var lines = described(query)
        #expect(lines == ["abhaAddress 91700000000001@abdm vp", "abhaNumber 91700000000001 vp"])
        _ = add(.abhaNumber, "91-7000-0000-0001", to: &query)
        lines = described(query)
        #expect(lines == ["abhaAddress 91700000000001@abdm vp", "abhaNumber 91700000000001 v"])
    }

    @Test("takes a repeated identifier once, at its best word")
    func repeated() {
        var query = PatientQuery()
        _ = add(.abhaAddress, "asha@sbx", isPatientID: true, to: &query)
        _ = add(.mobile, "98480 22338", isVerified: false, to: &query)
        _ = add(.mobile, "+91 98480 22338", to: &query)
        _ = add(.mobile, "09848022338", isVerified: false, to: &query)
        _ = add(.medicalRecord, "mr7", isVerified: false, to: &query)
        _ = add(.medicalRecord, "MR 7", isVerified: false, to: &query)
        _ = add(.abhaAddress, "ASHA@sbx", isVerified: false, to: &query)
        var lines = described(query)
        #expect(
            lines == ["abhaAddress asha@sbx vp", "mobile 919848022338 v", "medicalRecord mr7 u"])
        _ = add(.abhaAddress, "asha@sbx", to: &query)
        lines = described(query)
        #expect(lines.first == "abhaAddress asha@sbx v")
    }

    @Test("forgets everything about the person before, the name too")
    func reset() {
        var query = PatientQuery()
        var names = NameComparer()
        _ = add(.mobile, "98480 22338", to: &query)
        query.gender = .female
        query.birthYear = 1980
        let name = Array("Asha Rao".utf8)
        query.setName(name.span)
        query.prepare(&names)
        query.reset()
        query.prepare(&names)
        let lines = described(query)
        let gender = query.gender
        let year = query.birthYear
        let folded = query.foldedName
        let isEmpty = names.isEmpty
        let agreement = names.compare(to: name.span, by: .tokens)
        let bytes = query.texts.count
        #expect(lines.isEmpty && gender == .notStated && year == 0 && folded == .empty)
        #expect(isEmpty && !agreement.agrees)
        #expect(bytes == 0)
    }
}

@Suite("Demographics")
struct DemographicsTests {
    private struct Case {
        var queryGender = Gender.female
        var queryYear = 1980
        var queryName = "Asha Rao"
        var gender = Gender.female
        var birthDate: BirthDate? = .yearOnly(1980)
        var name = "asha rao"
        var step = MatchStep(name: "test", keys: .mobile)
        var fulfilsIdentifiers = true
        var comparesAlways = false

        func judged() -> (candidate: CandidateAgreement, compared: Int) {
            var query = PatientQuery()
            query.gender = queryGender
            query.birthYear = queryYear
            let raw = Array(queryName.utf8)
            query.setName(raw.span)
            var names = NameComparer()
            query.prepare(&names)
            let folded = Array(name.utf8)
            var candidate = CandidateAgreement(row: RowPlace(rawValue: 7), reachedBy: .mobile)
            candidate.fulfilsIdentifiers = fulfilsIdentifiers
            let compared = Demographics.judge(
                &candidate,
                recorded: GenderAndYear(gender, birthYear: birthDate?.year ?? 0),
                name: folded.span, query: query, names: &names, step: step.terms,
                comparesAlways: comparesAlways)
            return (candidate, compared)
        }
    }

    @Test("let a candidate pass that agrees in all")
    func passes() {
        let (candidate, compared) = Case().judged()
        #expect(candidate.passes && compared == 1)
        #expect(candidate.gender == .agrees && candidate.birthYear == .agrees)
        #expect(candidate.nameVerdict == .agrees && candidate.name.score == 1000)
    }

    @Test("hold the birth year to the tolerance, on both sides", arguments: -4...4)
    func tolerance(difference: Int) {
        let (candidate, _) = Case(queryYear: 1980 + difference).judged()
        #expect(candidate.birthYearDifference == abs(difference))
        #expect(candidate.passes == (abs(difference) <= 2))
        #expect(candidate.birthYear == (abs(difference) <= 2 ? .agrees : .differs))
    }

    @Test("never take a missing value for agreement", arguments: FieldPolicy.allCases)
    func missing(policy: FieldPolicy) {
        var step = MatchStep(name: "test", keys: .mobile)
        step.gender = policy
        step.birthYear = policy
        step.nameAgreement = policy
        let inRequest = [
            Case(queryGender: .notStated, step: step), Case(queryYear: 0, step: step),
            Case(queryName: "", step: step),
        ].map { $0.judged().candidate }
        let inRecord = [
            Case(gender: .notStated, step: step), Case(birthDate: nil, step: step),
            Case(name: "", step: step),
        ].map { $0.judged().candidate }
        for candidates in [inRequest, inRecord] {
            #expect(candidates[0].gender == .missing)
            #expect(candidates[1].birthYear == .missing)
            #expect(candidates[2].nameVerdict == (policy == .ignored ? .ignored : .missing))
        }
        #expect(inRequest.allSatisfy { $0.passes == (policy != .mustAgree) })
        #expect(
            inRecord.allSatisfy { $0.passes == (policy == .mayBeMissing || policy == .ignored) })
    }

    @Test("compare no name for a candidate that fails otherwise, unless asked to")
    func comparesSeldom() {
        let failing = [
            Case(gender: .male), Case(queryYear: 1990), Case(fulfilsIdentifiers: false),
        ]
        for var test in failing {
            let (candidate, compared) = test.judged()
            #expect(!candidate.passes && compared == 0 && candidate.nameVerdict == .ignored)
            test.comparesAlways = true
            let (explained, comparedNow) = test.judged()
            #expect(!explained.passes && comparedNow == 1 && explained.nameVerdict == .agrees)
        }
    }

    @Test("hold the name to the score of the step")
    func nameScore() {
        var step = MatchStep(name: "test", keys: .mobile)
        let score = Case(name: "usha rao").judged().candidate.name.score
        #expect(score > 0 && score < 1000)
        step.nameScoreMin = score
        #expect(Case(name: "usha rao", step: step).judged().candidate.passes)
        step.nameScoreMin = score + 1
        let (candidate, _) = Case(name: "usha rao", step: step).judged()
        #expect(!candidate.passes && candidate.nameVerdict == .differs)
    }
}
