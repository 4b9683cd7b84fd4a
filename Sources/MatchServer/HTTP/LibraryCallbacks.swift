internal import CMicroHTTPD

// The doors through which the library calls us, always on the event loop's own thread: each finds
// the worker (the closure) and the connection's record (the socket's context) and says what
// happened.

private func worker(_ closure: UnsafeMutableRawPointer?) -> Worker? {
    guard let closure = unsafe closure else { return nil }
    return unsafe Unmanaged<Worker>.fromOpaque(closure).takeUnretainedValue()
}

private func record(_ context: UnsafeMutableRawPointer?) -> ConnectionRecord? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<ConnectionRecord>.fromOpaque(context).takeUnretainedValue()
}

/// What the library is given when an event loop starts.
var libraryCallbacks: cmicrohttpd_callbacks {
    unsafe cmicrohttpd_callbacks(
        log: { closure, format, _ in
            guard let worker = unsafe worker(closure), let format = unsafe format else { return }
            // The values could come from a request; the format never does.
            worker.logLibraryMessage(unsafe String(cString: format))
        },
        connection: { closure, connection, context, code in
            guard let worker = unsafe worker(closure), let connection = unsafe connection,
                let context = unsafe context
            else { return }
            switch code {
            case .CONNECTION_NOTIFY_STARTED:
                let record = worker.connectionStarted(
                    socket: unsafe cmicrohttpd_socket(connection))
                // The table keeps it until it is closed.
                unsafe context.pointee = Unmanaged.passUnretained(record).toOpaque()
            case .CONNECTION_NOTIFY_CLOSED:
                guard let record = unsafe record(context.pointee) else { return }
                unsafe context.pointee = nil
                worker.connectionClosed(record)
            @unknown default: return
            }
        },
        target: { closure, target, connection in
            guard let worker = unsafe worker(closure), let connection = unsafe connection,
                let target = unsafe target
            else { return nil }
            let context = unsafe cmicrohttpd_context(connection)
            guard let record = unsafe record(context) else { return nil }
            unsafe worker.requestBegan(record, target: target)
            return unsafe context
        },
        request: { closure, connection, url, method, version, piece, pieceBytes, context in
            guard let worker = unsafe worker(closure), let connection = unsafe connection,
                let url = unsafe url, let method = unsafe method, let version = unsafe version,
                let pieceBytes = unsafe pieceBytes, let context = unsafe context,
                let record = unsafe record(context.pointee)
            else { return .NO }
            if !record.headersAreComplete {
                return unsafe worker.headersComplete(
                    record,
                    LibraryRequest(
                        connection: connection, url: url, method: method, version: version))
            }
            let count = unsafe pieceBytes.pointee
            guard count > 0 else {
                return unsafe worker.requestComplete(record, connection)
            }
            unsafe pieceBytes.pointee = 0
            return unsafe worker.bodyPiece(
                record, UnsafeRawBufferPointer(start: piece, count: count))
        },
        completed: { closure, _, context, _ in
            guard let worker = unsafe worker(closure), let context = unsafe context,
                let record = unsafe record(context.pointee)
            else { return }
            unsafe context.pointee = nil
            worker.requestEnded(record)
        })
}

/// A request as the library shows it once its headers are complete.
@unsafe struct LibraryRequest {
    let connection: OpaquePointer
    let url: UnsafePointer<CChar>
    let method: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
}
