import Gateway
import TestSupport
import Testing
import Tokens

private let signers: [TokenSigner] =
    (try? [
        TokenSigner(keyID: "one"), TokenSigner(keyID: "two"),
    ]) ?? []

@Suite("Tokens that come with calls to us")
struct InboundTokensTests {
    private let gateway = PlayedGateway()
    private let clock = MovedClock()
    private let heard = Heard<Result<TokenClaims, InboundTokenError>>()
    private let one: TokenSigner
    private let two: TokenSigner

    init() throws {
        try #require(signers.count == 2, "openssl made no keys")
        one = signers[0]
        two = signers[1]
    }

    private var tokens: InboundTokens {
        InboundTokens(.v05(gateway: "https://gw.example/gateway"), sender: gateway, clock: clock)
    }

    private func token(_ signer: TokenSigner) throws -> String {
        let end = clock.unixMilliseconds / 1000 + 100_000
        return "Bearer " + (try signer.token("{\"sub\":\"gw\",\"exp\":\(end)}"))
    }

    private func ask(_ tokens: InboundTokens, _ header: String) {
        let bytes = Array(header.utf8)
        tokens.verify(bytes.span) { [heard] in heard.hear($0) }
    }

    private func now(
        _ tokens: InboundTokens, _ header: String
    ) throws(InboundTokenError) -> TokenClaims? {
        let bytes = Array(header.utf8)
        return try tokens.verifyNow(bytes.span)
    }

    private func isGood(_ result: Result<TokenClaims, InboundTokenError>?) -> Bool {
        if case .success = result { return true }
        return false
    }

    @Test("the first tokens wait for one fetch of the keys, and are then judged at once")
    func firstFetch() throws {
        let tokens = tokens
        let header = try token(one)
        for _ in 0..<3 { ask(tokens, header) }
        #expect(gateway.calls.map(\.url) == ["https://gw.example/gateway/v0.5/certs"])
        #expect(gateway.calls.first?.headers.contains { $0.name == "Authorization" } == false)
        #expect(heard.all.isEmpty)
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        #expect(heard.all.count == 3)
        #expect(heard.all.allSatisfy { isGood($0) })
        #expect(try now(tokens, header) != nil)
        #expect(gateway.calls.count == 1)
    }

    @Test("keys fetched ahead are there when the first token comes")
    func prepared() throws {
        let tokens = tokens
        tokens.prepare()
        tokens.prepare()
        #expect(gateway.calls.count == 1)
        #expect(!tokens.status.hasKeys)
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        #expect(tokens.status.hasKeys)
        #expect(try now(tokens, try token(one)) != nil)
    }

    @Test("for an id that is not there the keys are fetched once")
    func unknownKey() throws {
        let tokens = tokens
        tokens.prepare()
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        clock.advance(seconds: 1)
        let header = try token(two)
        #expect(try now(tokens, header) == nil)
        ask(tokens, header)
        ask(tokens, header)
        #expect(gateway.calls.count == 2)
        // Tokens whose key is there need not wait.
        #expect(try now(tokens, try token(one)) != nil)
        gateway.answer(TokenSigner.keySet([one.jwk(), two.jwk()]))
        #expect(heard.all.count == 2)
        #expect(heard.all.allSatisfy { isGood($0) })

        let stranger = try one.token(
            "{\"exp\":9999999999}", header: "{\"alg\":\"RS256\",\"kid\":\"three\"}")
        for _ in 0..<5 { ask(tokens, stranger) }
        #expect(heard.all.suffix(5).allSatisfy { $0 == .failure(.token(.unknownKey)) })
        #expect(gateway.calls.count == 2)
        #expect(throws: InboundTokenError.token(.unknownKey)) { try now(tokens, stranger) }
    }

    @Test("strangers make us ask less and less, until there are new keys")
    func strangers() throws {
        let tokens = tokens
        tokens.prepare()
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        let stranger = try one.token(
            "{\"exp\":9999999999}", header: "{\"alg\":\"RS256\",\"kid\":\"three\"}")
        var pauses: [Int64] = []
        for _ in 0..<8 {
            let calls = gateway.calls.count
            var seconds: Int64 = 0
            while gateway.calls.count == calls, seconds < 100 {
                clock.advance(seconds: 1)
                seconds += 1
                ask(tokens, stranger)
            }
            pauses.append(seconds)
            gateway.answer(TokenSigner.keySet([one.jwk()]))
            #expect(heard.all.last == .failure(.token(.unknownKey)))
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        clock.advance(seconds: 30)
        ask(tokens, try token(two))
        gateway.answer(TokenSigner.keySet([one.jwk(), two.jwk()]))
        #expect(isGood(heard.all.last))
        clock.advance(seconds: 1)
        let calls = gateway.calls.count
        ask(tokens, stranger)
        #expect(gateway.calls.count == calls + 1)
    }

    @Test("a token that is wrong in itself fetches no keys again")
    func wrongTokens() throws {
        let tokens = tokens
        tokens.prepare()
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        clock.advance(seconds: 3000)
        let lie = try two.token(
            "{\"exp\":9999999999}", header: "{\"alg\":\"RS256\",\"kid\":\"one\"}")
        ask(tokens, "Bearer " + lie)
        ask(tokens, "")
        ask(tokens, "Basic x y")
        ask(tokens, "Bearer " + String(repeating: "a", count: 17_000))
        ask(tokens, TokenSigner.unsigned("{\"alg\":\"none\",\"kid\":\"two\"}", "{}") + ".")
        #expect(
            heard.all == [
                .failure(.token(.badSignature)), .failure(.token(.missing)),
                .failure(.token(.missing)), .failure(.token(.tooLong)),
                .failure(.token(.algorithmRefused)),
            ])
        #expect(gateway.calls.count == 1)
    }

