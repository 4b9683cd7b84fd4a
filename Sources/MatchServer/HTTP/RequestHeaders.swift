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

    /// Another value's beginning.
    init(_ other: HeaderValue, count: Int) {
        unsafe start = unsafe other.start
        self.count = count
    }

    /// The value as a text of its own.
    var text: String {
        unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
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
    enum ContentType { case missing, json, ndjson, text, otherCharset, other }

    private(set) var contentType = ContentType.missing
    /// Whether the body is compressed or the like.
    private(set) var isEncoded = false
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    private(set) var expectsContinue = false
    private(set) var facility: HeaderValue?
    private(set) var requestID: HeaderValue?
    private(set) var timestamp: HeaderValue?
    private(set) var authorization: HeaderValue?
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
        // Whoever stands in front of us may take it for the name without it (RFC 9112, section 5.1).
        if nameCount > 0, name[nameCount - 1] == 0x20 || name[nameCount - 1] == 0x09 {
            fault = fault ?? .headerMalformed
        }
        switch nameCount {
        case 4: if ("host" as StaticString).equalsIgnoringCase(name) { hosts += 1 }
        case 6: if ("expect" as StaticString).equalsIgnoringCase(name) { expectsContinue = true }
        case 8:
            guard ("x-hip-id" as StaticString).equalsIgnoringCase(name) else { return }
            if facility != nil { fault = fault ?? .facilityRepeated }
            facility = value
        case 9:
            guard ("timestamp" as StaticString).equalsIgnoringCase(name) else { return }
            timestamp = value
        case 13:
            guard ("authorization" as StaticString).equalsIgnoringCase(name) else { return }
            // Of two nobody knows which one the other side means.
            authorization = authorization == nil ? value : HeaderValue(value, count: 0)
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
        case 16:
            guard ("content-encoding" as StaticString).equalsIgnoringCase(name) else { return }
            if value.count > 0, !("identity" as StaticString).equalsIgnoringCase(value.bytes) {
                isEncoded = true
            }
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

    @inline(__always)
    private func mediaType(_ value: Span<UInt8>) -> ContentType {
        // What nearly all senders write.
        if ("application/json" as StaticString).equalsIgnoringCase(value) { return .json }
        return parameterizedType(value)
    }

    private func parameterizedType(_ value: Span<UInt8>) -> ContentType {
        var end = 0
        while end < value.count, value[end] != UInt8(ascii: ";"), value[end] != UInt8(ascii: " "),
            value[end] != UInt8(ascii: "\t")
        {
            end += 1
        }
        let type = value.extracting(0..<end)
        let isJSON = ("application/json" as StaticString).equalsIgnoringCase(type)
        let isText = ("text/plain" as StaticString).equalsIgnoringCase(type)
        guard
            isJSON || isText
                || ("application/x-ndjson" as StaticString).equalsIgnoringCase(type)
        else { return .other }
        if namesOtherCharset(value.extracting(end...)) { return .otherCharset }
        if isText { return .text }
        return isJSON ? .json : .ndjson
    }

    /// Whether there is a charset among the parameters of a media type, and not UTF-8.
    private func namesOtherCharset(_ parameters: Span<UInt8>) -> Bool {
        var start = 0
        while start < parameters.count {
            var end = start
            while end < parameters.count, parameters[end] != UInt8(ascii: ";") { end += 1 }
            let parameter = parameters.extracting(start..<end).withoutSpaces
            start = end + 1
            guard parameter.count >= 8,
                ("charset=" as StaticString).equalsIgnoringCase(parameter.extracting(0..<8))
            else { continue }
            var name = parameter.extracting(8...)
            if name.count >= 2, name[0] == UInt8(ascii: "\""),
                name[name.count - 1] == UInt8(ascii: "\"")
            {
                name = name.extracting(1..<name.count - 1)
            }
            if !("utf-8" as StaticString).equalsIgnoringCase(name),
                !("utf8" as StaticString).equalsIgnoringCase(name)
            {
                return true
            }
        }
        return false
    }
}

extension Span<UInt8> {
    /// The bytes without spaces and tabs at both ends.
    fileprivate var withoutSpaces: Span<UInt8> {
        @_lifetime(copy self)
        get {
            var start = 0
            var end = count
            while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
            while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
            return extracting(start..<end)
        }
    }
}
