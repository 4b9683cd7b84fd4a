import GatewaySimulator
import TestSupport
import Testing
import Tokens

@Suite("The simulated gateway, at its door")
struct GatewayCheckTests {
    private static let path = "/gateway/v0.5/users/auth/init"
    private static let v3Path = "/api/hiecm/v3/token/generate-token"

    private func body(plusSeconds: Int = 0) throws -> WireValue {
        let least = try #require(LeastBodies.all.first { $0.path == Self.path }).body
        return least.with("requestId", .text(PlayedHRP.freshID()))
            .with("timestamp", .text(PlayedHRP.now(plusSeconds: plusSeconds)))
    }

    private func code(_ reply: HTTPReply?) -> Int? {
        reply.flatMap { WireValue(parsing: $0.body) }?["error"]?["code"]?.integer
    }

    @Test("takes a good message, and the same id only once")
    func once() throws {
        let hrp = try PlayedHRP()
        let body = try body()
        #expect(hrp.post(Self.path, body, headers: hrp.headers())?.status == 202)
        let again = hrp.post(Self.path, body, headers: hrp.headers())
        #expect(again?.status == 429)
        #expect(code(again) == 2429)
        #expect(hrp.gateway.complaints.count == 1)
    }

    @Test("refuses a message without a session, with a stranger's and without X-CM-ID")
    func sessions() throws {
        let hrp = try PlayedHRP()
        let cases: [([String], Int)] = [
            (["X-CM-ID: sbx"], 401), (["Authorization: Bearer x", "X-CM-ID: sbx"], 401),
            (hrp.headers().filter { $0.hasPrefix("Auth") }, 400), (hrp.headers(), 202),
        ]
        for (headers, status) in cases {
            #expect(hrp.post(Self.path, try body(), headers: headers)?.status == status)
        }
    }

    @Test("refuses a moment outside of the window", arguments: [-400, -200, 0, 200, 400])
    func window(seconds: Int) throws {
        let hrp = try PlayedHRP()
        let reply = hrp.post(
            Self.path, try body(plusSeconds: seconds), headers: hrp.headers())
        #expect(reply?.status == (abs(seconds) < 300 ? 202 : 429))
    }

    @Test("refuses ids that are none, and bodies that are no JSON or have a flaw")
    func bodies() throws {
        let hrp = try PlayedHRP()
        for wrong in [
            try body().with("requestId", "1"), try body().without("query"), "text",
        ] {
            let reply = hrp.post(Self.path, wrong, headers: hrp.headers())
            #expect(reply?.status == 400)
            #expect(code(reply) == 2500)
        }
    }

    @Test("refuses an answer to nothing, and knows no other paths")
    func correlation() throws {
        let hrp = try PlayedHRP()
        let path = "/gateway/v0.5/care-contexts/on-discover"
        let least = try #require(LeastBodies.all.first { $0.path == path }).body
        let reply = hrp.post(
            path, least.with("timestamp", .text(PlayedHRP.now())), headers: hrp.headers())
        #expect(code(reply) == 2506)
        #expect(
            hrp.post("/gateway/v0.5/care-contexts/discover", least, headers: hrp.headers())?.status
                == 404)
        #expect(hrp.get(Self.path, headers: hrp.headers())?.status == 404)
    }

    @Test("of v3 wants the ids in headers, and shows its keys only to who has a session")
    func v3() throws {
        let hrp = try PlayedHRP()
        let least = try #require(LeastBodies.all.first { $0.path == Self.v3Path }).body
        let id = ["REQUEST-ID: \(PlayedHRP.freshID())"]
        let moment = ["TIMESTAMP: \(PlayedHRP.now())"]
        let local = ["TIMESTAMP: 2026-11-21T09:30:12.250+05:30"]
        let statuses = [[], id, id + local, id + moment, id + moment].map { headers in
            hrp.post(Self.v3Path, least, headers: hrp.headers() + headers)?.status
        }
        #expect(statuses == [403, 403, 400, 202, 400])
        let keys = "/api/hiecm/gateway/v3/certs"
        #expect(hrp.get(keys)?.status == 401)
        let reply = try #require(hrp.get(keys, headers: hrp.headers()))
        #expect(try KeySet(reply.body.span).keyIDs.count == 1)
    }

    @Test("opens no session for half a login")
    func login() throws {
        let hrp = try PlayedHRP()
        #expect(hrp.post("/gateway/v0.5/sessions", ["clientId": "hrp"])?.status == 400)
        #expect(
            hrp.post("/gateway/v0.5/sessions", ["clientId": "hrp", "clientSecret": ""])?.status
                == 400)
    }

    @Test("reads a list of faults")
    func faults() {
        #expect(
            InjectedFault.list(parsing: "slow:2,429,drop-after:1") == [
                InjectedFault(.slow, count: 2), InjectedFault(.busy), InjectedFault(.dropAfter),
            ])
        for wrong in ["", "slow:0", "slow:x", "quick", "slow,", "slow:1:2"] {
            #expect(InjectedFault.list(parsing: wrong) == nil, "\(wrong)")
        }
    }
}
