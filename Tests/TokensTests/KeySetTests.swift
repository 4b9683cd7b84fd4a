import TestSupport
import Testing
import Tokens

@Suite("Sets of keys")
struct KeySetTests {
    private func keyIDs(_ text: String) -> Result<[String], KeySetError> {
        let bytes = Array(text.utf8)
        return Result { () throws(KeySetError) in try KeySet(bytes.span).keyIDs }
    }

    @Test("keys for other uses and of other kinds are passed over")
    func otherKeys() throws {
        let signer = try TokenSigner(keyID: "good")
        let other = [
            signer.jwk(use: "enc"), signer.jwk(algorithm: "RS384"), signer.jwk(algorithm: "none"),
            "{\"kty\":\"oct\",\"kid\":\"secret\",\"k\":\"AAAA\"}",
            "{\"kty\":\"EC\",\"kid\":\"ec\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
            "{\"kty\":\"RSA\",\"kid\":\"bare\"}", "{}", "7", "null",
            "{\"kty\":\"RSA\",\"kid\":7,\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            "{\"kty\":\"RSA\",\"kid\":\"blank\",\"n\":\"\",\"e\":\"\"}",
            "{\"kty\":\"RSA\",\"kid\":\"zero\",\"n\":\"AAAA\",\"e\":\"AA\"}",
        ]
        let set = TokenSigner.keySet(other + [signer.jwk(), signer.jwk(algorithm: "RS512")])
        #expect(keyIDs(set) == .success(["good"]))
        #expect(keyIDs(TokenSigner.keySet(other)) == .failure(.noUsableKey))
    }

    @Test("a key that is too short to be safe is no key")
    func shortKeys() throws {
        let short = try TokenSigner(keyID: "short", bits: 1024)
        #expect(keyIDs(TokenSigner.keySet([short.jwk()])) == .failure(.noUsableKey))
    }

    @Test(
        "what is no set is said to be none",
        arguments: ["", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "not JSON", "{\"keys\":[}"])
    func malformed(text: String) {
        #expect(keyIDs(text) == .failure(.malformed))
    }

    @Test("an empty set and one of too many keys are refused")
    func sizes() {
        #expect(keyIDs(TokenSigner.keySet([])) == .failure(.noUsableKey))
        let many = Array(repeating: "{}", count: KeySet.keysMax + 1)
        #expect(keyIDs(TokenSigner.keySet(many)) == .failure(.tooManyKeys(maximum: KeySet.keysMax)))
    }
}
