internal import CJose
internal import Synchronization

/// The gateway's own key pair: made at the start, signs every token, and is published without its secret.
@safe final class SigningKey: @unchecked Sendable {
    // Only read once it is made, and by one thread at a time.
    private let key: OpaquePointer
    private let turn = Mutex(())
    private let keyID: String

    /// Makes an RSA pair of 2048 bits; nil where OpenSSL cannot.
    init?(keyID: String) {
        let exponent: [UInt8] = [1, 0, 1]
        let key = unsafe exponent.withUnsafeBufferPointer { exponent in
            unsafe cjose_jwk_create_RSA_random(2048, exponent.baseAddress, exponent.count, nil)
        }
        guard let key = unsafe key else { return nil }
        guard unsafe cjose_jwk_set_kid(key, keyID, keyID.utf8.count, nil) else {
            _ = unsafe cjose_jwk_release(key)
            return nil
        }
        unsafe self.key = unsafe key
        self.keyID = keyID
    }

    deinit { _ = unsafe cjose_jwk_release(key) }

    /// The public half as a JSON Web Key Set.
    var keySet: WireValue {
        guard let text = unsafe cjose_jwk_to_json(key, false, nil) else { return ["keys": []] }
        defer { unsafe ccjose_release_text(text) }
        let parsed = unsafe WireValue(parsing: Array(String(cString: text).utf8))
        return ["keys": [(parsed ?? .null).with("use", "sig").with("alg", "RS256")]]
    }

    /// Signs claims with RS256.
    ///
    /// - Returns: the compact form; nil where OpenSSL cannot.
    func sign(_ claims: WireValue) -> String? {
        turn.withLock { _ in
            guard let header = unsafe cjose_header_new(nil) else { return nil }
            defer { unsafe cjose_header_release(header) }
            let payload = claims.bytes
            guard unsafe cjose_header_set(header, "alg", "RS256", nil),
                unsafe cjose_header_set(header, "kid", keyID, nil)
            else { return nil }
            let signed = unsafe payload.withUnsafeBufferPointer { payload in
                unsafe cjose_jws_sign(key, header, payload.baseAddress, payload.count, nil)
            }
            guard let signed = unsafe signed else { return nil }
            defer { unsafe cjose_jws_release(signed) }
            var text: UnsafePointer<CChar>?
            guard unsafe cjose_jws_export(signed, &text, nil), let text = unsafe text else {
                return nil
            }
            return unsafe String(cString: text)
        }
    }
}
