/// What a call asks of the other side.
public enum HTTPMethod: String, Sendable, CaseIterable {
    /// Asks for something; has no body.
    case get = "GET"
    /// Hands something over.
    case post = "POST"
    /// Hands over what takes the place of something.
    case put = "PUT"
    /// Hands over a change.
    case patch = "PATCH"
}

/// One header of a call.
public struct HTTPHeader: Hashable, Sendable {
    /// In any case.
    public var name: String
    /// Without the line's end.
    public var value: String

    /// A header; whether it can be sent is looked at when it is.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request to somebody else's server.
///
/// Its description names the method and the server, never what stands behind that.
public struct HTTPCall: Sendable {
    /// What is asked.
    public var method: HTTPMethod
    /// `http://` or `https://`, ASCII, no user and password in it.
    public var url: String
    /// Beside those that every request has: `Host`, `Content-Length`, `Accept`.
    public var headers: [HTTPHeader]
    /// Sent as it is; none with `get`.
    public var body: [UInt8]

    /// A call; whether it can be sent is looked at when it is.
    public init(
        _ method: HTTPMethod, _ url: String, headers: [HTTPHeader] = [], body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Scheme, host and port as they stand in the URL, in lower case; nil where it is no URL to call.
    ///
    /// Calls of one destination share its connections and their limit.
    public var destination: String? {
        let isPlain = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
        guard isPlain, url.utf8.count <= Self.urlBytesMax else { return nil }
        let lower = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        let authority = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        return scheme + authority
    }

    /// The longest URL that is called, in bytes.
    static let urlBytesMax = 8 << 10

    /// Why it cannot be sent; nil when it can.
    var flaw: HTTPCallFlaw? {
        if destination == nil { return .url }
        for header in headers {
            // RFC 9110, 5.6.2: a token.
            let isToken = header.name.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
            }
            guard isToken, !header.name.isEmpty else { return .headerName }
            let isValue = header.value.utf8.allSatisfy { byte in
                byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t")
            }
            guard isValue else { return .headerValue }
        }
        return method == .get && !body.isEmpty ? .body : nil
    }
}

extension HTTPCall: CustomStringConvertible, CustomReflectable {
    /// The method and the destination.
    public var description: String { "\(method.rawValue) \(destination ?? "nowhere")" }

    /// Nothing: a dump would show tokens and people.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The part of a call for which it cannot be sent.
public enum HTTPCallFlaw: Sendable, Equatable {
    /// Not `http` or `https`, with a password in it, with bytes that no URL has, or too long.
    case url
    /// Empty, or with bytes that would end it.
    case headerName
    /// With control characters, such as a line's end.
    case headerValue
    /// A body where the method has none.
    case body
}

/// What came back, whatever its status.
///
/// Its description has the status and the body's length only.
public struct HTTPAnswer: Sendable {
    /// 100...999; redirects are answers too.
    public var status: Int
    /// The seconds of the header `Retry-After`, also where it names a date; nil without it.
    public var retryAfterSeconds: Int?
    /// The whole body.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, retryAfterSeconds: Int? = nil, body: [UInt8] = []) {
        self.status = status
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
    }

    /// Whether the status is 200...299.
    public var isSuccess: Bool { (200...299).contains(status) }
}

extension HTTPAnswer: CustomStringConvertible, CustomReflectable {
    /// The status and the length of the body.
    public var description: String { "status \(status), \(body.count) bytes" }

    /// Nothing: a dump would show tokens and people.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
