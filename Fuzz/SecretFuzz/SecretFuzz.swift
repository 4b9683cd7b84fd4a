internal import Secrets

/// Opens arbitrary bytes, seals and opens them again, and reads them as a code and as a key.
@c(LLVMFuzzerTestOneInput)
public func secrets(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    let context = SecretContext("fuzz", "one")
    let opened = try? vault.open(input.span, for: context)
    precondition(opened == nil, "bytes that nobody sealed were opened")
    let sealed = vault.seal(input.span, for: context)
    precondition((try? vault.open(sealed.span, for: context)) == input)
    precondition((try? vault.open(sealed.span, for: SecretContext("fuzz", "two"))) == nil)

    let typed = OneTimeCode(typed: input.span)
    precondition(typed?.text == expectedCode(input), "a code was read as another")
    if let typed {
        let hash = vault.hash(typed, for: context)
        precondition(CodeHash(kept: hash.bytes)?.matches(hash) == true)
    }
    precondition(((try? SecretVault(keyDigits: input.span)) != nil) == isKey(input))
    return 0
}

private let vault: SecretVault = {
    let digits = Array(String(repeating: "5a", count: 32).utf8)
    guard let vault = try? SecretVault(keyDigits: digits.span) else {
        preconditionFailure("a key that is none")
    }
    return vault
}()

private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) } ?? start
    return start < bytes.endIndex ? Array(bytes[start...end]) : []
}

/// The obvious way to read a code.
private func expectedCode(_ bytes: [UInt8]) -> String? {
    let digits = trimmed(bytes)
    guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
    }
    return String(repeating: "0", count: 6 - digits.count) + String(decoding: digits, as: UTF8.self)
}

private func isKey(_ bytes: [UInt8]) -> Bool {
    let digits = trimmed(bytes)
    let letters = Set("0123456789abcdefABCDEF".utf8)
    return digits.count == 64 && digits.allSatisfy(letters.contains)
}
