@testable import ABDM
internal import Matcher
internal import Testing

@Suite("Linking, step by step")
struct LinkingFlowTests {
    private static let now = WireTime(milliseconds: 1_653_440_000_000)
    private static let head = CallbackHead(
        facility: "HIP1", requestID: "r", path: CallbackPath.all[1], sentAt: nil)
    private static let address = PatientAddress("Asha@sbx")

    private static let claim = PatientClaim(
        name: "Asha", gender: .female, birthDate: .yearOnly(1984), abhaNumber: nil)

    private static func context(_ reference: String) -> OfferedContext {
        OfferedContext(
            patientReference: "P", reference: reference, display: reference,
            hiType: .opConsultation)
    }

    private static func offer(mobile: UInt64? = 919_848_022_338, isTaken: Bool = false) -> Offer {
        Offer(
            facility: "HIP1", transactionID: "t", address: address, claim: claim,
            patient: FoundPatient(
                reference: "P", display: "Asha", contexts: [context("A"), context("B")],
                matchedBy: .mobile, mobile: mobile),
            expires: now.adding(minutes: 30), isTaken: isTaken)
    }

    private static func start(
        _ contexts: [String], offer: Offer? = offer(), address: PatientAddress = address,
        reference: String = "P", linked: Set<ContextKey> = [],
        sent: PasswordCount = PasswordCount(),
        now: WireTime = now
    ) -> Result<LinkChallenge, AnswerFault>? {
        var asked = 0
        let step = LinkingFlow.start(
            LinkRequest(
                transactionID: "t", address: address, patientReferences: [reference],
                contextReferences: contexts), head: head, offer: offer, linked: linked,
            sent: sent,
            makePassword: {
                asked += 1
                return OneTimePassword(linkReference: "l", digits: "012345", hash: "h")
            }, limits: FlowLimits(), now: now)
        guard case .linkChallenged("t", let result) = step.answer else { return nil }
        // Nothing is promised or sent with a refusal.
        let isGood = (try? result.get()) != nil
        #expect((step.attempt != nil) == isGood)
        #expect((step.message != nil) == isGood)
        #expect(step.takesOffer == isGood)
        #expect(asked == (isGood ? 1 : 0))
        return result
    }

    @Test("what was offered to this person, and is chosen once, is challenged")
    func challenges() throws {
        let challenge = try #require(Self.start(["B", "A"])).get()
        #expect(challenge.hint == "98xxxxxx38")
        #expect(challenge.expires == Self.now.adding(minutes: 10))
    }

    @Test("everything else is refused with its reason")
    func refuses() {
        #expect(Self.start(["A"], offer: nil) == .failure(.unknownDiscovery))
        #expect(Self.start(["A"], offer: Self.offer(isTaken: true)) == .failure(.unknownDiscovery))
        #expect(
            Self.start(["A"], now: Self.now.adding(minutes: 30)) == .failure(.unknownDiscovery))
        #expect(
            Self.start(["A"], address: PatientAddress("ravi@sbx")) == .failure(.unknownDiscovery))
        #expect(Self.start([]) == .failure(.noContexts))
        #expect(Self.start(["A"], reference: "Q") == .failure(.otherPatient))
        #expect(Self.start(["A", "A"]) == .failure(.contextsNotOffered))
        #expect(Self.start(["A", "C"]) == .failure(.contextsNotOffered))
        let linked = ContextKey(patientReference: "P", reference: "A")
        #expect(Self.start(["A"], linked: [linked]) == .failure(.alreadyLinked))
        #expect(Self.start(["A"], offer: Self.offer(mobile: nil)) == .failure(.noMobile))
        for sent in [PasswordCount(lastHour: 5, lastDay: 5), PasswordCount(lastDay: 10)] {
            #expect(Self.start(["A"], sent: sent) == .failure(.tooManyPasswords))
        }
    }

    @Test("an address is the same in any case, and only its own person's")
    func addresses() {
        #expect((try? Self.start(["A"], address: PatientAddress(" ASHA@SBX "))?.get()) != nil)
    }

    @Test("a password can be typed so often, survives its success, and then no more")
    func attempts() throws {
        var attempt = LinkAttempt(
            linkReference: "l", facility: "HIP1", address: Self.address, claim: Self.claim,
            linking: LinkedContexts(
                patientReference: "P", display: "Asha", contexts: [Self.context("A")]),
            otpHash: "h", expires: Self.now.adding(minutes: 10), attemptsLeft: 2,
            status: .challenged)
        func type(_ text: String, after minutes: Int = 1) -> LinkConfirmStep {
            let step = LinkingFlow.confirm(
                LinkConfirmation(linkReference: "l", typed: text), head: Self.head,
                attempt: attempt, matches: { _, _, typed in typed == "012345" },
                now: Self.now.adding(minutes: minutes))
            if let changed = step.attempt { attempt = changed }
            return step
        }
        #expect(type("012345", after: 10).answer == .linked(.failure(.passwordExpired)))
        #expect(type("1").answer == .linked(.failure(.wrongPassword)))
        let right = type("012345")
        #expect(right.links.map(\.context.reference) == ["A"])
        #expect(attempt.status == .confirmed)
        // The same answer, also when the password is no longer good, and nothing is linked twice.
        let again = type("012345", after: 60)
        #expect(again.answer == right.answer)
        #expect(again.links == [])
        #expect(type("1").answer == .linked(.failure(.wrongPassword)))
        #expect(type("012345").answer == .linked(.failure(.attemptsExhausted)))
        #expect(attempt.status == .confirmed)
    }

    @Test("v3 gets at most twenty contexts of one kind together")
    func groups() {
        let contexts = (0..<45).map { Self.context("C\($0)") }
        let groups = AnswerWriter.groups(contexts)
        #expect(groups.map(\.contexts.count) == [20, 20, 5])
        #expect(groups.flatMap(\.contexts) == contexts)
    }

    @Test("a hint shows two digits at each end, of any number")
    func hints() {
        #expect(TextMessage.hint(of: 919_848_022_338) == "98xxxxxx38")
        #expect(TextMessage.hint(of: 14_155_550_123) == "14xxxxxxx23")
    }
}
