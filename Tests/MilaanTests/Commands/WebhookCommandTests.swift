import TestSupport
import Testing

@Suite("The configuration of the webhook")
struct WebhookCommandTests {
    private func check(_ webhook: String, headers: String = "X-Key: k\n") throws -> ProgramRun {
        let folder = try ProgramFolder()
        return try withExtendedLifetime(folder) {
            _ = try folder.write("secret", "not a secret\n")
            _ = try folder.write("key", String(repeating: "0123456789abcdef", count: 4) + "\n")
            _ = try folder.write("headers", headers)
            let text = """
                {"abdm": {"gateway": "http://127.0.0.1:1", "clientId": "milaan",
                  "clientSecretFile": "\(folder.file("secret"))",
                  "facilities": [{"id": "HIP1", "name": "Lake Hospital", "protocol": "v0.5"}],
                  "webhook": \(webhook.replacing("FOLDER", with: folder.file("")))}}
                """
            _ = try folder.write("milaan.json", text)
            return try MilaanProgram.run(
                [
                    "config", "check", "--config", folder.file("milaan.json"), "--token-key-file",
                    folder.file("key"),
                ] + SampleHospital.source)
        }
    }

    @Test("a key, headers, or both are taken")
    func good() throws {
        for webhook in [
            "{\"url\": \"https://x/hook\", \"secretFile\": \"FOLDER/key\"}",
            "{\"url\": \"https://x/hook\", \"headersFile\": \"FOLDER/headers\"}",
            "{\"url\": \"https://x/hook\", \"secretFile\": \"FOLDER/key\", \"headersFile\": \"FOLDER/headers\"}",
            "null",
        ] {
            let run = try check(webhook)
            #expect(run.end == .exit(0), "\(run.errors)")
        }
    }

    @Test(
        "what is wrong is named, and nothing of the files is said",
        arguments: [
            ("{\"url\": \"https://x\"}", "abdm.webhook needs a secretFile or a headersFile"),
            ("{\"secretFile\": \"FOLDER/key\"}", "abdm.webhook.url is missing"),
            (
                "{\"url\": \"ftp://x\", \"secretFile\": \"FOLDER/key\"}",
                "abdm.webhook.url must begin with"
            ),
            (
                "{\"url\": \"https://x\", \"secretFile\": \"FOLDER/secret\"}",
                "abdm.webhook.secretFile: the key file holds"
            ),
            (
                "{\"url\": \"https://x\", \"headersFile\": \"FOLDER/secret\"}",
                "abdm.webhook.headersFile: line 1 is not a header"
            ),
            ("{\"url\": \"https://x\", \"secret\": \"k\"}", "abdm.webhook.secret is not a setting"),
        ])
    func bad(webhook: String, message: String) throws {
        let run = try check(webhook)
        #expect(run.end != .exit(0))
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(!run.errors.contains("not a secret"))
    }
}
