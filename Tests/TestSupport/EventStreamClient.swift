internal import Glibc

/// A client of a server-sent event stream, for tests that read it event by event.
public final class EventStreamClient {
    /// One event, or a comment.
    public struct Event: Equatable, Sendable {
        /// Empty where it has none.
        public var id = ""
        /// Empty where it has none.
        public var kind = ""
        /// Empty where it has none.
        public var data = ""
        /// Whether it is only a sign of life.
        public var isComment = false
    }

    /// What went wrong.
    public enum Failure: Error, Equatable {
        case noConnection
        case timedOut
        /// The connection broke before the reply was whole.
        case broken
        case malformed
    }

    /// The status of the reply.
    public let status: Int
    /// The head of the reply, in lower case.
    public let head: String
    private let descriptor: Int32
    private var received: [UInt8]
    private var body: [UInt8] = []
    private var isOver = false

    /// Asks for a stream on 127.0.0.1.
    ///
    /// - Parameters:
    ///   - port: the server's.
    ///   - target: the path.
    ///   - headers: more lines of the request, each with its end.
    ///   - receiveBytes: how much the kernel keeps for us; nil for what it likes.
    ///   - timeoutSeconds: how long nothing may come.
    /// - Throws: `Failure` where no reply begins.
    public init(
        port: UInt16, target: String, headers: String = "", receiveBytes: Int32? = nil,
        timeoutSeconds: Int = 20
    ) throws(Failure) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        if var bytes = receiveBytes {
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let own = descriptor
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe connect(
                own, UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard result == 0 else {
            _ = close(descriptor)
            throw .noConnection
        }
        let request = Array("GET \(target) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n".utf8)
        _ = unsafe send(own, request, request.count, Int32(MSG_NOSIGNAL))
        var bytes: [UInt8] = []
        var end: Int?
        while end == nil {
            guard let piece = Self.piece(own), !piece.isEmpty else {
                _ = close(own)
                throw .broken
            }
            bytes += piece
            end = Self.place(of: [13, 10, 13, 10], in: bytes)
        }
        let head = String(decoding: bytes[..<(end ?? 0)], as: UTF8.self)
        let words = head.split(separator: " ", maxSplits: 2)
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        self.head = head.lowercased()
        received = Array(bytes[((end ?? 0) + 4)...])
    }

    deinit { _ = close(descriptor) }

    /// The next event; nil at the stream's proper end.
    public func next(skippingComments: Bool = true) throws(Failure) -> Event? {
        while true {
            if let end = Self.place(of: [10, 10], in: body) {
                let text = String(decoding: body[..<end], as: UTF8.self)
                body.removeFirst(end + 2)
                let event = Self.event(text)
                if event == Event() || event.isComment && skippingComments { continue }
                return event
            }
            if isOver { return nil }
            try fill()
        }
    }

    private func fill() throws(Failure) {
        while true {
            if let line = Self.place(of: [13, 10], in: received) {
                let digits = String(decoding: received[..<line], as: UTF8.self)
                guard let count = Int(digits, radix: 16) else { throw .malformed }
                if received.count >= line + 2 + count + 2 {
                    body += received[(line + 2)..<(line + 2 + count)]
                    received.removeFirst(line + 2 + count + 2)
                    isOver = count == 0
                    return
                }
            }
            guard let piece = Self.piece(descriptor) else { throw .timedOut }
            guard !piece.isEmpty else { throw .broken }
            received += piece
        }
    }

    private static func event(_ text: String) -> Event {
        var event = Event()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(":") { event.isComment = true }
            if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
            if line.hasPrefix("event: ") { event.kind = String(line.dropFirst(7)) }
            if line.hasPrefix("data: ") { event.data += line.dropFirst(6) }
        }
        return event
    }

    private static func piece(_ descriptor: Int32) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        let count = unsafe piece.withUnsafeMutableBytes { raw in
            unsafe recv(descriptor, raw.baseAddress, raw.count, 0)
        }
        if count < 0 { return errno == EAGAIN ? nil : [] }
        return Array(piece[..<count])
    }

    private static func place(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        for start in 0...(bytes.count - pattern.count)
        where bytes[start] == pattern[0]
            && bytes[start..<(start + pattern.count)].elementsEqual(pattern)
        {
            return start
        }
        return nil
    }
}
