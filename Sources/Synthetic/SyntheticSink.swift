internal import Glibc

/// Why a synthetic table could not be written.
public enum SyntheticError: Error, Equatable {
    /// The system refused to write; `code` is its `errno`.
    case writeFailed(code: Int32)
}

/// Where tables are written: memory, or an open file.
///
/// A file is written in pieces of 64 KiB, and the rest with `finish`.
public struct SyntheticSink: ~Copyable {
    private static let pieceBytes = 65_536

    private var bytes: [UInt8] = []
    private let descriptor: Int32?
    private var written = 0

    /// A sink that keeps everything in memory.
    public init() { descriptor = nil }

    /// A sink that writes to an open file, which stays the caller's to close.
    ///
    /// - Parameter descriptor: a file descriptor that may be written to.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        bytes.reserveCapacity(Self.pieceBytes + 4096)
    }

    /// How many bytes have been added so far.
    public var byteCount: Int { written + bytes.count }

    /// Writes what is still buffered.
    ///
    /// - Throws: `SyntheticError.writeFailed` with the system's code.
    public mutating func finish() throws(SyntheticError) {
        guard let descriptor else { return }
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
                return unsafe write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 {
                let code = errno
                guard code == EINTR else { throw .writeFailed(code: code) }
                continue
            }
            offset += count
        }
        written += bytes.count
        bytes.removeAll(keepingCapacity: true)
    }

    /// Everything that was added and not yet written; for a sink in memory, everything.
    public consuming func takeBytes() -> [UInt8] { bytes }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func append(_ text: Span<UInt8>) {
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes a piece if there is one; called between rows.
    mutating func endRow() throws(SyntheticError) {
        guard descriptor != nil, bytes.count >= Self.pieceBytes else { return }
        try finish()
    }
}
