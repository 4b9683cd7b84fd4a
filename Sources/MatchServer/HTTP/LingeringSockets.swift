internal import Glibc
internal import Index

/// Sockets that are done but whose client may still be sending.
///
/// To close a socket with bytes unread makes the kernel reset the connection, and a reset can
/// overtake the reply that explains why: so they are read, and forgotten, for a little while.
final class LingeringSockets: Sendable {
    private static let countMax = 256
    private static let milliseconds: UInt64 = 2000

    private struct Entry {
        let descriptor: Int32
        let untilMilliseconds: UInt64
    }

    private let entries = ThreadLock<[Entry]>([])

    /// Takes a socket over; its sending half ends now.
    func add(_ descriptor: Int32, nowMilliseconds now: UInt64) {
        endSending(on: descriptor)
        let isKept = entries.withLock { entries in
            guard entries.count < LingeringSockets.countMax else { return false }
            entries.append(
                Entry(
                    descriptor: descriptor, untilMilliseconds: now + LingeringSockets.milliseconds))
            return true
        }
        if !isKept { _ = close(descriptor) }
    }

    var isEmpty: Bool { entries.withLock { $0.isEmpty } }

    /// Reads what has come and closes those that have ended or had their time.
    func service(nowMilliseconds now: UInt64) {
        entries.withLock { entries in
            entries.removeAll { entry in
                let isOver = hasEnded(entry.descriptor) || now >= entry.untilMilliseconds
                if isOver { _ = close(entry.descriptor) }
                return isOver
            }
        }
    }

    /// Closes all of them.
    func closeAll() {
        entries.withLock { entries in
            for entry in entries {
                _ = hasEnded(entry.descriptor)
                _ = close(entry.descriptor)
            }
            entries = []
        }
    }

    private func hasEnded(_ descriptor: Int32) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { buffer in
            // At most 8 MiB a visit: a fast sender shall not keep the doorkeeper.
            for _ in 0..<128 {
                let count = unsafe recv(
                    descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
                if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { return true }
                if count < 0 { return false }
            }
            return false
        }
    }
}

/// Ends the sending half of a socket: nobody can send on it any more.
func endSending(on descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

/// Sends a whole short reply past the library, if the kernel takes it at once.
func sendAtOnce(_ reply: [UInt8], to descriptor: Int32) {
    _ = unsafe reply.withUnsafeBytes { bytes in
        unsafe send(
            descriptor, bytes.baseAddress, bytes.count,
            Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    }
}
