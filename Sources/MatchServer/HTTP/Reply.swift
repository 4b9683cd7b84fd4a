internal import CMicroHTTPD
internal import Synchronization

extension Worker {
    /// Sends a reply to a request that was granted, with a copy of the bytes.
    func send(
        _ bytes: Span<UInt8>, type: StaticString, _ record: ConnectionRecord,
        _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let response = unsafe copyingResponse(bytes) else { return .NO }
        unsafe addHeader("Content-Type", type, to: response)
        return unsafe queue(response, status: 200, record, connection)
    }

    /// Sends the reply of a refusal.
    func send(
        _ refusal: Refusal, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        let entry = refusal.entry
        let json = refusal.json
        guard let response = unsafe copyingResponse(json.utf8.span) else { return .NO }
        unsafe addHeader("Content-Type", "application/json", to: response)
        if entry.retry { unsafe addHeader("Retry-After", "1", to: response) }
        if refusal == .methodNotAllowed, let allow = record.target?.route.entry?.allow {
            unsafe addHeader("Allow", allow, to: response)
        }
        return unsafe queue(response, status: entry.status, record, connection)
    }

    /// Hands a response to the library, which then owns it.
    ///
    /// One that streams, as it is made while it is sent, is counted and timed at its end.
    func queue(
        _ response: OpaquePointer, status: UInt32, _ record: ConnectionRecord,
        _ connection: OpaquePointer, isStreaming: Bool = false
    ) -> MHD_Result {
        if shared.isDraining.load(ordering: .relaxed) {
            unsafe addHeader("Connection", "close", to: response)
        }
        let result = unsafe MHD_queue_response(connection, status, response)
        unsafe MHD_destroy_response(response)
        guard result == .YES else { return result }
        record.isAnswered = true
        record.isStreaming = isStreaming
        if isStreaming { return result }
        let route = record.target?.route ?? .unknown
        counters.countRequest(route, status: status)
        let nanoseconds = monotonicNanoseconds() &- record.startedNanoseconds
        counters.countDuration(route, nanoseconds: nanoseconds)
        return result
    }

    /// Adds a header; both strings end with a NUL, as static strings do.
    func addHeader(_ name: StaticString, _ value: StaticString, to response: OpaquePointer) {
        let name = unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        let value = unsafe UnsafeRawPointer(value.utf8Start).assumingMemoryBound(to: CChar.self)
        _ = unsafe MHD_add_response_header(response, name, value)
    }
}
