internal import Glibc
internal import MatchServer
internal import TestSupport
internal import Testing

@Suite("A server on a Unix domain socket")
struct SocketFileTests {
    /// A path of its own for each test.
    private static func path() -> String {
        "/tmp/milaan-test-\(getpid())-\(UInt32.random(in: .min ... .max)).sock"
    }

    private static func server(_ path: String) throws -> ServerUnderTest {
        try ServerUnderTest { $0.unixPath = path }
    }

    private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    @Test("answers requests on kept connections as one on a port does")
    func answers() throws {
        let path = Self.path()
        let under = try Self.server(path)
        #expect(under.port == 0)
        let connection = try HTTPConnection(path: path)
        for body in ["one", "long", "two"] {
            connection.send(under.post(body))
            let reply = try connection.reply()
            #expect(reply.status == 200)
            #expect(!reply.body.isEmpty)
        }
        connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try connection.reply().status == 200)
    }

    @Test("lets only its owner and its group connect, and takes its file away when it stops")
    func file() throws {
        let path = Self.path()
        let under = try Self.server(path)
        var status = stat()
        #expect(unsafe lstat(path, &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFSOCK)
        #expect(status.st_mode & 0o777 == 0o660)
        under.server.drain(timeoutSeconds: 1)
        #expect(!Self.exists(path))
    }

    @Test("takes the place of a socket that a killed server left, and not of one that lives")
    func abandoned() throws {
        let path = Self.path()
        let left = try #require(bound(path))
        _ = close(left)
        #expect(Self.exists(path))
        let under = try Self.server(path)
        #expect(throws: ServerError.system(call: "bind", errno: EADDRINUSE)) {
            _ = try Self.server(path)
        }
        let connection = try HTTPConnection(path: path)
        connection.send(under.post("still there"))
        #expect(try connection.reply().status == 200)
    }

    @Test("leaves alone what is no socket, and another server's file in its place")
    func others() throws {
        let path = Self.path()
        let file = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
        _ = close(file)
        #expect(throws: ServerError.system(call: "bind", errno: EADDRINUSE)) {
            _ = try Self.server(path)
        }
        #expect(Self.exists(path))
        unsafe unlink(path)
        let under = try Self.server(path)
        unsafe unlink(path)
        let other = try #require(bound(path))
        under.server.drain(timeoutSeconds: 1)
        #expect(Self.exists(path))
        _ = close(other)
        unsafe unlink(path)
    }

    @Test("says so where the path is too long or its folder is missing")
    func unusable() throws {
        let long = "/tmp/" + String(repeating: "x", count: 103)
        #expect(throws: ServerError.pathTooLong) { _ = try Self.server(long) }
        #expect(throws: ServerError.system(call: "bind", errno: ENOENT)) {
            _ = try Self.server("/tmp/milaan-no-such-folder/x.sock")
        }
    }

    /// A socket bound to a path that nobody listens on.
    private func bound(_ path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: path.utf8)
        }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe bind(
                descriptor, UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        return result == 0 ? descriptor : nil
    }
}
