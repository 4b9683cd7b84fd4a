internal import ABDM
internal import CMicroHTTPD
internal import Dispatch
internal import Index
internal import JSON
internal import Ledger

/// The body of a refusal whose words are only known at run time.
func errorObject(code: Int, message: String) -> [UInt8] {
    var writer = JSONWriter()
    DiscoverResponse.writeError(code: code, message: message, into: &writer)
    return writer.take()
}

extension Worker {
    /// `POST /v1/care-contexts`: what the facility wrote down, to be linked by itself.
    func answerRecords(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        let lease = snapshots.read()
        return unsafe answerDesk(
            record, connection,
            read: { (body, facility) throws(MessageError) in
                (facility, try DeskMessages.contexts(body))
            },
            perform: { conversation, recorded, then in
                conversation.record(recorded.1, facility: recorded.0, patients: lease, then: then)
            },
            render: { reply in
                guard case .recorded(let records, _) = reply else { return .notWritten }
                return .json(DeskMessages.states(records), status: 202)
            })
    }

    /// `POST /v1/profiles/{id}/register`: whose record a shared profile belongs to.
    func answerRegistration(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        let id = record.conversation?.name ?? ""
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        return unsafe answerDesk(
            record, connection,
            read: { (body, facility) throws(MessageError) in
                try DeskMessages.registration(body, profileID: id, facility: facility)
            },
            perform: { conversation, unchecked, then in
                DispatchQueue.global().async {
                    var registration = unchecked
                    registration.isRecorded = lease.snapshot.holds(
                        id: registration.patientReference, facility: registration.facility)
                    conversation.perform(.register(registration), then: then)
                }
            },
            render: { reply in
                guard case .registered(let outcome, _) = reply else { return .notWritten }
                return DeskMessages.answer(outcome)
            })
    }

    /// Sends a refusal whose words are only known at run time.
    func sendError(
        _ status: UInt32, _ message: String, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        unsafe sendJSON(
            errorObject(code: 3400, message: message), status: status, record, connection)
    }

    /// A request of the HRP's own systems: read, handed to the ledger, set aside, and answered.
    ///
    /// - Parameters:
    ///   - record: the connection's.
    ///   - connection: the library's.
    ///   - read: the body's meaning.
    ///   - render: the reply's body.
    /// - Returns: what the library wants to hear.
    func answerDesk(
        _ record: ConnectionRecord, _ connection: OpaquePointer,
        read: (Span<UInt8>, String) throws(MessageError) -> LedgerCommand,
        render: @escaping @Sendable (LedgerReply) -> DeferredAnswer
    ) -> MHD_Result {
        unsafe answerDesk(
            record, connection, read: read, perform: { $0.perform($1, then: $2) }, render: render)
    }

    /// The same for a request that is more than a command to the ledger.
    ///
    /// - Parameters:
    ///   - record: the connection's.
    ///   - connection: the library's.
    ///   - read: the body's meaning.
    ///   - perform: does it; what takes longer than an event loop may be kept from others goes beside it.
    ///   - render: the reply's body.
    /// - Returns: what the library wants to hear.
    private func answerDesk<Meaning>(
        _ record: ConnectionRecord, _ connection: OpaquePointer,
        read: (Span<UInt8>, String) throws(MessageError) -> Meaning,
        perform: (ConversationService, Meaning, @escaping @Sendable (LedgerReply?) -> Void) -> Void,
        render: @escaping @Sendable (LedgerReply) -> DeferredAnswer
    ) -> MHD_Result {
        guard let conversation = shared.conversation,
            let facility = record.headers.facility?.text
        else { return unsafe send(.unknownPath, record, connection) }
        switch record.deferral?.take() {
        case nil: break
        case .json(let bytes, let status):
            return unsafe sendJSON(bytes, status: status, record, connection)
        case .judged, .accepted, .notWritten:
            return unsafe send(.notWritten, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        let meaning = Self.meaning(body, facility, read)
        record.body = consume body
        switch meaning {
        case .failure(let error):
            return unsafe sendError(400, error.message, record, connection)
        case .success(let meaning):
            let deferral = unsafe Deferral.suspend(connection, of: shared)
            record.deferral = deferral
            perform(conversation, meaning) { reply in
                deferral.resume(reply.map(render) ?? .notWritten)
            }
            return .YES
        }
    }

    private static func meaning<Meaning>(
        _ body: borrowing BodyBuffer, _ facility: String,
        _ read: (Span<UInt8>, String) throws(MessageError) -> Meaning
    ) -> Result<Meaning, MessageError> {
        do throws(MessageError) {
            return .success(try read(body.bytes, facility))
        } catch {
            return .failure(error)
        }
    }

    /// Sends a body that was written for it.
    func sendJSON(
        _ bytes: [UInt8], status: UInt32, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let response = unsafe copyingResponse(bytes.span) else { return .NO }
        unsafe addHeader("Content-Type", "application/json", to: response)
        return unsafe queue(response, status: status, record, connection)
    }
}

extension Snapshot {
    /// Whether a facility has a record of that id.
    fileprivate func holds(id: String, facility: String) -> Bool {
        guard let number = image.facility(named: facility.utf8.span) else { return false }
        return !image.rows(ofIDs: [id], facility: number).isEmpty
    }
}
