/// What a client allows itself and others.
public struct HTTPClientLimits: Sendable {
    /// For finding the address, connecting and the TLS handshake; 1...3,600,000.
    public var connectMilliseconds: Int
    /// For everything from `send` to the end of the answer, waiting for a turn included; 1...3,600,000.
    public var wholeMilliseconds: Int
    /// Calls under way to one destination at one time; 1...4096.
    public var concurrentMax: Int
    /// Calls that wait for their turn at one destination, 0 or more; one beyond fails at once.
    public var waitingMax: Int
    /// The largest body of an answer in bytes.
    public var answerBytesMax: Int
    /// The largest head of an answer in bytes.
    public var headBytesMax: Int
    /// A PEM file of authorities to trust instead of the system's; nil for those.
    public var authoritiesFile: String?
    /// Whether `http_proxy`, `https_proxy` and `no_proxy` count, as they do for curl.
    public var usesEnvironmentProxy: Bool

    /// Limits that suit the gateway, to be changed where they do not fit.
    public init(
        connectMilliseconds: Int = 5000, wholeMilliseconds: Int = 20_000, concurrentMax: Int = 64,
        waitingMax: Int = 8192, answerBytesMax: Int = 1 << 20, headBytesMax: Int = 64 << 10,
        authoritiesFile: String? = nil, usesEnvironmentProxy: Bool = true
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.wholeMilliseconds = wholeMilliseconds
        self.concurrentMax = concurrentMax
        self.waitingMax = waitingMax
        self.answerBytesMax = answerBytesMax
        self.headBytesMax = headBytesMax
        self.authoritiesFile = authoritiesFile
        self.usesEnvironmentProxy = usesEnvironmentProxy
    }

    /// With so little time left a call is not begun any more: it would arrive, and its answer would not.
    var leastMilliseconds: Int { min(100, wholeMilliseconds / 10) }

    /// Whether every one of them is in its range.
    var isSound: Bool {
        (1...3_600_000).contains(connectMilliseconds) && (1...3_600_000).contains(wholeMilliseconds)
            && (1...4096).contains(concurrentMax) && waitingMax >= 0 && answerBytesMax >= 0
            && headBytesMax > 0
    }
}
