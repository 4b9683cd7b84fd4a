import GatewaySimulator
import Glibc
import TestSupport
import Testing

@Suite("A script, against an HRP of a few lines")
struct ScriptRunnerTests {
    private static let kavita = """
        "abhaAddress":"kavita@sbx","name":"Kavita","gender":"F","yearOfBirth":1988,"mobile":"+91-9822014471"
        """
    private static let story = """
        {"do":"heartbeat"}
        {"do":"discover",\(kavita),"token":"expired"}
        {"do":"discover","token":"forged"}
        {"do":"discover","token":"missing"}
        {"do":"discover","contexts":2}
        {"do":"link","choose":["V-2"]}
        {"do":"confirm","otp":"000000","expect":"3405"}
        {"do":"confirm","otp":"sent"}
        {"do":"discover","contexts":1,"twice":true}
        {"do":"discover","abhaAddress":"nobody@sbx","expect":"3404"}
        {"do":"share",\(kavita),"counter":"C1","queue":"1"}
        """

    @Test("is played to its end and counts what was chosen")
    func plays() throws {
        let hrp = try PlayedHRP()
        let (isGood, lines) = try hrp.play(Self.story)
        #expect(isGood, "\(lines)")
        #expect(lines.count == 12)
        #expect(hrp.gateway.complaints.isEmpty)
        // The three with bad tokens were not read at all, and one came twice.
        #expect(hrp.callbackCount == 8)
    }

    @Test(
        "fails where the HRP does wrong",
        arguments: [
            (PlayedHRP.Mischief.silence, "no answer came"),
            (.strangersContexts, "linked other contexts than were chosen"),
            (.answersTwiceDifferently, "were answered differently"),
        ])
    func fails(mischief: PlayedHRP.Mischief, words: String) throws {
        let hrp = try PlayedHRP(mischief)
        let (isGood, lines) = try hrp.play(
            """
            [{"do":"discover",\(Self.kavita),"twice":true}, {"do":"link"}, {"do":"confirm"}]
            """)
        #expect(!isGood)
        #expect(lines.contains { $0.contains("FAIL") && $0.contains(words) }, "\(lines)")
    }

    @Test("fails where the answer is another than expected, in either direction")
    func unexpected() throws {
        let hrp = try PlayedHRP()
        #expect(!(try hrp.play(#"[{"do":"discover",\#(Self.kavita),"expect":"3404"}]"#)).isGood)
        #expect(!(try hrp.play(#"[{"do":"discover","abhaAddress":"nobody@sbx"}]"#)).isGood)
        #expect(!(try hrp.play(#"[{"do":"discover",\#(Self.kavita),"contexts":7}]"#)).isGood)
    }

    @Test(
        "comes through every fault by an HRP that tries again",
        arguments: [
            (InjectedFault.Kind.slow, [202]), (.failure, [500, 202]), (.busy, [429, 202]),
            (.dropBefore, [0, 202]), (.dropAfter, [0, 202]), (.expiredToken, [401, 202]),
        ])
    func faults(kind: InjectedFault.Kind, replies: [Int]) throws {
        let hrp = try PlayedHRP(faults: [InjectedFault(kind)])
        let (isGood, lines) = try hrp.play(#"[{"do":"discover",\#(Self.kavita)}]"#)
        #expect(isGood, "\(lines)")
        // The last try may not have been noted yet: the script goes on with the first that is taken.
        #expect(hrp.replies.starts(with: replies.dropLast()))
    }

    @Test("lets a callback pass another one where it is told to")
    func reorder() throws {
        for fault in [[], [InjectedFault(.reorder)]] {
            let hrp = try PlayedHRP(faults: fault)
            let ids = [
                "3fa85f64-5717-4562-b3fc-2c963f66afa1", "3fa85f64-5717-4562-b3fc-2c963f66afa2",
            ]
            for id in ids {
                let least = LeastBodies.all.first {
                    $0.path == "/gateway/v0.5/links/context/notify"
                }
                let body = try #require(least).body.with("requestId", .text(id))
                    .with("timestamp", .text(PlayedHRP.now()))
                let reply = hrp.post(
                    "/gateway/v0.5/links/context/notify", body, headers: hrp.headers())
                #expect(reply?.status == 202)
                // The first is on its way, or held back.
                usleep(200_000)
            }
            for _ in 0..<200 where hrp.answered.count < 2 { usleep(10_000) }
            #expect(hrp.answered == (fault.isEmpty ? ids : ids.reversed()))
        }
    }

    @Test(
        "that cannot be read is refused, naming the step and the member",
        arguments: [
            ("", 0, "has no steps"), ("[]", 0, "has no steps"), ("[{}]", 1, "\"do\" is none of"),
            (#"{"do":"wait"}"# + "\n{", 2, "is no JSON"),
            (#"[{"do":"link","chose":"all"}]"#, 1, "\"chose\" is no member of link"),
            (#"[{"do":"wait","version":"v2"}]"#, 1, "\"version\" is neither v0.5 nor v3"),
            (#"[{"do":"discover","token":"odd"}]"#, 1, "\"token\" is none of"),
            (#"[{"do":"fault","kind":"odd"}]"#, 1, "\"kind\" is no fault"),
        ])
    func unreadable(text: String, step: Int, reason: String) throws {
        let error = #expect(throws: ScriptError.self) {
            try GatewayScript(parsing: Array(text.utf8))
        }
        #expect(error?.step == step)
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    }
}
