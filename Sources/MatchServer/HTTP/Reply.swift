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
        record.isStreaming = isStreaming
        if isStreaming {
            record.isAnswered = true
        } else {
            countAnswer(record, status: status)
        }
        return result
    }

    /// Sends the decision's reply that has just been written.
    func sendDecision(
        status: UInt32, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        // A drain says so in a header of its own.
        guard !shared.isDraining.load(ordering: .relaxed),
            let response = unsafe keptResponses.lend(desk.bytes, second: HTTPDate.now)
        else {
            return unsafe sendCopy(status: status, record, connection)
        }
        let result = unsafe MHD_queue_response(connection, status, response)
        guard result == .YES else {
            keptResponses.takeBack()
            return result
        }
        record.hasKeptResponse = true
        countAnswer(record, status: status)
        return result
    }

    private func sendCopy(
        status: UInt32, _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> MHD_Result {
        guard let response = unsafe copyingResponse(desk.bytes) else { return .NO }
        unsafe addHeader("Content-Type", "application/json", to: response)
        return unsafe queue(response, status: status, record, connection)
    }

    /// Counts a request whose reply is under way, and its time.
    private func countAnswer(_ record: ConnectionRecord, status: UInt32) {
        record.isAnswered = true
        let route = record.target?.route ?? .unknown
        counters.countRequest(route, status: status)
        let nanoseconds = monotonicNanoseconds() &- record.startedNanoseconds
        counters.countDuration(route, nanoseconds: nanoseconds)
    }
}

/// Adds a header; both strings end with a NUL, as static strings do.
func addHeader(_ name: StaticString, _ value: StaticString, to response: OpaquePointer) {
    let name = unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    let value = unsafe UnsafeRawPointer(value.utf8Start).assumingMemoryBound(to: CChar.self)
    _ = unsafe MHD_add_response_header(response, name, value)
}
