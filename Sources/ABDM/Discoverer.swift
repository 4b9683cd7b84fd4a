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
public struct DiscoveryReport: Equatable, Sendable {
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

/// Answers discover requests, one at a time or in groups; each thread has its own.
///
/// Keeps the memory that a request needs, so that the next one needs no more.
public struct Discoverer: ~Copyable {
    /// How many requests are decided on together where there are more.
    ///
    /// A request waits for memory four or five times in turn. Those of a group wait at the same time.
    public static let groupCount = OpenRequests.countMax

    private let rule: MatchRule
    private let defaultFacility: [UInt8]
    /// A request by itself is the first one.
    private var requests = OpenRequests()
    /// Of all requests of a group.
    private var lookUps = LookUps()
    /// Of a request by itself.
    private var foresight = Foresight()
    private var decider = Decider()
    /// One for all requests: it remembers the names that it met.
    private var names = NameComparer()
    private var constants = SnapshotConstants()
    /// The name that is compared, then the id that is replied with.
    private var text = UnpackedText()

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

    // MARK: Answers

    /// Answers one discover body, v0.5 or v3, and writes one JSON object.
    ///
    /// - Parameters:
    ///   - body: the request's bytes as ABDM sent them.
    ///   - facility: the X-HIP-ID header, if there is one.
    ///   - requestID: the REQUEST-ID header, if there is one; a v3 body has none of its own.
    ///   - explain: whether to add the evidence.
    ///   - snapshot: the world that the request sees.
    ///   - writer: where the reply is written; not reset.
    /// - Returns: how it was answered and what it cost.
    /// - Complexity: O(body) and a few look-ups; nothing is allocated once the memory has grown, unless
    ///   the body is refused.
    public mutating func discover(
        body: Span<UInt8>, facility: Span<UInt8>?, requestID: Span<UInt8>?, explain: Bool,
        in snapshot: Snapshot, into writer: inout JSONWriter
    ) -> DiscoveryReport {
        takeConstants(of: snapshot)
        return discover(body, facility, requestID, explain, snapshot.image, &writer)
    }

    /// Answers discover bodies in their order, each as `discover(body:)` does, byte for byte.
    ///
    /// They are taken in groups of `groupCount`: all of a group are decoded, then the look-ups of all go on link by
    /// link, then each is decided on and its reply is written. A body that is refused is answered so in its place.
    ///
    /// - Parameters:
    ///   - parts: where each body stands; any number of them.
    ///   - bytes: what they stand in.
    ///   - facility: the X-HIP-ID header of all, if there is one.
    ///   - requestID: the REQUEST-ID header of all, if there is one.
    ///   - explain: whether to add the evidence.
    ///   - snapshot: the world that the requests see.
    ///   - writer: where the replies are written; not reset.
    ///   - each: called when a reply has been written, with how the request was answered and what it cost; writes what
    ///     stands between two replies, such as a line feed: the writer does not take one value right behind another.
    /// - Complexity: that of one for each; memory for the requests of one group.
    public mutating func discover(
        _ parts: Span<Range<Int>>, of bytes: Span<UInt8>, facility: Span<UInt8>?,
        requestID: Span<UInt8>?, explain: Bool, in snapshot: Snapshot,
        into writer: inout JSONWriter,
        each: (_ report: DiscoveryReport, _ writer: inout JSONWriter) -> Void
    ) {
        takeConstants(of: snapshot)
        if parts.count == 1 {
            // By itself it is answered sooner: its look-ups begin before it is parsed.
            let body = bytes.extracting(parts[0])
            each(discover(body, facility, requestID, explain, snapshot.image, &writer), &writer)
            return
        }
        var first = 0
        while first < parts.count {
            let end = min(first + Self.groupCount, parts.count)
            answer(
                parts.extracting(first..<end), bytes, facility, requestID, explain,
                snapshot.image, &writer, each)
            first = end
        }
    }

    private mutating func discover(
        _ body: Span<UInt8>, _ facility: Span<UInt8>?, _ requestID: Span<UInt8>?, _ explain: Bool,
        _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) -> DiscoveryReport {
        // A look-up is a chain of places in memory that are far away. It begins before the body is
        // parsed, and its next link is asked for where the one before should have arrived: whatever
        // needs none of them is done meanwhile.
        let number = facilityNumber(facility, image)
        foresight.look(at: body, facility: number, in: image)
        guard requests[0].parse(body) else { return refuse(0, &writer) }
        foresight.expectMore(in: image)
        guard requests[0].decodeIdentifiers() else { return refuse(0, &writer) }
        requests[0].begin(&lookUps, foreseenBy: foresight, facility: number, in: image)
        guard requests[0].decodeRest() else { return refuse(0, &writer) }
        writeHead(0, requestID, &writer)
        lookUps.expectSurprises(in: image)
        requests[0].takeName()
        lookUps.expectMore(in: image)
        return answer(0, facility, number, explain, image, &writer)
    }

    /// Answers a group.
    private mutating func answer(
        _ parts: Span<Range<Int>>, _ bytes: Span<UInt8>, _ facility: Span<UInt8>?,
        _ requestID: Span<UInt8>?, _ explain: Bool, _ image: borrowing PatientImage,
        _ writer: inout JSONWriter, _ each: (DiscoveryReport, inout JSONWriter) -> Void
    ) {
        let number = facilityNumber(facility, image)
        requests.make(parts.count)
        for place in parts.indices { _ = requests[place].read(bytes.extracting(parts[place])) }
        lookUp(parts.indices, number, image)
        for place in parts.indices {
            if requests[place].refusal != nil {
                each(refuse(place, &writer), &writer)
            } else {
                writeHead(place, requestID, &writer)
                each(answer(place, facility, number, explain, image, &writer), &writer)
            }
        }
    }

