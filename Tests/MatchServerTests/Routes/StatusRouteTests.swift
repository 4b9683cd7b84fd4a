internal import ABDM
internal import JSON
internal import TestSupport
import Testing

@testable internal import MatchServer

@Suite("The status routes")
struct StatusRouteTests {
    @Test("healthz is 200 from the start, readyz from the first snapshot until the drain")
    func readiness() throws {
        let under = try ServerUnderTest(isReady: false)
        #expect(try under.once("GET /healthz HTTP/1.1\r\nHost: x").text == #"{"status":"ok"}"#)
        let before = try under.once("GET /readyz HTTP/1.1\r\nHost: x")
        #expect(before.status == 503)
        #expect(before.headers["retry-after"] == "1")
        try under.publish(rows: 12)
        let after = try under.once("GET /readyz HTTP/1.1\r\nHost: x")
        #expect(after.status == 200)
        #expect(after.text == #"{"status":"ready","rows":12}"#)
    }

    @Test(
        "HEAD gives the head of the reply alone",
        arguments: ["/healthz", "/readyz", "/metrics", "/openapi.json"])
    func head(path: String) throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        connection.send("HEAD \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
        let head = try connection.reply(hasBody: false)
        connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(head.status == 200)
        #expect(Int(head.headers["content-length"] ?? "") ?? 0 > 0)
        #expect(try connection.reply().text == #"{"status":"ok"}"#)
    }

    @Test("metrics are well-formed and count what was done")
    func metrics() throws {
        let under = try ServerUnderTest()
        let connection = try under.connect()
        for body in ["a", "b", "bad"] {
            connection.send(under.post(body))
            _ = try connection.reply()
        }
        connection.send("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try connection.reply()
        connection.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        let reply = try connection.reply()
        #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let samples = try parse(reply.text)
        #expect(samples[#"milaan_http_requests_total{route="discover",status="200"}"#] == 2)
        #expect(samples[#"milaan_http_requests_total{route="discover",status="400"}"#] == 1)
        #expect(samples[#"milaan_http_requests_total{route="unknown",status="404"}"#] == 1)
        #expect(samples[#"milaan_decisions_total{route="discover",outcome="match"}"#] == 2)
        #expect(samples[#"milaan_decisions_total{route="discover",outcome="badRequest"}"#] == 1)
        #expect(samples["milaan_candidates_visited_total"] == 9)
        #expect(samples["milaan_names_compared_total"] == 6)
        #expect(samples["milaan_snapshot_rows"] == 7)
        #expect(samples["milaan_snapshot_age_seconds"] ?? 0 > 0)
        #expect(samples["milaan_http_connections"] == 1)
        #expect(samples["process_start_time_seconds"] ?? 0 > 1_600_000_000)
        let histogram = "milaan_http_request_duration_seconds"
        #expect(samples[#"\#(histogram)_count{route="discover"}"#] == 3)
        #expect(samples[#"\#(histogram)_bucket{route="discover",le="+Inf"}"#] == 3)
        #expect(samples[#"\#(histogram)_bucket{route="discover",le="10.0"}"#] == 3)
        #expect(samples[#"\#(histogram)_sum{route="discover"}"#] ?? 0 > 0)
    }

    @Test("the latency buckets add up", arguments: 0..<20 as Range<UInt64>)
    func buckets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let counters = WorkerCounters()
        var durations: [UInt64] = []
        for _ in 0..<200 {
            let duration = UInt64.random(
                in: 0...(1 << UInt64.random(in: 5...40, using: &random)),
                using: &random)
            durations.append(duration)
            counters.countDuration(.batch, nanoseconds: duration)
        }
        durations.append(1_000)
        counters.countDuration(.batch, nanoseconds: 1_000)
        var sum: UInt64 = 0
        for (bucket, end) in WorkerCounters.bucketEnds.enumerated() {
            sum += counters.durations(.batch, bucket: bucket)
            #expect(sum == durations.count { $0 <= end })
        }
        #expect(counters.durationNanoseconds(.batch) == durations.reduce(0, +))
    }

    @Test("the description is JSON of version 3.1 and knows every route and method")
    func openAPI() throws {
        let under = try ServerUnderTest()
        let reply = try under.once("GET /openapi.json HTTP/1.1\r\nHost: x")
        #expect(reply.headers["content-type"] == "application/json")
        var document = JSONDocument()
        try document.parse(reply.body.span)
        let version = document.member("openapi", of: document.root).map { document.text(of: $0) }
        #expect(version == "3.1.0")
        let paths = document.member("paths", of: document.root) ?? document.root
        for route in Route.allCases {
            guard let entry = route.entry else { continue }
            let written: StaticString =
                switch route {
                case .callback: "/v0.5/care-contexts/discover"
                case .counter: "/v1/counters/{code}/profiles"
                case .authentication: "/v1/profiles/{id}/auth"
                case .stream: "/v1/counters/{code}/profiles/stream"
                case .heartbeat: "/v0.5/heartbeat"
                case .records: "/v1/care-contexts"
                case .register: "/v1/profiles/{id}/register"
                case .qr: "/v1/facilities/{hip}/qr"
                default: entry.path
                }
            guard let path = document.member(written, of: paths) else {
                Issue.record("no path for \(route)")
                continue
            }
            let hasPost = document.member("post", of: path) != nil
            let hasGet = document.member("get", of: path) != nil
            let hasHead = document.member("head", of: path) != nil
            #expect(hasPost == entry.answers(.post))
            #expect(hasGet == entry.answers(.get))
            #expect(hasHead == entry.answers(.head))
        }
        for outcome in DiscoveryOutcome.allCases where outcome != .badRequest {
            #expect(reply.text.contains("\"\(outcome.rawValue)\""))
        }
        // No path of the document is unknown.
        for refusal in Refusal.allCases where refusal != .unknownPath {
            #expect(reply.text.contains("\"\(refusal.entry.status)\""))
        }
    }

    /// The samples of a Prometheus text by name and labels; each must have its TYPE before it.
    private func parse(_ text: String) throws -> [String: Double] {
        var samples: [String: Double] = [:]
        var types: Set<String> = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#") {
                let words = line.split(separator: " ")
                if words[1] == "TYPE" { #expect(types.insert(String(words[2])).inserted) }
                continue
            }
            let space = try #require(line.lastIndex(of: " "))
            var name = String(line[..<space].prefix { $0 != "{" })
            for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
                name.removeLast(suffix.count)
            }
            #expect(types.contains(name))
            let value = Double(String(line[line.index(after: space)...]))
            #expect(value != nil)
            samples[String(line[..<space])] = value
        }
        return samples
    }
}
