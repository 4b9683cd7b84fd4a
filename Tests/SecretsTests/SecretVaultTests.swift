import Secrets
import TestSupport
import Testing

@Suite("Sealing and hashing")
struct SecretVaultTests {
    private let vault: SecretVault
    private let other: SecretVault

    init() throws {
        vault = try SecretVault(keyDigits: String(repeating: "0f", count: 32).utf8.span)
        other = try SecretVault(keyDigits: String(repeating: "0e", count: 32).utf8.span)
    }

    private func open(
        _ vault: SecretVault, _ sealed: [UInt8], _ context: SecretContext
    ) -> Result<[UInt8], SealError> {
        Result { () throws(SealError) in try vault.open(sealed.span, for: context) }
    }

    @Test("what was sealed is opened again, whatever it is", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let length = [0, 1, 16, 1000, 4096][Int(seed % 5)]
        let secret = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let context = SecretContext("linking-token", "HIP1", "asha@sbx")
        let sealed = vault.seal(secret.span, for: context)
        #expect(sealed.count == secret.count + SecretVault.overheadBytes)
        #expect(open(vault, sealed, context) == .success(secret))
        #expect(vault.seal(secret.span, for: context) != sealed)
        // The same key in another vault, as after a restart.
        let again = try? SecretVault(keyDigits: String(repeating: "0F", count: 32).utf8.span)
        #expect(again.map { open($0, sealed, context) } == .success(secret))
    }

    @Test("another key or another context opens nothing")
    func binding() {
        let secret = Array("token".utf8)
        let sealed = vault.seal(secret.span, for: SecretContext("linking-token", "HIP1", "a@sbx"))
        #expect(
            open(other, sealed, SecretContext("linking-token", "HIP1", "a@sbx"))
                == .failure(.notAuthentic))
        let contexts = [
            SecretContext("linking-token", "HIP1", "b@sbx"),
            SecretContext("linking-token", "HIP2", "a@sbx"),
            SecretContext("linking-token", "HIP1a@sbx"), SecretContext("linking-token", "HIP1"),
            SecretContext("linking-token", "HIP1", "a@sbx", ""),
            SecretContext("linking-tokenHIP1", "a@sbx"), SecretContext("session", "HIP1", "a@sbx"),
        ]
        for context in contexts {
            #expect(open(vault, sealed, context) == .failure(.notAuthentic))
        }
    }

    @Test(
        "a pseudonym is the same each time, and another one for another thing or under another key")
    func pseudonyms() {
        let mine = vault.pseudonym(of: SecretContext("mobile", "919848022338"))
        #expect(mine == vault.pseudonym(of: SecretContext("mobile", "919848022338")))
        #expect(mine.count == CodeHash.byteCount)
        #expect(mine != vault.pseudonym(of: SecretContext("mobile", "919848022339")))
        #expect(mine != vault.pseudonym(of: SecretContext("other", "919848022338")))
        #expect(mine != other.pseudonym(of: SecretContext("mobile", "919848022338")))
    }

    @Test("no byte can be changed, and no end cut off")
    func tampering() {
        let context = SecretContext("test")
        let sealed = vault.seal(Array("a secret".utf8).span, for: context)
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            let expected: SealError = place == 0 ? .notSealed : .notAuthentic
            #expect(open(vault, changed, context) == .failure(expected))
            let cut = Array(sealed[..<place])
            let isShort = place < SecretVault.overheadBytes
            #expect(open(vault, cut, context) == .failure(isShort ? .notSealed : .notAuthentic))
        }
        #expect(open(vault, sealed + [0], context) == .failure(.notAuthentic))
    }

    @Test("what is sealed alike is the same for one secret and context, and another for all else")
    func alike() throws {
        let context = SecretContext("address", "HIP1")
        let secret = Array("asha@sbx".utf8)
        let sealed = vault.sealAlike(secret.span, for: context)
        #expect(sealed == vault.sealAlike(secret.span, for: context))
        #expect(open(vault, sealed, context) == .success(secret))
        #expect(open(vault, sealed, SecretContext("address", "HIP2")) == .failure(.notAuthentic))
        let other = try SecretVault(keyDigits: String(repeating: "0e", count: 32).utf8.span)
        for strange in [
            vault.sealAlike(Array("asha@abdm".utf8).span, for: context),
            vault.sealAlike(secret.span, for: SecretContext("address", "HIP2")),
            other.sealAlike(secret.span, for: context),
        ] {
            #expect(strange.prefix(25) != sealed.prefix(25))
            #expect(strange.suffix(16) != sealed.suffix(16))
        }
    }

    @Test("the hash of a code is the same each time, and another for all else")
    func hashes() throws {
        let code = try #require(OneTimeCode(integer: 42))
        let context = SecretContext("otp", "link-1")
        let hash = vault.hash(code, for: context)
        #expect(hash.bytes.count == CodeHash.byteCount)
        let kept = try #require(CodeHash(kept: hash.bytes))
        #expect(kept.matches(vault.hash(code, for: context)))
        #expect(!kept.matches(vault.hash(code, for: SecretContext("otp", "link-2"))))
        #expect(!kept.matches(other.hash(code, for: context)))
        #expect(!kept.matches(vault.hash(try #require(OneTimeCode(integer: 43)), for: context)))
        #expect(CodeHash(kept: Array(hash.bytes.dropLast())) == nil)
        #expect(CodeHash(kept: []) == nil)
    }

    @Test("a vault is used by several threads at a time")
    func threads() throws {
        let vault = vault
        let threads = try (0..<4).map { number in
            try #require(
                WorkThread { () -> Bool in
                    let context = SecretContext("thread", String(number))
                    return (0..<200).allSatisfy { index in
                        let secret = [UInt8](repeating: UInt8(index), count: index)
                        let sealed = vault.seal(secret.span, for: context)
                        return (try? vault.open(sealed.span, for: context)) == secret
                    }
                })
        }
        for thread in threads { #expect(thread.join() == true) }
    }

    @Test("texts are compared by all their bytes")
    func comparing() {
        func areEqual(_ one: String, _ other: String) -> Bool {
            secretsAreEqual(one.utf8.span, other.utf8.span)
        }
        #expect(areEqual("secret", "secret"))
        #expect(!areEqual("secret", "secreT"))
        #expect(!areEqual("secret", "secre"))
        #expect(!areEqual("secret", ""))
        #expect(areEqual("", ""))
    }
}
