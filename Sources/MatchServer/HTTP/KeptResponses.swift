internal import CMicroHTTPD

/// Responses of the library that are kept and sent again with other bytes.
///
/// Making one, with its header, is six allocations, and its date is written anew each time: together a quarter of
/// what the library does for a request. It may be sent any number of times, but its length is its own: so there is
/// one for each length, made when it is needed first and dated once a second. All of them show the same bytes,
/// which belong to one reply at a time.
@safe struct KeptResponses: ~Copyable {
    /// Longer replies get a response of their own, as do those that come while the bytes are lent.
    static let bytesMax = 2048

    /// One of them, and the second that it says in its date.
    @safe private struct Kept {
        let response: OpaquePointer
        var second: Int
    }

    private let bytes: UnsafeMutableRawPointer
    /// That of each length.
    private var responses = [Kept?](repeating: nil, count: bytesMax + 1)
    private var date = HTTPDate(second: 0)
    private var isLent = false

    init() {
        unsafe bytes = .allocate(byteCount: Self.bytesMax, alignment: 64)
    }

    deinit {
        for case .some(let kept) in responses { unsafe MHD_destroy_response(kept.response) }
        unsafe bytes.deallocate()
    }

    /// Lends a response with a copy of a JSON reply, until `takeBack`.
    ///
    /// - Parameters:
    ///   - reply: the bytes.
    ///   - second: the one that it is, since 1970.
    /// - Returns: nil where the reply is too long or there is no memory, and as long as another one has the bytes:
    ///   its client has not taken it yet.
    mutating func lend(_ reply: Span<UInt8>, second: Int) -> OpaquePointer? {
        let count = reply.count
        guard !isLent, count <= Self.bytesMax, bringUpToDate(count, second),
            let response = unsafe responses[count]?.response
        else { return nil }
        unsafe reply.withUnsafeBytes {
            unsafe UnsafeMutableRawBufferPointer(start: bytes, count: count).copyMemory(from: $0)
        }
        isLent = true
        return unsafe response
    }

    /// Notes that the reply has been sent, or never will be.
    mutating func takeBack() { isLent = false }

    /// Makes the response of a length, unless it is there, and dates it; false when there is no memory.
    @inline(__always)
    private mutating func bringUpToDate(_ count: Int, _ second: Int) -> Bool {
        if responses[count]?.second == second { return true }
        return remake(count, second)
    }

    private mutating func remake(_ count: Int, _ second: Int) -> Bool {
        if date.second != second { date = HTTPDate(second: second) }
        if responses[count] == nil { responses[count] = make(count) }
        guard let response = unsafe responses[count]?.response else { return false }
        // In the place of the one before.
        guard unsafe MHD_add_response_header(response, "Date", date.text) == .YES else {
            unsafe MHD_destroy_response(response)
            responses[count] = nil
            return false
        }
        responses[count]?.second = second
        return true
    }

    private func make(_ count: Int) -> Kept? {
        // The library reads the bytes only while a reply is sent, so that they may change in between.
        guard
            let response = unsafe MHD_create_response_from_buffer(
                count, bytes, .RESPMEM_PERSISTENT)
        else { return nil }
        unsafe addHeader("Content-Type", "application/json", to: response)
        return unsafe Kept(response: response, second: -1)
    }
}
