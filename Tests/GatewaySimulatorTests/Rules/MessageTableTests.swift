import GatewaySimulator
import Testing

@Suite("The simulator's table of messages")
struct MessageTableTests {
    @Test("has a least body for every path in these tests")
    func isComplete() {
        #expect(
            Set(LeastBodies.all.map(\.path)) == Set(MessageTable.entries.map(\.path)))
    }

    @Test("takes the least body of each path, and no other in which one thing is wrong")
    func isStrict() throws {
        var judged = 0
        for least in LeastBodies.all {
            let entry = try #require(MessageTable.entry(least.path))
            #expect(entry.shape.flaw(in: least.body) == nil, "\(least.path)")
            for mutant in least.body.mutants
            // Of a failure, which has no number to give, it is empty.
            where mutant.what != "acknowledgement: tokenNumber: an empty text" {
                judged += 1
                #expect(
                    entry.shape.flaw(in: mutant.value) != nil, "\(least.path) \(mutant.what)")
            }
        }
        #expect(judged > 300)
    }

    @Test(
        "takes either an answer or an error, of the protocol's own kind", arguments: [true, false])
    func answerOrError(isV3: Bool) throws {
        let path =
            isV3
            ? "/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover"
            : "/gateway/v0.5/care-contexts/on-discover"
        let shape = try #require(MessageTable.entry(path)).shape
        let good = try #require(LeastBodies.all.first { $0.path == path }).body
        let number: WireValue = ["code": 3404, "message": "No patient found"]
        let words: WireValue = ["code": "ABDM-1010", "message": "Patient not found"]
        let bare = good.without("patient")
        #expect((shape.flaw(in: bare.with("error", number)) == nil) == !isV3)
        #expect((shape.flaw(in: bare.with("error", words)) == nil) == isV3)
        #expect(shape.flaw(in: good.with("error", isV3 ? words : number)) != nil)
        #expect(shape.flaw(in: good.with("error", .null)) == nil)
    }

    @Test("of v3 wants one to twenty care contexts in a group, of v0.5 any number")
    func counts() throws {
        let context: WireValue = ["referenceNumber": "V", "display": "Visit"]
        for count in [0, 1, 20, 21] {
            let list = WireValue.list(Array(repeating: context, count: count))
            for isV3 in [true, false] {
                let path =
                    isV3
                    ? "/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover"
                    : "/gateway/v0.5/care-contexts/on-discover"
                let least = try #require(LeastBodies.all.first { $0.path == path }).body
                let patient = least["patient"]?.elements?.first ?? least["patient"] ?? .null
                let changed = patient.with("careContexts", list)
                let body = least.with("patient", isV3 ? .list([changed]) : changed)
                let flaw = try #require(MessageTable.entry(path)).shape.flaw(in: body)
                #expect((flaw == nil) == (!isV3 || (1...20).contains(count)), "\(count) \(isV3)")
            }
        }
    }

    @Test(
        "takes moments in the published form only",
        arguments: [
            ("2026-11-21T09:30:12.250Z", true), ("2024-02-29T00:00:00.000Z", true),
            ("2026-11-21T09:30:12Z", false), ("2026-11-21T09:30:12.250", false),
            ("2026-11-21T09:30:12.250+05:30", false), ("2026-02-30T09:30:12.250Z", false),
            ("2026-11-21T25:30:12.250Z", false), ("2026-11-21 09:30:12.250Z", false),
        ])
    func moments(text: String, isTaken: Bool) throws {
        let path = "/gateway/v0.5/users/auth/init"
        let least = try #require(LeastBodies.all.first { $0.path == path }).body
        let flaw = try #require(MessageTable.entry(path)).shape.flaw(
            in: least.with("timestamp", .text(text)))
        #expect((flaw == nil) == isTaken)
    }

    @Test("tells flaws without the contents")
    func isDiscreet() throws {
        let path = "/api/hiecm/v3/token/generate-token"
        let least = try #require(LeastBodies.all.first { $0.path == path }).body
        let body = least.with("abhaNumber", "91-4471-2208-3316").with("gender", 7)
        let flaw = try #require(MessageTable.entry(path)?.shape.flaw(in: body))
        #expect(
            flaw == "body.abhaNumber is no text of 14 digits"
                || flaw == "body.gender is no text, or empty")
    }
}
