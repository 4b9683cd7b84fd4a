internal import Glibc

/// A TCP connection to a server on this machine, for tests that send requests byte by byte.
public final class HTTPConnection {
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
    /// How much of what was received has been handed out.
    private var taken = 0

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
        Self.setPatience(of: descriptor, seconds: timeoutSeconds)
        var yes: Int32 = 1
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Connects to a Unix domain socket.
    public init(path: String, timeoutSeconds: Int = 20) throws(Failure) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8.prefix(107))
        }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe connect(
                descriptor, UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        guard result == 0 else {
            let code = errno
            _ = close(descriptor)
            throw .noConnection(errno: code)
        }
        self.descriptor = descriptor
        Self.setPatience(of: descriptor, seconds: timeoutSeconds)
    }

    deinit { _ = close(descriptor) }

    private static func setPatience(of descriptor: Int32, seconds: Int) {
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

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
        // Not below the largest segment, or the kernels wait for each other.
        var bytes: Int32 = 256 << 10
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Reads one reply.
    ///
    /// - Parameter hasBody: false for the reply to HEAD.
    /// - Returns: the reply; interim ones (100) are replies too.
    /// - Throws: `Failure` when none came, or no whole one.
    public func reply(hasBody: Bool = true) throws(Failure) -> HTTPReply {
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
    public func readToEnd() throws(Failure) -> [UInt8] {
        do throws(Failure) {
            while true { try fill() }
        } catch {
            guard error == .closed else { throw error }
            return takeAll()
        }
    }

    /// Whether the other side ends the connection, without a word, within the time that was set.
    public func isEndedSilently() -> Bool {
        do throws(Failure) {
            return try readToEnd().isEmpty
        } catch {
            return false
        }
    }

    /// Reads bytes as they come and forgets them; false when the other side has ended.
    public func skipSome() throws(Failure) {
        _ = takeAll()
        try fill()
    }

    /// Waits until something has come, and leaves it.
    public func waitForBytes() throws(Failure) {
        if taken == received.count { try fill() }
    }

    private func readHead() throws(Failure) -> String {
        while true {
            var end = taken
            while end + 4 <= received.count {
                if received[end] == 13, received[end..<(end + 4)].elementsEqual([13, 10, 13, 10]) {
                    defer { taken = end + 4 }
                    return String(decoding: received[taken..<end], as: UTF8.self)
                }
                end += 1
            }
            try fill()
        }
    }

    private func readChunks() throws(Failure) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            while !received[taken...].contains(0x0A) { try fill() }
            guard let end = received[taken...].firstIndex(of: 0x0A) else { throw .malformed }
            let digits = String(decoding: received[taken..<end], as: UTF8.self)
                .prefix { $0.isHexDigit }
            guard let count = Int(digits, radix: 16) else { throw .malformed }
            taken = end + 1
            body += try take(count)
            guard try take(2) == [13, 10] else { throw .malformed }
            if count == 0 { return body }
        }
    }

    private func take(_ count: Int) throws(Failure) -> [UInt8] {
        while received.count - taken < count { try fill() }
        defer { taken += count }
        return Array(received[taken..<(taken + count)])
    }

    private func takeAll() -> [UInt8] {
        defer {
            received = []
            taken = 0
        }
        return Array(received[taken...])
    }

    private func fill() throws(Failure) {
        if taken == received.count { _ = takeAll() }
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
    let connection = try HTTPConnection(port: port)
    connection.send(head + "\r\n\r\n" + body)
    return try connection.reply(hasBody: hasBody)
}
