internal import Glibc

/// A TCP connection to a server on this machine, for tests that send requests byte by byte.
@safe public struct HTTPConnection: ~Copyable {
    /// What went wrong with a connection.
    public enum Failure: Error, Equatable {
        case noConnection(errno: Int32)
        /// Nothing came within the time that was set.
        case timedOut
        /// The other side has closed or reset the connection.
        case closed
        /// What came is no HTTP reply.
        case malformed
    }

    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Connects to 127.0.0.1.
    public init(port: UInt16, timeoutSeconds: Int = 20) throws(Failure) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe connect(
                descriptor,
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard result == 0 else {
            let code = errno
            _ = close(descriptor)
            throw .noConnection(errno: code)
        }
        self.descriptor = descriptor
        var patience = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var yes: Int32 = 1
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { _ = close(descriptor) }

    /// Sends all of the bytes; false when the other side has gone.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { raw in
                unsafe Glibc.send(
                    descriptor, raw.baseAddress.map { unsafe $0 + sent }, raw.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Sends a text as UTF-8; false when the other side has gone.
    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Says that nothing more will be sent.
    public func endSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the kernel take little at a time, so that the other side's sending stalls.
    public func narrowReceiveBuffer() {
        var bytes: Int32 = 4096
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Reads one reply.
    ///
    /// - Parameter hasBody: false for the reply to HEAD.
    /// - Returns: the reply; interim ones (100) are replies too.
    /// - Throws: `Failure` when none came, or no whole one.
    public mutating func reply(hasBody: Bool = true) throws(Failure) -> HTTPReply {
        let head = try readHead()
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst()?.split(separator: " ", maxSplits: 2), first.count >= 2,
            let status = Int(first[1])
        else { throw .malformed }
        var headers: [String: String] = [:]
        for line in lines where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        var body: [UInt8] = []
        if hasBody && status >= 200 {
            if headers["transfer-encoding"] == "chunked" {
                body = try readChunks()
            } else if let length = headers["content-length"].flatMap({ Int($0) }) {
                body = try take(length)
            } else {
                body = try readToEnd()
            }
        }
        return HTTPReply(status: status, headers: headers, body: body)
    }

    /// Reads until the other side ends; what has come is returned.
    public mutating func readToEnd() throws(Failure) -> [UInt8] {
        do throws(Failure) {
            while true { try fill() }
        } catch {
            guard error == .closed else { throw error }
            defer { received = [] }
            return received
        }
    }

    /// Whether the other side ends the connection, without a word, within the time that was set.
    public mutating func isEndedSilently() -> Bool {
        do throws(Failure) {
            return try readToEnd().isEmpty
        } catch {
            return false
        }
    }

    /// Reads bytes as they come and forgets them; false when the other side has ended.
    public mutating func skipSome() throws(Failure) {
        received = []
        try fill()
    }

    private mutating func readHead() throws(Failure) -> String {
        while true {
            if received.count >= 4 {
                for end in 0...(received.count - 4) where received[end] == 0x0D {
                    guard received[end..<(end + 4)].elementsEqual([13, 10, 13, 10]) else {
                        continue
                    }
                    defer { received.removeFirst(end + 4) }
                    return String(decoding: received[..<end], as: UTF8.self)
                }
            }
            try fill()
        }
    }

    private mutating func readChunks() throws(Failure) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while !received.contains(0x0A) { try fill() }
            guard let end = received.firstIndex(of: 0x0A) else { throw .malformed }
            let digits = String(decoding: received[..<end], as: UTF8.self)
                .prefix { $0.isHexDigit }
            guard let count = Int(digits, radix: 16) else { throw .malformed }
            received.removeFirst(end + 1)
            body += try take(count)
            guard try take(2) == [13, 10] else { throw .malformed }
            if count == 0 { return body }
        }
    }

    private mutating func take(_ count: Int) throws(Failure) -> [UInt8] {
        while received.count < count { try fill() }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private mutating func fill() throws(Failure) {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe piece.withUnsafeMutableBytes { raw in
            unsafe recv(descriptor, raw.baseAddress, raw.count, 0)
        }
        if count == 0 { throw .closed }
        if count < 0 { throw errno == EAGAIN ? .timedOut : .closed }
        received += piece[..<count]
    }
}

/// A reply as it came.
public struct HTTPReply: Sendable {
    /// 200, 404, ...
    public let status: Int
    /// By lower-case name.
    public let headers: [String: String]
    /// The body with any chunks joined.
    public let body: [UInt8]

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// One request on a connection of its own.
public func requestOnce(
    port: UInt16, _ head: String, body: String = "", hasBody: Bool = true
) throws(HTTPConnection.Failure) -> HTTPReply {
    var connection = try HTTPConnection(port: port)
    connection.send(head + "\r\n\r\n" + body)
    return try connection.reply(hasBody: hasBody)
}
