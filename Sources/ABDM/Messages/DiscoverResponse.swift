internal import Index
internal import JSON
internal import Matcher

/// The reply to a discover request, as bytes.
enum DiscoverResponse {
    /// Writes the members that are known before the decision; the object is left open.
    static func writeHead(
        request: borrowing DiscoverRequest, document: borrowing JSONDocument,
        requestID: Span<UInt8>?, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("requestId")
        if let node = request.requestID {
            writer.string(document.bytes(of: node))
        } else if let requestID {
            writer.string(repairing: requestID)
        } else {
            writer.null()
        }
        writer.key("transactionId")
        if let node = request.transactionID {
            writer.string(document.bytes(of: node))
        } else {
            writer.null()
        }
    }

    /// Writes the members that say what was decided; the object is left open for evidence.
    static func write(
        _ decision: Decision, request: borrowing DiscoverRequest,
        document: borrowing JSONDocument, decider: borrowing Decider,
        image: borrowing PatientImage, position: String, into writer: inout JSONWriter
    ) {
        writer.key("outcome")
        writer.string(decision.outcome.wireName)
        if case .match(let match) = decision {
            writer.key("patient")
            writePatient(match, request, document, decider, image, &writer)
        } else {
            writer.key("error")
            writer.beginObject()
            writer.key("code")
            writer.integer(decision.errorCode)
            writer.key("message")
            writer.string(decision.errorMessage)
            writer.endObject()
        }
        writer.key("snapshot")
        writer.beginObject()
        writer.key("rows")
        writer.integer(image.count)
        writer.key("position")
        writer.string(position)
        writer.endObject()
    }

    /// Writes the reply to a body that was refused.
    static func writeError(code: Int, message: String, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.key("code")
        writer.integer(code)
        writer.key("message")
        writer.string(message)
        writer.endObject()
        writer.endObject()
    }

    private static func writePatient(
        _ match: Match, _ request: borrowing DiscoverRequest, _ document: borrowing JSONDocument,
        _ decider: borrowing Decider, _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("referenceNumber")
        writer.string(image.id(of: match.referenceRow))
        // The name that the person gave: what the facility wrote beside it stays in the facility.
        writer.key("display")
        if let name = request.name {
            writer.string(document.bytes(of: name))
        } else {
            writer.string("")
        }
        writer.key("careContexts")
        writer.beginArray()
        for index in decider.matchedRows.indices {
            writeCareContexts(index, decider, image, &writer)
        }
        writer.endArray()
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases
        where match.matchedBy.contains(IdentifierKinds(kind)) {
            if let name = WireIdentifierType.matchedBy(kind, isV3: request.isV3) {
                writer.string(name)
            }
        }
        writer.endArray()
        writer.endObject()
    }

    /// The care contexts of one of the person's records, without references that were listed before,
    /// be it by an earlier record or by this one.
    private static func writeCareContexts(
        _ index: Int, _ decider: borrowing Decider, _ image: borrowing PatientImage,
        _ writer: inout JSONWriter
    ) {
        for number in image.careContexts(of: decider.matchedRows[index]) {
            let context = image.careContext(number)
            let reference = image.reference(of: context)
            guard
                !isListed(reference, before: number, ofRecord: index, decider, image)
            else { continue }
            writer.beginObject()
            writer.key("referenceNumber")
            writer.string(reference)
            writer.key("display")
            writer.string(image.display(of: context))
            writer.endObject()
        }
    }

    private static func isListed(
        _ reference: Span<UInt8>, before context: Int, ofRecord index: Int,
        _ decider: borrowing Decider, _ image: borrowing PatientImage
    ) -> Bool {
        for earlier in 0...index {
            for number in image.careContexts(of: decider.matchedRows[earlier]) {
                if earlier == index, number == context { return false }
                let context = image.careContext(number)
                if image.reference(of: context).equals(reference) { return true }
            }
        }
        return false
    }
}

extension Decision {
    var outcome: DiscoveryOutcome {
        switch self {
        case .match: .match
        case .ambiguous: .ambiguous
        case .noMatch: .noMatch
        case .noVerifiedIdentifier: .noVerifiedIdentifier
        case .tooManyCandidates: .tooManyCandidates
        }
    }

    /// ABDM's code for an answer without a patient; 0 for a match.
    var errorCode: Int {
        switch self {
        case .match: 0
        case .noMatch: 3404
        case .ambiguous, .tooManyCandidates: 3403
        case .noVerifiedIdentifier: 3400
        }
    }

    /// Words that tell the person nothing of records that are not theirs.
    var errorMessage: StaticString {
        switch self {
        case .match: ""
        case .noMatch: "No patient found"
        case .ambiguous, .tooManyCandidates: "Multiple patients found"
        case .noVerifiedIdentifier: "No verified identifier that can be looked up"
        }
    }
}

extension DiscoveryOutcome {
    /// The name on the wire.
    var wireName: StaticString {
        switch self {
        case .match: "match"
        case .ambiguous: "ambiguous"
        case .noMatch: "noMatch"
        case .noVerifiedIdentifier: "noVerifiedIdentifier"
        case .tooManyCandidates: "tooManyCandidates"
        case .badRequest: "badRequest"
        }
    }
}
