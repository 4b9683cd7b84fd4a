package import ABDM
internal import CMicroHTTPD
package import Index
package import JSON

/// Answers request bodies in their order, which stand in parts of some bytes; each event loop has its own, with the
/// memory it keeps.
///
/// What is given as `each` is called when a reply has been written.
package typealias DecideFunction = (
    _ parts: Span<Range<Int>>, _ bytes: Span<UInt8>, _ facility: Span<UInt8>?,
    _ requestID: Span<UInt8>?, _ explain: Bool, _ snapshot: Snapshot, _ writer: inout JSONWriter,
    _ each: (DecisionReport, inout JSONWriter) -> Void
) -> Void

/// What `DiscoveryReport` says, in a form that a stand-in for the decision can make too.
package typealias DecisionReport = (
    outcome: DiscoveryOutcome, candidatesVisited: Int, namesCompared: Int
)

/// What a decision needs beside the body.
struct DecisionContext {
    let facility: HeaderValue?
    let requestID: HeaderValue?
    let explain: Bool
    let lease: SnapshotLease

    init(_ record: ConnectionRecord, _ lease: SnapshotLease) {
        facility = record.headers.facility
        requestID = record.headers.requestID
        explain = record.target?.explain ?? false
        self.lease = lease
    }
}

/// A decision's door together with the memory that replies are written in.
struct DecisionDesk: ~Copyable {
    let decide: DecideFunction
    private var writer = JSONWriter()

    init(_ decide: @escaping DecideFunction) { self.decide = decide }

    /// How many bytes have been written since the last reset.
    var byteCount: Int { writer.bytes.count }

    mutating func reset() { writer.reset() }

    /// Decides on a whole body and writes the reply behind what is there.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - context: what a decision needs beside it.
    /// - Returns: what the decision says of itself.
    mutating func decide(
        _ body: borrowing BodyBuffer, _ context: DecisionContext
    ) -> DecisionReport {
        let part: [1 of Range<Int>] = [0..<body.count]
        var only: DecisionReport = (.badRequest, 0, 0)
        decide(
            part.span, body.bytes, context.facility?.bytes, context.requestID?.bytes,
            context.explain, context.lease.snapshot, &writer
        ) { report, _ in only = report }
        return only
    }

    /// Decides on lines of a body and writes each one's reply, a line too, behind what is there.
    ///
    /// - Parameters:
    ///   - body: what holds the lines.
    ///   - lines: where they stand.
    ///   - context: what a decision needs beside it.
    ///   - each: called with what each decision says of itself.
    mutating func decide(
        _ body: borrowing BodyBuffer, lines: Span<Range<Int>>, _ context: DecisionContext,
        each: (DecisionReport) -> Void
    ) {
        decide(
            lines, body.bytes, context.facility?.bytes, context.requestID?.bytes, context.explain,
            context.lease.snapshot, &writer
        ) { report, writer in
            writer.raw("\n")
            each(report)
        }
    }

    /// Writes the line that stands for a refused one.
    mutating func writeLine(_ refusal: Refusal) {
        let entry = refusal.entry
        DiscoverResponse.writeError(
            code: entry.code, message: "\(entry.message)", into: &writer)
        writer.raw("\n")
    }

    /// Copies written bytes from `offset` on.
    ///
    /// - Returns: how many.
    borrowing func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let bytes = writer.bytes
        let count = min(buffer.count, bytes.count - offset)
        let piece = bytes.extracting(offset..<(offset + count))
        unsafe piece.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
        return count
    }

    /// A response with a copy of what has been written; nil when there is no memory.
    borrowing func makeResponse() -> OpaquePointer? { unsafe copyingResponse(writer.bytes) }
}

/// A response with a copy of the bytes; nil when there is no memory.
func copyingResponse(_ bytes: Span<UInt8>) -> OpaquePointer? {
    unsafe bytes.withUnsafeBytes { raw in
        unsafe MHD_create_response_from_buffer(
            raw.count, UnsafeMutableRawPointer(mutating: raw.baseAddress), .RESPMEM_MUST_COPY)
    }
}
