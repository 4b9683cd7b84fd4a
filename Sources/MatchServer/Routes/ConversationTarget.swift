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
        callback = CallbackPath.all.first { $0.path == path }
        let counter = Self.part(of: path, between: "/v1/counters/", and: "/profiles")
        let stream = Self.part(of: path, between: "/v1/counters/", and: "/profiles/stream")
        let profile = Self.part(of: path, between: "/v1/profiles/", and: "/register")
        let authentication = Self.part(of: path, between: "/v1/profiles/", and: "/auth")
        let facility = Self.part(of: path, between: "/v1/facilities/", and: "/qr")
        name = counter ?? stream ?? profile ?? authentication ?? facility
        let end = RequestTarget.path(in: target).upperBound
        query = end < target.count ? Self.text(target.extracting((end + 1)...)) : ""
        if callback != nil {
            route = .callback
        } else if counter != nil {
            route = .counter
        } else if stream != nil {
            route = .stream
        } else if authentication != nil {
            route = .authentication
        } else if profile != nil {
            route = .register
        } else if facility != nil {
            route = .qr
        } else if path == "/v1/care-contexts" {
            route = .records
        } else if path == "/v0.5/heartbeat" {
            route = .heartbeat
        } else {
            return nil
        }
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
