internal import Glibc

/// What a request asks for.
enum Route: Int, CaseIterable {
    case discover, batch, search, healthz, readyz, metrics, openAPI, scan
    /// Those of the conversation with ABDM, which have many paths or a part of a path as an argument.
    case callback, counter, heartbeat, records, register, qr, stream, authentication
    /// No route has the path.
    case unknown
}

/// The methods that routes answer.
enum RequestMethod {
    case get, head, post
    /// Any other, standard or not.
    case other
}

/// One line of the route table.
struct RouteEntry {
    let route: Route
    let path: StaticString
    /// The methods it answers, as the Allow header lists them.
    let allow: StaticString
    /// The route's name in the metrics.
    let name: StaticString
    let takesBody: Bool
    /// Whether it answers GET beside POST.
    var alsoReads = false

    func answers(_ method: RequestMethod) -> Bool {
        switch method {
        case .post: takesBody
        case .get, .head: !takesBody || alsoReads
        case .other: false
        }
    }
}

/// The routes, the busiest first; in the order of `Route`.
let routeTable: [16 of RouteEntry] = [
    RouteEntry(
        route: .discover, path: "/v1/discover", allow: "POST", name: "discover", takesBody: true),
    RouteEntry(
        route: .batch, path: "/v1/discover/batch", allow: "POST", name: "batch", takesBody: true),
    RouteEntry(
        route: .search, path: "/v1/search", allow: "POST", name: "search", takesBody: true),
    RouteEntry(
        route: .healthz, path: "/healthz", allow: "GET, HEAD", name: "healthz", takesBody: false),
    RouteEntry(
        route: .readyz, path: "/readyz", allow: "GET, HEAD", name: "readyz", takesBody: false),
    RouteEntry(
        route: .metrics, path: "/metrics", allow: "GET, HEAD", name: "metrics", takesBody: false),
    RouteEntry(
        route: .openAPI, path: "/openapi.json", allow: "GET, HEAD", name: "openapi",
        takesBody: false),
    RouteEntry(route: .scan, path: "/v1/scan", allow: "POST", name: "scan", takesBody: true),
    // No path is equal to one without a slash: `RequestTarget.findConversation` knows these.
    RouteEntry(
        route: .callback, path: "callback", allow: "POST", name: "callback", takesBody: true),
    RouteEntry(
        route: .counter, path: "counter", allow: "GET, HEAD", name: "counter", takesBody: false),
    RouteEntry(
        route: .heartbeat, path: "heartbeat", allow: "GET, HEAD", name: "heartbeat",
        takesBody: false),
    RouteEntry(
        route: .records, path: "records", allow: "POST", name: "careContexts", takesBody: true),
    RouteEntry(
        route: .register, path: "register", allow: "POST", name: "register", takesBody: true),
    RouteEntry(route: .qr, path: "qr", allow: "GET, HEAD", name: "qr", takesBody: false),
    RouteEntry(
        route: .stream, path: "stream", allow: "GET, HEAD", name: "stream", takesBody: false),
    RouteEntry(
        route: .authentication, path: "auth", allow: "GET, HEAD, POST", name: "auth",
        takesBody: true, alsoReads: true),
]

extension Route {
    /// Its line of the table; nil for `unknown`.
    var entry: RouteEntry? { self == .unknown ? nil : routeTable[rawValue] }

    /// Its name in the metrics.
    var name: StaticString { entry?.name ?? "unknown" }

    /// The route of a path; percent escapes may spell any of its bytes.
    ///
    /// - Complexity: O(routes * path length) at worst; one comparison for most paths.
    static func matching(path: Span<UInt8>) -> Route {
        for index in routeTable.indices where routeTable[index].path.equals(path) {
            return routeTable[index].route
        }
        for index in routeTable.indices where routeTable[index].path.equals(escaped: path) {
            return routeTable[index].route
        }
        return .unknown
    }
}

extension StaticString {
    /// Whether `text` is this string.
    func equals(_ text: Span<UInt8>) -> Bool {
        guard text.count == utf8CodeUnitCount else { return false }
        return unsafe text.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return true }
            return unsafe memcmp(start, utf8Start, bytes.count) == 0
        }
    }

    /// Whether percent-decoding `text` gives this string.
    func equals(escaped text: Span<UInt8>) -> Bool {
        guard text.count >= utf8CodeUnitCount else { return false }
        let wanted = unsafe UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
        var offset = 0
        for index in wanted.indices {
            guard let byte = nextUnescaped(text, &offset), unsafe byte == wanted[index] else {
                return false
            }
        }
        return offset == text.count
    }

    /// Whether `text` is this string but for the case of ASCII letters; this one is lower case.
    ///
    /// - Complexity: a few comparisons where this is a literal.
    @inline(__always)
    func equalsIgnoringCase(_ text: Span<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        guard text.count == count else { return false }
        let mine = unsafe UnsafeRawPointer(utf8Start)
        let others = unsafe text.bytes
        if count < 4 {
            for index in 0..<count {
                let byte = unsafe mine.load(fromByteOffset: index, as: UInt8.self)
                guard isSame(UInt64(text[index]), UInt64(byte)) else { return false }
            }
            return true
        }
        // The last word ends at the end and may overlap the one before.
        if count < 8 {
            let first = unsafe others.unsafeLoadUnaligned(as: UInt32.self)
            let last = unsafe others.unsafeLoadUnaligned(
                fromByteOffset: count - 4, as: UInt32.self)
            return isSame(UInt64(first), UInt64(unsafe mine.loadUnaligned(as: UInt32.self)))
                && isSame(
                    UInt64(last),
                    UInt64(
                        unsafe mine.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
        }
        var offset = 0
        while offset < count {
            let place = min(offset, count - 8)
            let expected = unsafe mine.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let found = unsafe others.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard isSame(found, expected) else { return false }
            offset += 8
        }
        return true
    }
}

/// Whether the bytes of a word are those of a text of ours but for the case of its letters.
@inline(__always)
private func isSame(_ bytes: UInt64, _ lowercase: UInt64) -> Bool {
    // The top bit of each byte tells a letter: at least `a`, not beyond `z`. All are below 0x80.
    let letters =
        (lowercase &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lowercase &+ 0x0505_0505_0505_0505)
        & 0x8080_8080_8080_8080
    return (bytes ^ lowercase) & ~(letters >> 2) == 0
}

/// The next byte of a text with percent escapes; nil at its end or at a broken escape.
private func nextUnescaped(_ text: Span<UInt8>, _ offset: inout Int) -> UInt8? {
    guard offset < text.count else { return nil }
    let byte = text[offset]
    guard byte == UInt8(ascii: "%") else {
        offset += 1
        return byte
    }
    guard offset + 2 < text.count, let high = hexDigit(text[offset + 1]),
        let low = hexDigit(text[offset + 2])
    else { return nil }
    offset += 3
    return high << 4 | low
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
