internal import Index
internal import Synchronization

/// What becomes of a request whose headers are known.
enum Admission {
    /// Its body is read, up to so many bytes.
    case body(bytesMax: Int)
    /// It is turned down as soon as its body, if any, has passed by; the connection lives on.
    case refusedAfterBody(Refusal)
    /// It is turned down at once and the connection ends.
    case refusedNow(Refusal)
}

extension Worker {
    /// Decides from the headers alone.
    func admit(_ record: ConnectionRecord, targetIsWhole: Bool) -> Admission {
        let headers = record.headers
        // Where the headers lie about what follows, nothing behind them can be trusted.
        if !targetIsWhole { return .refusedNow(.target) }
        switch headers.fault {
        case .headerMalformed, .transferEncoding, .lengthConflict:
            if let fault = headers.fault { return .refusedNow(fault) }
        default: break
        }
        guard let refusal = firstRefusal(record) else {
            let isBatch = record.target?.route == .batch
            let limits = shared.configuration
            return .body(bytesMax: isBatch ? limits.batchBytesMax : limits.discoverBytesMax)
        }
        let length = headers.isChunked ? Int.max : headers.contentLength ?? 0
        let passesBy = length <= Worker.discardedBytesMax && !headers.expectsContinue
        return passesBy ? .refusedAfterBody(refusal) : .refusedNow(refusal)
    }

    private func firstRefusal(_ record: ConnectionRecord) -> Refusal? {
        let headers = record.headers
        if let fault = headers.fault { return fault }
        guard let target = record.target, let entry = target.route.entry else {
            return .unknownPath
        }
        if !entry.answers(record.method) { return .methodNotAllowed }
        let length = headers.contentLength ?? 0
        if record.conversation != nil, let refusal = conversationRefusal(record) { return refusal }
        guard entry.takesBody else {
            return length > Worker.discardedBytesMax ? .unneededBodyTooLarge : nil
        }
        if shared.isDraining.load(ordering: .relaxed) { return .draining }
        if headers.isEncoded { return .encoding }
        if headers.contentType == .otherCharset { return .charset }
        let limits = shared.configuration
        if target.route == .batch {
            if headers.contentType != .json && headers.contentType != .ndjson { return .notNDJSON }
            if length > limits.batchBytesMax { return .batchTooLarge }
        } else if target.route == .scan {
            if headers.contentType != .text && headers.contentType != .missing { return .notText }
            if length > limits.discoverBytesMax { return .discoverTooLarge }
        } else {
            if headers.contentType != .json && headers.contentType != .missing { return .notJSON }
            if length > limits.discoverBytesMax { return .discoverTooLarge }
        }
        if target.explain == nil { return .explain }
        if record.conversation == nil, let facility = headers.facility,
            !shared.facilities.permits(facility.bytes)
        {
            return .facilityUnknown
        }
        if length > Worker.discardedBytesMax || headers.isChunked, shared.snapshots.read() == nil {
            // A small body is read first, and its connection kept.
            return .notReady
        }
        if length > BodyBuffer.firstCapacity, !shared.budget.hasRoom(for: length) {
            return .tooManyBytes
        }
        return nil
    }
}
