internal import ABDM
internal import JSON
internal import Ledger
internal import Matcher

/// The bodies that the HRP's own systems send and get.
enum DeskMessages {
    /// Care contexts of one request.
    private static let contextsMax = 1000

    /// Reads `{"patientId", "reference", "display", "hiType", "date", "mobile"}`, or a list of them.
    static func contexts(_ body: Span<UInt8>) throws(MessageError) -> [RecordedContext] {
        var document = JSONDocument()
        try document.parse(body: body)
        var objects: [MessageObject] = []
        if document.kind(of: document.root) == .array {
            objects = try MessageObject.list(document.root, "", in: document)
        } else {
            objects = [try MessageObject(rootOf: document)]
        }
        guard (1...contextsMax).contains(objects.count) else {
            throw MessageError("body", "must have 1 to \(contextsMax) care contexts")
        }
        var contexts: [RecordedContext] = []
        for object in objects {
            let reference = try object.requiredText("reference", in: document)
            let name = try object.text("hiType", in: document) ?? ""
            guard
                let type = HealthInformationType.allCases.first(where: { "\($0.wireName)" == name })
            else {
                throw MessageError(
                    object.field("hiType"), "is not a health information type of ABDM")
            }
            let context = OfferedContext(
                patientReference: try object.requiredText("patientId", in: document),
                reference: reference,
                display: try object.text("display", in: document) ?? reference, hiType: type)
            contexts.append(
                RecordedContext(
                    context: context, day: try day(object, in: document),
                    mobile: try mobile(object, in: document)))
        }
        return contexts
    }

    /// The day of a care context as ABDM wants it; nil where none is said.
    private static func day(
        _ object: MessageObject, in document: borrowing JSONDocument
    ) throws(MessageError) -> String? {
        guard let text = try object.text("date", in: document) else { return nil }
        guard case .day(let year, let month, let day)? = try? BirthDate.parse(text.utf8.span)
        else { throw MessageError(object.field("date"), "is not a date") }
        func padded(_ number: UInt8) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    /// The patient's mobile; nil where none is said.
    private static func mobile(
        _ object: MessageObject, in document: borrowing JSONDocument
    ) throws(MessageError) -> PhoneNumber? {
        guard let text = try object.text("mobile", in: document) else { return nil }
        guard let mobile = try? PhoneNumber(parsing: text.utf8.span) else {
            throw MessageError(object.field("mobile"), "is not a mobile")
        }
        return mobile
    }

    /// Reads `{"patientReference", "override"}`; whether there is such a record is looked up afterwards.
    static func registration(
        _ body: Span<UInt8>, profileID: String, facility: String
    ) throws(MessageError) -> ProfileRegistration {
        var document = JSONDocument()
        try document.parse(body: body)
        let root = try MessageObject(rootOf: document)
        return ProfileRegistration(
            profileID: profileID, facility: facility,
            patientReference: try root.requiredText("patientReference", in: document),
            isRecorded: true, vouchedBy: try root.text("override", in: document))
    }

    /// Where each record stands.
    static func states(_ records: [NewRecord]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("careContexts")
        writer.beginArray()
        for record in records {
            writer.beginObject()
            writer.key("reference")
            writer.string(record.context.reference)
            writer.key("state")
            writer.string(record.state.rawValue)
            if !record.problem.isEmpty {
                writer.key("problem")
                writer.string(record.problem)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.take()
    }

    /// What became of a registration.
    static func answer(_ outcome: RegistrationOutcome) -> DeferredAnswer {
        switch outcome {
        case .unknownProfile:
            return .json(
                errorObject(code: 3404, message: "there is no such profile"), status: 404)
        case .otherRecord:
            return .json(
                errorObject(
                    code: 3403,
                    message:
                        "the profile does not show to be this record's; register it onto the one"
                        + " that it was found under, or name the operator who answers for it in override"
                ), status: 409)
        case .registered(let queued):
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("id")
            writer.string(queued.id)
            writer.key("abhaAddress")
            writer.string(queued.profile.address.text)
            writer.endObject()
            return .json(writer.take())
        }
    }
}