    /// Brings what decisions on decoded requests need.
    private mutating func lookUp(
        _ places: Range<Int>, _ facility: UInt16?, _ image: borrowing PatientImage
    ) {
        lookUps.forget()
        for place in places where requests[place].refusal == nil {
            requests[place].add(to: &lookUps, facility: facility, in: image)
        }
        lookUps.expectAll(in: image)
    }

    /// Decides on a request whose look-ups are under way.
    private mutating func decide(
        _ place: Int, _ facility: UInt16?, _ image: borrowing PatientImage, explains: Bool
    ) -> Decision {
        // Parts of structs are handed on instead of the structs: a large one would be copied.
        decider.decide(
            requests[place].request.query, names: &names, text: &text, lookUps: lookUps,
            firstKey: requests[place].firstKey, facility: facility, in: image, by: rule,
            explains: explains)
    }

    /// Decides on a request whose look-ups are under way, and writes what is behind the head of the reply.
    private mutating func answer(
        _ place: Int, _ facility: Span<UInt8>?, _ number: UInt16?, _ explain: Bool,
        _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) -> DiscoveryReport {
        let decision = decide(place, number, image, explains: explain)
        if case .match(let match) = decision {
            image.readID(of: match.referenceRow, into: &text)
        }
        DiscoverResponse.write(
            decision, reference: text.bytes, name: requests[place].request.name,
            isV3: requests[place].request.isV3,
            document: requests[place].document, rows: decider.matchedRows, image: image,
            snapshot: constants.json, into: &writer)
        if explain {
            // A copy: what is lent by a part would keep the other parts from being changed.
            let defaultFacility = defaultFacility
            var name = defaultFacility.span
            if let facility = stated(facility) { name = facility }
            Explanation.write(
                decision, query: requests[place].request.query, names: &names,
                unusableIdentifiers: requests[place].request.unusableIdentifiers, facility: name,
                decider: decider, rule: rule, image: image, into: &writer)
        }
        writer.endObject()
        return report(decision)
    }

    private func writeHead(
        _ place: Int, _ requestID: Span<UInt8>?, _ writer: inout JSONWriter
    ) {
        DiscoverResponse.writeHead(
            requestID: requests[place].request.requestID,
            transactionID: requests[place].request.transactionID,
            document: requests[place].document, header: requestID, into: &writer)
    }

    private func refuse(_ place: Int, _ writer: inout JSONWriter) -> DiscoveryReport {
        DiscoverResponse.writeError(
            code: 3400, message: requests[place].refusal ?? "", into: &writer)
        return DiscoveryReport(outcome: .badRequest, candidatesVisited: 0, namesCompared: 0)
    }

    private func report(_ decision: Decision) -> DiscoveryReport {
        DiscoveryReport(
            outcome: decision.outcome, candidatesVisited: decider.candidates.count,
            namesCompared: decider.namesCompared)
    }

    // MARK: Decisions alone

    /// Reads bodies as `discover` does, for measurements of the decision alone.
    ///
    /// - Parameters:
    ///   - parts: where each stands, at most `groupCount`.
    ///   - bytes: what they stand in.
    /// - Returns: whether all are requests.
    package mutating func decode(_ parts: Span<Range<Int>>, of bytes: Span<UInt8>) -> Bool {
        requests.make(parts.count)
        for place in parts.indices {
            guard requests[place].read(bytes.extracting(parts[place])) else { return false }
        }
        return true
    }

    /// Decides on requests that were decoded, as `discover` does, and writes nothing.
    ///
    /// - Parameters:
    ///   - places: which of them; their look-ups are made together.
    ///   - snapshot: the world that the requests see.
    ///   - each: called with how a request was answered and what it cost.
    package mutating func decide(
        _ places: Range<Int>, in snapshot: Snapshot, each: (DiscoveryReport) -> Void
    ) {
        takeConstants(of: snapshot)
        decide(places, snapshot.image, each)
    }

    private mutating func decide(
        _ places: Range<Int>, _ image: borrowing PatientImage, _ each: (DiscoveryReport) -> Void
    ) {
        lookUp(places, constants.defaultFacility, image)
        for place in places {
            each(report(decide(place, constants.defaultFacility, image, explains: false)))
        }
    }

    // MARK: Callbacks

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
        try requests[0].read(message: body)
        let number = image.facility(named: facility)
        lookUp(0..<1, number, image)
        let decision = decide(0, number, image, explains: comparesAll)
        var discovery = Discovery(
            decision, transactionID: requests[0].request.transactionID,
            name: requests[0].request.name, gender: requests[0].request.query.gender,
            birthYear: requests[0].request.query.birthYear, document: requests[0].document,
            rows: decider.matchedRows, image: image)
        if comparesAll, case .match(let match) = decision,
            case .found(var patient) = discovery.finding
        {
            patient.agreesFully = decider.agreesFully(match.referenceRow)
            discovery.finding = .found(patient)
        }
        return discovery
    }

    // MARK: The world

    private mutating func takeConstants(of snapshot: Snapshot) {
        guard !constants.areOf(snapshot) else { return }
        // A copy: what is lent by a part would keep the other parts from being changed.
        let defaultFacility = defaultFacility
        constants.take(snapshot, defaultFacility: defaultFacility.span)
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
}
