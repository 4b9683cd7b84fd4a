public import Index
public import JSON
public import Matcher

/// How a request was answered, for counters.
public enum DiscoveryOutcome: String, CaseIterable, Sendable {
    case match, ambiguous, noMatch, noVerifiedIdentifier, tooManyCandidates
    /// The body was refused; the reply is an error object and the status is 400.
    case badRequest
}

/// What one request cost, for counters.
public struct DiscoveryReport: Sendable {
    /// How it was answered.
    public var outcome: DiscoveryOutcome
    /// Rows that a key led to.
    public var candidatesVisited: Int
    /// Names that were compared.
    public var namesCompared: Int

    /// A report from its figures.
    public init(outcome: DiscoveryOutcome, candidatesVisited: Int, namesCompared: Int) {
        self.outcome = outcome
        self.candidatesVisited = candidatesVisited
        self.namesCompared = namesCompared
    }
}

/// Answers discover requests one at a time; each thread has its own.
///
/// Keeps the memory that a request needs, so that the next one needs no more.
public struct Discoverer: ~Copyable {
    private let rule: MatchRule
    private let defaultFacility: [UInt8]
    private var document = JSONDocument()
    private var request = DiscoverRequest()
    private var foresight = Foresight()
    /// Of the request that comes next.
    private var ahead = Foresight()
    private var decider = Decider()
    private var constants = SnapshotConstants()

    /// An answerer by a rule.
    ///
    /// - Parameters:
    ///   - rule: the rule of every decision.
    ///   - defaultFacility: whose records are meant where a request names no facility.
    public init(rule: MatchRule = Profile.milaan, defaultFacility: String) {
        // An array of its own: threads that share one would wait for each other at its reference count.
        var rule = rule
        rule.steps = rule.steps.map { $0 }
        self.rule = rule
        self.defaultFacility = Array(defaultFacility.utf8)
    }

    /// Answers one discover body, v0.5 or v3, and writes one JSON object.
    ///
    /// - Parameters:
    ///   - body: the request's bytes as ABDM sent them.
    ///   - facility: the X-HIP-ID header, if there is one.
    ///   - requestID: the REQUEST-ID header, if there is one; a v3 body has none of its own.
    ///   - explain: whether to add the evidence.
    ///   - next: the body of the next call, where it is known already: its look-ups begin meanwhile.
    ///   - snapshot: the world that the request sees.
    ///   - writer: where the reply is written; not reset.
    /// - Returns: how it was answered and what it cost.
    /// - Complexity: O(body) and a few look-ups; nothing is allocated once the memory has grown, unless
    ///   the body is refused.
    public mutating func discover(
        body: Span<UInt8>, facility: Span<UInt8>?, requestID: Span<UInt8>?, explain: Bool,
        next: Span<UInt8>? = nil, in snapshot: Snapshot, into writer: inout JSONWriter
    ) -> DiscoveryReport {
        if !constants.areOf(snapshot) {
            // A copy: what is lent by a part would keep the other parts from being changed.
            let defaultFacility = defaultFacility
            constants.take(snapshot, defaultFacility: defaultFacility.span)
        }
        return discover(
            body, facility, requestID, explain, next, snapshot.number, snapshot.image, &writer)
    }

    /// Reads a body as `discover` does, for measurements of the decision alone.
    ///
    /// - Returns: whether it is a request.
    package mutating func decode(_ body: Span<UInt8>) -> Bool {
        guard (try? document.parse(body)) != nil,
            (try? request.decodeIdentifiers(document)) != nil,
            (try? request.decodeRest(document)) != nil
        else { return false }
        request.takeName(document)
        return true
    }

    /// Decides on the request that was decoded last, as `discover` does, and writes nothing.
    ///
    /// - Parameter snapshot: the world that the request sees.
    /// - Returns: how it was answered and what it cost.
    package mutating func decide(in snapshot: Snapshot) -> DiscoveryReport {
        decideDecoded(snapshot.image)
    }

    /// Reads a discover body as `discover` does, and copies out who was found.
    ///
    /// - Parameters:
    ///   - body: the request's bytes.
    ///   - facility: whose records are meant.
    ///   - snapshot: the world that the request sees.
    ///   - comparesAll: whether it is also found out if everything agrees, which a discovery need not know.
    /// - Returns: who asks, and who was found.
    /// - Throws: `MessageError` where the body is not a discover request.
    mutating func findPatient(
        body: Span<UInt8>, facility: String, in snapshot: Snapshot, comparesAll: Bool = false
    ) throws(MessageError) -> Discovery {
        try findPatient(body, facility.utf8.span, snapshot.image, comparesAll)
    }

    private mutating func findPatient(
        _ body: Span<UInt8>, _ facility: Span<UInt8>, _ image: borrowing PatientImage,
        _ comparesAll: Bool
    ) throws(MessageError) -> Discovery {
        try document.parse(body: body)
        do throws(DiscoverRequestError) {
            try request.decodeIdentifiers(document)
            try request.decodeRest(document)
        } catch {
            throw MessageError(error.field.text, "\(error.problem)")
        }
        request.takeName(document)
        let number = image.facility(named: facility)
        foresight.forget()
        decider.lookUps.expect(
            request.query.identifierList, texts: request.query.texts, foreseenBy: foresight,
            facility: number, in: image)
        let decision = decider.decide(
            &request.query, facility: number, in: image, by: rule, explains: comparesAll)
        var discovery = Discovery(
            decision, transactionID: request.transactionID, name: request.name,
            gender: request.query.gender, birthYear: request.query.birthYear, document: document,
            rows: decider.matchedRows, image: image)
        if comparesAll, case .match(let match) = decision,
            case .found(var patient) = discovery.finding
        {
            patient.agreesFully = decider.agreesFully(match.referenceRow)
            discovery.finding = .found(patient)
        }
        return discovery
    }

