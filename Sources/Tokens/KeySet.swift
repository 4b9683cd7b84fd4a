internal import JSON

/// Why a reply is not a set of keys.
public enum KeySetError: Error, Equatable, Sendable {
    /// It is no JSON object with an array `keys`.
    case malformed
    /// It has more keys than anybody has.
    case tooManyKeys(maximum: Int)
    /// None of its keys is a public RSA key for signatures, of 2048 to 8192 bits.
    case noUsableKey
}

/// The public keys with which tokens may be signed, by their ids.
///
/// Never changes; for any thread.
public final class KeySet: Sendable {
    private let keys: [VerificationKey]

    /// More keys than any gateway has at one time.
    public static let keysMax = 64

    /// Reads a JSON Web Key Set.
    ///
    /// Keys of other kinds, for other uses and of other algorithms are passed over, and so is a second key of
    /// an id.
    ///
    /// - Parameter text: RFC 7517, as it came.
    /// - Throws: `KeySetError`.
    public init(_ text: Span<UInt8>) throws(KeySetError) {
        var document = JSONDocument()
        guard (try? document.parse(text)) != nil, document.node(document.root, is: .object),
            let list = document.member("keys", of: document.root), document.node(list, is: .array)
        else { throw .malformed }
        var keys: [VerificationKey] = []
        var count = 0
        var elements = document.elements(of: list)
        while let element = elements.next(in: document) {
            count += 1
            guard count <= Self.keysMax else { throw .tooManyKeys(maximum: Self.keysMax) }
            guard document.node(element, is: .object),
                let key = VerificationKey(element, in: document),
                !keys.contains(where: { $0.keyID == key.keyID })
            else { continue }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw .noUsableKey }
        self.keys = keys
    }

    /// The ids of the keys that can be used; "" for one without.
    public var keyIDs: [String] { keys.map { $0.keyID ?? "" } }

    /// The key of an id; without an id the only key there is.
    func key(_ keyID: String?) -> VerificationKey? {
        guard let keyID else { return keys.count == 1 ? keys.first : nil }
        return keys.first { $0.keyID == keyID }
    }
}

/// One key and what may be signed with it.
// The handle is only read: see `PublicKeyHandle.signed`.
final class VerificationKey: @unchecked Sendable {
    let keyID: String?
    /// Nil where the set does not say.
    let algorithm: SignatureAlgorithm?
    private let handle: PublicKeyHandle

    /// The lengths of a modulus in bytes: 2048 to 8192 bits.
    private static let modulusBytes = 256...1024

    /// A key of a set; nil where it is not one of ours.
    init?(_ object: JSONNode, in document: borrowing JSONDocument) {
        func text(_ name: StaticString) -> String?? {
            guard let node = document.member(name, of: object), !document.node(node, is: .null)
            else { return .some(nil) }
            return document.node(node, is: .string) ? .some(document.text(of: node)) : nil
        }
        guard let kind = text("kty"), kind == "RSA", let use = text("use"),
            use == nil || use == "sig", let name = text("alg"), let keyID = text("kid"),
            (keyID?.utf8.count ?? 0) <= JWTLimits.keyIDBytesMax,
            let modulusText = text("n"), let modulusText, let exponentText = text("e"),
            let exponentText
        else { return nil }
        if let name {
            guard let algorithm = SignatureAlgorithm(rawValue: name) else { return nil }
            self.algorithm = algorithm
        } else {
            algorithm = nil
        }
        self.keyID = keyID
        guard let modulus = Self.number(modulusText), let exponent = Self.number(exponentText),
            Self.modulusBytes.contains(modulus.count), let top = modulus.first,
            // 2048 bits are meant, not 2041.
            modulus.count > Self.modulusBytes.lowerBound || top >= 0x80,
            let last = modulus.last, last & 1 == 1, (1...4).contains(exponent.count),
            let low = exponent.last, low & 1 == 1, exponent.count > 1 || low >= 3,
            let handle = PublicKeyHandle(modulus: modulus.span, exponent: exponent.span)
        else { return nil }
        self.handle = handle
    }

    /// Whether the key signed the token.
    func signed(_ token: Span<UInt8>) -> Bool { handle.signed(token) }

    /// The bytes of a number in base64url, without zeros in front; nil for anything else.
    private static func number(_ text: String) -> [UInt8]? {
        let isBase64URL = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isBase64URL, !text.isEmpty, text.utf8.count <= 2048 else { return nil }
        guard let buffer = JoseBuffer(decoding: text.utf8.span) else { return nil }
        let bytes = buffer.bytes
        guard let start = bytes.indices.first(where: { bytes[$0] != 0 }) else { return nil }
        return (start..<bytes.count).map { bytes[$0] }
    }
}
