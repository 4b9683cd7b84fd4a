internal import JSON

/// What a facility's own system is told by its webhook.
public enum Announcement: Equatable, Sendable {
    /// A profile was given to a record.
    case registered(QueuedProfile, patientReference: String, isNew: Bool, vouchedBy: String?)
    /// A patient's care contexts were linked to their address.
    case linked([ContextLink], of: PatientAddress)
    /// A patient left ABDM, or came back; with the records that had the address.
    case status(PatientStatusChange, patientReferences: [String])

    /// The name of its kind.
    public var type: StaticString {
        switch self {
        case .registered: "profile.registered"
        case .linked: "care-contexts.linked"
        case .status: "patient.status"
        }
    }

    fileprivate func writeData(_ writer: inout JSONWriter) {
        switch self {
        case .registered(let queued, let reference, let isNew, let operatorName):
            writer.member("patientReference", reference)
            writer.key("isNew")
            writer.boolean(isNew)
            writer.member("vouchedBy", operatorName)
            writer.key("profile")
            ProfileText.write(queued, into: &writer)
        case .linked(let links, let address):
            writer.member("abhaAddress", address.text)
            writer.member("proof", links.first?.proof.rawValue)
            writer.key("careContexts")
            writer.beginArray()
            for link in links {
                writer.beginObject()
                writer.member("patientReference", link.context.patientReference)
                writer.member("reference", link.context.reference)
                writer.endObject()
            }
            writer.endArray()
        case .status(let change, let references):
            writer.member("abhaAddress", change.address.text)
            writer.member("status", change.status.rawValue)
            writer.key("patientReferences")
            writer.beginArray()
            for reference in references { writer.string(reference) }
            writer.endArray()
        }
    }
}

extension OutboundMessage {
    /// An announcement to a facility's own system.
    ///
    /// - Parameters:
    ///   - announcement: what happened.
    ///   - id: of the event, the same at every try.
    ///   - facility: where it happened.
    ///   - now: when.
    public init(_ announcement: Announcement, id: String, facility: String, now: WireTime) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("type")
        writer.string(announcement.type)
        writer.key("timestamp")
        writer.string(now.text)
        writer.key("facility")
        writer.string(facility)
        writer.key("data")
        writer.beginObject()
        announcement.writeData(&writer)
        writer.endObject()
        writer.endObject()
        self.init(
            destination: GatewayPath(.webhook, ""), facility: facility, consentManager: nil,
            body: String(decoding: writer.take(), as: UTF8.self))
    }

    /// The event's id, where this is an announcement.
    public var announcementID: String? {
        guard destination.base == .webhook else { return nil }
        return MessageObject.read(body) { (root, document) throws(MessageError) in
            try root.text("id", in: document)
        } ?? nil
    }
}
