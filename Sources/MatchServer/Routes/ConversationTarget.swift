internal import ABDM

/// A path of the conversation with ABDM, which a server without one does not have.
final class ConversationTarget {
    let route: Route
    /// The path of ABDM's that it is; nil where it is none.
    let callback: CallbackPath?
    /// The counter, the profile or the facility that it names; nil where it names none.
    let name: String?
    /// What stands behind the path's question mark.
    let query: String

    /// nil where the target is no path of the conversation.
    init?(_ target: Span<UInt8>) {
        let bytes = target.extracting(RequestTarget.path(in: target))
        let path = Self.text(bytes)
        let end = RequestTarget.path(in: target).upperBound
        query = end < target.count ? Self.text(target.extracting((end + 1)...)) : ""
        callback = CallbackPath.all.first { $0.path == path }
        if callback != nil {
            (route, name) = (.callback, nil)
        } else if let (named, part) = Self.named(path) {
            (route, name) = (named, part)
        } else if path == "/v1/care-contexts" {
            (route, name) = (.records, nil)
        } else if path == "/v0.5/heartbeat" {
            (route, name) = (.heartbeat, nil)
        } else {
            return nil
        }
    }

    /// The paths that name something in their middle.
    private static let named: [(route: Route, start: String, end: String)] = [
        (.counter, "/v1/counters/", "/profiles"),
        (.stream, "/v1/counters/", "/profiles/stream"),
        (.register, "/v1/profiles/", "/register"),
        (.authentication, "/v1/profiles/", "/auth"),
        (.qr, "/v1/facilities/", "/qr"),
    ]

    private static func named(_ path: String) -> (Route, String)? {
        for (route, start, end) in named {
            if let part = part(of: path, between: start, and: end) { return (route, part) }
        }
        return nil
    }

    /// A route that a server without a conversation has too.
    init(_ route: Route) {
        self.route = route
        callback = nil
        name = nil
        query = ""
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// What stands between two parts of a path; nil where they are not there, or nothing is between them.
    private static func part(of path: String, between start: String, and end: String) -> String? {
        guard path.hasPrefix(start), path.hasSuffix(end),
            path.utf8.count > start.utf8.count + end.utf8.count
        else { return nil }
        let name = path.dropFirst(start.count).dropLast(end.count)
        return name.contains("/") ? nil : unescaped(name)
    }

    /// A part of a target with its percent escapes undone; nil where one is broken.
    static func unescaped(_ part: Substring) -> String? {
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
}
