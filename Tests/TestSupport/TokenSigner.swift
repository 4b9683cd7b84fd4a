/// A key pair of a test's own and the tokens that it signs, by the openssl command.
public final class TokenSigner: Sendable {
    /// The id under which `jwk` names the key.
    public let keyID: String
    private let folder: ProgramFolder
    private let modulus: [UInt8]

    /// Makes a pair.
    ///
    /// - Parameters:
    ///   - keyID: for the header and the set of keys.
    ///   - bits: of the modulus.
    /// - Throws: `ProgramFailure`, also where openssl fails.
    public init(keyID: String, bits: Int = 2048) throws(ProgramFailure) {
        self.keyID = keyID
        folder = try ProgramFolder()
        let key = folder.file("key.pem")
        try Self.openssl(["genrsa", "-out", key, String(bits)])
        try Self.openssl(["rsa", "-in", key, "-pubout", "-out", folder.file("public.pem")])
        let text = try Self.openssl(["rsa", "-in", key, "-noout", "-modulus"])
        let digits = String(decoding: text, as: UTF8.self).split(separator: "=").last ?? ""
        modulus = Self.bytes(ofHexadecimal: digits.filter(\.isHexDigit))
    }

    /// The public key as a member of a JSON Web Key Set.
    ///
    /// - Parameters:
    ///   - algorithm: for `alg`; nil for none.
    ///   - use: for `use`.
    /// - Returns: one JSON object.
    public func jwk(algorithm: String? = "RS256", use: String = "sig") -> String {
        let alg = algorithm.map { "\"alg\":\"\($0)\"," } ?? ""
        return "{\"kid\":\"\(keyID)\",\"kty\":\"RSA\",\(alg)\"use\":\"\(use)\","
            + "\"n\":\"\(Self.base64URL(modulus))\",\"e\":\"AQAB\"}"
    }

    /// A set of keys.
    public static func keySet(_ keys: [String]) -> String {
        "{\"keys\":[" + keys.joined(separator: ",") + "]}"
    }

    /// Signs a token.
    ///
    /// - Parameters:
    ///   - payload: JSON.
    ///   - header: JSON; nil for one with `alg` and this key's id.
    ///   - digest: 256 or 512.
    /// - Returns: the compact form.
    /// - Throws: `ProgramFailure`.
    public func token(
        _ payload: String, header: String? = nil, digest: Int = 256
    ) throws(ProgramFailure) -> String {
        let header = header ?? "{\"alg\":\"RS\(digest)\",\"typ\":\"JWT\",\"kid\":\"\(keyID)\"}"
        let text = Self.unsigned(header, payload)
        let signature = try Self.openssl(
            ["dgst", "-sha\(digest)", "-sign", folder.file("key.pem"), "-binary"], input: text)
        return text + "." + Self.base64URL(signature)
    }

    /// The same with the public key's own text as a shared secret, as an attacker would.
    ///
    /// - Returns: the compact form.
    /// - Throws: `ProgramFailure`.
    public func tokenByPublicKeyAsSecret(_ payload: String) throws(ProgramFailure) -> String {
        let secret = try folder.bytes("public.pem").map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        let text = Self.unsigned("{\"alg\":\"HS256\",\"kid\":\"\(keyID)\"}", payload)
        let code = try Self.openssl(
            ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + secret, "-binary"],
            input: text)
        return text + "." + Self.base64URL(code)
    }

    /// Header and payload without a signature.
    public static func unsigned(_ header: String, _ payload: String) -> String {
        base64URL(Array(header.utf8)) + "." + base64URL(Array(payload.utf8))
    }

    /// RFC 4648, section 5, without padding.
    public static func base64URL(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        var start = 0
        while start < bytes.count {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(letters[word >> (18 - 6 * place) & 63]) }
            start += 3
        }
        return text
    }

    @discardableResult
    private static func openssl(
        _ arguments: [String], input: String = ""
    ) throws(ProgramFailure) -> [UInt8] {
        let run = try MilaanProgram.run("/usr/bin/openssl", arguments, input: Array(input.utf8))
        guard run.end == .exit(0) else { throw .tooLate(errors: run.errors) }
        return run.bytes
    }

    private static func bytes(ofHexadecimal digits: String) -> [UInt8] {
        let values = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: values.count - 1, by: 2).map {
            UInt8(values[$0] * 16 + values[$0 + 1])
        }
    }
}