    @Test("without keys nobody is let in, and the gateway is asked again after a pause")
    func noKeys() throws {
        let tokens = tokens
        let header = try token(one)
        ask(tokens, header)
        gateway.answer(.failure(.couldNotConnect))
        #expect(heard.all == [.failure(.keysUnavailable)])
        #expect(tokens.status.lastError == .transport(.couldNotConnect))
        ask(tokens, header)
        #expect(heard.all.count == 2)
        #expect(gateway.calls.count == 1)
        #expect(throws: InboundTokenError.keysUnavailable) { try now(tokens, header) }
        clock.advance(seconds: 1)
        ask(tokens, header)
        gateway.answer("{\"keys\":[]}")
        #expect(tokens.status.lastError == .keys(.noUsableKey))
        clock.advance(seconds: 5)
        ask(tokens, header)
        gateway.answer(status: 503, "")
        #expect(tokens.status.lastError == .refused(status: 503))
        clock.advance(seconds: 30)
        ask(tokens, header)
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        #expect(isGood(heard.all.last))
    }

    @Test("a key id that is not there is no fault of the token while the gateway cannot be asked")
    func unknownKeyWithoutGateway() throws {
        let tokens = tokens
        ask(tokens, try token(one))
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        clock.advance(seconds: 5)
        let header = try token(two)
        ask(tokens, header)
        gateway.answer(.failure(.couldNotConnect))
        #expect(heard.all.last == .failure(.keysUnavailable))
        // Also in the pause after that.
        ask(tokens, header)
        #expect(heard.all.last == .failure(.keysUnavailable))
        #expect(throws: InboundTokenError.keysUnavailable) { try now(tokens, header) }
        clock.advance(seconds: 30)
        ask(tokens, header)
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        #expect(heard.all.last == .failure(.token(.unknownKey)))
    }

    @Test("old keys are fetched again behind the scenes, and serve until others come")
    func oldKeys() throws {
        let tokens = tokens
        tokens.prepare()
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        let header = try token(one)
        clock.advance(seconds: 3600)
        #expect(try now(tokens, header) != nil)
        #expect(gateway.calls.count == 2)
        gateway.answer(.failure(.timedOut(wasSent: true)))
        #expect(try now(tokens, header) != nil)
        clock.advance(seconds: 60)
        #expect(try now(tokens, header) != nil)
        #expect(gateway.calls.count == 3)
        // A key that was taken back is gone with the next set.
        gateway.answer(TokenSigner.keySet([two.jwk()]))
        #expect(throws: InboundTokenError.token(.unknownKey)) { try now(tokens, header) }
    }

    @Test("the keys of v3 are asked for with a session token, and one that is refused is replaced")
    func v3Keys() throws {
        let sessions = SessionTokens(
            SessionLogin(
                .v3(hiecm: "https://gw.example/api/hiecm", cmID: "sbx"), clientID: "a",
                clientSecret: "b"), sender: gateway, clock: clock)
        let tokens = InboundTokens(
            .v3(hiecm: "https://gw.example/api/hiecm", cmID: "sbx", sessions), sender: gateway,
            clock: clock)
        let header = try token(one)
        ask(tokens, header)
        gateway.give("S1")
        let call = try #require(gateway.calls.last)
        #expect(call.url == "https://gw.example/api/hiecm/gateway/v3/certs")
        #expect(call.headers.contains(HTTPHeader("Authorization", "Bearer S1")))
        #expect(call.headers.contains(HTTPHeader("X-CM-ID", "sbx")))
        #expect(call.headers.contains { $0.name == "REQUEST-ID" })
        #expect(call.headers.contains { $0.name == "TIMESTAMP" })
        gateway.answer(status: 401, "")
        #expect(heard.all == [.failure(.keysUnavailable)])
        clock.advance(seconds: 2)
        ask(tokens, header)
        gateway.give("S2")
        #expect(
            gateway.calls.last?.headers.contains(HTTPHeader("Authorization", "Bearer S2")) == true)
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        #expect(isGood(heard.all.last))
    }

    @Test("who waits for keys waits no longer than it said")
    func waiting() throws {
        let tokens = tokens
        let header = Array(try token(one).utf8)
        let thread = try #require(
            WorkThread {
                Result { () throws(InboundTokenError) in
                    try tokens.verifyAndWait(header.span, milliseconds: 20)
                }
            })
        #expect(thread.join() == .failure(.keysUnavailable))
        gateway.answer(TokenSigner.keySet([one.jwk()]))
        let second = try #require(
            WorkThread {
                Result { () throws(InboundTokenError) in
                    try tokens.verifyAndWait(header.span, milliseconds: 20_000)
                }
            })
        #expect(isGood(second.join()))
    }
}
