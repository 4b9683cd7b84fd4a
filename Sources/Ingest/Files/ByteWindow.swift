internal import Glibc

/// A sliding view of a file: the bytes that were read and are not used yet.
///
/// Plain reads and not a memory map: a disk that fails or a file that shrinks meanwhile is then an
/// error that can be reported, not a signal that ends the process.
@safe struct ByteWindow: ~Copyable {
    /// The file as its user calls it, `-` for the standard input.
    let name: String
    /// The file's size when it was opened; nil for pipes.
    let fileBytes: Int?
    /// Bytes that were used and are gone from the window.
    private(set) var consumedBytes = 0
    /// Whether the last byte of the file is in the window.
    private(set) var isAtEnd = false

    private let descriptor: Int32
    private let bytesMax: Int
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var end = 0

    /// Opens a file for reading.
    ///
    /// - Parameters:
    ///   - path: of the file; `-` reads the standard input.
    ///   - capacity: in bytes, > 0, of the window at first.
    ///   - bytesMax: in bytes, to where the window may grow for one row.
    /// - Throws: `LoadFailure.cannotOpen`.
    init(
        path: String, capacity: Int = 1 << 20, bytesMax: Int = 16 << 20
    ) throws(LoadFailure) {
        name = path
        self.capacity = capacity
        self.bytesMax = max(bytesMax, capacity)
        if path == "-" {
            descriptor = STDIN_FILENO
        } else {
            descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .cannotOpen(file: path, code: errno) }
        }
        var status = stat()
        let isKnown = unsafe fstat(descriptor, &status) == 0
        fileBytes = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        if fileBytes != nil { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
        unsafe base = .allocate(capacity: capacity)
    }

    deinit {
        unsafe base.deallocate()
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// The bytes that are not used yet.
    var unread: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(base + start), count: end - start)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// The share of the file that was used; nil where its size is not known.
    var fractionConsumed: Double? {
        guard let fileBytes, fileBytes > 0 else { return nil }
        return Double(consumedBytes) / Double(fileBytes)
    }

    /// Gives up the first bytes of the window.
    mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= end - start)
        start += count
        consumedBytes += count
    }

    /// Reads on behind the bytes that are there, which may move.
    ///
    /// - Returns: false where the window is as large as it may be; true otherwise, and `isAtEnd` tells
    ///   whether the file ended.
    /// - Throws: `LoadFailure.cannotRead`.
    mutating func readMore() throws(LoadFailure) -> Bool {
        guard !isAtEnd else { return true }
        if start > 0 {
            unsafe base.update(from: base + start, count: end - start)
            end -= start
            start = 0
        }
        if end == capacity {
            guard capacity < bytesMax else { return false }
            grow()
        }
        while true {
            let count = unsafe read(descriptor, base + end, capacity - end)
            if count > 0 {
                end += count
                return true
            }
            if count == 0 {
                isAtEnd = true
                return true
            }
            guard errno == EINTR else { throw .cannotRead(file: name, code: errno) }
        }
    }

    private mutating func grow() {
        let larger = min(capacity * 2, bytesMax)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: base, count: end)
        unsafe base.deallocate()
        unsafe base = unsafe moved
        capacity = larger
    }
}
