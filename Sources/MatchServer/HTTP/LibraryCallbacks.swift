internal import CMicroHTTPD

// The doors through which the library calls us, always on the event loop's own thread: each finds
// the worker (the closure) and the connection's record (the socket's context) and says what
// happened.

/// Lends the worker behind the closure; the event loop keeps it alive, so that nobody need count it.
@inline(__always)
private func withWorker<Answer>(
    _ closure: UnsafeMutableRawPointer?, otherwise: Answer, _ body: (Worker) -> Answer
) -> Answer {
    guard let closure = unsafe closure else { return otherwise }
    return unsafe Unmanaged<Worker>.fromOpaque(closure)._withUnsafeGuaranteedRef { body($0) }
}

/// Lends the record behind a context; the table keeps it alive until the connection is closed.
@inline(__always)
private func withRecord<Answer>(
    _ context: UnsafeMutableRawPointer?, otherwise: Answer, _ body: (ConnectionRecord) -> Answer
) -> Answer {
    guard let context = unsafe context else { return otherwise }
    return unsafe Unmanaged<ConnectionRecord>.fromOpaque(context)._withUnsafeGuaranteedRef {
        body($0)
    }
}

/// What the library is given when an event loop starts.
var libraryCallbacks: cmicrohttpd_callbacks {
    unsafe cmicrohttpd_callbacks(
        log: { closure, format, _ in
            guard let format = unsafe format else { return }
            unsafe withWorker(closure, otherwise: ()) { unsafe $0.libraryMessage(format) }
        },
        connection: { closure, connection, context, code in
            guard let connection = unsafe connection, let context = unsafe context else { return }
            unsafe withWorker(closure, otherwise: ()) { worker in
                switch code {
                case .CONNECTION_NOTIFY_STARTED:
                    let record = unsafe worker.connectionStarted(connection)
                    // The table keeps it until it is closed.
                    unsafe context.pointee = Unmanaged.passUnretained(record).toOpaque()
                case .CONNECTION_NOTIFY_CLOSED:
                    guard let opaque = unsafe context.pointee else { return }
                    unsafe context.pointee = nil
                    // Counted, as the table lets go of it here.
                    let record = unsafe Unmanaged<ConnectionRecord>.fromOpaque(opaque)
                    worker.connectionClosed(unsafe record.takeUnretainedValue())
                @unknown default: return
                }
            }
        },
        target: { closure, target, connection in
            guard let target = unsafe target, let connection = unsafe connection else {
                return nil
            }
            let context = unsafe cmicrohttpd_context(connection)
            unsafe withWorker(closure, otherwise: ()) { worker in
                unsafe withRecord(context, otherwise: ()) { record in
                    unsafe worker.requestBegan(record, target: target)
                }
            }
            return unsafe context
        },
        request: { closure, connection, url, method, version, piece, pieceBytes, context in
            guard let connection = unsafe connection, let url = unsafe url,
                let method = unsafe method, let version = unsafe version,
                let pieceBytes = unsafe pieceBytes, let context = unsafe context
            else { return .NO }
            return unsafe withWorker(closure, otherwise: .NO) { worker in
                unsafe withRecord(context.pointee, otherwise: .NO) { record in
                    if !record.headersAreComplete {
                        return unsafe worker.headersComplete(
                            record,
                            LibraryRequest(
                                connection: connection, url: url, method: method,
                                version: version))
                    }
                    let count = unsafe pieceBytes.pointee
                    guard count > 0 else {
                        return unsafe worker.requestComplete(record, connection)
                    }
                    unsafe pieceBytes.pointee = 0
                    return unsafe worker.bodyPiece(
                        record, UnsafeRawBufferPointer(start: piece, count: count))
                }
            }
        },
        completed: { closure, _, context, end in
            guard let context = unsafe context else { return }
            let opaque = unsafe context.pointee
            unsafe withWorker(closure, otherwise: ()) { worker in
                unsafe withRecord(opaque, otherwise: ()) { record in
                    unsafe context.pointee = nil
                    worker.requestEnded(record, isWhole: end == .REQUEST_TERMINATED_COMPLETED_OK)
                }
            }
        })
}

/// A request as the library shows it once its headers are complete.
@unsafe struct LibraryRequest {
    let connection: OpaquePointer
    let url: UnsafePointer<CChar>
    let method: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
}
