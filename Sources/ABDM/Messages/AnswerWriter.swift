internal import JSON
internal import Matcher

/// Writes answers in the words of the protocol that asked.
public enum AnswerWriter {
    /// The most care contexts that v3 takes in one group.
    static let groupMax = 20

    /// The message that answers a callback.
    ///
    /// - Parameters:
    ///   - answer: what to say.
    ///   - head: the head of the callback that is answered.
    ///   - address: whom it is about, where the callback says so; nil for the configured consent manager.
    /// - Returns: the message, to be sent at the earliest.
    public static func message(
        _ answer: FlowAnswer, to head: CallbackHead, about address: PatientAddress?
    ) -> OutboundMessage {
        var writer = JSONWriter()
        let version = head.path.version
        writer.beginObject()
        let destination: GatewayPath
        switch answer {
        case .discovered(let transaction, let result):
            destination = .onDiscover(version)
            writeTransaction(transaction, &writer)
            writeDiscovered(result, version, &writer)
        case .linkChallenged(let transaction, let result):
            destination = .onLinkInit(version)
            writeTransaction(transaction, &writer)
            writeChallenge(result, version, &writer)
        case .linked(let result):
            destination = .onLinkConfirm(version)
            writeLinked(result, version, &writer)
        case .profileTaken(let address, let result):
            destination = .onShare(version, isVersionOne: head.path.isVersionOne)
            writeTicket(result, address, version, head.path.isVersionOne, &writer)
        case .authenticationTaken(let isKnown):
            destination = .onAuthNotify
            if isKnown {
                writeAcknowledgement("acknowledgement", &writer)
            } else {
                writeFault(.unknownAuthentication, version, &writer)
            }
        case .statusTaken:
            destination = .onStatusNotify(version)
            // v0.5: without its middle letter, as the published description spells it.
            writeAcknowledgement(
                version == .v3 ? "acknowledgement" : "acknowledgment", &writer)
        }
        writer.key(version == .v3 ? "response" : "resp")
        writer.beginObject()
        writer.key("requestId")
        writer.string(head.requestID)
        writer.endObject()
        writer.endObject()
        let body = writer.take()
        return OutboundMessage(
            destination: destination, facility: head.facility,
            consentManager: address?.consentManager, body: String(decoding: body, as: UTF8.self))
    }

    private static func writeAcknowledgement(_ name: StaticString, _ writer: inout JSONWriter) {
        writer.key(name)
        writer.beginObject()
        writer.key("status")
        writer.string("OK")
        writer.endObject()
    }

    private static func writeTransaction(_ transaction: String, _ writer: inout JSONWriter) {
        writer.key("transactionId")
        writer.string(transaction)
    }

    private static func writeFault(
        _ fault: AnswerFault, _ version: WireVersion, _ writer: inout JSONWriter
    ) {
        writer.key("error")
        writer.beginObject()
        writer.key("code")
        switch version {
        case .gateway: writer.integer(fault.gatewayCode)
        case .v3: writer.string(fault.v3Code)
        }
        writer.key("message")
        writer.string(fault.message(version))
        writer.endObject()
    }

    private static func writeDiscovered(
        _ result: Result<FoundPatient, AnswerFault>, _ version: WireVersion,
        _ writer: inout JSONWriter
    ) {
        switch result {
        case .failure(let fault): writeFault(fault, version, &writer)
        case .success(let patient):
            writePatient(
                patient.reference, patient.display, patient.contexts, version, &writer,
                matchedBy: version == .gateway ? patient.matchedBy : nil)
            if version == .v3 { writeMatchedBy(patient.matchedBy, isV3: true, &writer) }
        }
    }

    private static func writeLinked(
        _ result: Result<LinkedContexts, AnswerFault>, _ version: WireVersion,
        _ writer: inout JSONWriter
    ) {
        switch result {
        case .failure(let fault): writeFault(fault, version, &writer)
        case .success(let linked):
            writePatient(
                linked.patientReference, linked.display, linked.contexts, version, &writer,
                matchedBy: nil)
        }
    }

