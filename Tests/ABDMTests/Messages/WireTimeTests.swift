internal import ABDM
internal import TestSupport
internal import Testing

@Suite("Timestamps")
struct WireTimeTests {
    @Test(
        "a timestamp is read with 0 to 9 fractional digits, with and without a zone",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1),
            ("2022-05-25T01:09:02.330549", 1_653_440_942_330),
            ("2022-05-25T01:09:02", 1_653_440_942_000),
            ("2022-05-25T01:09:02.3", 1_653_440_942_300),
            ("2022-05-25T01:09:02.123456789Z", 1_653_440_942_123),
            ("2022-05-25T06:39:02.330+05:30", 1_653_440_942_330),
            ("2022-05-25T06:39:02.330+0530", 1_653_440_942_330),
            ("2022-05-24T20:09:02.330-05:00", 1_653_440_942_330),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("1969-12-31T23:59:59Z", -1000),
        ])
    func read(text: String, milliseconds: Int64) {
        let time = WireTime(parsing: text.utf8.span)
        #expect(time?.milliseconds == milliseconds)
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2022-05-25", "2022-13-01T00:00:00Z", "2023-02-29T00:00:00Z",
            "2022-05-25T24:00:00Z", "2022-05-25T01:09:02.1234567890Z", "2022-05-25T01:09:02x",
            "2022-05-25T01:09:02+5:30", "22-05-25T01:09:02Z", "2022-05-25T01:09Z",
            "2022-05-25T01:09:02Z ",
        ])
    func refuse(text: String) {
        let time = WireTime(parsing: text.utf8.span)
        #expect(time == nil)
    }

    @Test("what is written is read back, over four centuries", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let time = WireTime(
                milliseconds: Int64.random(
                    in: -3_000_000_000_000...9_000_000_000_000, using: &random))
            let read = WireTime(parsing: time.text.utf8.span)
            #expect(read == time)
            #expect(time.text.utf8.count == 24)
        }
    }

    @Test("a desk's day is India's")
    func indianDay() throws {
        let parsed = WireTime(parsing: "2026-11-21T18:29:59Z".utf8.span)
        let before = try #require(parsed)
        #expect(before.indianDay == "2026-11-21")
        #expect(before.adding(milliseconds: 1000).indianDay == "2026-11-22")
    }
}
