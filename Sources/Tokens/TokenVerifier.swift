/// Whether a token is to be believed.
public struct TokenVerifier: Sendable {
    /// By how much clocks may differ, in seconds.
    public var leewaySeconds: Int64
    /// A role that a token which names roles must have among them, in any case; nil for none.
    public var role: String?

    /// The rules for tokens of the gateway.
    public init(leewaySeconds: Int64 = 60, role: String? = "gateway") {
        self.leewaySeconds = leewaySeconds
        self.role = role
    }

    /// Judges a token.
    ///
    /// The algorithm is looked at first: `none` and everything that is signed with a shared secret never
    /// meet a key. Then the signature, then the time, then the role.
    ///
    /// - Parameters:
    ///   - token: without `Bearer `; see `BearerHeader`.
    ///   - keys: that it may be signed with.
    ///   - nowSeconds: since 1970.
    /// - Returns: what it says.
    /// - Throws: `TokenError`; `unknownKey` where another set of keys might know better.
    public func verify(
        _ token: Span<UInt8>, keys: KeySet, nowSeconds: Int64
    ) throws(TokenError) -> TokenClaims {
        let compact = try CompactToken(token)
        guard let key = keys.key(compact.keyID) else { throw .unknownKey }
        guard key.algorithm == nil || key.algorithm == compact.algorithm else {
            throw .algorithmRefused
        }
        guard key.signed(token) else { throw .badSignature }
        let claims = try TokenClaims(payload: token.extracting(compact.payload))
        guard let end = claims.expiresAtSeconds else { throw .noExpiry }
        guard nowSeconds < end + leewaySeconds else { throw .expired }
        if let start = claims.notBeforeSeconds, nowSeconds < start - leewaySeconds {
            throw .notYetValid
        }
        if let role, let roles = claims.roles {
            guard roles.contains(where: { $0.lowercased() == role.lowercased() }) else {
                throw .wrongRole
            }
        }
        return claims
    }
}
