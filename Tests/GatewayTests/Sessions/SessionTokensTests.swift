import Gateway
import JSON
import TestSupport
import Testing

@Suite("Session tokens")
struct SessionTokensTests {
    private let gateway = PlayedGateway()
    private let clock = MovedClock()
    private let heard = Heard<Result<String, SessionError>>()

    private var tokens: SessionTokens {
        SessionTokens(
            SessionLogin(
                .v05(gateway: "https://gw.example/gateway"), clientID: "SBX_1",
                clientSecret: "s3\"cret"),
            sender: gateway, clock: clock)
    }

    private func ask(_ tokens: SessionTokens) {
        tokens.withToken { [heard] result in heard.hear(result.map(\.text)) }
    }

    /// The token that is there now, without waiting.
    private func present(_ tokens: SessionTokens) throws -> SessionToken {
        let found = Heard<SessionToken>()
        tokens.withToken { result in if case .success(let token) = result { found.hear(token) } }
        return try #require(found.all.first)
    }

    @Test("the v0.5 call has the login and no authorization")
    func v05Call() throws {
        ask(tokens)
        let call = try #require(gateway.calls.first)
        #expect(call.method == .post)
        #expect(call.url == "https://gw.example/gateway/v0.5/sessions")
        #expect(!call.headers.contains { $0.name == "Authorization" })
        var document = JSONDocument()
        try document.parse(call.body.span)
        let members = ["clientId": "SBX_1", "clientSecret": "s3\"cret"]
        #expect(
            document.member("clientId", of: document.root).map { document.text(of: $0) }
                == members["clientId"])
        #expect(
            document.member("clientSecret", of: document.root).map { document.text(of: $0) }
                == members["clientSecret"])
        #expect(
            document.member("grantType", of: document.root).map { document.text(of: $0) }
                == "client_credentials")
    }

    @Test("the v3 call has the headers of every v3 call, fresh ones each time")
    func v3Call() throws {
        let tokens = SessionTokens(
            SessionLogin(
                .v3(hiecm: "https://gw.example/api/hiecm", cmID: "sbx"), clientID: "a",
                clientSecret: "b"),
            sender: gateway, clock: clock)
        ask(tokens)
        gateway.answer(status: 500, "")
        clock.advance(seconds: 60)
        ask(tokens)
        try #require(gateway.calls.count == 2)
        var ids: Set<String> = []
        for call in gateway.calls {
            #expect(call.url == "https://gw.example/api/hiecm/gateway/v3/sessions")
            let headers = Dictionary(uniqueKeysWithValues: call.headers.map { ($0.name, $0.value) })
            #expect(headers["X-CM-ID"] == "sbx")
            #expect(headers["TIMESTAMP"]?.hasSuffix("Z") == true)
            ids.insert(try #require(headers["REQUEST-ID"]))
        }
        #expect(ids.count == 2)
    }

    @Test("all who ask at the same time get the token of one fetch")
    func oneFetch() {
        let tokens = tokens
        for _ in 0..<5 { ask(tokens) }
        #expect(gateway.calls.count == 1)
        #expect(heard.all.isEmpty)
        gateway.give("T1")
        #expect(heard.all == Array(repeating: .success("T1"), count: 5))
        ask(tokens)
        #expect(heard.all.count == 6)
        #expect(gateway.calls.count == 1)
    }

    @Test("a token is renewed in the second half of its life, and serves meanwhile")
    func renewal() {
        let tokens = tokens
        ask(tokens)
        gateway.give("T1", seconds: 1800)
        clock.advance(seconds: 899)
        ask(tokens)
        #expect(gateway.calls.count == 1)
        clock.advance(seconds: 1)
        ask(tokens)
        ask(tokens)
        #expect(gateway.calls.count == 2)
        #expect(heard.all == Array(repeating: .success("T1"), count: 4))
        gateway.give("T2")
        ask(tokens)
        #expect(heard.all.last == .success("T2"))
    }

    @Test("a token is not handed out so late that it would end on the way")
    func expiry() {
        let tokens = tokens
        ask(tokens)
        gateway.give("T1", seconds: 1800)
        clock.advance(seconds: 1769)
        ask(tokens)
        #expect(heard.all.last == .success("T1"))
        gateway.answer(.failure(.couldNotConnect))
        clock.advance(seconds: 1)
        ask(tokens)
        #expect(heard.all.count == 2 || heard.all.last == .failure(.transport(.couldNotConnect)))
        #expect(heard.all.filter { $0 == .success("T1") }.count == 2)
    }

    @Test("a refused token is thrown away, once")
    func refusal() throws {
        let tokens = tokens
        ask(tokens)
        gateway.give("T1")
        let first = try present(tokens)
        clock.advance(seconds: 10)
        tokens.refuse(first)
        ask(tokens)
        #expect(gateway.calls.count == 2)
        gateway.give("T2")
        // Late news of the first one do not hurt the second.
        tokens.refuse(first)
        ask(tokens)
        #expect(heard.all.last == .success("T2"))
        #expect(gateway.calls.count == 2)
    }

    @Test("a gateway that refuses each token at once is not asked for another in a loop")
    func refusalLoop() throws {
        let tokens = tokens
        ask(tokens)
        gateway.give("T1")
        tokens.refuse(try present(tokens))
        ask(tokens)
        #expect(heard.all.last == .failure(.tokenRefused))
        #expect(gateway.calls.count == 1)
        clock.advance(seconds: 1)
        ask(tokens)
        #expect(gateway.calls.count == 2)
    }

    @Test("after a failure there are pauses that grow, to a minute, and end with success")
    func pauses() {
        let tokens = tokens
        var asked = 0
        var pauses: [Int64] = []
        for _ in 0..<10 {
            ask(tokens)
            asked += 1
            #expect(gateway.calls.count == asked)
            gateway.answer(status: 503, "")
            #expect(heard.all.last == .failure(.refused(status: 503)))
            var seconds: Int64 = 0
            while gateway.calls.count == asked, seconds < 200 {
                clock.advance(seconds: 1)
                seconds += 1
                ask(tokens)
            }
            pauses.append(seconds)
            asked += 1
            gateway.answer(status: 503, "")
            clock.advance(seconds: 60)
        }
        #expect(pauses.first == 1)
        #expect(pauses.max() == 60)
        #expect(pauses == pauses.sorted())
        ask(tokens)
        gateway.give("T1")
        #expect(heard.all.last == .success("T1"))
    }

    @Test("a clock that is set back does not keep the gateway from being asked")
    func clockSetBack() {
        let tokens = tokens
        ask(tokens)
        gateway.answer(status: 500, "")
        clock.advance(seconds: -86_400)
        ask(tokens)
        #expect(gateway.calls.count == 2)
    }

    @Test(
        "a reply without a usable token is an error",
        arguments: [
            "", "[]", "{}", "{\"accessToken\":null}", "{\"accessToken\":\"\"}",
            "{\"accessToken\":\"a b\"}", "{\"accessToken\":\"a\\r\\nX: y\"}", "not JSON",
        ])
    func malformedReplies(body: String) {
        ask(tokens)
        gateway.answer(body)
        #expect(heard.all == [.failure(.malformedReply)])
    }

    @Test(
        "the life of a token is read however it is written",
        arguments: [
            ("{\"accessToken\":\"t\",\"expiresIn\":1200}", 1200),
            ("{\"accessToken\":\"t\",\"expiresIn\":\"1200\"}", 1200),
            ("{\"accessToken\":\"t\",\"expiresIn\":1200.0}", 1200),
            ("{\"accessToken\":\"t\"}", 300), ("{\"accessToken\":\"t\",\"expiresIn\":null}", 300),
            ("{\"accessToken\":\"t\",\"expiresIn\":0}", 300),
            ("{\"accessToken\":\"t\",\"expiresIn\":-5}", 300),
            ("{\"accessToken\":\"t\",\"expiresIn\":\"soon\"}", 300),
            ("{\"accessToken\":\"t\",\"expiresIn\":99999999999}", 86_400),
        ] as [(String, Int64)])
    func lives(body: String, seconds: Int64) {
        let bytes = Array(body.utf8)
        #expect(SessionReply(bytes.span)?.expiresInSeconds == seconds)
    }

    @Test("neither a login nor a token shows its secret when it is printed")
    func descriptionsAreSilent() throws {
        let login = SessionLogin(
            .v05(gateway: "https://gw.example"), clientID: "SBX_1", clientSecret: "hush")
        let tokens = tokens
        ask(tokens)
        gateway.give("T1.secret")
        let token = try present(tokens)
        var dumped = ""
        dump(login, to: &dumped)
        dump(token, to: &dumped)
        let text = "\(login) \(String(reflecting: login)) \(token) \(dumped)"
        #expect(!text.contains("hush"))
        #expect(!text.contains("T1.secret"))
    }

    @Test("a real client fetches a token over a socket")
    func overASocket() throws {
        let server = try #require(
            ResponderServer { request in
                request.target == "/gateway/v0.5/sessions"
                    ? .reply(status: 200, body: "{\"accessToken\":\"A.B.C\",\"expiresIn\":600}")
                    : .reply(status: 404)
            })
        let tokens = SessionTokens(
            SessionLogin(
                .v05(gateway: server.url + "/gateway"), clientID: "a", clientSecret: "b"),
            sender: try testClient(), clock: MachineClock())
        let thread = try #require(
            WorkThread { Result { () throws(SessionError) in try tokens.tokenAndWait() } })
        let token = try #require(thread.join()).get()
        #expect(token.authorization == HTTPHeader("Authorization", "Bearer A.B.C"))
    }
}
