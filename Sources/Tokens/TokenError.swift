/// Why a token is not accepted; never with anything of the token.
public enum TokenError: String, Error, Equatable, Sendable, CaseIterable {
    /// There is no token.
    case missing
    /// It is longer than `JWTLimits.tokenBytesMax`.
    case tooLong
    /// It is not three parts of base64url, or a part is not the JSON that it should be.
    case malformed
    /// It is signed in another way than RS256 or RS512, or not in the way of its key.
    case algorithmRefused
    /// Its header asks for something that we do not understand (`crit`).
    case extensionRefused
    /// It is signed with a key that is not in the set.
    case unknownKey
    /// The signature is not that of the key.
    case badSignature
    /// It does not say when it ends.
    case noExpiry
    /// It has ended.
    case expired
    /// It is not good yet.
    case notYetValid
    /// It names roles, and not the one that it should.
    case wrongRole
}

/// What is read of a token at most.
public enum JWTLimits {
    /// The longest token that is looked at, in bytes.
    public static let tokenBytesMax = 16 << 10
    /// The longest key id, in bytes.
    static let keyIDBytesMax = 512
}
