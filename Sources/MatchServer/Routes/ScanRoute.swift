internal import ABDM
internal import CMicroHTTPD
internal import Index
internal import JSON
internal import Ledger

extension Worker {
    /// `POST /v1/scan`: who the person is whose own code a desk has scanned.
    ///
    /// With a conversation the profile is kept, so that it can be registered; without one it is looked up alone.
    func answerScan(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        switch record.deferral?.take() {
        case nil: break
        case .json(let bytes, let status):
            return unsafe sendJSON(bytes, status: status, record, connection)
        case .judged, .accepted, .notWritten:
            return unsafe send(.notWritten, record, connection)
        }
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        let facility = record.headers.facility?.text ?? shared.configuration.defaultFacility
        let result = scan(body, facility: facility, in: lease.snapshot)
        record.body = consume body
        let profile: SharedProfile
        switch result {
        case .success(let found): profile = found
        case .failure(let error): return unsafe sendError(400, error.message, record, connection)
        }
        guard let conversation = shared.conversation else {
            return unsafe sendJSON(scanReply(profile, id: nil), status: 200, record, connection)
        }
        let deferral = unsafe Deferral.suspend(connection, of: shared)
        record.deferral = deferral
        conversation.perform(.keep(facility: facility, profile)) { reply in
            guard case .queue(let queue) = reply, let kept = queue.first else {
                return deferral.resume(.notWritten)
            }
            deferral.resume(.json(scanReply(kept.profile, id: kept.id)))
        }
        return .YES
    }

    private func scan(
        _ body: borrowing BodyBuffer, facility: String, in snapshot: Snapshot
    ) -> Result<SharedProfile, MessageError> {
        let isProduction = shared.conversation?.configuration.isProduction ?? false
        let scanned: ScannedProfile
        do throws(ScanError) {
            scanned = try ScannedProfile(
                scanned: body.bytes, domain: isProduction ? .production : .sandbox)
        } catch {
            return .failure(MessageError("scanned text:", error.description))
        }
        do throws(MessageError) {
            return .success(try find(scanned, facility: facility, in: snapshot))
        } catch {
            return .failure(error)
        }
    }
}

/// The reply to a desk that has scanned somebody's code.
private func scanReply(_ profile: SharedProfile, id: String?) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("profile")
    writer.beginObject()
    if let id { writer.member("id", id) }
    ProfileText.writePerson(profile, into: &writer)
    writer.endObject()
    ProfileText.writeFinding(profile.finding, into: &writer)
    writer.endObject()
    return writer.take()
}
