internal import Index
package import JSON
internal import Matcher

/// The reply to a discover request, as bytes.
package enum DiscoverResponse {
    /// Writes the members that are known before the decision; the object is left open.
    ///
    /// - Parameters:
    ///   - requestID: the one in the body.
    ///   - transactionID: the one in the body.
    ///   - document: the body.
    ///   - header: the request id of the headers, for a body that has none.
    ///   - writer: where they are written.
    static func writeHead(
        requestID: JSONNode?, transactionID: JSONNode?, document: borrowing JSONDocument,
        header: Span<UInt8>?, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        if let requestID {
            writer.member("requestId", requestID, of: document)
        } else {
            writer.key("requestId")
            if let header { writer.string(repairing: header) } else { writer.null() }
        }
        if let transactionID {
            writer.member("transactionId", transactionID, of: document)
        } else {
            writer.key("transactionId")
            writer.null()
        }
    }

    /// Writes the members that say what was decided; the object is left open for evidence.
    ///
    /// - Parameters:
    ///   - decision: what was decided.
    ///   - reference: the id of a match's first record.
    ///   - name: the person's name in the body.
    ///   - isV3: whether the request speaks v3.
    ///   - document: the body.
    ///   - rows: the rows of a match, the reference first.
    ///   - image: the records.
    ///   - snapshot: how a reply names it, as JSON.
    ///   - writer: where they are written.
    static func write(
        _ decision: Decision, reference: Span<UInt8>, name: JSONNode?, isV3: Bool,
        document: borrowing JSONDocument,
        rows: borrowing ScratchList<RowPlace>, image: borrowing PatientImage,
        snapshot: Span<UInt8>, into writer: inout JSONWriter
    ) {
        writer.key("outcome")
        writer.string(decision.outcome.wireName)
        if case .match(let match) = decision {
            writer.key("patient")
            writePatient(match, reference, name, isV3, document, rows, image, &writer)
        } else {
            writer.key("error")
            writer.beginObject()
            writer.key("code")
            writer.integer(decision.errorCode)
            writer.key("message")
            writer.string(decision.errorMessage)
            writer.endObject()
        }
        writer.member("snapshot", json: snapshot)
    }

    /// Writes the reply to what was refused: an object that holds nothing but the error.
    package static func writeError(code: Int, message: String, into writer: inout JSONWriter) {
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
        _ match: Match, _ reference: Span<UInt8>, _ name: JSONNode?, _ isV3: Bool,
        _ document: borrowing JSONDocument, _ rows: borrowing ScratchList<RowPlace>,
        _ image: borrowing PatientImage,
        _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("referenceNumber", reference)
        // The name that the person gave: what the facility wrote beside it stays in the facility.
        if let name {
            writer.member("display", name, of: document)
        } else {
            writer.key("display")
            writer.string("")
        }
        writer.key("careContexts")
        writer.beginArray()
        for index in rows.indices {
            writeCareContexts(index, rows, image, &writer)
        }
        writer.endArray()
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases
        where match.matchedBy.contains(IdentifierKinds(kind)) {
            if let name = WireIdentifierType.matchedBy(kind, isV3: isV3) {
                writer.string(name)
            }
        }
        writer.endArray()
        writer.endObject()
    }

    /// The care contexts of one of the person's records, without references that were listed before,
    /// be it by an earlier record or by this one.
    private static func writeCareContexts(
        _ index: Int, _ rows: borrowing ScratchList<RowPlace>, _ image: borrowing PatientImage,
        _ writer: inout JSONWriter
    ) {
        let own = image.careContexts(of: rows[index])
        var contexts = own
        while let context = image.next(&contexts) {
            let reference = image.reference(of: context)
            guard !isListed(reference, among: own, before: context.place, image),
                !isListed(reference, before: index, rows, image)
            else { continue }
            writer.object("referenceNumber", reference, "display", image.display(of: context))
        }
    }

    /// Whether one of the records before has the reference.
    @inline(__always)
    private static func isListed(
        _ reference: Span<UInt8>, before index: Int, _ rows: borrowing ScratchList<RowPlace>,
        _ image: borrowing PatientImage
    ) -> Bool {
        for earlier in 0..<index
        where isListed(reference, among: image.careContexts(of: rows[earlier]), image) {
            return true
        }
        return false
    }

    /// Whether one of these care contexts, of those that stand before a place, has the reference.
    @inline(__always)
    private static func isListed(
        _ reference: Span<UInt8>, among contexts: CareContextCursor, before place: Int = .max,
        _ image: borrowing PatientImage
    ) -> Bool {
        var contexts = contexts
        while let context = image.next(&contexts), context.place < place {
            if image.reference(of: context).equals(reference) { return true }
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
