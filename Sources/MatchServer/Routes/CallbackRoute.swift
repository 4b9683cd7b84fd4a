internal import ABDM
internal import CMicroHTTPD
internal import Index
internal import Synchronization

extension Worker {
    /// Why a request to the conversation is turned down from its headers alone; nil for any other request.
    ///
    /// Those whose facility may stand elsewhere look for it themselves.
    func conversationRefusal(_ record: ConnectionRecord) -> Refusal? {
        guard let target = record.conversation, target.route != .heartbeat,
            target.route != .qr, target.route != .stream, let conversation = shared.conversation
        else { return nil }
        if let callback = target.callback {
            let missing = Span<UInt8>()
            let judgement: TokenJudgement?
            if let authorization = record.headers.authorization {
                judgement = conversation.judgeNow(authorization.bytes, callback.version)
            } else {
                judgement = conversation.judgeNow(missing, callback.version)
            }
            if judgement == .bad { return .notAuthorized }
            if judgement == .notKnown { return .keysMissing }
            record.isAuthorized = judgement == .good
        }
        guard let facility = record.headers.facility else { return .facilityMissing }
        return conversation.facilities.permits(facility.bytes) ? nil : .facilityUnknown
    }

    /// A callback of ABDM: it is decided, written down, and acknowledged; the answer goes its own way.
    func answerCallback(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation, let path = record.conversation?.callback
        else {
            return unsafe send(.unknownPath, record, connection)
        }
        switch record.deferral?.take() {
        case nil: break
        case .judged(.good): record.isAuthorized = true
        case .judged(.bad): return unsafe send(.notAuthorized, record, connection)
        case .judged(.notKnown): return unsafe send(.keysMissing, record, connection)
        case .accepted: return unsafe acknowledge(record, connection)
        case .notWritten, .json: return unsafe send(.notWritten, record, connection)
        }
        if !record.isAuthorized {
            let deferral = unsafe Deferral.suspend(connection, of: shared)
            record.deferral = deferral
            let missing = Span<UInt8>()
            let then: @Sendable (TokenJudgement) -> Void = { deferral.resume(.judged($0)) }
            if let authorization = record.headers.authorization {
                conversation.judge(authorization.bytes, path.version, then: then)
            } else {
                conversation.judge(missing, path.version, then: then)
            }
            return .YES
        }
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        let headers = CallbackHeaders(
            facility: record.headers.facility?.text, requestID: record.headers.requestID?.text,
            timestamp: record.headers.timestamp?.text)
        let result = decode(
            body, path: path, headers: headers, in: lease.snapshot, of: conversation)
        record.body = consume body
        let callback: Callback
        switch result {
        case .success(let decoded): callback = decoded
        case .failure(let error): return unsafe sendError(400, error.message, record, connection)
        }
        let deferral = unsafe Deferral.suspend(connection, of: shared)
        record.deferral = deferral
        conversation.receive(callback) { isKept in
            deferral.resume(isKept ? .accepted : .notWritten)
        }
        return .YES
    }

    private func decode(
        _ body: borrowing BodyBuffer, path: CallbackPath, headers: CallbackHeaders,
        in snapshot: Snapshot, of conversation: ConversationService
    ) -> Result<Callback, MessageError> {
        do throws(MessageError) {
            // There is one: a server with a conversation makes it with the worker.
            guard
                let callback = try callbackDecoder?.decode(
                    body.bytes, path: path, headers: headers, in: snapshot)
            else { return .failure(MessageError("body", "cannot be read")) }
            try conversation.configuration.replayWindow.judge(callback.head, now: conversation.now)
            return .success(callback)
        } catch {
            return .failure(error)
        }
    }

    private func acknowledge(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let response = unsafe copyingResponse(Span()) else { return .NO }
        return unsafe queue(response, status: 202, record, connection)
    }
}
