internal import ABDM
internal import CMicroHTTPD
internal import Index
internal import JSON
internal import Ledger
internal import Synchronization

extension Worker {
    /// `GET /v0.5/heartbeat`: the gateway asks whether the facility can be reached.
    ///
    /// It is up when a callback would be answered as `/readyz` has it: patients are loaded, and it is not going down.
    func answerHeartbeat(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation else {
            return unsafe send(.unknownPath, record, connection)
        }
        let isUp =
            shared.snapshots.read() != nil && !shared.isDraining.load(ordering: .relaxed)
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
        let counter = record.conversation?.name ?? ""
        return unsafe answerDesk(
            record, connection,
            read: { (_, facility) throws(MessageError) in
                .queue(facility: facility, counter: counter)
            },
            render: { reply in
                guard case .queue(let queue) = reply else { return .notWritten }
                return .json(profileList(queue))
            })
    }
}

/// The reply to a desk that asks for its queue.
private func profileList(_ queue: [QueuedProfile]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("profiles")
    writer.beginArray()
    for queued in queue { ProfileText.write(queued, into: &writer) }
    writer.endArray()
    writer.endObject()
    return writer.take()
}
