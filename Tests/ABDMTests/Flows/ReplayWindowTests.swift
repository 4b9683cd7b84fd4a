@testable import ABDM
internal import Testing

@Suite("The replay window")
struct ReplayWindowTests {
    private static let now = WireTime(milliseconds: 1_653_440_000_000)
    private static let id = "46c1db89-03b2-4bc7-B841-CD413b1dfd4f"

    private func judge(
        _ id: String = id, sentAt: WireTime?, path: String = "/v0.5/links/link/init",
        minutes: Int? = 10
    ) -> String? {
        var window = ReplayWindow()
        window.minutes = minutes
        let path = CallbackPath.all.first { $0.path == path } ?? CallbackPath.all[0]
        let head = CallbackHead(facility: "HIP1", requestID: id, path: path, sentAt: sentAt)
        do throws(MessageError) {
            try window.judge(head, now: Self.now)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("ten minutes to either side are taken, a millisecond more is not")
    func edges() {
        for sign: Int64 in [-1, 1] {
            let edge = Self.now.adding(milliseconds: sign * 600_000)
            #expect(judge(sentAt: edge) == nil)
            #expect(
                judge(sentAt: edge.adding(milliseconds: sign))
                    == "timestamp differs from our time by more than 10 minutes")
        }
        #expect(judge(sentAt: Self.now.adding(minutes: 11), minutes: 11) == nil)
    }

    @Test("without a window any time is taken, and none; an id is needed all the same")
    func noWindow() {
        #expect(ReplayWindow().minutes == nil)
        #expect(judge(sentAt: Self.now.adding(minutes: -3_000_000), minutes: nil) == nil)
        #expect(judge(sentAt: nil, minutes: nil) == nil)
        #expect(judge("r-1", sentAt: Self.now, minutes: nil) == "requestId is not a UUID")
    }

    @Test("a callback says when it was sent")
    func missing() {
        #expect(judge(sentAt: nil) == "timestamp is missing")
        #expect(
            judge(sentAt: nil, path: "/api/v3/hip/patient/share") == "header TIMESTAMP is missing")
    }

    @Test(
        "a request id is a UUID",
        arguments: [
            "", "r-1", "46c1db89-03b2-4bc7-b841-cd413b1dfd4", "46c1db8903b24bc7b841cd413b1dfd4f",
            "46c1db89-03b2-4bc7-b841-cd413b1dfd4g", "46c1db89_03b2-4bc7-b841-cd413b1dfd4f",
            "{46c1db89-03b2-4bc7-b841-cd413b1dfd4}", "46c1db89-03b2-4bc7-b841-cd413b1dfd4f0",
        ])
    func identifiers(id: String) {
        #expect(judge(id, sentAt: Self.now) == "requestId is not a UUID")
    }
}
