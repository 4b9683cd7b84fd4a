extension Span<UInt8> {
    /// Whether every byte is ASCII and none is NUL; eight bytes are looked at together.
    @inline(__always)
    var isPlainASCII: Bool {
        guard count >= 8 else {
            for index in indices where self[index] &- 1 >= 0x7F { return false }
            return true
        }
        // The last word ends at the end and may overlap the one before.
        let raw = unsafe bytes
        var found: UInt64 = 0
        var offset = 0
        while offset < count {
            let word = unsafe raw.unsafeLoadUnaligned(
                fromByteOffset: Swift.min(offset, count - 8), as: UInt64.self)
            // Without a top bit anywhere, the lowest zero byte is the first to borrow one.
            found |= word | (word &- 0x0101_0101_0101_0101)
            offset += 8
        }
        return found & 0x8080_8080_8080_8080 == 0
    }

    /// Whether the bytes are well-formed UTF-8; most rows are ASCII, which is seen eight bytes at a time.
    var isUTF8: Bool {
        let raw = unsafe bytes
        var offset = 0
        while offset + 8 <= raw.byteCount {
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { return isUTF8Throughout }
            offset += 8
        }
        while offset < count {
            if self[offset] >= 0x80 { return isUTF8Throughout }
            offset += 1
        }
        return true
    }

    private var isUTF8Throughout: Bool {
        do {
            _ = try UTF8Span(validating: self)
            return true
        } catch {
            return false
        }
    }

    /// The bytes as a copied text.
    var text: String {
        unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension String {
    /// The text between quotation marks, as much of it as a message should hold.
    var quotedForReport: String {
        let shown = unicodeScalars.prefix(64).map { $0.value < 0x20 ? "?" : String($0) }
        return "'" + shown.joined() + (unicodeScalars.count > 64 ? "...'" : "'")
    }
}
