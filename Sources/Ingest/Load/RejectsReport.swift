internal import Glibc

/// The file that tells which rows were refused and why: `source,line,field,reason`, never a value.
///
/// The file is opened, and loses what it held, with the first row that is refused or at the end of the
/// load: a load that cannot begin leaves the report of the one before.
@safe struct RejectsReport: ~Copyable {
    private let path: String?
    private let inputs: [String]
    private var descriptor: Int32?
    private var buffer: [UInt8] = []

    /// Looks whether the file can be written, and opens nothing.
    ///
    /// - Parameters:
    ///   - path: of the file; nil where nothing is reported.
    ///   - inputs: the files that the load reads or fills; `-` is the standard input.
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    init(path: String?, inputs: [String]) throws(LoadFailure) {
        self.path = path
        self.inputs = inputs
        guard let path else { return }
        try Self.check(path, isNoneOf: inputs)
        guard unsafe access(path, W_OK) != 0 else { return }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        guard errno == ENOENT, unsafe access(folder, W_OK | X_OK) == 0 else {
            throw .rejectsUnwritable(code: errno)
        }
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Refuses to take an input for the report, under whatever name it goes.
    ///
    /// - Throws: `LoadFailure.rejectsIsInput`.
    static func check(_ path: String?, isNoneOf inputs: [String]) throws(LoadFailure) {
        guard let path else { return }
        var report = stat()
        let isThere = unsafe stat(path, &report) == 0
        if isThere, report.st_mode & S_IFMT != S_IFREG { return }
        for input in inputs {
            guard isThere else {
                if input == path { throw .rejectsIsInput(file: input) }
                continue
            }
            var status = stat()
            let code = unsafe input == "-" ? fstat(STDIN_FILENO, &status) : stat(input, &status)
            if code == 0, status.st_dev == report.st_dev, status.st_ino == report.st_ino {
                throw .rejectsIsInput(file: input)
            }
        }
    }

    /// Adds one row.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    mutating func add(_ source: RowKind, line: Int, _ fault: RowFault) throws(LoadFailure) {
        guard let path else { return }
        if descriptor == nil { try open(path) }
        buffer.append(contentsOf: "\(source.rawValue),\(line),\(fault.field),".utf8)
        appendQuoted(fault.reason)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Completes the report of a load that came to its end; without refused rows it is a header.
    ///
    /// - Throws: `LoadFailure.rejectsUnwritable`, `LoadFailure.rejectsIsInput`.
    mutating func finish() throws(LoadFailure) {
        if let path, descriptor == nil { try open(path) }
        try flush()
    }

    private mutating func open(_ path: String) throws(LoadFailure) {
        // Once more: an import has made its database meanwhile.
        try Self.check(path, isNoneOf: inputs)
        let opened = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard opened >= 0 else { throw .rejectsUnwritable(code: errno) }
        descriptor = opened
        buffer.append(contentsOf: "source,line,field,reason\n".utf8)
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
