internal import CCurl

/// What came back for a call: 0 where nothing did.
struct CallOutcome: Sendable {
    var status: Int
    var body: [UInt8]
}

/// Calls to the HRP, one at a time and waited for.
enum CallSending {
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Sends a call and waits for its answer.
    ///
    /// - Parameters:
    ///   - method: such as `POST`.
    ///   - url: where to.
    ///   - headers: whole lines.
    ///   - body: nil for none, as with GET.
    /// - Returns: status 0 where there was no answer within ten seconds.
    static func send(
        _ method: String, _ url: String, headers: [String], body: [UInt8]?
    ) -> CallOutcome {
        var outcome = CallOutcome(status: 0, body: [])
        guard isLibraryReady, let easy = unsafe curl_easy_init() else { return outcome }
        defer { unsafe curl_easy_cleanup(easy) }
        var list: UnsafeMutablePointer<curl_slist>?
        defer { unsafe curl_slist_free_all(list) }
        let isTyped = headers.contains { $0.hasPrefix("Content-Type:") }
        let own = isTyped ? ["Expect:"] : ["Content-Type: application/json", "Expect:"]
        for header in headers + own {
            unsafe list = curl_slist_append(list, header)
        }
        unsafe ccurl_set_text(easy, CURLOPT_URL, url)
        unsafe ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, method)
        unsafe ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, list)
        unsafe ccurl_set_long(easy, CURLOPT_TIMEOUT_MS, 10_000)
        unsafe ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        unsafe ccurl_set_text(easy, CURLOPT_NOPROXY, "127.0.0.1,localhost")
        if let body {
            unsafe body.withUnsafeBytes { bytes in
                _ = unsafe ccurl_set_size(
                    easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
                _ = unsafe ccurl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
        }
        unsafe withUnsafeMutablePointer(to: &outcome) { outcome in
            let take: ccurl_bytes = { bytes, size, count, closure in
                guard let bytes = unsafe bytes, let closure = unsafe closure else { return 0 }
                let outcome = unsafe closure.assumingMemoryBound(to: CallOutcome.self)
                unsafe outcome.pointee.body.append(
                    contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
                return size * count
            }
            unsafe ccurl_set_take(easy, take, outcome)
            let code = unsafe curl_easy_perform(easy)
            if code == CURLE_OK {
                unsafe outcome.pointee.status = unsafe ccurl_get_long(easy, CURLINFO_RESPONSE_CODE)
            }
        }
        return outcome
    }
}
