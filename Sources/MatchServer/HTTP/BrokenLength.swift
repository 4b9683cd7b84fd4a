internal import CMicroHTTPD

// libmicrohttpd 0.9.75 turns a Content-Length that is no number down by itself, forgets at once that it
// has, and makes the head of that reply a second time: two heads come before one body. It asks nobody. But
// it writes to its log before, on the connection's own thread, and that is early enough to answer first.

extension Worker {
    /// Answers the requests of this loop whose Content-Length is no number, and lets the library answer no
    /// more; to be called when it says that something is wrong.
    ///
    /// - Complexity: O(open connections).
    func answerBrokenLengths() {
        // No connection's name comes with what the library says: all that are in their headers are asked.
        let records = shared.table.records { [loop] record in
            record.loop == loop && record.target != nil && !record.headersAreComplete
                && !record.isAnswered
        }
        for record in records {
            guard let connection = unsafe record.connection,
                let refusal = unsafe brokenLength(record, connection)
            else { continue }
            _ = cut(record, refusal)
            // What the library still sends does not leave, and it closes the connection.
            endSending(on: record.socket)
        }
    }

    private func brokenLength(
        _ record: ConnectionRecord, _ connection: OpaquePointer
    ) -> Refusal? {
        // Beside a Transfer-Encoding the library does not look at it.
        guard unsafe header("Transfer-Encoding", connection) == nil,
            let value = unsafe header("Content-Length", connection)
        else { return nil }
        switch lengthFault(in: unsafe value.span) {
        case .malformed: return .lengthConflict
        case .tooLarge: return record.target?.route == .batch ? .batchTooLarge : .discoverTooLarge
        case nil: return nil
        }
    }

    /// The first value of a header among those that have come; nil when there is none.
    private func header(
        _ name: StaticString, _ connection: OpaquePointer
    ) -> UnsafeBufferPointer<UInt8>? {
        var value: UnsafePointer<CChar>?
        var count = 0
        let found = unsafe MHD_lookup_connection_value_n(
            connection, .HEADER_KIND,
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
            name.utf8CodeUnitCount, &value, &count)
        guard found == .YES, let value = unsafe value else { return nil }
        let bytes = unsafe UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
        return unsafe UnsafeBufferPointer(start: bytes, count: count)
    }
}

/// Why the library takes a Content-Length for none.
private enum LengthFault { case malformed, tooLarge }

/// What is wrong with a header's value, white space behind it included, as a number of 64 bits.
private func lengthFault(in value: Span<UInt8>) -> LengthFault? {
    guard value.count > 0 else { return .malformed }
    var number: UInt64 = 0
    var isTooLarge = false
    for index in value.indices {
        let digit = value[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return .malformed }
        let (tens, overflowsBefore) = number.multipliedReportingOverflow(by: 10)
        let (sum, overflows) = tens.addingReportingOverflow(UInt64(digit))
        isTooLarge = isTooLarge || overflowsBefore || overflows
        number = sum
    }
    return isTooLarge ? .tooLarge : nil
}
