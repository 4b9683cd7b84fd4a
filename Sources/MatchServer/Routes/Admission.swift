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
        // Where the headers lie about what follows, nothing behind them can be trusted.
        if !targetIsWhole { return .refusedNow(.target) }
        let fault = record.headers.fault
        switch fault {
        case .headerMalformed, .transferEncoding, .lengthConflict:
            if let fault { return .refusedNow(fault) }
        default: break
        }
        guard let refusal = firstRefusal(record) else {
            let isBatch = record.target?.route == .batch
            let limits = shared.configuration
            return .body(bytesMax: isBatch ? limits.batchBytesMax : limits.discoverBytesMax)
        }
        let length = record.headers.isChunked ? Int.max : record.headers.contentLength ?? 0
        let passesBy = length <= Worker.discardedBytesMax && !record.headers.expectsContinue
        return passesBy ? .refusedAfterBody(refusal) : .refusedNow(refusal)
    }

    private func firstRefusal(_ record: ConnectionRecord) -> Refusal? {
        if let fault = record.headers.fault { return fault }
        guard let target = record.target, let entry = target.route.entry else {
            return .unknownPath
        }
        if !entry.answers(record.method) { return .methodNotAllowed }
        let length = record.headers.contentLength ?? 0
        if record.conversation != nil, let refusal = conversationRefusal(record) { return refusal }
        guard entry.takesBody else {
            return length > Worker.discardedBytesMax ? .unneededBodyTooLarge : nil
        }
        if shared.isDraining.load(ordering: .relaxed) { return .draining }
        if record.headers.isEncoded { return .encoding }
        let type = record.headers.contentType
        if type == .otherCharset { return .charset }
        let limits = shared.configuration
        if target.route == .batch {
            if type != .json && type != .ndjson { return .notNDJSON }
            if length > limits.batchBytesMax { return .batchTooLarge }
        } else if target.route == .scan {
            if type != .text && type != .missing { return .notText }
            if length > limits.discoverBytesMax { return .discoverTooLarge }
        } else {
            if type != .json && type != .missing { return .notJSON }
            if length > limits.discoverBytesMax { return .discoverTooLarge }
        }
        if target.explain == nil { return .explain }
        if record.conversation == nil, let facility = record.headers.facility,
            !shared.facilities.permits(facility.bytes)
        {
            return .facilityUnknown
        }
        if length > Worker.discardedBytesMax || record.headers.isChunked,
            shared.snapshots.read() == nil
        {
            // A small body is read first, and its connection kept.
            return .notReady
        }
        if length > BodyBuffer.firstCapacity, !shared.budget.hasRoom(for: length) {
            return .tooManyBytes
        }
        return nil
    }
}
