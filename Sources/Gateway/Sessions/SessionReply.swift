internal import JSON

/// What the gateway says when it is asked for a session token.
public struct SessionReply: Sendable, Equatable {
    /// What stands behind `Bearer `: visible ASCII, at most 16 KiB.
    public let accessToken: String
    /// How long it is good for; 1...86,400.
    public let expiresInSeconds: Int64

    /// Reads a reply; nil where there is no usable token.
    ///
    /// `expiresIn` is in seconds, whatever the published description says, and sometimes a string. Where
    /// it is missing or of no use, the token is taken to be good for five minutes.
    ///
    /// - Parameter body: as it came.
    public init?(_ body: Span<UInt8>) {
        var document = JSONDocument()
        guard (try? document.parse(body)) != nil, document.node(document.root, is: .object),
            let token = document.member("accessToken", of: document.root),
            document.node(token, is: .string)
        else { return nil }
        let text = document.text(of: token)
        guard (1...Self.tokenBytesMax).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        accessToken = text
        var seconds: Int64?
        if let node = document.member("expiresIn", of: document.root) {
            seconds =
                document.node(node, is: .string)
                ? Int64(document.text(of: node)) : document.integer(of: node)
        }
        let usable = seconds.flatMap { $0 > 0 ? $0 : nil } ?? Self.defaultSeconds
        expiresInSeconds = min(usable, 86_400)
    }

    /// The longest token that is taken, in bytes.
    public static let tokenBytesMax = 16 << 10

    private static let defaultSeconds: Int64 = 300
}
