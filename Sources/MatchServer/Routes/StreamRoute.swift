internal import ABDM
internal import CMicroHTTPD
internal import Glibc
internal import Index
internal import Synchronization

extension Worker {
    /// `GET /v1/counters/{code}/profiles/stream`: the queue of a counter as it changes.
    func answerStream(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let conversation = shared.conversation, let target = record.conversation,
            let counter = target.name
        else { return unsafe send(.unknownPath, record, connection) }
        let facility: String
        do throws(MessageError) {
            facility = try Self.facility(
                header: record.headers.facility?.text, query: target.query,
                among: conversation.facilities)
        } catch {
            return unsafe sendError(400, error.message, record, connection)
        }
        if shared.isDraining.load(ordering: .relaxed) {
            return unsafe send(.draining, record, connection)
        }
        let streams = conversation.streams
        let stream = unsafe DeskStream(
            DeskCounter(facility: facility, counter: counter), after: lastEvent(connection),
            of: streams, connection, shared)
        guard streams.open(stream, limit: shared.configuration.connectionsMax / 2) else {
            return unsafe send(.tooManyStreams, record, connection)
        }
        // What a client does not take waits in the kernel; not megabytes of it.
        var bytes: Int32 = 64 << 10
        _ = unsafe setsockopt(
            record.socket, SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        let context = unsafe Unmanaged.passRetained(StreamReply(stream, streams, record, shared))
        let response: OpaquePointer? = unsafe MHD_create_response_from_callback(
            UInt64.max, 4 << 10,
            { context, _, buffer, bufferBytes in
                guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
                let reply = unsafe Unmanaged<StreamReply>.fromOpaque(context).takeUnretainedValue()
                return unsafe reply.read(
                    into: UnsafeMutableRawBufferPointer(start: buffer, count: bufferBytes))
            }, context.toOpaque(),
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<StreamReply>.fromOpaque(context).takeRetainedValue().close()
            })
        guard let response = unsafe response else {
            unsafe context.takeRetainedValue().close()
            return .NO
        }
        unsafe addHeader("Content-Type", "text/event-stream", to: response)
        unsafe addHeader("Cache-Control", "no-store", to: response)
        // Or nginx would keep events back until it has a buffer's worth.
        unsafe addHeader("X-Accel-Buffering", "no", to: response)
        return unsafe queue(response, status: 200, record, connection, isStreaming: true)
    }

    /// The facility whose counter it is: named by the header, or by the query, since the `EventSource` of a browser
    /// sends no header of ours.
    ///
    /// - Throws: `MessageError`, naming the header or the parameter at fault.
    private static func facility(
        header: String?, query: String, among facilities: FacilityList
    ) throws(MessageError) -> String {
        let parameter = try QueryParameters(query, names: ["hip"])["hip"]
        guard let name = header ?? parameter else {
            throw MessageError("header X-HIP-ID", "is missing, and so is the query parameter hip")
        }
        guard facilities.permits(name.utf8.span) else {
            throw MessageError(
                header == nil ? "query parameter hip" : "header X-HIP-ID",
                "is not a facility of this server")
        }
        guard parameter == nil || parameter == name else {
            throw MessageError("query parameter hip", "differs from the header X-HIP-ID")
        }
        return name
    }

    /// The event that a client has seen last, as it says; 0 where it says none.
    private func lastEvent(_ connection: OpaquePointer) -> Int64 {
        guard
            let value = unsafe MHD_lookup_connection_value(
                connection, .HEADER_KIND, "Last-Event-ID")
        else { return 0 }
        return unsafe max(0, Int64(String(cString: value)) ?? 0)
    }
}

/// A stream as the library's response has it.
private final class StreamReply {
    private let stream: DeskStream
    private let streams: DeskStreams
    private let record: ConnectionRecord
    private let shared: ServerShared

    init(
        _ stream: DeskStream, _ streams: DeskStreams, _ record: ConnectionRecord,
        _ shared: ServerShared
    ) {
        self.stream = stream
        self.streams = streams
        self.record = record
        self.shared = shared
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        // A client that takes what there is is making progress, however long that goes on.
        record.stamp(.replying, shared.clock.now)
        return unsafe stream.read(into: buffer)
    }

    func close() { streams.close(stream) }
}
