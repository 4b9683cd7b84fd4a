internal import CMicroHTTPD
internal import Glibc

/// A request as it came.
struct SimulatorRequest: Sendable {
    var method: String
    /// Without what follows a question mark.
    var path: String
    /// What follows the question mark, name and value joined; for whoever looks for digits.
    var query: String
    /// By lower-case name.
    var headers: [String: String]
    var body: [UInt8]
}

/// What is done with a request.
enum SimulatorReply: Sendable {
    case answer(status: UInt32, headers: [WireMember], body: [UInt8])
    /// The connection is closed without a word.
    case drop
}

/// The simulator's front door: libmicrohttpd with a thread for each connection.
@safe final class SimulatorListener: @unchecked Sendable {
    // Written once, before anybody else knows the listener; libmicrohttpd locks what is behind it.
    private var daemon: OpaquePointer?
    private let handle: @Sendable (SimulatorRequest) -> SimulatorReply

    /// As many bytes of a body are taken in.
    static let bodyBytesMax = 1 << 20

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address in numbers.
    ///   - port: 0 for any that is free.
    ///   - handle: called on the connection's thread, which may be held up.
    init?(
        host: String, port: UInt16,
        handle: @escaping @Sendable (SimulatorRequest) -> SimulatorReply
    ) {
        self.handle = handle
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        let closure = unsafe Unmanaged.passUnretained(self).toOpaque()
        let daemon = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe cmicrohttpd_listen(address, receive, finish, closure)
            }
        }
        guard let daemon = unsafe daemon else { return nil }
        unsafe self.daemon = unsafe daemon
    }

    deinit { stop() }

    /// Where it listens; 0 after `stop`.
    var port: UInt16 {
        guard let daemon = unsafe daemon else { return 0 }
        return unsafe cmicrohttpd_port(daemon)
    }

    /// Ends every connection and waits for their threads; by the thread that made it.
    func stop() {
        guard let daemon = unsafe daemon else { return }
        unsafe MHD_stop_daemon(daemon)
        unsafe self.daemon = nil
    }

    fileprivate func reply(to request: SimulatorRequest, on connection: OpaquePointer) -> MHD_Result
    {
        guard case .answer(let status, let headers, var body) = handle(request) else {
            return .NO
        }
        let response = unsafe body.withUnsafeMutableBytes { bytes in
            unsafe MHD_create_response_from_buffer(
                bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
        }
        guard let response = unsafe response else { return .NO }
        defer { unsafe MHD_destroy_response(response) }
        for header in headers {
            unsafe MHD_add_response_header(response, header.name, header.value.text ?? "")
        }
        return unsafe MHD_queue_response(connection, status, response)
    }
}

/// A request while it comes in.
private final class IncomingRequest {
    var request: SimulatorRequest

    init(_ request: SimulatorRequest) { self.request = request }
}

/// libmicrohttpd's word for headers and arguments: name and value of one.
private func collectHeader(
    _ closure: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let closure = unsafe closure, let name = unsafe name else { return .YES }
    let incoming = unsafe Unmanaged<IncomingRequest>.fromOpaque(closure).takeUnretainedValue()
    let header = unsafe String(cString: name)
    let value = unsafe value.map { unsafe String(cString: $0) } ?? ""
    if kind == .HEADER_KIND {
        incoming.request.headers[header.lowercased()] = value
    } else {
        incoming.request.query += "\(header)=\(value)&"
    }
    return .YES
}

/// Called once with the head, then with each piece of the body, then with none.
private func receive(
    _ closure: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
    _ piece: UnsafePointer<CChar>?, _ pieceBytes: UnsafeMutablePointer<Int>?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let closure = unsafe closure, let connection = unsafe connection, let url = unsafe url,
        let method = unsafe method, let pieceBytes = unsafe pieceBytes, let state = unsafe state
    else { return .NO }
    guard let known = unsafe state.pointee else {
        let request = unsafe SimulatorRequest(
            method: String(cString: method), path: String(cString: url), query: "", headers: [:],
            body: [])
        let opaque = unsafe Unmanaged.passRetained(IncomingRequest(request)).toOpaque()
        unsafe state.pointee = opaque
        unsafe MHD_get_connection_values(connection, .HEADER_KIND, collectHeader, opaque)
        unsafe MHD_get_connection_values(
            connection, .GET_ARGUMENT_KIND, collectHeader, opaque)
        return .YES
    }
    let incoming = unsafe Unmanaged<IncomingRequest>.fromOpaque(known).takeUnretainedValue()
    let count = unsafe pieceBytes.pointee
    if count > 0 {
        let bytes = unsafe UnsafeRawBufferPointer(start: piece, count: count)
        unsafe incoming.request.body.append(contentsOf: bytes)
        unsafe pieceBytes.pointee = 0
        return incoming.request.body.count <= SimulatorListener.bodyBytesMax ? .YES : .NO
    }
    let listener = unsafe Unmanaged<SimulatorListener>.fromOpaque(closure).takeUnretainedValue()
    return unsafe listener.reply(to: incoming.request, on: connection)
}

private func finish(
    _ closure: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let known = unsafe state?.pointee else { return }
    unsafe Unmanaged<IncomingRequest>.fromOpaque(known).release()
    unsafe state?.pointee = nil
}
