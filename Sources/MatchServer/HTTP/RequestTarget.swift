internal import ABDM

/// What a request's first line asks for, read before anyone has unescaped or cut it.
struct RequestTarget {
    private(set) var route: Route
    /// The path of ABDM's that it is; nil where it is none.
    private(set) var callback: CallbackPath?
    /// The counter that it names; nil where it names none.
    private(set) var counter: String?
    /// The query's `explain`; nil when it has a value that is neither true nor false.
    let explain: Bool?

    /// Reads an origin-form (`/path?query`) or absolute-form (`http://host/path?query`) target.
    init(_ target: Span<UInt8>) {
        let start = RequestTarget.pathOffset(in: target)
        var end = start
        while end < target.count, target[end] != UInt8(ascii: "?") { end += 1 }
        route = Route.matching(path: target.extracting(start..<end))
        explain =
            end < target.count
            ? RequestTarget.explain(in: target.extracting((end + 1)..<target.count)) : false
    }

    /// Looks the path up among those of the conversation with ABDM, which a server without one does not have.
    mutating func findConversation(_ target: Span<UInt8>) {
        let start = RequestTarget.pathOffset(in: target)
        var end = start
        while end < target.count, target[end] != UInt8(ascii: "?") { end += 1 }
        let bytes = target.extracting(start..<end)
        let path = unsafe bytes.withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
        if let callback = CallbackPath.all.first(where: { $0.path == path }) {
            route = .callback
            self.callback = callback
        } else if path == "/v0.5/heartbeat" {
            route = .heartbeat
        } else if path.hasPrefix("/v1/counters/"), path.hasSuffix("/profiles") {
            let code = path.dropFirst("/v1/counters/".count).dropLast("/profiles".count)
            guard !code.isEmpty, !code.contains("/"), let counter = Self.unescaped(code) else {
                return
            }
            route = .counter
            self.counter = counter
        }
    }

    /// A part of a path with its percent escapes undone; nil where one is broken.
    private static func unescaped(_ part: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(part.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Where the path begins: behind scheme and authority, if there are any.
    private static func pathOffset(in target: Span<UInt8>) -> Int {
        guard target.count > 0, target[0] != UInt8(ascii: "/") else { return 0 }
        let schemes: [2 of StaticString] = ["http://", "https://"]
        for index in schemes.indices {
            let length = schemes[index].utf8CodeUnitCount
            guard target.count > length,
                schemes[index].equalsIgnoringCase(target.extracting(0..<length))
            else { continue }
            var offset = length
            while offset < target.count, target[offset] != UInt8(ascii: "/"),
                target[offset] != UInt8(ascii: "?")
            {
                offset += 1
            }
            return offset
        }
        return 0
    }

    private static func explain(in query: Span<UInt8>) -> Bool? {
        let name: StaticString = "explain"
        let yes: StaticString = "true"
        let no: StaticString = "false"
        var start = 0
        while start < query.count {
            var end = start
            var equals: Int?
            while end < query.count, query[end] != UInt8(ascii: "&") {
                if equals == nil, query[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if name.equals(escaped: query.extracting(start..<(equals ?? end))) {
                guard let equals else { return nil }
                let value = query.extracting((equals + 1)..<end)
                if yes.equals(escaped: value) { return true }
                return no.equals(escaped: value) ? false : nil
            }
            start = end + 1
        }
        return false
    }
}
