internal import Index
internal import Glibc

/// A request as a `ResponderServer` read it.
public struct ResponderRequest: Sendable {
    /// Which connection it came on, from 0.
    public let connection: Int
    /// `POST`, `GET`, ...
    public let method: String
    /// What stands behind the method.
    public let target: String
    /// By lower-case name.
    public let headers: [String: String]
    /// As many bytes as `Content-Length` says.
    public let body: [UInt8]

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// What a `ResponderServer` does with a request.
public enum ResponderAction: Sendable {
    /// Answers, and waits for the next request on the connection.
    case reply(status: Int, headers: [String] = [], body: String = "")
    /// Sends these bytes and closes the connection.
    case sendAndClose([UInt8])
    /// Closes the connection without a word.
    case drop
    /// Answers after so many milliseconds.
    case replyLate(milliseconds: Int, status: Int, body: String = "")
    /// Does nothing until the other side closes the connection.
    case stall
}

/// A small HTTP/1.1 server for tests of clients: one thread a connection, and any fault on request.
public final class ResponderServer: Sendable {
    /// Where it listens on 127.0.0.1.
    public let port: UInt16
    private let listener: Int32
    private let core: ResponderCore

    /// Starts it on a free port.
    ///
    /// - Parameters:
    ///   - dropsAtAccept: how many connections are closed as soon as they are made, before a byte is read.
    ///   - react: what to do with each request; called on the connection's thread.
    public init?(
        dropsAtAccept: Int = 0, react: @escaping @Sendable (ResponderRequest) -> ResponderAction
    ) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            let any = unsafe UnsafeMutableRawPointer(pointer)
                .assumingMemoryBound(to: sockaddr.self)
            return unsafe bind(descriptor, any, size) == 0 && listen(descriptor, 128) == 0
                && getsockname(descriptor, any, &size) == 0
        }
        guard isListening else {
            _ = close(descriptor)
            return nil
        }
        listener = descriptor
        port = UInt16(bigEndian: address.sin_port)
        // The threads know of the core alone: the server ends, and ends them, with its owner.
        let core = ResponderCore(dropsAtAccept: dropsAtAccept, react: react)
        self.core = core
        guard let accept = WorkThread({ core.accept(descriptor) }) else { return nil }
        core.state.withLock { $0.threads.append(accept) }
    }

    deinit {
        _ = shutdown(listener, Int32(SHUT_RDWR))
        let threads = core.state.withLock { state in
            state.isStopping = true
            for connection in state.connections { _ = shutdown(connection, Int32(SHUT_RDWR)) }
            return state.threads
        }
        for thread in threads { _ = thread.join() }
        // The accepting thread may have started one more before it ended.
        for thread in core.state.withLock({ $0.threads }) { _ = thread.join() }
        _ = close(listener)
    }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections there have been.
    public var acceptedCount: Int { core.state.withLock { $0.accepted } }

    /// How many of them it has closed itself.
    public var closedCount: Int { core.state.withLock { $0.closed } }

    /// The requests so far, in the order in which they were read.
    public var requests: [ResponderRequest] { core.state.withLock { $0.requests } }

    /// The most requests that were ever reacted to at one time.
    public var busiestCount: Int { core.state.withLock { $0.busiest } }
}

/// What the threads of a `ResponderServer` do and share.
private final class ResponderCore: Sendable {
    struct State {
        var accepted = 0
        var closed = 0
        var requests: [ResponderRequest] = []
        var connections: Set<Int32> = []
        var threads: [WorkThread<Bool>] = []
        var isStopping = false
        /// Requests that are being reacted to, and the most that there ever were.
        var busy = 0
        var busiest = 0
    }

    let state = ThreadLock(State())
    private let dropsAtAccept: Int
    private let react: @Sendable (ResponderRequest) -> ResponderAction