    /// v0.5 has one patient with all contexts; v3 a list, one entry for each kind of information.
    static func writePatient(
        _ reference: String, _ display: String, _ contexts: [OfferedContext],
        _ version: WireVersion, _ writer: inout JSONWriter, matchedBy: IdentifierKinds?
    ) {
        writer.key("patient")
        switch version {
        case .gateway:
            writer.beginObject()
            writeReference(reference, display, &writer)
            writeContexts(contexts[...], &writer)
            if let matchedBy { writeMatchedBy(matchedBy, isV3: false, &writer) }
            writer.endObject()
        case .v3:
            writer.beginArray()
            for group in groups(contexts) {
                writer.beginObject()
                writeReference(reference, display, &writer)
                writeContexts(group.contexts, &writer)
                writer.key("hiType")
                writer.string(group.hiType.wireName)
                writer.key("count")
                writer.integer(group.contexts.count)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    private static func writeReference(
        _ reference: String, _ display: String, _ writer: inout JSONWriter
    ) {
        writer.key("referenceNumber")
        writer.string(reference)
        writer.key("display")
        writer.string(display)
    }

    private static func writeContexts(
        _ contexts: ArraySlice<OfferedContext>, _ writer: inout JSONWriter
    ) {
        writer.key("careContexts")
        writer.beginArray()
        for context in contexts {
            writer.beginObject()
            writeReference(context.reference, context.display, &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    private static func writeMatchedBy(
        _ kinds: IdentifierKinds, isV3: Bool, _ writer: inout JSONWriter
    ) {
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases where kinds.contains(IdentifierKinds(kind)) {
            if let name = WireIdentifierType.matchedBy(kind, isV3: isV3) { writer.string(name) }
        }
        writer.endArray()
    }

    /// Contexts by kind of information, at most `groupMax` together.
    static func groups(
        _ contexts: [OfferedContext]
    ) -> [(hiType: HealthInformationType, contexts: ArraySlice<OfferedContext>)] {
        var groups: [(hiType: HealthInformationType, contexts: ArraySlice<OfferedContext>)] = []
        for type in HealthInformationType.allCases where type != .notStated {
            // v3 must be told a kind; a document may be anything.
            let own = contexts.filter { context in
                context.hiType == type
                    || (context.hiType == .notStated && type == .healthDocumentRecord)
            }
            for start in stride(from: 0, to: own.count, by: groupMax) {
                groups.append((type, own[start..<min(start + groupMax, own.count)]))
            }
        }
        return groups
    }

    private static func writeChallenge(
        _ result: Result<LinkChallenge, AnswerFault>, _ version: WireVersion,
        _ writer: inout JSONWriter
    ) {
        switch result {
        case .failure(let fault): writeFault(fault, version, &writer)
        case .success(let challenge):
            writer.key("link")
            writer.beginObject()
            writer.key("referenceNumber")
            writer.string(challenge.linkReference)
            writer.key("authenticationType")
            writer.string("MEDIATED")
            writer.key("meta")
            writer.beginObject()
            writer.key("communicationMedium")
            writer.string("MOBILE")
            writer.key("communicationHint")
            writer.string(challenge.hint)
            writer.key("communicationExpiry")
            writer.string(challenge.expires.text)
            writer.endObject()
            writer.endObject()
        }
    }

    private static func writeTicket(
        _ result: Result<QueueTicket, AnswerFault>, _ address: PatientAddress,
        _ version: WireVersion, _ isVersionOne: Bool, _ writer: inout JSONWriter
    ) {
        writer.key("acknowledgement")
        writer.beginObject()
        writer.key("status")
        var fault: AnswerFault?
        switch result {
        case .success: writer.string("SUCCESS")
        case .failure(let reason):
            writer.string("FAILURE")
            fault = reason
        }
        writer.key(version == .v3 ? "abhaAddress" : "healthId")
        writer.string(address.text)
        if case .success(let ticket) = result {
            switch version {
            case .gateway:
                writer.key("tokenNumber")
                writer.string(String(ticket.number))
            case .v3:
                writer.key("profile")
                writer.beginObject()
                writer.key("context")
                writer.string(ticket.counter)
                writer.key("tokenNumber")
                writer.string(String(ticket.number))
                writer.key("expiry")
                writer.string(String(ticket.expirySeconds))
                writer.endObject()
            }
        } else if version == .gateway, isVersionOne {
            // v1.0 wants one, also where there is no queue to stand in.
            writer.key("tokenNumber")
            writer.string("")
        }
        writer.endObject()
        if let fault { writeFault(fault, version, &writer) }
    }
}
