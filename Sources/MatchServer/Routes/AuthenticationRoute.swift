internal import ABDM
internal import CMicroHTTPD
internal import Ledger

extension Worker {
    /// `/v1/profiles/{id}/auth`: a desk has ABDM authenticate a person, and looks how far that has come.
    func answerAuthentication(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        let id = record.conversation?.name ?? ""
        let isPost = record.method == .post
        return unsafe answerDesk(
            record, connection,
            read: { (body, facility) throws(MessageError) in
                guard isPost else { return .authentication(profileID: id, facility: facility) }
                return .authenticate(
                    try DeskMessages.authenticationStep(body), profileID: id, facility: facility)
            },
            render: { reply in
                guard case .authentication(let outcome, _) = reply else { return .notWritten }
                return DeskMessages.answer(outcome, isBegun: isPost)
            })
    }
}
