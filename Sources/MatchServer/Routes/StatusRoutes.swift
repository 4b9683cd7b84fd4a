internal import CMicroHTTPD
internal import Index
internal import Synchronization

extension Worker {
    /// `GET /healthz`: the process serves.
    func answerHealth(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        unsafe send(
            "{\"status\":\"ok\"}", type: "application/json", record, connection)
    }

    /// `GET /readyz`: patients are loaded and requests are welcome.
    func answerReadiness(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        if shared.isDraining.load(ordering: .relaxed) {
            return unsafe send(.draining, record, connection)
        }
        guard let snapshot = shared.snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        return unsafe send(
            "{\"status\":\"ready\",\"rows\":\(snapshot.rows)}", type: "application/json", record,
            connection)
    }

    /// `GET /metrics`: the counters as Prometheus reads them.
    func answerMetrics(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        unsafe send(
            ServerMetrics(shared).prometheusText, type: "text/plain; version=0.0.4; charset=utf-8",
            record, connection)
    }

    /// `GET /openapi.json`: the description of this interface.
    func answerOpenAPI(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        unsafe send(openAPIDocument, type: "application/json", record, connection)
    }

    private func send(
        _ text: String, type: StaticString, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        unsafe send(text.utf8.span, type: type, record, connection)
    }
}
