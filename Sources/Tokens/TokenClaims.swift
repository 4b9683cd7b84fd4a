internal import JSON

/// What a token says, as far as it matters to us.
///
/// Its description is silent.
public struct TokenClaims: Sendable, Equatable {
    /// `exp`: the first second at which it is over, since 1970; nil where it does not say.
    public private(set) var expiresAtSeconds: Int64?
    /// `nbf`: the first second at which it is good.
    public private(set) var notBeforeSeconds: Int64?
    /// `iat`: when it was made.
    public private(set) var issuedAtSeconds: Int64?
    /// `sub`: in a linking token of v0.5 the ABHA address.
    public private(set) var subject: String?
    /// `clientId`, or `azp` where that is missing.
    public private(set) var clientID: String?
    /// `requesterId`: in a linking token of v0.5 the facility.
    public private(set) var requesterID: String?
    /// `hipId`: in a linking token of v3, where it names the facility.
    public private(set) var facilityID: String?
    /// `patientId`: in a linking token of v0.5 the ABHA address.
    public private(set) var patientID: String?
    /// `abhaAddress`: in a linking token of v3.
    public private(set) var abhaAddress: String?
    /// `abhaNumber`: in a linking token of v3, in any spelling.
    public private(set) var abhaNumber: String?
    /// `realm_access.roles`; nil where the token has no `realm_access`, empty where that cannot be read.
    public private(set) var roles: [String]?

    /// Reads a token without asking who signed it.
    ///
    /// For tokens that are not ours to judge, such as linking tokens: when do they end, whom are they for.
    ///
    /// - Throws: `missing`, `tooLong`, `malformed`.
    public init(unverified token: Span<UInt8>) throws(TokenError) {
        let parts = try CompactToken.parts(token)
        try self.init(payload: token.extracting(parts.payload))
    }

    /// Reads the middle part of a token.
    init(payload: Span<UInt8>) throws(TokenError) {
        guard let bytes = JoseBuffer(decoding: payload) else { throw .malformed }
        var document = JSONDocument()
        try CompactToken.parseObject(bytes.bytes, into: &document)
        let root = document.root
        expiresAtSeconds = try Self.seconds("exp", of: root, in: document)
        notBeforeSeconds = try Self.seconds("nbf", of: root, in: document)
        issuedAtSeconds = try Self.seconds("iat", of: root, in: document)
        subject = Self.text("sub", of: root, in: document)
        clientID =
            Self.text("clientId", of: root, in: document)
            ?? Self.text("azp", of: root, in: document)
        requesterID = Self.text("requesterId", of: root, in: document)
        facilityID = Self.text("hipId", of: root, in: document)
        patientID = Self.text("patientId", of: root, in: document)
        abhaAddress = Self.text("abhaAddress", of: root, in: document)
        abhaNumber = Self.text("abhaNumber", of: root, in: document)
        roles = Self.roles(of: root, in: document)
    }

    /// The moment of a claim; a part of a second is left out.
    ///
    /// - Throws: `malformed` where it is there and is no moment, or there twice.
    private static func seconds(
        _ name: StaticString, of root: JSONNode, in document: borrowing JSONDocument
    ) throws(TokenError) -> Int64? {
        var found: JSONNode?
        var members = document.members(of: root)
        while let (key, value) = members.next(in: document) {
            guard document.string(key, equals: name) else { continue }
            guard found == nil else { throw .malformed }
            found = value
        }
        guard let found, !document.node(found, is: .null) else { return nil }
        // Up to the year 9999 and some; sums with these cannot overflow.
        let secondsMax: Int64 = 1 << 40
        guard let value = document.double(of: found), abs(value) <= Double(secondsMax) else {
            throw .malformed
        }
        return Int64(value.rounded(.down))
    }

    private static func text(
        _ name: StaticString, of root: JSONNode, in document: borrowing JSONDocument
    ) -> String? {
        guard let node = document.member(name, of: root), document.node(node, is: .string) else {
            return nil
        }
        return document.text(of: node)
    }

    private static func roles(of root: JSONNode, in document: borrowing JSONDocument) -> [String]? {
        guard let access = document.member("realm_access", of: root),
            !document.node(access, is: .null)
        else { return nil }
        // What cannot be read names no role, which is not the same as saying nothing of roles.
        guard document.node(access, is: .object),
            let list = document.member("roles", of: access), document.node(list, is: .array)
        else { return [] }
        var roles: [String] = []
        var elements = document.elements(of: list)
        while let element = elements.next(in: document) {
            if document.node(element, is: .string) { roles.append(document.text(of: element)) }
        }
        return roles
    }
}

extension TokenClaims: CustomStringConvertible, CustomReflectable {
    /// Nothing of a person.
    public var description: String { "claims of a token" }

    /// Nothing: a dump would show whom it is for.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
