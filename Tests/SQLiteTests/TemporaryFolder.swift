import Glibc

/// A folder that is gone, with all in it, when its owner ends.
@safe struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array("/tmp/sqlite-test-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { template in
            unsafe template.baseAddress.flatMap { path in
                unsafe mkdtemp(path).map { unsafe String(cString: $0) }
            }
        }
        guard let made else { throw CannotMakeFolder(errno: errno) }
        path = made
    }

    struct CannotMakeFolder: Error {
        let errno: Int32
    }

    deinit {
        guard let folder = unsafe opendir(path) else { return }
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            unsafe unlink(path + "/" + name)
        }
        unsafe closedir(folder)
        unsafe rmdir(path)
    }

    /// The path of a file in the folder, whether it exists or not.
    func file(_ name: String) -> String { path + "/" + name }
}

/// Overwrites bytes of a file, from an offset, or makes it.
func write(_ bytes: [UInt8], to path: String, at offset: Int) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return unsafe pwrite(descriptor, bytes, bytes.count, offset) == bytes.count
}

/// How many bytes a file has; nil if it cannot be seen.
func byteCount(of path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_size : nil
}
