internal import Glibc

/// Reads a stream line by line, or as a whole, into memory that is kept.
struct LineReader: ~Copyable {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var start = 0
    private var end = 0
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Hands the next line over, without its line feed.
    ///
    /// - Returns: false at the end; the last line needs no line feed.
    /// - Throws: `CommandError` when the stream cannot be read.
    mutating func nextLine(
        _ body: (_ line: Span<UInt8>) throws(CommandError) -> Void
    ) throws(CommandError) -> Bool {
        guard let line = try takeLine(beforeReading: {}) else { return false }
        try body(buffer.span.extracting(line))
        return true
    }

    /// Hands the next lines over, without their line feeds: those that have been read already, and at least one.
    ///
    /// - Parameters:
    ///   - countMax: no more than these, >= 1.
    ///   - lines: where they stand; memory that is kept.
    ///   - beforeReading: called where no whole line has been read, so that more is waited for.
    ///   - body: is lent what they stand in.
    /// - Returns: false at the end; the last line needs no line feed.
    /// - Throws: `CommandError` when the stream cannot be read.
    mutating func nextLines(
        upTo countMax: Int, into lines: inout [Range<Int>],
        beforeReading: () throws(CommandError) -> Void,
        _ body: (_ lines: Span<Range<Int>>, _ bytes: Span<UInt8>) throws(CommandError) -> Void
    ) throws(CommandError) -> Bool {
        lines.removeAll(keepingCapacity: true)
        guard let first = try takeLine(beforeReading: beforeReading) else { return false }
        lines.append(first)
        while lines.count < countMax, let feed = firstLineFeed(from: start) {
            lines.append(start..<feed)
            start = feed + 1
        }
        try body(lines.span, buffer.span)
        return true
    }

    /// Where the next line stands; nil at the end.
    private mutating func takeLine(
        beforeReading: () throws(CommandError) -> Void
    ) throws(CommandError) -> Range<Int>? {
        var searched = start
        while true {
            if let feed = firstLineFeed(from: searched) {
                defer { start = feed + 1 }
                return start..<feed
            }
            // Filling may move what is there to the front: remember how much, not where.
            let scanned = end - start
            try beforeReading()
            guard try fill() else {
                defer { start = end }
                return end > start ? start..<end : nil
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
