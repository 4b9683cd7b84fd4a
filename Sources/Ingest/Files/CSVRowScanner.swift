/// Finds the fields of one row of comma-separated values: bytes in, offsets out.
///
/// Only quoted fields that hold a quote are copied, into a scratch. A row that breaks the rules is still
/// read to its end, so that the next one is found: a quote inside an unquoted field and text behind a
/// closing quote are taken as they stand, and told as `fault`.
///
/// - Source: RFC 4180; a line may end with LF alone.
package struct CSVRowScanner {
    /// What a scan came to.
    package enum Step: Equatable {
        /// The window ends before the row does.
        case needsBytes
        /// `field` gives the fields of a row.
        case row
        /// A line without anything on it.
        case blank
        /// There are no more rows.
        case end
        /// The file ends inside a quoted field.
        case endsInsideQuotes
    }

    /// How a row breaks the rules.
    package enum Fault: Equatable {
        case quoteInsideField, textAfterQuote, carriageReturn
    }

    /// Where a field's bytes lie, in the window or in the scratch.
    private struct Extent {
        var start: Int
        var count: Int
        var isInScratch: Bool
    }

    /// The first rule that the row broke.
    package private(set) var fault: Fault?
    /// Bytes of the window that the row takes, with its line's end.
    package private(set) var byteCount = 0
    /// Lines that the row takes.
    package private(set) var lineCount = 0

    private var extents: [Extent] = []
    private var scratch: [UInt8] = []

    /// A scanner that has read nothing.
    package init() {}

    /// How many fields the row has.
    package var fieldCount: Int { extents.count }

    /// Lends a field of the row.
    ///
    /// - Parameters:
    ///   - index: 0..<fieldCount.
    ///   - window: the one that was scanned last.
    /// - Returns: its bytes without the quotes around it.
    @_lifetime(borrow self, copy window)
    package func field(_ index: Int, in window: Span<UInt8>) -> Span<UInt8> {
        let extent = extents[index]
        let range = extent.start..<extent.start + extent.count
        if extent.isInScratch { return scratch.span.extracting(range) }
        return window.extracting(range)
    }

    /// Reads the row at the start of a window.
    ///
    /// - Parameters:
    ///   - window: from the row's first byte on.
    ///   - isLast: whether no bytes follow the window.
    /// - Returns: `needsBytes` only where more can follow.
    /// - Complexity: O(bytes of the row).
    package mutating func scan(_ window: Span<UInt8>, isLast: Bool) -> Step {
        extents.removeAll(keepingCapacity: true)
        scratch.removeAll(keepingCapacity: true)
        fault = nil
        byteCount = 0
        lineCount = 0
        let end = window.count
        guard end > 0 else { return isLast ? .end : .needsBytes }
        var index = 0
        while true {
            // A field begins here.
            var isQuoted = false
            let extent: Extent
            if index < end, window[index] == CSVByte.quote {
                guard let closed = readQuoted(window, from: index + 1) else {
                    return isLast ? .endsInsideQuotes : .needsBytes
                }
                isQuoted = true
                extent = closed.extent
                index = closed.end
            } else {
                let start = index
                index = endOfUnquoted(window, from: index)
                extent = Extent(start: start, count: index - start, isInScratch: false)
            }
            extents.append(extent)
            // Past the separator, or past the line's end.
            passing: while true {
                guard index < end else {
                    guard isLast else { return .needsBytes }
                    byteCount = end
                    lineCount += 1
                    return .row
                }
                switch window[index] {
                case CSVByte.comma:
                    index += 1
                    break passing
                case CSVByte.lineFeed:
                    return endRow(after: index, isQuoted)
                case CSVByte.carriageReturn:
                    guard index + 1 < end else {
                        guard isLast else { return .needsBytes }
                        return endRow(after: index, isQuoted)
                    }
                    if window[index + 1] == CSVByte.lineFeed {
                        return endRow(after: index + 1, isQuoted)
                    }
                    fault = fault ?? .carriageReturn
                    index = endOfUnquoted(window, from: index + 1)
                case CSVByte.quote:
                    fault = fault ?? (isQuoted ? .textAfterQuote : .quoteInsideField)
                    index = endOfUnquoted(window, from: index + 1)
                default:  // only a closing quote can stand before it
                    fault = fault ?? .textAfterQuote
                    index = endOfUnquoted(window, from: index)
                }
            }
        }
    }

    private mutating func endRow(after lineEnd: Int, _ isQuoted: Bool) -> Step {
        byteCount = lineEnd + 1
        lineCount += 1
        let isBlank = extents.count == 1 && extents[0].count == 0 && !isQuoted && fault == nil
        return isBlank ? .blank : .row
    }

    /// The first byte from `start` on that ends an unquoted field or does not belong into one.
    @inline(__always)
    private func endOfUnquoted(_ window: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < window.count {
            let byte = window[index]
            // The four marks are all below the digits and letters, so one comparison passes most bytes.
            if byte <= CSVByte.comma, CSVByte.isMark(byte) { break }
            index += 1
        }
        return index
    }

    /// Reads a quoted field from the byte behind its first quote; nil where it is not closed.
    private mutating func readQuoted(
        _ window: Span<UInt8>, from start: Int
    ) -> (extent: Extent, end: Int)? {
        var index = start
        var plainStart = start
        var scratchStart: Int?
        while index < window.count {
            let byte = window[index]
            if byte == CSVByte.lineFeed {
                lineCount += 1
            } else if byte == CSVByte.quote {
                let next = index + 1
                guard next < window.count, window[next] == CSVByte.quote else {
                    return (
                        finish(window, plainStart, index, fieldStart: start, scratchStart), next
                    )
                }
                // Two quotes stand for one: keep the first, pass over the second.
                if scratchStart == nil { scratchStart = scratch.count }
                copy(window, plainStart..<next)
                index = next
                plainStart = next + 1
            }
            index += 1
        }
        return nil
    }

    private mutating func finish(
        _ window: Span<UInt8>, _ plainStart: Int, _ end: Int, fieldStart: Int, _ scratchStart: Int?
    ) -> Extent {
        guard let scratchStart else {
            return Extent(start: fieldStart, count: end - fieldStart, isInScratch: false)
        }
        copy(window, plainStart..<end)
        return Extent(start: scratchStart, count: scratch.count - scratchStart, isInScratch: true)
    }

    private mutating func copy(_ window: Span<UInt8>, _ range: Range<Int>) {
        let bytes = window.extracting(range)
        unsafe bytes.withUnsafeBufferPointer { unsafe scratch.append(contentsOf: $0) }
    }
}

/// The four bytes with a meaning.
private enum CSVByte {
    static let comma = UInt8(ascii: ",")
    static let quote = UInt8(ascii: "\"")
    static let carriageReturn = UInt8(ascii: "\r")
    static let lineFeed = UInt8(ascii: "\n")

    @inline(__always)
    static func isMark(_ byte: UInt8) -> Bool {
        byte == comma || byte == quote || byte == lineFeed || byte == carriageReturn
    }
}
