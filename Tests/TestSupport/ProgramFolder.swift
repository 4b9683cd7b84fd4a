internal import Glibc

/// A folder for the files of one test; gone, with the files in it, when its owner ends.
public final class ProgramFolder: Sendable {
    /// The folder's path, without a slash at its end.
    public let path: String

    /// Makes the folder.
    ///
    /// - Throws: `ProgramFailure.system`.
    public init() throws(ProgramFailure) {
        var template = Array("/tmp/milaan-test-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { template in
            unsafe template.baseAddress.flatMap { path in
                unsafe mkdtemp(path).map { unsafe String(cString: $0) }
            }
        }
        guard let made else { throw .system(call: "mkdtemp", errno: errno) }
        path = made
    }

    deinit { Self.remove(path) }

    /// The path of a file in the folder, whether it exists or not.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file.
    ///
    /// - Returns: its path.
    /// - Throws: `ProgramFailure.system`.
    @discardableResult
    public func write(_ name: String, _ text: String) throws(ProgramFailure) -> String {
        try write(name, Array(text.utf8))
    }

    /// Writes a file.
    ///
    /// - Returns: its path.
    /// - Throws: `ProgramFailure.system`.
    @discardableResult
    public func write(_ name: String, _ bytes: [UInt8]) throws(ProgramFailure) -> String {
        let path = file(name)
        guard let stream = unsafe fopen(path, "we") else {
            throw .system(call: "fopen", errno: errno)
        }
        let count = unsafe fwrite(bytes, 1, bytes.count, stream)
        guard unsafe fclose(stream) == 0, count == bytes.count else {
            throw .system(call: "fwrite", errno: errno)
        }
        return path
    }

    /// The bytes of a file in the folder, or of any other by its whole path.
    ///
    /// - Throws: `ProgramFailure.system`.
    public func bytes(_ name: String) throws(ProgramFailure) -> [UInt8] {
        try Self.bytes(ofFile: name.hasPrefix("/") ? name : file(name))
    }

    /// The text of a file in the folder, or of any other by its whole path.
    ///
    /// - Throws: `ProgramFailure.system`.
    public func text(_ name: String) throws(ProgramFailure) -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    static func bytes(ofFile path: String) throws(ProgramFailure) -> [UInt8] {
        guard let stream = unsafe fopen(path, "re") else {
            throw .system(call: "fopen", errno: errno)
        }
        defer { unsafe fclose(stream) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = unsafe fread(&piece, 1, piece.count, stream), count > 0 {
            bytes += piece[..<count]
        }
        return bytes
    }

    private static func remove(_ path: String) {
        guard let folder = unsafe opendir(path) else { return }
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            let inner = path + "/" + name
            if unsafe unlink(inner) != 0 { remove(inner) }
        }
        unsafe closedir(folder)
        unsafe rmdir(path)
    }
}

/// Why a program could not be run to its end.
public enum ProgramFailure: Error, Equatable {
    /// A call of the operating system failed.
    case system(call: String, errno: Int32)
    /// The program is not where the build puts it.
    case notBuilt(path: String)
    /// It did not do in time what it was waited for; what it had said on its error stream.
    case tooLate(errors: String)
}
