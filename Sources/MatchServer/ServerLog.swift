internal import Glibc
internal import Index

/// What happened to a server as a whole; never what a request said.
public enum ServerEvent: Sendable, Equatable {
    /// It accepts connections.
    case started(port: UInt16, threads: Int)
    /// It accepts no more connections and waits for the open ones.
    case draining(openConnections: Int)
    /// It has stopped; how many connections had to be cut.
    case stopped(cutConnections: Int)
    /// The HTTP library complained; the words are its own format, without the values.
    case libraryMessage(format: String, suppressedBefore: Int)
    /// A call of the operating system failed while serving.
    case systemFailure(call: String, errno: Int32)
    /// A message of the outbox is tried no more; `milaan outbox` shows and wakes it.
    case messageDead(id: Int64, problem: String)
    /// Something could not be written down; whoever sent it is told to come again.
    case ledgerFailure(problem: String)
    /// A one-time password, where no service for short messages is configured: for development only.
    case passwordInsteadOfMessage(hint: String, digits: String)
}

/// How much an event matters.
public enum ServerLogLevel: String, Sendable, Comparable {
    /// For whoever looks for a fault in a client.
    case debug
    /// What an operator wants to have read later.
    case info
    /// What an operator has to do something about.
    case error

    private var order: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .error: 2
        }
    }

    /// Whether one matters less than another.
    public static func < (one: ServerLogLevel, other: ServerLogLevel) -> Bool {
        one.order < other.order
    }
}

/// Where a server's events are written, one JSON object a line.
public struct ServerLog: Sendable {
    private let sink: @Sendable (ServerEvent) -> Void

    /// A log that hands each event on.
    public init(_ sink: @escaping @Sendable (ServerEvent) -> Void) { self.sink = sink }

    /// A log that writes to the standard error stream what is at least of level info.
    public static let standardError = ServerLog { event in
        guard event.level >= .info else { return }
        var line = Array(event.jsonLine.utf8)
        line.append(0x0A)
        // One call for the whole line, so that lines of several threads do not mix.
        _ = unsafe line.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }

    /// A log that forgets.
    public static let silent = ServerLog { _ in }

    func write(_ event: ServerEvent) { sink(event) }
}

extension ServerEvent {
    /// The event as one JSON object.
    public var jsonLine: String {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        let milliseconds = Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
        return "{\"unixMilliseconds\":\(milliseconds),\"level\":\"\(level.rawValue)\",\(members)}"
    }

    /// How much it matters.
    public var level: ServerLogLevel {
        switch self {
        case .started, .draining, .stopped: .info
        case .libraryMessage: .debug
        case .systemFailure, .messageDead, .ledgerFailure: .error
        case .passwordInsteadOfMessage: .info
        }
    }

    private var members: String {
        switch self {
        case .started(let port, let threads):
            "\"event\":\"started\",\"port\":\(port),\"threads\":\(threads)"
        case .draining(let open): "\"event\":\"draining\",\"openConnections\":\(open)"
        case .stopped(let cut): "\"event\":\"stopped\",\"cutConnections\":\(cut)"
        case .libraryMessage(let format, let suppressed):
            "\"event\":\"libraryMessage\",\"format\":\"\(plain(format))\","
                + "\"suppressedBefore\":\(suppressed)"
        case .systemFailure(let call, let errno):
            "\"event\":\"systemFailure\",\"call\":\"\(plain(call))\",\"errno\":\(errno)"
        case .messageDead(let id, let problem):
            "\"event\":\"messageDead\",\"id\":\(id),\"problem\":\"\(plain(problem))\""
        case .ledgerFailure(let problem):
            "\"event\":\"ledgerFailure\",\"problem\":\"\(plain(problem))\""
        case .passwordInsteadOfMessage(let hint, let digits):
            "\"event\":\"passwordInsteadOfMessage\",\"mobile\":\"\(plain(hint))\","
                + "\"digits\":\"\(plain(digits))\""
        }
    }

    /// The text with everything that a JSON string would have to escape made a space.
    private func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                scalar.value < 0x20 || scalar == "\"" || scalar == "\\" ? " " : Character(scalar)
            })
    }
}

/// Lets the HTTP library speak at most once a second, so that no client can fill the log.
final class LibraryMessageGate: Sendable {
    private let state = ThreadLock<(openAtMilliseconds: UInt64, suppressed: Int)>((0, 0))

    /// How many messages were held back before this one, or nil when this one is held back too.
    func pass(atMilliseconds now: UInt64) -> Int? {
        state.withLock { state in
            guard now >= state.openAtMilliseconds else {
                state.suppressed += 1
                return nil
            }
            let suppressed = state.suppressed
            state = (now + 1000, 0)
            return suppressed
        }
    }
}
