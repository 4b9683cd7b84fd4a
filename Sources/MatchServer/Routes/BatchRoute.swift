internal import ABDM
internal import CMicroHTTPD
internal import Glibc
internal import Index

extension Worker {
    /// `POST /v1/discover/batch`: the decisions are made while the reply streams out.
    func answerBatch(_ record: ConnectionRecord, _ connection: OpaquePointer) -> MHD_Result {
        guard let lease = snapshots.read() else {
            return unsafe send(.notReady, record, connection)
        }
        guard let body = record.body.take() ?? BodyBuffer(budget: shared.budget) else {
            return unsafe send(.outOfMemory, record, connection)
        }
        let batch = BatchReply(self, record, body: body, lease: lease)
        let context = unsafe Unmanaged.passRetained(batch)
        let response: OpaquePointer? = unsafe MHD_create_response_from_callback(
            UInt64.max, 16 << 10,
            { context, _, buffer, bufferBytes in
                guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
                let batch = unsafe Unmanaged<BatchReply>.fromOpaque(context).takeUnretainedValue()
                return unsafe batch.read(
                    into: UnsafeMutableRawBufferPointer(start: buffer, count: bufferBytes))
            }, context.toOpaque(),
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<BatchReply>.fromOpaque(context).release()
            })
        guard let response = unsafe response else {
            unsafe context.release()
            return .NO
        }
        unsafe addHeader("Content-Type", "application/x-ndjson", to: response)
        return unsafe queue(response, status: 200, record, connection, isStreaming: true)
    }
}

/// A batch whose reply is under way; all that it holds goes with the response.
///
/// The event loop asks for a buffer's worth at a time and serves its other connections in between.
private final class BatchReply {
    private let worker: Worker
    private let record: ConnectionRecord
    private let startedNanoseconds: UInt64
    private var lines: BatchLines
    private var isFinished = false

    init(
        _ worker: Worker, _ record: ConnectionRecord, body: consuming BodyBuffer,
        lease: SnapshotLease
    ) {
        self.worker = worker
        self.record = record
        startedNanoseconds = record.startedNanoseconds
        lines = BatchLines(
            body: body, context: DecisionContext(record, lease),
            desk: DecisionDesk(worker.desk.decide),
            lineBytesMax: worker.shared.configuration.discoverBytesMax)
    }

    /// Gives the next bytes of the reply.
    ///
    /// - Returns: how many, at least 1, or -1 when the reply is complete.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        // A client that takes what it asked for is making progress, however long that goes on; and the time that
        // decisions take is not the client's.
        record.stamp(.replying, worker.shared.clock.now)
        let count = unsafe lines.read(into: buffer) { report in
            worker.counters.countDecision(.batch, report)
            record.stamp(.replying, worker.shared.clock.now)
        }
        if count > 0 { return count }
        if !isFinished {
            isFinished = true
            let nanoseconds = monotonicNanoseconds() &- startedNanoseconds
            worker.counters.countDuration(.batch, nanoseconds: nanoseconds)
        }
        return -1
    }
}

/// The lines of a batch and the place that has been reached in them.
private struct BatchLines: ~Copyable {
    private let body: BodyBuffer
    private let context: DecisionContext
    private let lineBytesMax: Int
    /// Holds the replies to one group of lines at a time.
    private var desk: DecisionDesk
    /// How much of those replies has been handed out.
    private var written = 0
    /// The lines that are decided on next.
    private var group: [Range<Int>] = []
    /// A line behind them that was found already, and where to look for the next one.
    private var nextLine: Range<Int>?
    private var offset = 0

    /// Where the replies to a group are longer, the next lines are decided on one at a time: they wait in memory.
    private static let groupReplyBytesMax = 64 << 10

    init(
        body: consuming BodyBuffer, context: DecisionContext, desk: consuming DecisionDesk,
        lineBytesMax: Int
    ) {
        self.body = body
        self.context = context
        self.desk = desk
        self.lineBytesMax = lineBytesMax
        group.reserveCapacity(Discoverer.groupCount)
        nextLine = self.body.line(after: &offset)
    }

    /// Fills the buffer with replies.
    ///
    /// - Parameters:
    ///   - buffer: where they go.
    ///   - each: called with what each decision says of itself.
    /// - Returns: how many bytes; 0 when there are no more.
    mutating func read(
        into buffer: UnsafeMutableRawBufferPointer, each: (DecisionReport) -> Void
    ) -> Int {
        var count = 0
        while count < buffer.count {
            if written == desk.byteCount, !decideNextLines(each) { break }
            let copied = unsafe desk.copy(
                from: written, into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            written += copied
            count += copied
        }
        return count
    }

    /// Decides on the next lines that are not blank; false when there are none.
    private mutating func decideNextLines(_ each: (DecisionReport) -> Void) -> Bool {
        let countMax = desk.byteCount > Self.groupReplyBytesMax ? 1 : Discoverer.groupCount
        desk.reset()
        written = 0
        group.removeAll(keepingCapacity: true)
        while group.count < countMax, let line = nextLine, line.count <= lineBytesMax {
            group.append(line)
            nextLine = body.line(after: &offset)
        }
        if !group.isEmpty {
            // A copy: what is lent by a part would keep the other parts from being changed.
            let group = group
            desk.decide(body, lines: group.span, context, each: each)
            return true
        }
        guard nextLine != nil else { return false }
        nextLine = body.line(after: &offset)
        desk.writeLine(.discoverTooLarge)
        each((.badRequest, 0, 0))
        return true
    }
}

extension BodyBuffer {
    /// The bytes of the next line that is not blank, without its end and the white space round it.
    ///
    /// - Parameter offset: where to look for it; moved behind its end.
    /// - Returns: nil behind the last line.
    fileprivate func line(after offset: inout Int) -> Range<Int>? {
        let bytes = bytes
        while offset < bytes.count {
            var start = offset
            var end = Self.lineEnd(bytes, from: start)
            offset = end + 1
            while start < end, isBlank(bytes[start]) { start += 1 }
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            if start < end { return start..<end }
        }
        return nil
    }

    private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
        unsafe bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress,
                let end = unsafe memchr(base + start, 0x0A, raw.count - start)
            else { return raw.count }
            return unsafe UnsafeRawPointer(end) - base
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
