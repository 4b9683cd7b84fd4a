internal import JSON

/// A message of ours, ready but for what is fresh at every try.
public struct OutboundMessage: Equatable, Sendable {
    /// Where it goes.
    public var destination: GatewayPath
    /// The facility that speaks.
    public var facility: String
    /// The consent manager it is for; nil where the configured one is meant.
    public var consentManager: String?
    /// One JSON object without request id and timestamp; see `MessageEnvelope`.
    public var body: String
    /// What an answer is about that will come as a callback; nil where none will.
    public var subject: String?
    /// The linking token that v3 wants as a header.
    public var linkToken: String?

    /// A message from its parts.
    public init(
        destination: GatewayPath, facility: String, consentManager: String?, body: String
    ) {
        self.destination = destination
        self.facility = facility
        self.consentManager = consentManager
        self.body = body
    }
}

/// What is fresh at every try of a message: the gateway refuses a request id that it has seen.
public struct MessageEnvelope: Sendable {
    /// The try's request id.
    public var requestID: String
    /// When the try is made.
    public var sentAt: WireTime

    /// An envelope from its parts.
    ///
    /// - Parameters:
    ///   - requestID: a UUID that was never used.
    ///   - sentAt: now.
    public init(requestID: String, sentAt: WireTime) {
        self.requestID = requestID
        self.sentAt = sentAt
    }

    /// The body as it is sent to a base: v0.5 has request id and timestamp in front of the other members.
    ///
    /// - Parameters:
    ///   - body: an object, as an `OutboundMessage` has it.
    ///   - base: where it goes.
    /// - Returns: the object with what the base's protocol wants within.
    public func complete(_ body: String, for base: GatewayPath.Base) -> String {
        guard base == .gateway else { return body }
        let rest = body.utf8.dropFirst()
        let comma = rest.first == UInt8(ascii: "}") ? "" : ","
        return "{\"requestId\":\"\(requestID)\",\"timestamp\":\"\(sentAt.text)\"" + comma
            + String(decoding: rest, as: UTF8.self)
    }

    /// The headers that a base's protocol wants, without the session token.
    ///
    /// - Parameters:
    ///   - base: where the message goes.
    ///   - facility: who speaks.
    ///   - consentManager: who it is for, such as `sbx`.
    /// - Returns: names and values.
    public func headers(
        for base: GatewayPath.Base, facility: String, consentManager: String
    ) -> [(name: String, value: String)] {
        switch base {
        case .gateway: [("X-CM-ID", consentManager)]
        case .hiecm:
            [
                ("REQUEST-ID", requestID), ("TIMESTAMP", sentAt.text), ("X-CM-ID", consentManager),
                ("X-HIP-ID", facility),
            ]
        case .sms, .webhook: []
        }
    }
}

extension OutboundMessage {
    /// A short message to a patient's mobile, for the configured service to send.
    ///
    /// - Parameters:
    ///   - message: whom it goes to and what it carries.
    ///   - facility: who speaks.
    public init(_ message: TextMessage, facility: String) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("mobile")
        writer.string(String(message.mobile))
        writer.key("otp")
        writer.string(message.digits)
        writer.key("minutes")
        writer.integer(message.minutes)
        writer.endObject()
        self.init(
            destination: GatewayPath(.sms, ""), facility: facility, consentManager: nil,
            body: String(decoding: writer.take(), as: UTF8.self))
    }

    /// The short message that `init` wrote; nil for any other message.
    public var textMessage: TextMessage? {
        guard destination.base == .sms else { return nil }
        return MessageObject.read(body) { (root, document) throws(MessageError) -> TextMessage? in
            guard let mobile = try root.text("mobile", in: document).flatMap({ UInt64($0) }),
                let digits = try root.text("otp", in: document),
                let minutes = try root.integer("minutes", in: document)
            else { return nil }
            return TextMessage(mobile: mobile, digits: digits, minutes: minutes)
        } ?? nil
    }
}
