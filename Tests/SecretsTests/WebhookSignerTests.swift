internal import Foundation
internal import Secrets
internal import TestSupport
internal import Testing

@Suite("Signatures of webhooks")
struct WebhookSignerTests {
    private static let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

    @Test("are what openssl makes of id, timestamp and body with points between")
    func oracle() throws {
        let signer = try WebhookSigner(keyDigits: Self.digits.utf8.span)
        for body in ["", "{}", String(repeating: "x", count: 5000)] {
            let run = try MilaanProgram.run(
                "/usr/bin/openssl",
                ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(Self.digits)", "-binary"],
                input: Array("event-1.1700000000.\(body)".utf8))
            #expect(run.end == .exit(0))
            let expected = "v1," + Data(run.bytes).base64EncodedString()
            #expect(
                signer.signature(id: "event-1", timestamp: 1_700_000_000, body: Array(body.utf8))
                    == expected)
        }
    }

    @Test("differ with each part")
    func parts() throws {
        let signer = try WebhookSigner(keyDigits: Self.digits.utf8.span)
        let other = try WebhookSigner(keyDigits: String(Self.digits.reversed()).utf8.span)
        let all = [
            signer.signature(id: "a", timestamp: 1, body: [1]),
            signer.signature(id: "b", timestamp: 1, body: [1]),
            signer.signature(id: "a", timestamp: 2, body: [1]),
            signer.signature(id: "a", timestamp: 1, body: [2]),
            other.signature(id: "a", timestamp: 1, body: [1]),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test("need a key of 64 hexadecimal digits")
    func badKeys() {
        #expect(throws: KeyFileError.wrongLength(found: 3, expected: 64)) {
            _ = try WebhookSigner(keyDigits: "abc".utf8.span)
        }
    }
}
