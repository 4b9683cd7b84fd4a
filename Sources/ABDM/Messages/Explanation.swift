internal import Index
internal import JSON
internal import Matcher

/// The evidence of a decision, for the HRP's own eyes.
///
/// It names records and shows folded names: it belongs to whoever keeps the records, never on the
/// way to ABDM.
struct Explanation: ~Copyable {
    /// Writes the member `explanation` into an object that is open.
    static func write(
        _ decision: Decision, query: borrowing PatientQuery, names: inout NameComparer,
        unusableIdentifiers: Int, facility: Span<UInt8>, decider: borrowing Decider,
        rule: MatchRule,
        image: borrowing PatientImage, into writer: inout JSONWriter
    ) {
        writer.key("explanation")
        writer.beginObject()
        writer.key("rule")
        writer.string(rule.profile)
        writer.key("facility")
        writer.string(repairing: facility)
        writer.key("reason")
        writer.string(reason(decision, isKnown: image.facility(named: facility) != nil))
        write(decider.ranking, rule, &writer)
        writeRequest(query, unusableIdentifiers, &writer)
        writer.key("steps")
        writer.beginArray()
        for place in decider.steps.indices {
            writeStep(decider.steps[place], query, &names, decider, rule, image, &writer)
        }
        writer.endArray()
        writer.endObject()
    }

    /// Why, in words; of a facility that no record is of, nothing else can be said.
    private static func reason(_ decision: Decision, isKnown: Bool) -> String {
        switch decision {
        case .match(let match) where match.rows.count > 1:
            "\(match.rows.count) records that are plainly one person"
        case .match: "one record agrees, or is clearly first"
        case .ambiguous(let persons): "\(persons) persons agree and none is clearly first"
        case .noMatch where !isKnown: "no record is of this facility"
        case .noMatch: "no record that an identifier leads to passes the filters"
        case .noVerifiedIdentifier:
            "no verified identifier can be looked up; patient.id alone is none"
        case .tooManyCandidates(let rows): "one identifier leads to \(rows) records"
        }
    }

    /// By how much the first person is ahead of the second; null where there is no second.
    private static func write(
        _ ranking: Ranking?, _ rule: borrowing MatchRule, _ writer: inout JSONWriter
    ) {
        writer.key("ranking")
        guard let ranking else { return writer.null() }
        writer.beginObject()
        writer.key("persons")
        writer.integer(ranking.persons)
        writer.key("identifiersAhead")
        writer.integer(ranking.identifiersAhead)
        writer.key("nameMargin")
        writer.integer(ranking.nameMargin)
        writer.key("nameMarginMin")
        writer.integer(max(rule.nameMarginMin, 1))
        writer.endObject()
    }

    private static func writeRequest(
        _ query: borrowing PatientQuery, _ unusable: Int, _ writer: inout JSONWriter
    ) {
        writer.key("request")
        writer.beginObject()
        writer.key("name")
        writer.string(query.texts.bytes(query.foldedName))
        writer.key("gender")
        writer.string(query.gender.code)
        writer.key("yearOfBirth")
        if query.birthYear > 0 { writer.integer(query.birthYear) } else { writer.null() }
        writer.key("verified")
        writeKinds(of: query, verified: true, &writer)
        writer.key("unverified")
        writeKinds(of: query, verified: false, &writer)
        writer.key("unusableIdentifiers")
        writer.integer(unusable)
        writer.endObject()
    }

    private static func writeKinds(
        of query: borrowing PatientQuery, verified: Bool, _ writer: inout JSONWriter
    ) {
        var kinds: IdentifierKinds = []
        for identifier in query.identifiers where identifier.isVerified == verified {
            kinds.insert(IdentifierKinds(identifier.kind))
        }
        write(kinds, &writer)
    }

    private static func write(_ kinds: IdentifierKinds, _ writer: inout JSONWriter) {
        writer.beginArray()
        for kind in IdentifierKind.allCases where kinds.contains(IdentifierKinds(kind)) {
            writer.string("\(kind)")
        }
        writer.endArray()
    }

    private static func writeStep(
        _ trace: StepTrace, _ query: borrowing PatientQuery, _ names: inout NameComparer,
        _ decider: borrowing Decider,
        _ rule: MatchRule, _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) {
        let step = rule.steps[trace.step]
        writer.beginObject()
        writer.key("name")
        writer.string(step.name)
        writer.key("keys")
        write(step.keys, &writer)
        writer.key("candidates")
        writer.beginArray()
        for place in trace.candidates {
            write(
                decider.candidates[place], step, query, &names,
                isMatched: isMatched(decider.candidates[place], decider), image, &writer)
        }
        writer.endArray()
        writer.endObject()
    }

    /// Whether it is one of the match's records here, and not only in a later step.
    private static func isMatched(
        _ candidate: CandidateAgreement, _ decider: borrowing Decider
    ) -> Bool {
        guard candidate.passes else { return false }
        for place in decider.matchedRows.indices where decider.matchedRows[place] == candidate.row {
            return true
        }
        return false
    }

    private static func write(
        _ candidate: CandidateAgreement, _ step: MatchStep, _ query: borrowing PatientQuery,
        _ names: inout NameComparer, isMatched: Bool, _ image: borrowing PatientImage,
        _ writer: inout JSONWriter
    ) {
        let facts = image.facts(of: candidate.row)
        writer.beginObject()
        writer.key("referenceNumber")
        var id = UnpackedText()
        image.readID(of: candidate.row, into: &id)
        writer.string(id.bytes)
        writer.key("reachedBy")
        write(candidate.reachedBy, &writer)
        writer.key("identifiersAgreeing")
        write(candidate.agreeing, &writer)
        writer.key("identifiersFulfilled")
        writer.boolean(candidate.fulfilsIdentifiers)
        writer.key("gender")
        writer.beginObject()
        writer.key("verdict")
        writer.string(candidate.gender.rawValue)
        writer.key("record")
        writer.string(facts.gender.code)
        writer.key("policy")
        writer.string(step.gender.rawValue)
        writer.endObject()
        writer.key("yearOfBirth")
        writer.beginObject()
        writer.key("verdict")
        writer.string(candidate.birthYear.rawValue)
        writer.key("record")
        if let year = facts.birthDate?.year { writer.integer(year) } else { writer.null() }
        writer.key("difference")
        writer.integer(candidate.birthYearDifference)
        writer.key("tolerance")
        writer.integer(step.birthYearTolerance)
        writer.key("policy")
        writer.string(step.birthYear.rawValue)
        writer.endObject()
        NameExplanation.write(candidate, step, query, &names, image, &writer)
        writer.key("passes")
        writer.boolean(candidate.passes)
        writer.key("matched")
        writer.boolean(isMatched)
        writer.endObject()
    }
}
