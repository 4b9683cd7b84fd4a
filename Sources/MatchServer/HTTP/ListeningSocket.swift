internal import Glibc

/// A socket that listens, owned by one place and closed when that place ends.
struct ListeningSocket: ~Copyable {
    let descriptor: Int32
    /// The port it listens on, also where any was asked for; 0 of a Unix domain socket.
    let port: UInt16
    /// What goes with it of a Unix domain socket.
    private let file: SocketFile?

    /// Binds to the address of a configuration and listens.
    init(_ configuration: ServerConfiguration) throws(ServerError) {
        if let path = configuration.unixPath {
            try self.init(path: path)
        } else {
            try self.init(host: configuration.host, port: configuration.port)
        }
    }

    /// Binds to the first address of the host and listens.
    private init(host: String, port: UInt16) throws(ServerError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0,
            let address = unsafe found
        else { throw .addressUnknown(host: host) }
        defer { unsafe freeaddrinfo(address) }

        let descriptor = try Self.makeSocket(unsafe address.pointee.ai_family)
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        guard unsafe bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0
        else { throw ListeningSocket.failure(of: "bind", closing: descriptor) }
        try Self.listen(on: descriptor)
        guard let bound = ListeningSocket.port(of: descriptor) else {
            throw ListeningSocket.failure(of: "getsockname", closing: descriptor)
        }
        self.descriptor = descriptor
        self.port = bound
        file = nil
    }

    /// Binds to a path, in the place of a socket that a server left behind, and listens.
    private init(path: String) throws(ServerError) {
        let descriptor = try Self.makeSocket(AF_UNIX)
        let file: SocketFile
        do throws(ServerError) {
            file = try SocketFile(binding: descriptor, to: path)
        } catch {
            _ = close(descriptor)
            throw error
        }
        try Self.listen(on: descriptor)
        self.descriptor = descriptor
        port = 0
        self.file = file
    }

    deinit {
        file?.remove()
        _ = close(descriptor)
    }

    private static func makeSocket(_ family: Int32) throws(ServerError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        return descriptor
    }

    private static func listen(on descriptor: Int32) throws(ServerError) {
        guard Glibc.listen(descriptor, 4096) == 0 else {
            throw ListeningSocket.failure(of: "listen", closing: descriptor)
        }
    }

    private static func failure(of call: String, closing descriptor: Int32) -> ServerError {
        let code = errno
        _ = close(descriptor)
        return .system(call: call, errno: code)
    }

    private static func port(of descriptor: Int32) -> UInt16? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutableBytes(of: &storage) { raw -> UInt16? in
            guard let base = raw.baseAddress,
                unsafe getsockname(
                    descriptor, base.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return nil }
            // Both families have the port at the same place.
            let address = unsafe base.assumingMemoryBound(to: sockaddr_in.self)
            return unsafe UInt16(bigEndian: address.pointee.sin_port)
        }
    }
}

/// A connection that was accepted, with the address it came from.
struct AcceptedSocket {
    let descriptor: Int32
    var address: sockaddr_storage
    let addressBytes: socklen_t

    enum Failure: Error {
        /// There is none at present.
        case none
        case failed(errno: Int32)
    }

    /// Accepts the next connection that waits.
    static func next(on listener: Int32) throws(Failure) -> AcceptedSocket {
        while true {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let descriptor = unsafe withUnsafeMutableBytes(of: &address) { raw -> Int32 in
                unsafe Glibc.accept(
                    listener, raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
            }
            if descriptor >= 0 {
                return AcceptedSocket(
                    descriptor: descriptor, address: address, addressBytes: length)
            }
            switch errno {
            case EAGAIN: throw .none
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: throw .failed(errno: errno)
            case EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP, EFAULT: throw .failed(errno: errno)
            // The client has gone again before it was accepted: the next one may be there.
            default: continue
            }
        }
    }
}
