internal import Glibc

/// A pipe by which one thread ends the waiting of another.
struct WakePipe: ~Copyable {
    /// What the waiting thread polls.
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws(ServerError) {
        var ends: [2 of Int32] = [-1, -1]
        var span = ends.mutableSpan
        let result = unsafe span.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return -1 }
            return unsafe pipe(base)
        }
        guard result == 0 else { throw .system(call: "pipe", errno: errno) }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in [readEnd, writeEnd] {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        _ = close(readEnd)
        _ = close(writeEnd)
    }

    func signal() {
        // A pipe that is full has woken the other thread already.
        _ = unsafe write(writeEnd, [1] as [UInt8], 1)
    }

    func clear() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while unsafe read(readEnd, &bytes, bytes.count) > 0 {}
    }
}
