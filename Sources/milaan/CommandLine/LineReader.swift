internal import Glibc

/// Reads a stream line by line, or as a whole, into memory that is kept.
struct LineReader: ~Copyable {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    /// The line feed of the line that comes next, where it has been read already.
    private var nextFeed: Int?

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Hands the next line over, without its line feed, and the one behind it where it has been read too.
    ///
    /// - Returns: false at the end; the last line needs no line feed.
    /// - Throws: `CommandError` when the stream cannot be read.
    mutating func nextLine(
        _ body: (_ line: Span<UInt8>, _ next: Span<UInt8>?) throws(CommandError) -> Void
    ) throws(CommandError) -> Bool {
        var searched = start
        while true {
            if let feed = nextFeed ?? firstLineFeed(from: searched) {
                let line = start..<feed
                start = feed + 1
                nextFeed = firstLineFeed(from: start)
                if let nextFeed {
                    try body(
                        buffer.span.extracting(line), buffer.span.extracting(start..<nextFeed))
                } else {
                    try body(buffer.span.extracting(line), nil)
                }
                return true
            }
            // Filling may move what is there to the front: remember how much, not where.
            let scanned = end - start
            guard try fill() else {
                guard end > start else { return false }
                let line = start..<end
                start = end
                try body(buffer.span.extracting(line), nil)
                return true
            }
            searched = start + scanned
        }
    }

    /// Everything up to the end; nil when there is more than `bytesMax`.
    ///
    /// - Throws: `CommandError` when the stream cannot be read.
    mutating func readAll(bytesMax: Int) throws(CommandError) -> [UInt8]? {
        while end <= bytesMax, try fill() {}
        return end <= bytesMax ? Array(buffer[start..<end]) : nil
    }

    private func firstLineFeed(from index: Int) -> Int? {
        guard index < end else { return nil }
        return unsafe buffer.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress,
                let found = unsafe memchr(base + index, 0x0A, end - index)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }

    /// Reads more behind what is there; false at the end of the stream.
    private mutating func fill() throws(CommandError) -> Bool {
        guard !isAtEnd else { return false }
        if end == buffer.count {
            if start > buffer.count / 2 {
                buffer.replaceSubrange(0..<(end - start), with: buffer[start..<end])
                end -= start
                start = 0
            } else {
                buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count))
            }
        }
        while true {
            let offset = end
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe read(
                    descriptor, bytes.baseAddress.map { unsafe $0 + offset }, bytes.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw CommandError("cannot read the input: \(Terminal.lastErrorText())")
            }
            isAtEnd = count == 0
            end += count
            return count > 0
        }
    }
}
