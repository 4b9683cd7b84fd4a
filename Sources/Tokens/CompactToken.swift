internal import JSON

/// How a token may be signed: with an RSA key, PKCS #1 v1.5.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    /// With SHA-256.
    case rs256 = "RS256"
    /// With SHA-512.
    case rs512 = "RS512"
}

/// A token's outer shape: where its three parts are, and what its header says.
struct CompactToken {
    let header: Range<Int>
    let payload: Range<Int>
    let algorithm: SignatureAlgorithm
    /// Nil where the header has none.
    let keyID: String?

    /// Reads the header; nothing else of the token is looked at before its algorithm is known to be one
    /// of ours.
    init(_ token: Span<UInt8>) throws(TokenError) {
        let parts = try Self.parts(token)
        (header, payload) = parts
        guard let bytes = JoseBuffer(decoding: token.extracting(header)) else {
            throw .malformed
        }
        var document = JSONDocument()
        try Self.parseObject(bytes.bytes, into: &document)
        var algorithm: String?
        var keyID: String?
        var members = document.members(of: document.root)
        while let (name, value) = members.next(in: document) {
            if document.string(name, equals: "alg") {
                // Who reads the last of two must not see another algorithm than who reads the first.
                guard algorithm == nil, document.node(value, is: .string) else { throw .malformed }
                algorithm = document.text(of: value)
            } else if document.string(name, equals: "kid") {
                guard keyID == nil, document.node(value, is: .string) else { throw .malformed }
                let text = document.text(of: value)
                guard text.utf8.count <= JWTLimits.keyIDBytesMax else { throw .malformed }
                keyID = text
            } else if document.string(name, equals: "crit") {
                throw .extensionRefused
            }
        }
        guard let algorithm = algorithm.flatMap(SignatureAlgorithm.init) else {
            throw .algorithmRefused
        }
        self.algorithm = algorithm
        self.keyID = keyID
    }

    /// The ranges of header and payload of three parts of base64url, none of them empty.
    static func parts(
        _ token: Span<UInt8>
    ) throws(TokenError) -> (header: Range<Int>, payload: Range<Int>) {
        guard !token.isEmpty else { throw .missing }
        guard token.count <= JWTLimits.tokenBytesMax else { throw .tooLong }
        var first: Int?
        var second: Int?
        for index in token.indices where !isBase64URL(token[index]) {
            guard token[index] == UInt8(ascii: "."), second == nil else { throw .malformed }
            if first == nil { first = index } else { second = index }
        }
        guard let first, let second, first > 0, second > first + 1, second + 1 < token.count else {
            // A token that ends with its last point is one that nobody signed: let the header say so.
            if let first, let second, first > 0, second > first + 1 {
                return (0..<first, (first + 1)..<second)
            }
            throw .malformed
        }
        return (0..<first, (first + 1)..<second)
    }

    static func parseObject(
        _ bytes: Span<UInt8>, into document: inout JSONDocument
    ) throws(TokenError) {
        do throws(JSONError) {
            try document.parse(bytes)
        } catch {
            throw .malformed
        }
        guard document.node(document.root, is: .object) else { throw .malformed }
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
