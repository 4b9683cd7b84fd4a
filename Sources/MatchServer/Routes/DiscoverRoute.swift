internal import ABDM
internal import CMicroHTTPD
internal import Index

extension Worker {
    /// `POST /v1/discover`: one body, one decision, in the world of one snapshot.
    func answerDiscover(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        desk.reset()
        let report = desk.decide(body, DecisionContext(record, consume lease))
        record.body = consume body
        counters.countDecision(.discover, report)
        guard let response = unsafe desk.makeResponse() else { return .NO }
        unsafe addHeader("Content-Type", "application/json", to: response)
        return unsafe queue(
            response, status: report.outcome == .badRequest ? 400 : 200, record, connection)
    }
}
