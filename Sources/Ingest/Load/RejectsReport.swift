internal import Glibc

/// The file that tells which rows were refused and why: `source,line,field,reason`, never a value.
@safe struct RejectsReport: ~Copyable {
    private let descriptor: Int32?
    private var buffer: [UInt8] = []

    /// Makes the file anew; without a path nothing is written.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`.
    init(path: String?) throws(LoadFailure) {
        guard let path else {
            descriptor = nil
            return
        }
        let opened = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .rejectsUnwritable(code: errno) }
        descriptor = opened
        buffer.append(contentsOf: "source,line,field,reason\n".utf8)
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Adds one row.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`.
    mutating func add(_ source: RowKind, line: Int, _ fault: RowFault) throws(LoadFailure) {
        guard descriptor != nil else { return }
        buffer.append(contentsOf: "\(source.rawValue),\(line),\(fault.field),".utf8)
        appendQuoted(fault.reason)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes what is left.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`.
    mutating func flush() throws(LoadFailure) {
        guard let descriptor else { return }
        var offset = 0
        while offset < buffer.count {
            let count = unsafe buffer.withUnsafeBytes { bytes in
                unsafe write(
                    descriptor, bytes.baseAddress.map { unsafe $0 + offset }, bytes.count - offset)
            }
            if count < 0 {
                guard errno == EINTR else { throw .rejectsUnwritable(code: errno) }
                continue
            }
            offset += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func appendQuoted(_ text: String) {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") })
        else {
            buffer.append(contentsOf: text.utf8)
            return
        }
        buffer.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }
}
