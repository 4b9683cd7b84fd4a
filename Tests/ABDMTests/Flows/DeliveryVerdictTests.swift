internal import ABDM
internal import Testing

@Suite("What becomes of a try")
struct DeliveryVerdictTests {
    @Test(
        "what came back is sorted by status, code and words, in every shape that was seen",
        arguments: [
            (nil, "", .retry), (202, "", .delivered), (200, "nonsense", .delivered),
            (401, "", .refreshToken),
            (403, #"{"code":"900901","message":"expired"}"#, .refreshToken),
            (401, #"{"error":{"code":2401,"message":"unauthorised"}}"#, .refreshToken),
            (500, "", .retry), (503, "<html>", .retry), (429, "", .retry), (408, "", .retry),
            (429, #"{"error":{"code":2429,"message":"Too many requests found"}}"#, .retry),
            (400, "", .never), (404, "", .never), (302, "", .never),
            (400, #"{"error":{"code":1438,"message":"INVALID_DISCOVERY"}}"#, .never),
            (400, #"{"error":{"code":"ABDM-1106: ","message":"Duplicate"}}"#, .duplicate),
            (400, #"[{"code":"ABDM-1107","message":"Duplicate"}]"#, .duplicate),
            (400, #"{"code":"ABDM-9999","message":"Duplicate HIP link request"}"#, .duplicate),
            (400, #"{"error":{"code":"ABDM-9999","message":"User not found"}}"#, .never),
            (404, #"{"error":{"code":"ABDM-9999","message":"HIP is unable to process"}}"#, .retry),
            (404, #"{"error":{"code":"ABDM-1016","message":"Invalid TimeStamp"}}"#, .never),
            (400, #"{"error":{"code":"ABDM-1007","message":"timeout"}}"#, .retry),
            (400, #"{"error":{"code":"ABDM-1027","message":"blocked"}}"#, .never),
            (429, #"{"error":{"code":"ABDM-1027","message":"blocked"}}"#, .never),
            (
                400, #"{"error":{"code":"ABDM-1026","message":"Invalid Link Token"}}"#,
                .reauthenticate
            ),
            (
                400,
                #"{"error":{"code":"ABDM-1062","message":"ABHA number mismatch with link token"}}"#,
                .reauthenticate
            ),
            (400, #"{"error":{"code":"ABDM-1062","message":"consent not granted"}}"#, .never),
            (
                400,
                #"{"error":{"code":"ABDM-1006","message":"No care context linked with given reference"}}"#,
                .retry
            ),
            (400, #"{"error":{"code":"ABDM-1006","message":"count must be 1-20"}}"#, .never),
            (500, #"{"error":{"code":1511,"message":"try later"}}"#, .retry),
        ] as [(Int?, String, DeliveryVerdict)])
    func sorts(status: Int?, body: String, verdict: DeliveryVerdict) {
        let found = DeliveryVerdict.of(status: status, body: body.utf8.span)
        #expect(found == verdict)
    }

    @Test("waits double, are spread out, and end at the longest: ten minutes, or what is said")
    func waits() {
        #expect(DeliveryVerdict.waitMilliseconds(attempts: 1, spread: 0) == 500)
        #expect(DeliveryVerdict.waitMilliseconds(attempts: 1, spread: 0.5) == 750)
        #expect(DeliveryVerdict.waitMilliseconds(attempts: 4, spread: 0) == 4000)
        #expect(DeliveryVerdict.waitMilliseconds(attempts: 99, spread: 1) == 600_000)
        #expect(
            DeliveryVerdict.waitMilliseconds(attempts: 99, spread: 1, longestMinutes: 3) == 180_000)
        #expect(
            DeliveryVerdict.waitMilliseconds(attempts: 12, spread: 1, longestMinutes: 60)
                == 2_048_000)
        #expect(DeliveryVerdict.waitMilliseconds(attempts: 0, spread: -1) == 500)
    }
}
