internal import CSodium

/// Signs what is sent to a system that shares a key with us, as Standard Webhooks 1.0 describes it.
///
/// For any thread: the key is only read once it is made.
public final class WebhookSigner: @unchecked Sendable {
    private let key: SecretBytes
    /// Whether the key's file may be read by others than its owner, which somebody should be told.
    public let isKeyReadableByOthers: Bool

    /// A signer with the key of a file.
    ///
    /// - Parameter path: of a file of 64 hexadecimal digits, white space at its ends left aside.
    /// - Throws: `KeyFileError`.
    public init(keyFile path: String) throws(KeyFileError) {
        let contents = try KeyFile.read(path)
        isKeyReadableByOthers = contents.isReadableByOthers
        key = contents.key
    }

    /// A signer with a key that is at hand.
    ///
    /// - Parameter keyDigits: 64 hexadecimal digits.
    /// - Throws: `KeyFileError`, as for a file that holds them.
    public init(keyDigits: Span<UInt8>) throws(KeyFileError) {
        key = try KeyFile.key(keyDigits)
        isKeyReadableByOthers = false
    }

    /// What stands in the header `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: of the event, as in `webhook-id`.
    ///   - timestamp: seconds since 1970, as in `webhook-timestamp`.
    ///   - body: the bytes that are sent.
    /// - Returns: `v1,` and the Base64 of HMAC-SHA256 over id, timestamp and body with points between.
    public func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        unsafe crypto_auth_hmacsha256(&code, signed, UInt64(signed.count), key.pointer)
        let variant = Int32(sodium_base64_VARIANT_ORIGINAL)
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(code.count, variant))
        unsafe sodium_bin2base64(&text, text.count, code, code.count, variant)
        return "v1,"
            + String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
