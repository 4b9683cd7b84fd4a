internal import CCurl
internal import Glibc

/// A call that was handed over, and who wants to know.
struct PendingCall: Sendable {
    let call: HTTPCall
    let destination: String
    /// When it was handed over, on the monotonic clock.
    let sinceMilliseconds: UInt64
    let then: @Sendable (Result<HTTPAnswer, TransportError>) -> Void
}

/// One call under way; on the loop's thread only.
///
/// It owns an easy handle, so that it must stay where it is while libcurl knows of it.
final class Transfer {
    let easy: EasyHandle
    private(set) var pending: PendingCall?
    private var lines = HeaderList()
    private var body: [UInt8] = []
    /// How much of the body has left.
    private var bodyOffset = 0
    private var answer: [UInt8] = []
    private var answerBytesMax = 0
    private var headBytesLeft = 0
    private var isTooLarge = false

    init?() {
        guard let easy = EasyHandle() else { return nil }
        self.easy = easy
    }

    /// Makes the handle ready for a call.
    ///
    /// - Parameters:
    ///   - next: a call without flaws.
    ///   - limits: of the client.
    ///   - wholeMilliseconds: what is left of its time, > 0.
    /// - Returns: false when the memory ran out.
    func prepare(_ next: PendingCall, _ limits: HTTPClientLimits, wholeMilliseconds: Int) -> Bool {
        pending = next
        body = next.call.body
        bodyOffset = 0
        answer = []
        answerBytesMax = limits.answerBytesMax
        headBytesLeft = limits.headBytesMax
        isTooLarge = false
        lines = HeaderList()
        easy.reset()
        guard addLines(next.call), easy.set(CURLOPT_URL, next.call.url) == CURLE_OK else {
            return false
        }
        let closure = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard
            unsafe ccurl_set_callbacks(
                easy.pointer, takeHead, takeBody, giveBody, refuseRewind, closure) == CURLE_OK,
            unsafe ccurl_set_pointer(easy.pointer, CURLOPT_HTTPHEADER, lines.first) == CURLE_OK,
            unsafe ccurl_allow_http(easy.pointer) == CURLE_OK
        else { return false }
        return setMethod(next.call) && setLimits(limits, wholeMilliseconds: wholeMilliseconds)
            && setTrust(limits, isTLS: next.destination.hasPrefix("https:"))
    }

    private func addLines(_ call: HTTPCall) -> Bool {
        for header in call.headers {
            // libcurl's way to write a header without a value.
            let line = header.value.isEmpty ? header.name + ";" : "\(header.name): \(header.value)"
            guard lines.append(line) else { return false }
        }
        // The bodies are small: asking for leave to send one costs a round trip.
        return lines.append("Expect:")
    }

    private func setMethod(_ call: HTTPCall) -> Bool {
        guard call.method != .get else { return easy.set(CURLOPT_HTTPGET, 1) == CURLE_OK }
        guard easy.set(CURLOPT_POST, 1) == CURLE_OK,
            easy.set(CURLOPT_POSTFIELDSIZE_LARGE, size: call.body.count) == CURLE_OK
        else { return false }
        return call.method == .post
            || easy.set(CURLOPT_CUSTOMREQUEST, call.method.rawValue) == CURLE_OK
    }

    private func setLimits(_ limits: HTTPClientLimits, wholeMilliseconds: Int) -> Bool {
        let connect = min(limits.connectMilliseconds, wholeMilliseconds)
        return easy.set(CURLOPT_NOSIGNAL, 1) == CURLE_OK
            && easy.set(CURLOPT_FOLLOWLOCATION, 0) == CURLE_OK
            && easy.set(CURLOPT_CONNECTTIMEOUT_MS, connect) == CURLE_OK
            && easy.set(CURLOPT_TIMEOUT_MS, wholeMilliseconds) == CURLE_OK
            && easy.set(CURLOPT_MAXFILESIZE_LARGE, size: max(1, limits.answerBytesMax)) == CURLE_OK
            && easy.set(CURLOPT_TCP_KEEPALIVE, 1) == CURLE_OK
            && (limits.usesEnvironmentProxy || easy.set(CURLOPT_PROXY, "") == CURLE_OK)
    }

