internal import CSodium

/// Why sealed bytes cannot be opened.
public enum SealError: Error, Equatable, Sendable {
    /// They are no bytes that `seal` gave: too short, or of another version.
    case notSealed
    /// They were sealed with another key or context, or have been changed since.
    case notAuthentic
}

/// Seals what is kept on disk and hashes what is only compared, with keys made from the one in a file.
///
/// For any thread: the keys are only read once they are made.
public final class SecretVault: @unchecked Sendable {
    private let sealingKey: SecretBytes
    private let hashingKey: SecretBytes
    /// Makes the nonces of what is sealed alike each time.
    private let nonceKey: SecretBytes
    /// Whether the key's file may be read by others than its owner, which somebody should be told.
    public let isKeyReadableByOthers: Bool

    /// The first byte of what `seal` gives: XChaCha20-Poly1305 (IETF), nonce in front.
    private static let version: UInt8 = 1
    private static let nonceBytes = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagBytes = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    /// How much longer sealed bytes are than the secret.
    public static let overheadBytes = 1 + nonceBytes + tagBytes

    /// A vault with the key of a file.
    ///
    /// - Parameter path: of a file of 64 hexadecimal digits, white space at its ends left aside.
    /// - Throws: `KeyFileError`.
    public convenience init(keyFile path: String) throws(KeyFileError) {
        let contents = try KeyFile.read(path)
        try self.init(contents.key, isReadableByOthers: contents.isReadableByOthers)
    }

    /// A vault with a key that is at hand.
    ///
    /// - Parameter keyDigits: 64 hexadecimal digits.
    /// - Throws: `KeyFileError`, as for a file that holds them.
    public convenience init(keyDigits: Span<UInt8>) throws(KeyFileError) {
        try self.init(KeyFile.key(keyDigits), isReadableByOthers: false)
    }

    private init(_ key: borrowing SecretBytes, isReadableByOthers: Bool) throws(KeyFileError) {
        guard let sealing = Self.derived(1, from: key), let hashing = Self.derived(2, from: key),
            let nonces = Self.derived(3, from: key)
        else { throw .outOfMemory }
        sealingKey = sealing
        hashingKey = hashing
        nonceKey = nonces
        isKeyReadableByOthers = isReadableByOthers
    }

    /// A key for one use, so that no key has two.
    private static func derived(_ number: UInt64, from key: borrowing SecretBytes) -> SecretBytes? {
        guard var subkey = SecretBytes(count: KeyFile.keyBytes) else { return nil }
        let isDerived =
            unsafe crypto_kdf_derive_from_key(
                subkey.mutablePointer, subkey.count, number, "milaan01", key.pointer) == 0
        guard isDerived else { return nil }
        return subkey
    }

    /// Encrypts a secret, so that only this key opens it, and only for this context.
    ///
    /// The same secret gives other bytes each time.
    ///
    /// - Parameters:
    ///   - secret: any bytes; their count can be seen from outside.
    ///   - context: what `open` has to name again; not kept in the result.
    /// - Returns: `overheadBytes` more than the secret.
    public func seal(_ secret: Span<UInt8>, for context: SecretContext) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: Self.nonceBytes)
        unsafe randombytes_buf(&nonce, nonce.count)
        return seal(secret, for: context, nonce)
    }

    /// Encrypts a secret so that it looks the same each time: rows can be found by it.
    ///
    /// Whoever sees two of them, but not the key, learns whether they are of one secret and one context, and no more:
    /// the nonce is a keyed hash of both. `open` opens it.
    ///
    /// - Parameters:
    ///   - secret: any bytes; their count can be seen from outside.
    ///   - context: what `open` has to name again.
    /// - Returns: `overheadBytes` more than the secret.
    /// - Source: P. Rogaway and T. Shrimpton, "Deterministic Authenticated-Encryption", 2006: SIV.
    public func sealAlike(_ secret: Span<UInt8>, for context: SecretContext) -> [UInt8] {
        let input = context.bytes + secret.indices.map { secret[$0] }
        var nonce = [UInt8](repeating: 0, count: Self.nonceBytes)
        let status = unsafe crypto_generichash(
            &nonce, nonce.count, input, UInt64(input.count), nonceKey.pointer, nonceKey.count)
        precondition(status == 0, "libsodium could not hash")
        return seal(secret, for: context, nonce)
    }

    private func seal(
        _ secret: Span<UInt8>, for context: SecretContext, _ nonce: [UInt8]
    ) -> [UInt8] {
        let associated = [Self.version] + context.bytes
        var sealed = [UInt8](repeating: 0, count: secret.count + Self.tagBytes)
        let code = unsafe secret.withUnsafeBufferPointer { secret in
            unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                &sealed, nil, secret.baseAddress, UInt64(secret.count), associated,
                UInt64(associated.count), nil, nonce, sealingKey.pointer)
        }
        precondition(code == 0, "libsodium could not encrypt")
        return [Self.version] + nonce + sealed
    }

    /// Decrypts what `seal` gave.
    ///
    /// - Parameters:
    ///   - sealed: as it was given.
    ///   - context: the one that it was sealed for.
    /// - Returns: the secret.
    /// - Throws: `SealError`.
    public func open(
        _ sealed: Span<UInt8>, for context: SecretContext
    ) throws(SealError) -> [UInt8] {
        guard sealed.count >= Self.overheadBytes, sealed[0] == Self.version else {
            throw .notSealed
        }
        let associated = [Self.version] + context.bytes
        var secret = [UInt8](repeating: 0, count: sealed.count - Self.overheadBytes)
        let code = unsafe sealed.withUnsafeBufferPointer { sealed -> Int32 in
            guard let start = sealed.baseAddress else { return -1 }
            let nonce = unsafe start + 1
            return unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                &secret, nil, nil, nonce + Self.nonceBytes,
                UInt64(sealed.count - 1 - Self.nonceBytes), associated, UInt64(associated.count),
                nonce, sealingKey.pointer)
        }
        guard code == 0 else { throw .notAuthentic }
        return secret
    }

    /// What is kept of a one-time code: whoever has it, but not the key, cannot try out all codes.
    ///
    /// - Parameters:
    ///   - code: the code.
    ///   - context: what it was made for, such as the link reference.
    /// - Returns: `CodeHash.byteCount` bytes, the same ones each time.
    public func hash(_ code: OneTimeCode, for context: SecretContext) -> CodeHash {
        CodeHash(of: keyedHash(context.bytes + Array(code.text.utf8)))
    }

    /// A name for something that must not be kept itself, such as a mobile: the same one each time.
    ///
    /// Whoever has it, but not the key, cannot try out all mobiles.
    ///
    /// - Parameter context: what kind of thing, and which one.
    /// - Returns: `CodeHash.byteCount` bytes.
    public func pseudonym(of context: SecretContext) -> [UInt8] { keyedHash(context.bytes) }

    private func keyedHash(_ input: [UInt8]) -> [UInt8] {
        var hash = [UInt8](repeating: 0, count: CodeHash.byteCount)
        let status = unsafe crypto_generichash(
            &hash, hash.count, input, UInt64(input.count), hashingKey.pointer, hashingKey.count)
        precondition(status == 0, "libsodium could not hash")
        return hash
    }
}
