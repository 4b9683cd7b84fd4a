internal import ABDM
internal import Gateway

/// Where a facility's own system wants to hear of what happened.
public struct Webhook: Sendable {
    /// Where.
    public var url: String
    /// More headers, such as the other system's own token; never logged.
    public var headers: [(name: String, value: String)]
    /// Gives the header `webhook-signature` of an event's id, the seconds since 1970 and the body; nil where nothing is
    /// signed.
    public var sign: (@Sendable (_ id: String, _ seconds: Int64, _ body: [UInt8]) -> String)?

    /// A webhook from its parts.
    public init(
        url: String, headers: [(name: String, value: String)],
        sign: (@Sendable (_ id: String, _ seconds: Int64, _ body: [UInt8]) -> String)?
    ) {
        self.url = url
        self.headers = headers
        self.sign = sign
    }

    /// The call that tells of an event.
    func call(_ body: [UInt8], id: String, now: WireTime) -> HTTPCall {
        let seconds = now.milliseconds / 1000
        var headers = [
            HTTPHeader("Content-Type", "application/json"), HTTPHeader("webhook-id", id),
            HTTPHeader("webhook-timestamp", "\(seconds)"),
        ]
        if let sign { headers.append(HTTPHeader("webhook-signature", sign(id, seconds, body))) }
        return HTTPCall(
            .post, url, headers: headers + self.headers.map { HTTPHeader($0.name, $0.value) },
            body: body)
    }
}
