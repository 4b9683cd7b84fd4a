/// Every reason why the server itself, not the decision, turns a request down.
enum Refusal: Int, CaseIterable {
    case target, explain, headerMalformed, host, transferEncoding, lengthConflict
    case facilityRepeated, facilityUnknown, requestIDRepeated
    case unknownPath, methodNotAllowed, notJSON, notNDJSON, charset, encoding
    case discoverTooLarge, batchTooLarge, unneededBodyTooLarge
    case notReady, draining, tooManyBytes, tooManyConnections, outOfMemory
    case notAuthorized, facilityMissing, notWritten, notText, tooManyStreams, keysMissing
}

/// One line of the refusal table.
struct RefusalEntry {
    let refusal: Refusal
    let status: UInt32
    /// The reason phrase where the library does not write it.
    let phrase: StaticString
    /// 3400 for the client's faults, 3500 for ours.
    let code: Int
    /// Names the field or header, never its value.
    let message: StaticString
    /// Whether to come back soon.
    let retry: Bool

    init(
        _ refusal: Refusal, _ status: UInt32, _ phrase: StaticString, _ message: StaticString
    ) {
        self.refusal = refusal
        self.status = status
        self.phrase = phrase
        self.message = message
        code = status < 500 ? 3400 : 3500
        retry = status == 503
    }
}

/// The refusals, in the order of `Refusal`.
private let refusalTable: [RefusalEntry] = [
    RefusalEntry(.target, 400, "Bad Request", "the request target holds a NUL byte"),
    RefusalEntry(.explain, 400, "Bad Request", "query parameter explain: must be true or false"),
    RefusalEntry(
        .headerMalformed, 400, "Bad Request",
        "a header holds a NUL byte, is folded over lines or has white space before its colon"),
    RefusalEntry(.host, 400, "Bad Request", "header Host: must be there exactly once"),
    RefusalEntry(
        .transferEncoding, 400, "Bad Request", "header Transfer-Encoding: only chunked is known"),
    RefusalEntry(
        .lengthConflict, 400, "Bad Request",
        "header Content-Length: must be one number, and not with Transfer-Encoding"),
    RefusalEntry(.facilityRepeated, 400, "Bad Request", "header X-HIP-ID: must be there once"),
    RefusalEntry(
        .facilityUnknown, 400, "Bad Request", "header X-HIP-ID: not a facility of this server"),
    RefusalEntry(.requestIDRepeated, 400, "Bad Request", "header REQUEST-ID: must be there once"),
    RefusalEntry(.unknownPath, 404, "Not Found", "no such path"),
    RefusalEntry(
        .methodNotAllowed, 405, "Method Not Allowed", "the path does not answer this method"),
    RefusalEntry(
        .notJSON, 415, "Unsupported Media Type", "header Content-Type: must be application/json"),
    RefusalEntry(
        .notNDJSON, 415, "Unsupported Media Type",
        "header Content-Type: must be application/x-ndjson or application/json"),
    RefusalEntry(
        .charset, 415, "Unsupported Media Type", "header Content-Type: the charset must be utf-8"),
    RefusalEntry(
        .encoding, 415, "Unsupported Media Type",
        "header Content-Encoding: only identity is known"),
    RefusalEntry(
        .discoverTooLarge, 413, "Content Too Large", "the body is larger than the server accepts"),
    RefusalEntry(
        .batchTooLarge, 413, "Content Too Large",
        "the batch is larger than the server accepts; split it"),
    RefusalEntry(
        .unneededBodyTooLarge, 413, "Content Too Large", "this method needs no body"),
    RefusalEntry(.notReady, 503, "Service Unavailable", "no patients are loaded yet"),
    RefusalEntry(.draining, 503, "Service Unavailable", "the server is going down"),
    RefusalEntry(
        .tooManyBytes, 503, "Service Unavailable", "too many large bodies at one time"),
    RefusalEntry(
        .tooManyConnections, 503, "Service Unavailable", "too many connections at one time"),
    RefusalEntry(.outOfMemory, 500, "Internal Server Error", "out of memory"),
    RefusalEntry(
        .notAuthorized, 401, "Unauthorized", "header Authorization: not a good token of the gateway"
    ),
    RefusalEntry(.facilityMissing, 400, "Bad Request", "header X-HIP-ID: is missing"),
    RefusalEntry(
        .notWritten, 503, "Service Unavailable", "the request could not be written down"),
    RefusalEntry(
        .notText, 415, "Unsupported Media Type", "header Content-Type: must be text/plain"),
    RefusalEntry(
        .tooManyStreams, 503, "Service Unavailable", "too many live streams at one time"),
    RefusalEntry(
        .keysMissing, 503, "Service Unavailable",
        "the gateway's keys cannot be had: whether the token is good is not known"),
]

extension Refusal {
    var entry: RefusalEntry { refusalTable[rawValue] }

    /// The reply's body.
    var json: String {
        "{\"error\":{\"code\":\(entry.code),\"message\":\"\(entry.message)\"}}"
    }

    /// A whole reply, for a connection that the library cannot answer on.
    var wholeReply: [UInt8] {
        var head = "HTTP/1.1 \(entry.status) \(entry.phrase)\r\n"
        head += "Content-Type: application/json\r\nConnection: close\r\n"
        if entry.retry { head += "Retry-After: 1\r\n" }
        head += "Content-Length: \(json.utf8.count)\r\n\r\n"
        return Array((head + json).utf8)
    }
}
