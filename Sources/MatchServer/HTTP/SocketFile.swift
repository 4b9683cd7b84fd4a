internal import Glibc

/// The file that a Unix domain socket is found by.
///
/// Nobody but its owner and its group may connect.
struct SocketFile {
    private let path: String
    /// Which file it is: another server may have taken the path meanwhile.
    private let device: dev_t
    private let number: ino_t

    /// Binds a socket to a path.
    ///
    /// A socket there that nobody listens on any more, as a server that was killed leaves it, is replaced;
    /// anything else is not.
    init(binding descriptor: Int32, to path: String) throws(ServerError) {
        guard var address = sockaddr_un(path: path) else { throw .pathTooLong }
        var code = Self.bind(descriptor, &address)
        if code == EADDRINUSE, Self.isAbandoned(path, &address) {
            unsafe unlink(path)
            code = Self.bind(descriptor, &address)
        }
        guard code == 0 else { throw .system(call: "bind", errno: code) }
        unsafe chmod(path, 0o660)
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { throw .system(call: "lstat", errno: errno) }
        self.path = path
        device = status.st_dev
        number = status.st_ino
    }

    /// Removes the file, if it is still this one.
    func remove() {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_dev == device, status.st_ino == number
        else { return }
        unsafe unlink(path)
    }

    private static func bind(_ descriptor: Int32, _ address: inout sockaddr_un) -> Int32 {
        unsafe withGeneric(&address) { unsafe Glibc.bind(descriptor, $0, $1) } == 0 ? 0 : errno
    }

    /// Whether a path is a socket that refuses connections.
    private static func isAbandoned(_ path: String, _ address: inout sockaddr_un) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
            return false
        }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return false }
        defer { _ = close(probe) }
        let result = unsafe withGeneric(&address) { unsafe connect(probe, $0, $1) }
        return result != 0 && errno == ECONNREFUSED
    }

    private static func withGeneric(
        _ address: inout sockaddr_un, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe use(
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}

extension sockaddr_un {
    /// The address of a path; nil where the path is longer than one can hold.
    fileprivate init?(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // The last byte stays the NUL that ends the path.
        guard bytes.count < MemoryLayout.size(ofValue: sun_path), !bytes.contains(0) else {
            return nil
        }
        unsafe withUnsafeMutableBytes(of: &sun_path) { unsafe $0.copyBytes(from: bytes) }
    }
}
