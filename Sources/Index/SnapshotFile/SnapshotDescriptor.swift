internal import Glibc

/// An open file, read and written at given places.
@safe struct SnapshotDescriptor: ~Copyable, Sendable {
    let number: Int32

    /// Opens a regular file for reading.
    init(reading path: String) throws(SnapshotFileError) {
        // A named pipe would wait for somebody to write.
        number = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw .last("open") }
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .last("fstat") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notASnapshot }
    }

    /// Opens a folder.
    init(folder path: String) throws(SnapshotFileError) {
        number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .last("open") }
    }

    /// Opens a file for writing that only its owner can read, and makes it if there is none.
    init(writing path: String) throws(SnapshotFileError) {
        number = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw .last("open") }
    }

    deinit { if number >= 0 { close(number) } }

    /// What the system knows of the file now.
    func status() throws(SnapshotFileError) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw .last("fstat") }
        return status
    }

    /// How many bytes the file has now.
    func count() throws(SnapshotFileError) -> Int { Int(try status().st_size) }

    /// Reads so many bytes.
    ///
    /// - Throws: `SnapshotFileError.cutShort` when the file ends before.
    func read(_ count: Int, at offset: Int) throws(SnapshotFileError) -> [UInt8] {
        // An array without room is one that all share, whose count would be written.
        guard count > 0 else { return [] }
        var failure: SnapshotFileError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            while used < count, let start = buffer.baseAddress {
                let got = unsafe pread(number, start + used, count - used, off_t(offset + used))
                if got > 0 {
                    used += got
                } else if got == 0 || errno != EINTR {
                    failure = got == 0 ? .cutShort : .last("pread")
                    return
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all of some bytes.
    func write(_ bytes: RawSpan, at offset: Int) throws(SnapshotFileError) {
        var failure: SnapshotFileError?
        unsafe bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let start = buffer.baseAddress {
                // A single call never writes more than 2 GiB.
                let rest = min(buffer.count - written, 1 << 30)
                let put = unsafe pwrite(number, start + written, rest, off_t(offset + written))
                if put > 0 {
                    written += put
                } else if put == 0 || errno != EINTR {
                    failure = put == 0 ? .system(call: "pwrite", code: ENOSPC) : .last("pwrite")
                    return
                }
            }
        }
        if let failure { throw failure }
    }

    /// Gives the file its length, and returns when all of it is on the disk.
    func finish(_ count: Int) throws(SnapshotFileError) {
        guard ftruncate(number, off_t(count)) == 0 else { throw .last("ftruncate") }
        guard fsync(number) == 0 else { throw .last("fsync") }
    }
}
