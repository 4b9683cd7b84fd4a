internal import MatchServer

/// What a server listens on: `HOST:PORT`, `[::1]:PORT` or `unix:PATH`.
struct ListenAddress: CustomStringConvertible {
    private(set) var host = ""
    private(set) var port: UInt16 = 0
    private(set) var unixPath: String?

    /// Reads the value of `server.listen`.
    ///
    /// - Throws: `CommandError` with the code for wrong usage.
    init(_ listen: String) throws(CommandError) {
        if listen.hasPrefix("unix:") {
            let path = String(listen.dropFirst("unix:".count))
            guard !path.isEmpty else {
                throw CommandError("server.listen needs a path behind unix:", code: .usage)
            }
            unixPath = path
            return
        }
        guard let colon = listen.lastIndex(of: ":"),
            let port = UInt16(listen[listen.index(after: colon)...])
        else { throw CommandError("server.listen must be HOST:PORT or unix:PATH", code: .usage) }
        var host = String(listen[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty else {
            throw CommandError("server.listen must be HOST:PORT or unix:PATH", code: .usage)
        }
        self.host = host
        self.port = port
    }

    /// What a configured server listens on.
    init(_ configuration: ServerConfiguration, port: UInt16) {
        host = configuration.host
        self.port = port
        unixPath = configuration.unixPath
    }

    /// As it is configured.
    var description: String {
        if let unixPath { return "unix:\(unixPath)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// As a person opens it: a URL, but for a path.
    var shown: String { unixPath == nil ? "http://\(self)" : description }
}
