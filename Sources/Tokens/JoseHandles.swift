internal import CJose

/// A buffer that cjose allocated for us.
@safe struct JoseBuffer: ~Copyable {
    private let start: UnsafeMutablePointer<UInt8>
    private let count: Int

    /// Takes over what cjose gave; nil where it gave nothing.
    init?(_ start: UnsafeMutablePointer<UInt8>?, count: Int) {
        guard let start = unsafe start else { return nil }
        unsafe self.start = unsafe start
        self.count = count
    }

    /// What a text of base64url stands for.
    ///
    /// - Parameter text: letters, digits, `-` and `_` only, which the caller has seen to.
    init?(decoding text: Span<UInt8>) {
        var start: UnsafeMutablePointer<UInt8>?
        var count = 0
        let isDecoded = unsafe text.withUnsafeBytes { raw in
            unsafe cjose_base64url_decode(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, &start, &count, nil
            )
        }
        guard isDecoded else { return nil }
        unsafe self.init(start, count: count)
    }

    deinit { unsafe ccjose_release(start) }

    var bytes: Span<UInt8> {
        @_lifetime(borrow self) get {
            let span = unsafe Span(_unsafeStart: UnsafePointer(start), count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}

/// One public RSA key.
@safe struct PublicKeyHandle: ~Copyable {
    private let key: OpaquePointer

    /// A key from the big-endian bytes of modulus and exponent; nil where OpenSSL refuses them.
    init?(modulus: Span<UInt8>, exponent: Span<UInt8>) {
        let key = unsafe modulus.withUnsafeBufferPointer { modulus in
            unsafe exponent.withUnsafeBufferPointer { exponent in
                unsafe ccjose_rsa_key(
                    modulus.baseAddress, modulus.count, exponent.baseAddress, exponent.count)
            }
        }
        guard let key = unsafe key else { return nil }
        unsafe self.key = unsafe key
    }

    deinit { _ = unsafe cjose_jwk_release(key) }

    /// Whether the key signed the token.
    ///
    /// Only reads the key, so that threads may share it.
    ///
    /// - Parameter token: of a shape and an algorithm that have been looked at.
    /// - Returns: false also where it cannot be read.
    func signed(_ token: Span<UInt8>) -> Bool {
        guard let signature = SignatureHandle(token) else { return false }
        return unsafe cjose_jws_verify(signature.pointer, key, nil)
    }
}

/// A token as cjose reads it.
@safe private struct SignatureHandle: ~Copyable {
    let pointer: OpaquePointer

    init?(_ token: Span<UInt8>) {
        let pointer = unsafe token.withUnsafeBytes { raw in
            unsafe cjose_jws_import(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, nil)
        }
        guard let pointer = unsafe pointer else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe cjose_jws_release(pointer) }
}
