import TestSupport
import Testing
import Tokens

/// Pairs are made once: each takes openssl a while.
private let signers: [TokenSigner] =
    (try? [
        TokenSigner(keyID: "one"), TokenSigner(keyID: "two"),
    ]) ?? []

/// The moment at which all tokens here are judged.
private let now: Int64 = 1_800_000_000

@Suite("Tokens of the gateway")
struct TokenVerifierTests {
    private let one: TokenSigner
    private let two: TokenSigner

    init() throws {
        try #require(signers.count == 2, "openssl made no keys")
        one = signers[0]
        two = signers[1]
    }

    private func keys(_ members: [String]? = nil) throws -> KeySet {
        let text = TokenSigner.keySet(
            members ?? [one.jwk(algorithm: nil), two.jwk(algorithm: nil)])
        return try KeySet(Array(text.utf8).span)
    }

    private func judge(
        _ token: String, _ keys: KeySet, verifier: TokenVerifier = TokenVerifier()
    ) -> Result<TokenClaims, TokenError> {
        let bytes = Array(token.utf8)
        return Result { () throws(TokenError) in
            try verifier.verify(bytes.span, keys: keys, nowSeconds: now)
        }
    }

    private func payload(exp: String, _ more: String) -> String {
        "{\"sub\":\"gateway\",\"clientId\":\"gw\",\"exp\":\(exp)\(more)}"
    }

    @Test("a token that is signed with a key of the set is believed", arguments: [256, 512])
    func goodTokens(digest: Int) throws {
        let keys = try keys()
        for signer in [one, two] {
            let token = try signer.token(
                payload(",\"iat\":1799999000,\"realm_access\":{\"roles\":[\"hiu\",\"Gateway\"]}"),
                digest: digest)
            let claims = try judge(token, keys).get()
            #expect(claims.expiresAtSeconds == 1_800_000_100)
            #expect(claims.issuedAtSeconds == 1_799_999_000)
            #expect(claims.subject == "gateway")
            #expect(claims.clientID == "gw")
            #expect(claims.roles == ["hiu", "Gateway"])
        }
    }

    private func payload(_ more: String) -> String { payload(exp: "1800000100", more) }

