internal import CCurl

/// A list of header lines as libcurl wants it.
@safe struct HeaderList: ~Copyable {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    /// An empty list.
    init() { unsafe first = nil }

    deinit { unsafe curl_slist_free_all(first) }

    /// Adds a copy of a line; false when the memory ran out.
    mutating func append(_ line: String) -> Bool {
        guard let longer = unsafe curl_slist_append(first, line) else { return false }
        unsafe first = unsafe longer
        return true
    }
}

/// One of libcurl's easy handles: a transfer at a time, used again and again.
@safe struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    /// A handle; nil when the memory ran out.
    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe curl_easy_cleanup(pointer) }

    /// Forgets every option; the handle's caches stay.
    func reset() { unsafe curl_easy_reset(pointer) }

    func set(_ option: CURLoption, _ value: Int) -> CURLcode {
        unsafe ccurl_set_long(pointer, option, value)
    }

    func set(_ option: CURLoption, size: Int) -> CURLcode {
        unsafe ccurl_set_size(pointer, option, Int64(size))
    }

    /// Sets a text, which libcurl copies.
    func set(_ option: CURLoption, _ text: String) -> CURLcode {
        unsafe ccurl_set_text(pointer, option, text)
    }

    func number(_ info: CURLINFO) -> Int { unsafe ccurl_get_long(pointer, info) }

    func size(_ info: CURLINFO) -> Int { Int(unsafe ccurl_get_size(pointer, info)) }
}

/// libcurl's multi handle: many transfers at a time, their connections kept.
///
/// One thread uses it; only `curl_multi_wakeup` may be called from others.
@safe struct MultiHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    /// A handle; nil when the memory ran out.
    init?() {
        guard Self.isLibraryReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit { _ = unsafe curl_multi_cleanup(pointer) }

    /// Whether libcurl has been made ready, once in the process.
    private static let isLibraryReady: Bool =
        curl_global_init(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32)) == CURLE_OK

    func set(_ option: CURLMoption, _ value: Int) {
        // Each of them is a hint; a library that lacks one goes without.
        _ = unsafe ccurl_multi_set_long(pointer, option, value)
    }

    func add(_ easy: borrowing EasyHandle) -> Bool {
        unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    func remove(_ easy: borrowing EasyHandle) {
        _ = unsafe curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Moves on whatever can move without waiting.
    func perform() {
        var running: Int32 = 0
        _ = unsafe curl_multi_perform(pointer, &running)
    }

    /// Waits for the network, for a timer of libcurl's or for `curl_multi_wakeup`.
    func poll(milliseconds: Int32) {
        _ = unsafe curl_multi_poll(pointer, nil, 0, milliseconds, nil)
    }
}
