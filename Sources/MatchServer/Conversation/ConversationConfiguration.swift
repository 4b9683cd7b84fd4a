public import ABDM

/// A facility that Milaan speaks for.
public struct ConversationFacility: Equatable, Sendable {
    /// Its id in the registry, which callbacks name in `X-HIP-ID`.
    public var id: String
    /// What patients call it.
    public var name: String
    /// The protocol of the requests that it makes; answers are in the protocol of whoever asked.
    public var version: WireVersion

    /// A facility from its parts.
    public init(id: String, name: String, version: WireVersion) {
        self.id = id
        self.name = name
        self.version = version
    }
}

/// How short messages are handed to whoever sends them.
///
/// In URL, headers and body `{mobile}` (E.164 digits), `{otp}`, `{minutes}` and `{facility}` are replaced.
public struct ShortMessageService: Equatable, Sendable {
    /// Where.
    public var url: String
    /// `POST` or `GET`.
    public var method: String
    /// Names and values.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: String

    /// A service from its parts.
    public init(url: String, method: String, headers: [(name: String, value: String)], body: String)
    {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
    }

    /// Whether two are the same.
    public static func == (one: ShortMessageService, other: ShortMessageService) -> Bool {
        one.url == other.url && one.method == other.method && one.body == other.body
            && one.headers.elementsEqual(other.headers, by: ==)
    }
}

/// What the conversation with ABDM needs to know.
public struct ConversationConfiguration: Sendable {
    /// The base before `/v0.5/...`, without a slash at its end; nil where v0.5 is not spoken.
    public var gateway: String?
    /// The base of the v3 paths, without a slash at its end; nil where v3 is not spoken.
    public var hiecm: String?
    /// What the gateway calls us.
    public var clientID: String
    /// Never logged.
    public var clientSecret: String
    /// The consent manager of messages that name no patient, such as `sbx`.
    public var consentManager: String
    /// The facilities; a callback for any other is refused.
    public var facilities: [ConversationFacility]
    /// nil for the log, as in development.
    public var shortMessages: ShortMessageService?
    /// Who wants to hear of what happened; nil for nobody.
    public var webhook: Webhook?
    /// How old a callback may be.
    public var replayWindow = ReplayWindow()
    /// How often a message is tried.
    public var triesMax = 12
    /// The longest wait between two tries that nobody asked to be longer, in minutes, 1...60: the ledger takes one of
    /// much more than an hour for a clock that was set back.
    public var longestWaitMinutes = 10
    /// Calls under way to one base at one time.
    public var concurrentMax = 64
    /// Messages to one base that are held in memory at one time; the others wait in the ledger.
    public var heldMax = 4096
    /// How long somebody on a network waits for the ledger before they are told to come again, in milliseconds.
    ///
    /// Less than the gateway's five seconds.
    public var stallMilliseconds: UInt64 = 3000

    /// A configuration from its parts.
    public init(
        gateway: String?, hiecm: String?, clientID: String, clientSecret: String,
        consentManager: String, facilities: [ConversationFacility],
        shortMessages: ShortMessageService?
    ) {
        self.gateway = gateway
        self.hiecm = hiecm
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.consentManager = consentManager
        self.facilities = facilities
        self.shortMessages = shortMessages
    }

    /// Whether the apps and addresses of the real network are meant, and not the sandbox's.
    var isProduction: Bool { consentManager == "abdm" }

    /// The base URL of a message's destination; nil where that protocol is not spoken.
    func url(of base: GatewayPath.Base) -> String? {
        switch base {
        case .gateway: gateway
        case .hiecm: hiecm
        case .sms: shortMessages?.url
        case .webhook: webhook?.url
        }
    }
}
