internal import ABDM
internal import Gateway
internal import Ledger

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

extension OutboxSender {
    /// Tells a facility's own system of an event.
    ///
    /// Whatever is not a success is tried again: an address that answers 404 today may be a system that is being
    /// replaced. What is given up lies dead, where it can be seen and woken.
    func announce(_ entry: OutboxEntry) {
        guard let webhook = configuration.webhook else {
            return end(entry, .dead(problem: "there is no webhook in the configuration"))
        }
        guard let id = entry.message.announcementID else {
            return end(entry, .dead(problem: "the announcement cannot be read"))
        }
        let now = WireTime(milliseconds: clock.unixMilliseconds)
        sender.send(webhook.call(Array(entry.message.body.utf8), id: id, now: now)) { result in
            switch result {
            case .failure(.malformedCall):
                self.end(
                    entry,
                    .dead(problem: "the call cannot be made: look at the configured address"))
            case .failure: self.retry(entry, "no answer", afterSeconds: nil)
            case .success(let answer) where (200..<300).contains(answer.status):
                self.end(entry, .sent)
            case .success(let answer):
                self.retry(
                    entry, "status \(answer.status)", afterSeconds: answer.retryAfterSeconds)
            }
        }
    }
}
