/// Why a server could not be started.
public enum ServerError: Error, Equatable {
    /// A field of the configuration is out of its range.
    case configuration(field: String)
    /// The host's name or address was not understood.
    case addressUnknown(host: String)
    /// The path of a Unix domain socket is longer than the system can hold: 107 bytes.
    case pathTooLong
    /// A call of the operating system failed, for instance `bind` for an address in use.
    case system(call: String, errno: Int32)
    /// The HTTP library could not start an event loop.
    case eventLoop
}