    private mutating func decideDecoded(_ image: borrowing PatientImage) -> DiscoveryReport {
        let number = image.facility(named: defaultFacility.span)
        foresight.forget()
        decider.lookUps.expect(
            request.query.identifierList, texts: request.query.texts, foreseenBy: foresight,
            facility: number, in: image)
        decider.lookUps.expectMore(in: image)
        decider.lookUps.expectMore(in: image)
        let decision = decider.decide(
            &request.query, facility: number, in: image, by: rule, explains: false)
        return report(decision)
    }

    private mutating func discover(
        _ body: Span<UInt8>, _ facility: Span<UInt8>?, _ requestID: Span<UInt8>?, _ explain: Bool,
        _ next: Span<UInt8>?, _ snapshot: UInt64, _ image: borrowing PatientImage,
        _ writer: inout JSONWriter
    ) -> DiscoveryReport {
        // A look-up is a chain of places in memory that are far away. It begins before the body is
        // parsed, and its next link is asked for where the one before should have arrived: whatever
        // needs none of them is done meanwhile.
        let number = facilityNumber(facility, image)
        foresee(body, next, number, image, snapshot)
        do throws(JSONError) {
            try document.parse(body)
        } catch {
            return refuse("The body is not JSON: \(error.reason)", &writer)
        }
        foresight.expectMore(in: image)
        do throws(DiscoverRequestError) {
            return try answer(facility, number, requestID, explain, image, &writer)
        } catch {
            return refuse(error.message, &writer)
        }
    }

    /// Begins the look-ups of a request, unless they were begun with the one before, and those of the next.
    private mutating func foresee(
        _ body: Span<UInt8>, _ next: Span<UInt8>?, _ number: UInt16?,
        _ image: borrowing PatientImage, _ snapshot: UInt64
    ) {
        if ahead.isOf(snapshot, facility: number) {
            swap(&foresight, &ahead)
        } else {
            foresight.look(at: body, facility: number, in: image, of: snapshot)
        }
        if let next {
            ahead.look(at: next, facility: number, in: image, of: snapshot)
        } else {
            ahead.forget()
        }
    }

    private mutating func answer(
        _ facility: Span<UInt8>?, _ number: UInt16?,
        _ requestID: Span<UInt8>?, _ explain: Bool,
        _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) throws(DiscoverRequestError) -> DiscoveryReport {
        // Parts of structs are handed on instead of the structs: a large one would be copied.
        try request.decodeIdentifiers(document)
        decider.lookUps.expect(
            request.query.identifierList, texts: request.query.texts, foreseenBy: foresight,
            facility: number, in: image)
        try request.decodeRest(document)
        ahead.expectMore(in: image)
        DiscoverResponse.writeHead(
            requestID: request.requestID, transactionID: request.transactionID,
            document: document, header: requestID, into: &writer)
        decider.lookUps.expectSurprises(in: image)
        request.takeName(document)
        decider.lookUps.expectMore(in: image)
        let decision = decider.decide(
            &request.query, facility: number, in: image, by: rule, explains: explain)
        ahead.expectMore(in: image)
        DiscoverResponse.write(
            decision, name: request.name, isV3: request.isV3, document: document,
            rows: decider.matchedRows, image: image, snapshot: constants.json, into: &writer)
        if explain {
            // A copy: what is lent by a part would keep the other parts from being changed.
            let defaultFacility = defaultFacility
            var name = defaultFacility.span
            if let facility = stated(facility) { name = facility }
            Explanation.write(
                decision, query: &request.query,
                unusableIdentifiers: request.unusableIdentifiers, facility: name,
                decider: decider, rule: rule, image: image, into: &writer)
        }
        writer.endObject()
        return report(decision)
    }

    /// The number of the facility that is asked; nil when no row names it.
    private func facilityNumber(
        _ facility: Span<UInt8>?, _ image: borrowing PatientImage
    ) -> UInt16? {
        if let facility = stated(facility) { return image.facility(named: facility) }
        return constants.defaultFacility
    }

    /// The facility that a header names; an empty one names none.
    @_lifetime(copy facility)
    private func stated(_ facility: Span<UInt8>?) -> Span<UInt8>? {
        guard let facility, !facility.isEmpty else { return nil }
        return facility
    }

    private func report(_ decision: Decision) -> DiscoveryReport {
        DiscoveryReport(
            outcome: decision.outcome, candidatesVisited: decider.candidates.count,
            namesCompared: decider.namesCompared)
    }

    private func refuse(_ message: String, _ writer: inout JSONWriter) -> DiscoveryReport {
        DiscoverResponse.writeError(code: 3400, message: message, into: &writer)
        return DiscoveryReport(outcome: .badRequest, candidatesVisited: 0, namesCompared: 0)
    }
}