    private func setTrust(_ limits: HTTPClientLimits, isTLS: Bool) -> Bool {
        guard isTLS else {
            return easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)) == CURLE_OK
        }
        let isSet =
            easy.set(CURLOPT_SSL_VERIFYPEER, 1) == CURLE_OK
            && easy.set(CURLOPT_SSL_VERIFYHOST, 2) == CURLE_OK
            && easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)) == CURLE_OK
        // Where libcurl was built without HTTP/2 it says so, and 1.1 is what it speaks.
        _ = easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // Rather a stream of the connection that is being made than a connection of its own.
        _ = easy.set(CURLOPT_PIPEWAIT, 1)
        guard let file = limits.authoritiesFile else { return isSet }
        return isSet && easy.set(CURLOPT_CAINFO, file) == CURLE_OK
    }

    /// Whether any byte of the request may have left.
    var wasSent: Bool { easy.number(CURLINFO_REQUEST_SIZE) > 0 }

    /// What came of it, once libcurl has ended it.
    func outcome(_ code: CURLcode) -> Result<HTTPAnswer, TransportError> {
        if isTooLarge { return .failure(.tooLarge) }
        if code != CURLE_OK {
            let error = TransportError(code, wasSent: wasSent)
            let isBroken =
                error == .connectionLost(wasSent: true) || error == .timedOut(wasSent: true)
            guard isBroken, hasWholeAnswer else { return .failure(error) }
        }
        let after = easy.size(CURLINFO_RETRY_AFTER)
        return .success(
            HTTPAnswer(
                status: easy.number(CURLINFO_RESPONSE_CODE),
                retryAfterSeconds: after > 0 ? after : nil, body: answer))
    }

    /// Whether all of an answer has come that says how long it is.
    ///
    /// Who answers before having read the whole request may then end stream or connection; what was said
    /// holds all the same.
    private var hasWholeAnswer: Bool {
        easy.number(CURLINFO_RESPONSE_CODE) >= 200
            && easy.size(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) == answer.count
    }

    /// Forgets the call, so that nothing of it stays in a handle that waits for the next one.
    func clear() {
        pending = nil
        body = []
        answer = []
        easy.reset()
        lines = HeaderList()
    }

    // What libcurl's callbacks do; each says how many bytes it took, fewer to end the transfer.

    fileprivate func take(headBytes count: Int) -> Int {
        headBytesLeft -= count
        guard headBytesLeft < 0 else { return count }
        isTooLarge = true
        return 0
    }

    fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count <= answerBytesMax - answer.count else {
            isTooLarge = true
            return 0
        }
        unsafe answer.append(contentsOf: bytes)
        return bytes.count
    }

    fileprivate func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, body.count - bodyOffset)
        unsafe body.withUnsafeBytes { body in
            let piece = unsafe UnsafeRawBufferPointer(
                rebasing: body[bodyOffset..<(bodyOffset + count)])
            unsafe room.copyMemory(from: piece)
        }
        bodyOffset += count
        return count
    }
}

private func transfer(_ closure: UnsafeMutableRawPointer?) -> Transfer? {
    unsafe closure.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func takeHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ closure: UnsafeMutableRawPointer?
) -> Int {
    unsafe transfer(closure)?.take(headBytes: size * count) ?? 0
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ closure: UnsafeMutableRawPointer?
) -> Int {
    unsafe transfer(closure)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private func giveBody(
    _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ closure: UnsafeMutableRawPointer?
) -> Int {
    unsafe transfer(closure)?.give(UnsafeMutableRawBufferPointer(start: room, count: size * count))
        ?? 0
}

/// Keeps libcurl from sending a body a second time.
///
/// When a kept connection ends without a reply it would try again by itself, with the same request id;
/// the other side may have acted on the first, and whether to try again is not for it to decide.
private func refuseRewind(
    _ closure: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32
) -> Int32 {
    CURL_SEEKFUNC_FAIL
}

extension TransportError {
    /// The kind of libcurl's error.
    fileprivate init(_ code: CURLcode, wasSent: Bool) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            self = .couldNotConnect
        case CURLE_OPERATION_TIMEDOUT:
            self = .timedOut(wasSent: wasSent)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_USE_SSL_FAILED, CURLE_SSL_INVALIDCERTSTATUS:
            self = wasSent ? .connectionLost(wasSent: true) : .tls
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE,
            CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
            self = .connectionLost(wasSent: wasSent)
        case CURLE_FILESIZE_EXCEEDED:
            self = .tooLarge
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            self = .malformedAnswer
        case CURLE_URL_MALFORMAT:
            self = .malformedCall(.url)
        default:
            self = .library(code: Int32(bitPattern: code.rawValue), wasSent: wasSent)
        }
    }
}
