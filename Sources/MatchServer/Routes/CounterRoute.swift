internal import ABDM
internal import CMicroHTTPD
internal import Index
internal import JSON
internal import Ledger
internal import Matcher

extension Worker {
    /// `GET /v0.5/heartbeat`: the gateway asks whether the facility can be reached.
    func answerHeartbeat(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation else {
            return unsafe send(.unknownPath, record, connection)
        }
        let isUp = shared.snapshots.read() != nil
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("timestamp")
        writer.string(conversation.now.text)
        writer.key("status")
        writer.string(isUp ? "UP" : "DOWN")
        writer.key("error")
        writer.null()
        writer.endObject()
        let bytes = writer.take()
        return unsafe send(bytes.span, type: "application/json", record, connection)
    }

    /// `GET /v1/counters/{code}/profiles`: who stands in the queue of a counter today.
    func answerCounter(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation, let counter = record.conversation?.name,
            let facility = record.headers.facility?.text
        else { return unsafe send(.unknownPath, record, connection) }
        switch record.deferral?.take() {
        case nil: break
        case .json(let bytes, _):
            return unsafe send(bytes.span, type: "application/json", record, connection)
        case .authorized, .notAuthorized, .accepted, .notWritten:
            return unsafe send(.notWritten, record, connection)
        }
        let deferral = unsafe Deferral.suspend(connection, of: shared)
        record.deferral = deferral
        conversation.perform(.queue(facility: facility, counter: counter)) { reply in
            guard case .queue(let queue) = reply else { return deferral.resume(.notWritten) }
            deferral.resume(.json(profileList(queue)))
        }
        return .YES
    }
}

/// The reply to a desk that asks for its queue.
private func profileList(_ queue: [QueuedProfile]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("profiles")
    writer.beginArray()
    for queued in queue { write(queued, into: &writer) }
    writer.endArray()
    writer.endObject()
    return writer.take()
}

private func write(_ queued: QueuedProfile, into writer: inout JSONWriter) {
    let profile = queued.profile
    writer.beginObject()
    member("id", queued.id, &writer)
    writer.key("tokenNumber")
    writer.integer(queued.number)
    member("sharedAt", queued.sharedAt.text, &writer)
    member("name", profile.name, &writer)
    member("gender", "\(profile.gender.code)", &writer)
    writer.key("yearOfBirth")
    if let birthDate = profile.birthDate {
        writer.integer(birthDate.year)
        if case .day(_, let month, let day) = birthDate {
            writer.key("monthOfBirth")
            writer.integer(Int(month))
            writer.key("dayOfBirth")
            writer.integer(Int(day))
        }
    } else {
        writer.null()
    }
    member("abhaAddress", profile.address.text, &writer)
    member("abhaNumber", profile.abhaNumber?.text, &writer)
    member("mobile", profile.mobile.map { "+\($0.e164)" }, &writer)
    writer.key("address")
    writer.beginObject()
    member("line", profile.home.line, &writer)
    member("district", profile.home.district, &writer)
    member("state", profile.home.state, &writer)
    member("pincode", profile.home.pinCode, &writer)
    writer.endObject()
    if case .found(let patient) = profile.finding {
        member("verdict", "returning", &writer)
        member("patientReference", patient.reference, &writer)
        writer.key("matchedBy")
        writer.beginArray()
        for kind in IdentifierKind.allCases where patient.matchedBy.contains(IdentifierKinds(kind))
        {
            writer.string("\(kind)")
        }
        writer.endArray()
    } else {
        member("verdict", "new", &writer)
        member("patientReference", nil, &writer)
        // Somebody at the desk may tell the several apart, where a rule cannot.
        writer.key("isAmbiguous")
        writer.boolean(profile.finding == .several)
    }
    writer.endObject()
}

private func member(_ name: StaticString, _ text: String?, _ writer: inout JSONWriter) {
    writer.key(name)
    if let text { writer.string(text) } else { writer.null() }
}
