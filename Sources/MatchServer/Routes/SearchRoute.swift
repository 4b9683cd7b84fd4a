internal import ABDM
internal import CMicroHTTPD
internal import Index
internal import JSON

extension Worker {
    /// `POST /v1/search`: the facility's own desk asks who somebody is.
    func answerSearch(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        let report = searches.answer(body, record.headers.facility?.bytes, lease)
        record.body = consume body
        counters.countSearch(report)
        guard let response = unsafe searches.makeResponse() else { return .NO }
        unsafe addHeader("Content-Type", "application/json", to: response)
        return unsafe queue(response, status: report.isAnswered ? 200 : 400, record, connection)
    }
}

/// A searcher together with the memory that its replies are written in.
struct SearchDesk: ~Copyable {
    private var searcher: Searcher
    private var writer = JSONWriter()

    init(defaultFacility: String) { searcher = Searcher(defaultFacility: defaultFacility) }

    mutating func answer(
        _ body: borrowing BodyBuffer, _ facility: Span<UInt8>?, _ lease: SnapshotLease
    ) -> SearchReport {
        writer.reset()
        return searcher.search(
            body: body.bytes, facility: facility, in: lease.snapshot, into: &writer)
    }

    /// A response with a copy of what was written last; nil when there is no memory.
    borrowing func makeResponse() -> OpaquePointer? { unsafe copyingResponse(writer.bytes) }
}