    init(
        dropsAtAccept: Int, react: @escaping @Sendable (ResponderRequest) -> ResponderAction
    ) {
        self.dropsAtAccept = dropsAtAccept
        self.react = react
    }

    func accept(_ listener: Int32) -> Bool {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { return true }
            serve(connection)
        }
    }

    private func serve(_ connection: Int32) {
        let number = state.withLock { state -> Int in
            state.accepted += 1
            return state.accepted - 1
        }
        guard number >= dropsAtAccept else {
            // With nothing to wait for the other side learns of it by a reset.
            var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout<Glibc.linger>.size))
            _ = close(connection)
            return
        }
        let isStopping = state.withLock { state in
            if !state.isStopping { state.connections.insert(connection) }
            return state.isStopping
        }
        guard !isStopping, let thread = WorkThread({ self.converse(connection, number) }) else {
            return _ = close(connection)
        }
        state.withLock { $0.threads.append(thread) }
    }

    private func converse(_ connection: Int32, _ number: Int) -> Bool {
        var reader = ResponderReader(connection: connection)
        while let request = reader.next(number), answer(request, connection) {}
        // Not closed before it is no longer known: its number may be another's at once.
        state.withLock { _ = $0.connections.remove(connection) }
        let isClosed = close(connection) == 0
        state.withLock { $0.closed += 1 }
        return isClosed
    }

    /// Reacts to a request; false when the connection is to be closed.
    private func answer(_ request: ResponderRequest, _ connection: Int32) -> Bool {
        state.withLock { state in
            state.requests.append(request)
            state.busy += 1
            state.busiest = max(state.busiest, state.busy)
        }
        defer { state.withLock { $0.busy -= 1 } }
        switch react(request) {
        case .reply(let status, let headers, let body):
            return Self.send(Self.reply(status, headers, body), connection)
        case .sendAndClose(let bytes):
            _ = Self.send(bytes, connection)
            return false
        case .drop:
            return false
        case .replyLate(let milliseconds, let status, let body):
            _ = usleep(UInt32(milliseconds) * 1000)
            return Self.send(Self.reply(status, [], body), connection)
        case .stall:
            var byte: UInt8 = 0
            while unsafe recv(connection, &byte, 1, 0) > 0 {}
            return false
        }
    }

    private static func reply(_ status: Int, _ headers: [String], _ body: String) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Whatever", "Content-Length: \(body.utf8.count)"] + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }

    private static func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { raw in
                unsafe Glibc.send(
                    connection, raw.baseAddress.map { unsafe $0 + sent }, raw.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

/// Requests off a connection, one after the other.
private struct ResponderReader {
    let connection: Int32
    var received: [UInt8] = []

    mutating func next(_ number: Int) -> ResponderRequest? {
        let end: [UInt8] = [13, 10, 13, 10]
        while received.count < 4
            || !received.indices.dropLast(3).contains(where: {
                received[$0] == 13 && received[$0..<($0 + 4)].elementsEqual(end)
            })
        {
            guard fill() else { return nil }
        }
        guard
            let headEnd = received.indices.dropLast(3).first(where: {
                received[$0] == 13 && received[$0..<($0 + 4)].elementsEqual(end)
            })
        else { return nil }
        let head = String(decoding: received[..<headEnd], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            headers[line[..<colon].lowercased()] = String(
                line[line.index(after: colon)...].drop { $0 == " " })
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while received.count < headEnd + 4 + length { guard fill() else { return nil } }
        let body = Array(received[(headEnd + 4)..<(headEnd + 4 + length)])
        received.removeFirst(headEnd + 4 + length)
        return ResponderRequest(
            connection: number, method: String(words[0]), target: String(words[1]),
            headers: headers, body: body)
    }

    private mutating func fill() -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe piece.withUnsafeMutableBytes { raw in
            unsafe recv(connection, raw.baseAddress, raw.count, 0)
        }
        guard count > 0 else { return false }
        received += piece[..<count]
        return true
    }
}
