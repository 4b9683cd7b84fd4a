internal import CSodium
internal import Glibc

/// Why a file is not a key.
public enum KeyFileError: Error, Equatable, Sendable {
    /// It is not there, or may not be read, by the operating system's number.
    case cannotRead(errno: Int32)
    /// It has more or fewer characters than 64, white space at its ends left aside.
    case wrongLength(found: Int, expected: Int)
    /// A character is none of 0-9, a-f, A-F; counted from 0.
    case notHexadecimal(offset: Int)
    /// The memory for it cannot be had.
    case outOfMemory
}

extension KeyFileError: CustomStringConvertible {
    /// One line for an operator; never with anything of the key.
    public var description: String {
        switch self {
        case .cannotRead(let code):
            "the key file cannot be read: "
                + (unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)")
        case .wrongLength(let found, let expected):
            "the key file holds \(found)\(found > Self.readMax ? " or more" : "") characters instead"
                + " of \(expected) hexadecimal digits"
        case .notHexadecimal(let offset):
            "the key file's character \(offset + 1) is no hexadecimal digit"
        case .outOfMemory: "no memory for the key"
        }
    }

    private static var readMax: Int { KeyFile.charactersMax - 1 }
}

/// A key of 32 bytes in a file of 64 hexadecimal digits, as `openssl rand -hex 32` writes it.
enum KeyFile {
    static let keyBytes = 32
    /// More are not read.
    static let charactersMax = 256

    /// What a file holds, and whether anybody but its owner may read it.
    struct Contents: ~Copyable {
        var key: SecretBytes
        var isReadableByOthers: Bool
    }

    static func read(_ path: String) throws(KeyFileError) -> Contents {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotRead(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotRead(errno: errno) }
        guard var text = SecretBytes(count: charactersMax) else { throw .outOfMemory }
        var count = 0
        while count < text.count {
            let part = unsafe Glibc.read(
                descriptor, text.mutablePointer + count, text.count - count)
            if part < 0, errno == EINTR { continue }
            guard part >= 0 else { throw .cannotRead(errno: errno) }
            if part == 0 { break }
            count += part
        }
        let key = try key(text.bytes.extracting(..<count))
        let others: mode_t = S_IRGRP | S_IROTH
        return Contents(key: key, isReadableByOthers: status.st_mode & others != 0)
    }

    /// The key that a text writes.
    static func key(_ text: Span<UInt8>) throws(KeyFileError) -> SecretBytes {
        var start = 0
        var end = text.count
        while start < end, isSpace(text[start]) { start += 1 }
        while end > start, isSpace(text[end - 1]) { end -= 1 }
        let digits = text.extracting(start..<end)
        guard digits.count == 2 * keyBytes else {
            throw .wrongLength(found: digits.count, expected: 2 * keyBytes)
        }
        for index in digits.indices where !isHexadecimal(digits[index]) {
            throw .notHexadecimal(offset: start + index)
        }
        guard var key = SecretBytes(count: keyBytes) else { throw .outOfMemory }
        let isRead = unsafe digits.withUnsafeBytes { digits in
            // Takes the same time for every key.
            unsafe sodium_hex2bin(
                key.mutablePointer, key.count,
                digits.baseAddress?.assumingMemoryBound(to: CChar.self), digits.count, nil, nil, nil
            ) == 0
        }
        precondition(isRead, "64 hexadecimal digits that are no key")
        return key
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
