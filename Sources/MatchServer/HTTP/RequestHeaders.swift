/// A header's value in the connection's memory, which the library keeps until the reply is sent.
@safe struct HeaderValue {
    private let start: UnsafePointer<UInt8>
    let count: Int

    /// The value without the white space behind it; the library has skipped that before it.
    init(_ start: UnsafePointer<CChar>, count: Int) {
        unsafe self.start = unsafe UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self)
        var count = count
        while count > 0,
            unsafe self.start[count - 1] == UInt8(ascii: " ")
                || self.start[count - 1] == UInt8(ascii: "\t")
        {
            count -= 1
        }
        self.count = count
    }

    /// The value's bytes.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span<UInt8>(_unsafeStart: start, count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}

/// The few headers that matter, found in one pass over all of them.
@safe struct RequestHeaders {
    enum ContentType { case missing, json, ndjson, other }

    private(set) var contentType = ContentType.missing
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    private(set) var expectsContinue = false
    private(set) var facility: HeaderValue?
    private(set) var requestID: HeaderValue?
    private(set) var hosts = 0
    /// What is wrong with the headers, whatever the route.
    private(set) var fault: Refusal?

    /// Where the next header has to begin, or the empty line behind the last.
    private var expectedNext: UnsafePointer<CChar>?

    /// Headers of which none has been seen.
    init() { unsafe expectedNext = nil }

    /// Takes one header in; they come in the order in which they were sent.
    mutating func take(
        name: UnsafePointer<CChar>, nameCount: Int, value: UnsafePointer<CChar>, valueCount: Int
    ) {
        unsafe checkGap(before: name)
        unsafe expectedNext = unsafe value + valueCount
        let name = unsafe Span<UInt8>(
            _unsafeStart: UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self),
            count: nameCount)
        let value = unsafe HeaderValue(value, count: valueCount)
        switch nameCount {
        case 4: if ("host" as StaticString).equalsIgnoringCase(name) { hosts += 1 }
        case 6: if ("expect" as StaticString).equalsIgnoringCase(name) { expectsContinue = true }
        case 8:
            guard ("x-hip-id" as StaticString).equalsIgnoringCase(name) else { return }
            if facility != nil { fault = fault ?? .facilityRepeated }
            facility = value
        case 10:
            guard ("request-id" as StaticString).equalsIgnoringCase(name) else { return }
            if requestID != nil { fault = fault ?? .requestIDRepeated }
            requestID = value
        case 12:
            guard ("content-type" as StaticString).equalsIgnoringCase(name) else { return }
            contentType = contentType == .missing ? mediaType(value.bytes) : .other
        case 14:
            guard ("content-length" as StaticString).equalsIgnoringCase(name) else { return }
            takeLength(value.bytes)
        case 17:
            guard ("transfer-encoding" as StaticString).equalsIgnoringCase(name) else { return }
            if isChunked || !("chunked" as StaticString).equalsIgnoringCase(value.bytes) {
                fault = fault ?? .transferEncoding
            }
            isChunked = true
        default: break
        }
    }

    /// Ends the pass.
    ///
    /// - Parameters:
    ///   - head: the first byte of the request.
    ///   - headBytes: how many bytes it has, the empty line behind the headers included.
    ///   - isHTTP11: whether the request says to be HTTP/1.1 or later, which needs a Host.
    mutating func finish(head: UnsafePointer<CChar>, headBytes: Int, isHTTP11: Bool) {
        if let last = unsafe expectedNext {
            let gap = unsafe (head + headBytes) - last
            if gap < 2 || gap > 4 { fault = .headerMalformed }
        }
        if isChunked, contentLength != nil { fault = fault ?? .lengthConflict }
        if hosts > 1 || hosts == 0 && isHTTP11 { fault = fault ?? .host }
        if facility?.count == 0 { facility = nil }
        if requestID?.count == 0 { requestID = nil }
    }

    /// Notices that bytes are missing between two headers.
    ///
    /// The library ends each name and value at its first NUL byte and says no word about what was
    /// behind it; then the next header does not begin where this one ended. The same shows headers
    /// that were folded over several lines, which nobody may send any more.
    private mutating func checkGap(before name: UnsafePointer<CChar>) {
        guard let expected = unsafe expectedNext else { return }
        let gap = unsafe name - expected
        if gap < 1 || gap > 2 { fault = .headerMalformed }
    }

    private mutating func takeLength(_ digits: Span<UInt8>) {
        var value = 0
        for index in digits.indices {
            let digit = digits[index] &- UInt8(ascii: "0")
            // More digits than any body has are as good as the largest number.
            guard digit < 10 else {
                fault = fault ?? .lengthConflict
                return
            }
            value = value > Int.max / 16 ? value : value * 10 + Int(digit)
        }
        if let earlier = contentLength, earlier != value { fault = fault ?? .lengthConflict }
        contentLength = value
    }

    private func mediaType(_ value: Span<UInt8>) -> ContentType {
        var end = 0
        while end < value.count, value[end] != UInt8(ascii: ";"), value[end] != UInt8(ascii: " "),
            value[end] != UInt8(ascii: "\t")
        {
            end += 1
        }
        let type = value.extracting(0..<end)
        if ("application/json" as StaticString).equalsIgnoringCase(type) { return .json }
        return ("application/x-ndjson" as StaticString).equalsIgnoringCase(type) ? .ndjson : .other
    }
}
