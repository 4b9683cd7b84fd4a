internal import Glibc

/// What a server listens on and the limits it holds its clients to.
public struct ServerConfiguration: Sendable {
    /// A numeric address or a name; the first address that it resolves to is used.
    public var host: String
    /// 0 for any port that is free.
    public var port: UInt16
    /// The path of a Unix domain socket that takes the place of host and port.
    public var unixPath: String?
    /// Event loops, each on a thread of its own; at least 1.
    public var threads: Int
    /// The largest discover body, and the largest line of a batch, in bytes.
    public var discoverBytesMax: Int
    /// The largest batch body in bytes.
    public var batchBytesMax: Int
    /// Bytes that the bodies of all requests may hold at one time, beyond 16 KiB each.
    public var bufferedBytesMax: Int
    /// Connections that are open at one time; one more is answered 503 and closed.
    public var connectionsMax: Int
    /// A request that is not complete after so many seconds ends with its connection.
    public var requestSeconds: Int
    /// A connection without a request is closed after so many seconds.
    public var idleSeconds: Int
    /// A request that does not go on for so many seconds while the server drains ends with its connection:
    /// its first byte, each part of its body and the beginning of the drain count.
    public var drainStallSeconds: Int
    /// The facility of a request that names none.
    public var defaultFacility: String
    /// The facilities that a request may name; nil for any.
    public var facilities: [String]?

    /// A configuration for this machine, to be changed where it does not fit.
    public init(
        host: String = "127.0.0.1", port: UInt16 = 8080, unixPath: String? = nil,
        threads: Int = ServerConfiguration.coresOnline, discoverBytesMax: Int = 1 << 20,
        batchBytesMax: Int = 64 << 20, bufferedBytesMax: Int = 512 << 20,
        connectionsMax: Int = 4096, requestSeconds: Int = 30, idleSeconds: Int = 75,
        drainStallSeconds: Int = 3,
        defaultFacility: String = "HIP1", facilities: [String]? = nil
    ) {
        self.host = host
        self.port = port
        self.unixPath = unixPath
        self.threads = threads
        self.discoverBytesMax = discoverBytesMax
        self.batchBytesMax = batchBytesMax
        self.bufferedBytesMax = bufferedBytesMax
        self.connectionsMax = connectionsMax
        self.requestSeconds = requestSeconds
        self.idleSeconds = idleSeconds
        self.drainStallSeconds = drainStallSeconds
        self.defaultFacility = defaultFacility
        self.facilities = facilities
    }

    /// How many cores the machine has online; at least 1.
    public static var coresOnline: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The first field whose value no server can work with.
    func firstBadField() -> String? {
        if threads < 1 || threads > 1024 { return "threads" }
        if discoverBytesMax < 1 { return "discoverBytesMax" }
        if batchBytesMax < 1 { return "batchBytesMax" }
        if bufferedBytesMax < 0 { return "bufferedBytesMax" }
        if connectionsMax < 1 || connectionsMax > 1 << 20 { return "connectionsMax" }
        if requestSeconds < 1 || requestSeconds > 86_400 { return "requestSeconds" }
        if idleSeconds < 1 || idleSeconds > 86_400 { return "idleSeconds" }
        if drainStallSeconds < 0 || drainStallSeconds > 86_400 { return "drainStallSeconds" }
        return nil
    }
}
