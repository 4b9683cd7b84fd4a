/// Lends texts as the array of C strings that libpq's parameter lists are made of.
///
/// - Parameters:
///   - texts: without NUL bytes; nil becomes a null pointer.
///   - body: gets as many pointers as there are texts, valid while it runs.
/// - Returns: what `body` returns.
func withCStrings<Answer>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer
) -> Answer {
    var bytes: [CChar] = []
    var starts: [Int?] = []
    for text in texts {
        starts.append(text.map { _ in bytes.count })
        guard let text else { continue }
        bytes += text.utf8.lazy.map { CChar(bitPattern: $0) }
        bytes.append(0)
    }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
        let pointers = unsafe starts.map { start in
            unsafe start.flatMap { start in unsafe bytes.baseAddress.map { unsafe $0 + start } }
        }
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
}