    @Test("every kind of token that is not signed with RSA is refused before a key is looked for")
    func otherAlgorithms() throws {
        let keys = try keys()
        let text = payload("")
        for alg in [
            "none", "None", "NONE", "HS256", "HS512", "ES256", "PS256", "RS384", "rs256", "",
        ] {
            for kid in ["one", "nobody"] {
                let header = "{\"alg\":\"\(alg)\",\"kid\":\"\(kid)\"}"
                let bare = TokenSigner.unsigned(header, text)
                #expect(judge(bare + ".", keys) == .failure(.algorithmRefused), "\(alg)")
                #expect(judge(bare + ".AAAA", keys) == .failure(.algorithmRefused), "\(alg)")
                let signed = try one.token(text, header: header)
                #expect(judge(signed, keys) == .failure(.algorithmRefused), "\(alg)")
            }
        }
        #expect(
            judge(try one.token(text, header: "{\"kid\":\"one\"}"), keys)
                == .failure(.algorithmRefused))
    }

    @Test("the public key as a shared secret opens nothing")
    func publicKeyAsSecret() throws {
        let token = try one.tokenByPublicKeyAsSecret(payload(""))
        #expect(judge(token, try keys()) == .failure(.algorithmRefused))
        // Nor where the header lies about how it was signed.
        let parts = token.split(separator: ".")
        let header = TokenSigner.base64URL(Array("{\"alg\":\"RS256\",\"kid\":\"one\"}".utf8))
        #expect(
            judge("\(header).\(parts[1]).\(parts[2])", try keys()) == .failure(.badSignature))
    }

    @Test("a header with two algorithms or two ids is no header")
    func doubledMembers() throws {
        let keys = try keys()
        for header in [
            "{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"one\"}",
            "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"one\"}",
            "{\"alg\":\"RS256\",\"kid\":\"one\",\"kid\":\"two\"}",
            "{\"alg\":[\"RS256\"],\"kid\":\"one\"}", "{\"alg\":\"RS256\",\"kid\":1}",
        ] {
            let token = try one.token(payload(""), header: header)
            #expect(judge(token, keys) == .failure(.malformed), "\(header)")
        }
        let critical = try one.token(
            payload(""),
            header: "{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[\"b64\"],\"b64\":false}")
        #expect(judge(critical, keys) == .failure(.extensionRefused))
    }

    @Test("a token of another key is refused, whatever id it gives")
    func wrongKeys() throws {
        let text = payload("")
        let lie = try one.token(text, header: "{\"alg\":\"RS256\",\"kid\":\"two\"}")
        #expect(judge(lie, try keys()) == .failure(.badSignature))
        let stranger = try one.token(text, header: "{\"alg\":\"RS256\",\"kid\":\"three\"}")
        #expect(judge(stranger, try keys()) == .failure(.unknownKey))
        // Without an id there is nothing to choose by, unless there is no choice.
        let nameless = try one.token(text, header: "{\"alg\":\"RS256\"}")
        #expect(judge(nameless, try keys()) == .failure(.unknownKey))
        #expect((try? judge(nameless, try keys([one.jwk()])).get()) != nil)
        #expect(judge(nameless, try keys([two.jwk()])) == .failure(.badSignature))
    }

    @Test("a key that names its algorithm is good for that one only")
    func pinnedAlgorithms() throws {
        let pinned = try keys([one.jwk(algorithm: "RS512"), two.jwk(algorithm: "RS256")])
        let text = payload("")
        #expect(judge(try one.token(text, digest: 256), pinned) == .failure(.algorithmRefused))
        #expect((try? judge(try one.token(text, digest: 512), pinned).get()) != nil)
        #expect(judge(try two.token(text, digest: 512), pinned) == .failure(.algorithmRefused))
    }

    @Test("no byte of a token can be changed")
    func changedBytes() throws {
        let keys = try keys()
        let token = Array(try one.token(payload("")).utf8)
        var random = SplitMix64(seed: 7)
        for _ in 0..<300 {
            var changed = token
            let place = Int.random(in: 0..<changed.count, using: &random)
            changed[place] = UInt8.random(in: 0...255, using: &random)
            guard changed != token else { continue }
            let verdict = judge(String(decoding: changed, as: UTF8.self), keys)
            // The last character of a part has bits that stand for nothing; those may differ.
            guard case .success = verdict else { continue }
            let isLast = place + 1 == changed.count || changed[place + 1] == UInt8(ascii: ".")
            #expect(isLast, "byte \(place)")
        }
    }

    @Test(
        "a token is good from a minute before to a minute after its time",
        arguments: [
            ("1800000001", "", nil), ("1799999941", "", nil), ("1799999940", "", .expired),
            ("1799999939", "", .expired), ("1799999940.9", "", .expired), ("0", "", .expired),
            ("-5", "", .expired), ("1800000100", ",\"nbf\":1800000060", nil),
            ("1800000100", ",\"nbf\":1800000061", .notYetValid),
            ("1800000100", ",\"nbf\":1799999999.5", nil), ("1800000100", ",\"nbf\":null", nil),
            ("1.8000001e9", "", nil), ("null", "", .noExpiry), ("\"1800000100\"", "", .malformed),
            ("1e300", "", .malformed), ("1800000100", ",\"exp\":1900000000", .malformed),
            ("1800000100", ",\"nbf\":\"later\"", .malformed),
        ] as [(String, String, TokenError?)])
    func times(exp: String, more: String, error: TokenError?) throws {
        let verdict = judge(try one.token(payload(exp: exp, more)), try keys())
        if let error {
            #expect(verdict == .failure(error))
        } else {
            #expect((try? verdict.get()) != nil, "\(verdict)")
        }
    }

    @Test("a token without an end is refused")
    func noExpiry() throws {
        #expect(judge(try one.token("{\"sub\":\"x\"}"), try keys()) == .failure(.noExpiry))
    }

    @Test(
        "a token that names roles must name the gateway's",
        arguments: [
            (",\"realm_access\":{\"roles\":[\"hip\",\"GATEWAY\"]}", nil),
            (",\"realm_access\":{\"roles\":[\"hip\"]}", .wrongRole),
            (",\"realm_access\":{\"roles\":[]}", .wrongRole),
            (",\"realm_access\":{}", .wrongRole), (",\"realm_access\":7", .wrongRole),
            (",\"realm_access\":{\"roles\":\"gateway\"}", .wrongRole),
            (",\"realm_access\":null", nil), ("", nil),
        ] as [(String, TokenError?)])
    func roles(more: String, error: TokenError?) throws {
        let token = try one.token(payload(more))
        let verdict = judge(token, try keys())
        if let error { #expect(verdict == .failure(error)) }
        #expect(((try? verdict.get()) != nil) == (error == nil))
        #expect((try? judge(token, try keys(), verifier: TokenVerifier(role: nil)).get()) != nil)
    }

    @Test(
        "what is no token is said to be none",
        arguments: [
            ("", .missing), ("a", .malformed), ("a.b", .malformed), ("..", .malformed),
            ("a..c", .malformed), (".b.c", .malformed), ("a.b.c.d", .malformed),
            ("a b.c.d", .malformed), ("e30.e30.e30", .algorithmRefused),
            ("e30=.e30.e30", .malformed),
            ("W10.e30.AAAA", .malformed), ("!!!.e30.AAAA", .malformed), ("A.e30.AAAA", .malformed),
            (String(repeating: "a", count: 20_000), .tooLong),
        ] as [(String, TokenError)])
    func malformed(token: String, error: TokenError) throws {
        #expect(judge(token, try keys()) == .failure(error))
    }

    @Test("a signed payload that is no object says nothing")
    func payloadsOfOtherKinds() throws {
        for payload in ["[]", "7", "\"x\"", "not JSON", "{", "{} {}"] {
            #expect(judge(try one.token(payload), try keys()) == .failure(.malformed), "\(payload)")
        }
    }

    @Test("a key shared by threads judges as it does alone")
    func sharedKeys() throws {
        let keys = try keys()
        let good = Array(try one.token(payload("")).utf8)
        let bad = Array(
            try two.token(payload(""), header: "{\"alg\":\"RS256\",\"kid\":\"one\"}").utf8)
        let threads = try (0..<4).map { _ in
            try #require(
                WorkThread { () -> Int in
                    let verifier = TokenVerifier()
                    return (0..<200).count { index in
                        let token = index % 2 == 0 ? good : bad
                        let claims = try? verifier.verify(
                            token.span, keys: keys, nowSeconds: now)
                        return (claims != nil) == (index % 2 == 0)
                    }
                })
        }
        for thread in threads { #expect(thread.join() == 200) }
    }

    @Test("claims show nothing when they are printed")
    func claimsAreSilent() throws {
        let claims = try judge(try one.token(payload(",\"abhaAddress\":\"asha@sbx\"")), try keys())
            .get()
        #expect(claims.abhaAddress == "asha@sbx")
        var dumped = ""
        dump(claims, to: &dumped)
        #expect(!"\(claims) \(String(reflecting: claims)) \(dumped)".contains("asha"))
    }

    @Test("a linking token's end and owner are read without a key")
    func linkingTokens() throws {
        let token = try one.token(
            "{\"sub\":\"asha@sbx\",\"patientId\":\"asha2@sbx\",\"requesterType\":\"HIP\","
                + "\"requesterId\":\"HIP1\",\"hipId\":\"HIP2\",\"abhaNumber\":\"42-7175-8604-4553\","
                + "\"exp\":1652791188,\"iat\":1652704788}", digest: 512)
        let claims = try TokenClaims(unverified: Array(token.utf8).span)
        #expect(claims.subject == "asha@sbx")
        #expect(claims.patientID == "asha2@sbx")
        #expect(claims.requesterID == "HIP1")
        #expect(claims.facilityID == "HIP2")
        #expect(claims.abhaNumber == "42-7175-8604-4553")
        #expect(claims.expiresAtSeconds == 1_652_791_188)
    }
}
