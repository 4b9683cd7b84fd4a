public import Index
internal import JSON
public import Matcher

/// The headers of a callback that its meaning depends on.
public struct CallbackHeaders: Equatable, Sendable {
    /// `X-HIP-ID`; nil when missing.
    public var facility: String?
    /// `REQUEST-ID`; nil when missing.
    public var requestID: String?
    /// `TIMESTAMP`; nil when missing.
    public var timestamp: String?

    /// Headers from their values.
    public init(facility: String?, requestID: String?, timestamp: String?) {
        self.facility = facility
        self.requestID = requestID
        self.timestamp = timestamp
    }
}

/// Reads callbacks of both protocols into one value; each thread has its own.
///
/// What a callback asks of the patients' records is answered on the spot, in the world of one snapshot.
public struct CallbackDecoder: ~Copyable {
    private var document = JSONDocument()
    private var discoverer: Discoverer
    private var writer = JSONWriter()

    /// A decoder that looks patients up by a rule.
    ///
    /// - Parameter rule: the rule of every decision.
    public init(rule: MatchRule = Profile.milaan) {
        // Every callback names its facility; the default one is never asked.
        discoverer = Discoverer(rule: rule, defaultFacility: "")
    }

    /// Reads one callback, and looks up whom it is about.
    ///
    /// - Parameters:
    ///   - body: the request's bytes.
    ///   - path: the path it came on.
    ///   - headers: its headers.
    ///   - snapshot: the patients.
    /// - Returns: the callback.
    /// - Throws: `MessageError`, naming the field at fault.
    public mutating func decode(
        _ body: Span<UInt8>, path: CallbackPath, headers: CallbackHeaders, in snapshot: Snapshot
    ) throws(MessageError) -> Callback {
        try document.parse(body: body)
        let root = try MessageObject(rootOf: document)
        let head = try Self.head(root, path, headers, document)
        let event: CallbackEvent
        switch path.kind {
        case .discover:
            event = .discover(
                try discoverer.findPatient(body: body, facility: head.facility, in: snapshot))
        case .linkInit: event = try Self.linkInit(root, path.version, document)
        case .linkConfirm: event = .linkConfirm(try Self.confirmation(root, document))
        case .profileShare:
            var profile = try SharedProfile(root, path, in: document)
            try profile.find(
                by: &discoverer, writer: &writer, facility: head.facility, in: snapshot)
            event = .profileShare(profile)
        case .statusNotify: event = .statusNotify(try Self.statusChange(root, document))
        case .authNotify:
            event = .authenticationNotice(try AuthenticationNotice(root, in: document))
        case .onAuthInit, .onAuthConfirm, .onGenerateToken, .onAddContexts, .onContextNotify,
            .onMessageNotify, .onAuthModes:
            event = .answered(try OwnAnswer(root, path, in: document))
        }
        return Callback(head: head, event: event)
    }

    private static func head(
        _ root: MessageObject, _ path: CallbackPath, _ headers: CallbackHeaders,
        _ document: borrowing JSONDocument
    ) throws(MessageError) -> CallbackHead {
        guard let facility = headers.facility, !facility.isEmpty else {
            throw MessageError("header X-HIP-ID", "is missing")
        }
        let bodyID = try root.text("requestId", in: document)
        let bodyTime = try root.text("timestamp", in: document)
        // v3 has them as headers, and null or nothing in the body.
        let isV3 = path.version == .v3
        guard let requestID = isV3 ? headers.requestID ?? bodyID : bodyID, !requestID.isEmpty else {
            throw MessageError(path.requestIDField, "is missing")
        }
        guard requestID.utf8.count <= 256 else {
            throw MessageError(path.requestIDField, "is longer than 256 bytes")
        }
        var sentAt: WireTime?
        if let text = isV3 ? headers.timestamp ?? bodyTime : bodyTime {
            guard let time = WireTime(parsing: text.utf8.span) else {
                throw MessageError(path.timestampField, "is not a date and time")
            }
            sentAt = time
        }
        return CallbackHead(
            facility: facility, requestID: requestID, path: path, sentAt: sentAt)
    }

    private static func linkInit(
        _ root: MessageObject, _ version: WireVersion, _ document: borrowing JSONDocument
    ) throws(MessageError) -> CallbackEvent {
        let transaction = try root.requiredText("transactionId", in: document)
        switch version {
        case .gateway:
            let patient = try root.requiredObject("patient", in: document)
            let contexts = try references(patient, document)
            return .linkInit(
                LinkRequest(
                    transactionID: transaction,
                    address: PatientAddress(try patient.requiredText("id", in: document)),
                    patientReferences: [try patient.requiredText("referenceNumber", in: document)],
                    contextReferences: contexts))
        case .v3:
            if try root.object("error", in: document) != nil,
                try root.value("patient", in: document) == nil
            {
                return .linkRefused(transactionID: transaction)
            }
            var patients: [String] = []
            var contexts: [String] = []
            for patient in try root.objects("patient", in: document) {
                patients.append(try patient.requiredText("referenceNumber", in: document))
                contexts += try references(patient, document)
            }
            return .linkInit(
                LinkRequest(
                    transactionID: transaction,
                    address: PatientAddress(try root.requiredText("abhaAddress", in: document)),
                    patientReferences: patients, contextReferences: contexts))
        }
    }

    private static func references(
        _ patient: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> [String] {
        var references: [String] = []
        for context in try patient.objects("careContexts", in: document) {
            references.append(try context.requiredText("referenceNumber", in: document))
        }
        return references
    }

    private static func confirmation(
        _ root: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> LinkConfirmation {
        let object = try root.requiredObject("confirmation", in: document)
        guard let token = try object.value("token", in: document) else {
            throw MessageError("confirmation.token", "is missing")
        }
        let typed: String
        // v3 has been seen to send a number, which has lost its leading zeros.
        if let number = document.integer(of: token), number >= 0 {
            let digits = String(number)
            typed = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
        } else {
            typed = try object.text("token", in: document) ?? ""
        }
        return LinkConfirmation(
            linkReference: try object.requiredText("linkRefNumber", in: document), typed: typed)
    }

    private static func statusChange(
        _ root: MessageObject, _ document: borrowing JSONDocument
    ) throws(MessageError) -> PatientStatusChange {
        let notification = try root.requiredObject("notification", in: document)
        let text = try notification.requiredText("status", in: document)
        // v3 has been seen with another word for who came back.
        let word = text == "ACTIVE" ? "REACTIVATED" : text
        guard let status = PatientStatusChange.Status(rawValue: word) else {
            throw MessageError("notification.status", "is not a status of a patient")
        }
        // ... and with the address in the notification itself.
        var address = try notification.object("patient", in: document)?.text("id", in: document)
        if address == nil { address = try notification.text("abhaAddress", in: document) }
        guard let address else { throw MessageError("notification.patient.id", "is missing") }
        return PatientStatusChange(address: PatientAddress(address), status: status)
    }
}
