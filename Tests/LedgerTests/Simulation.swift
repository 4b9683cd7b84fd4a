internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import SQLite
@testable import Ledger
internal import TestSupport

/// One schedule of the world round a ledger, drawn from a seed: everything that happens in it follows from the
/// seed, so that a failing one replays exactly.
///
/// Patients discover, choose, type passwords, share profiles and leave; the gateway delivers late, twice, in another
/// order, and what it owes us sometimes never; the sender's calls are lost before or after their effect, or refused;
/// the database fails in the middle of a transaction; the program ends between any two statements and begins again;
/// the clock jumps. The first facility asks for tokens in v0.5 or in v3, as the seed has it.
final class Simulation {
    /// What went wrong; each names the invariant.
    private(set) var violations: [String] = []
    /// What happened, for whoever replays a seed.
    private(set) var story: [String] = []

    /// How many contexts were linked by a token.
    var tokenLinkCount: Int { network.linked.count }
    /// How many tokens were used that somebody gave in their app.
    var directTokenCount: Int { network.directTokenCount }
    /// How many contexts were linked.
    private(set) var linkCount = 0

    /// Whether somebody tries to guess one person's passwords, and nothing else.
    let hasGuesser: Bool

    private var random: SplitMix64
    private let path: String
    private let desk: DecoderBox
    private let snapshot: Snapshot
    private let facility: String
    private let other: String
    private let version: WireVersion
    private var ledger: LedgerBook?
    private var clock = ConversationDesk.start
    private let secrets: CountingSecrets
    private let fuse = Fuse()

    /// Callbacks that the gateway has sent and that may come (again).
    private var inFlight: [Sent] = []
    /// Every request that we acknowledged, by facility, path and id.
    private var acknowledged: [RequestKey: Callback] = [:]
    /// What the gateway got, by the request it answers.
    private var answers: [RequestKey: Set<String>] = [:]
    /// What the sender holds: leased to it, not settled.
    private var held: [OutboxEntry] = []
    /// The password that each link reference was sent, as the patient's telephone has it.
    private var telephones: [String: String] = [:]
    /// Link references that the gateway knows, with what was asked for.
    private var challenged: [(reference: String, request: LinkRequest, facility: String)] = []
    /// What patients were shown.
    private var offered: [ShownOffer] = []
    /// References that were confirmed with the right password before they could be refused.
    private var confirmable: Set<String> = []
    /// When each mobile was sent a password.
    private var passwords: [UInt64: [WireTime]] = [:]
    /// Who has which number of the queue, by day and number.
    private var tickets: [String: String] = [:]
    private var requests = 0
    private var network = TokenNetwork()
    /// What the webhook was told, by the event's id.
    private var announced: [String: String] = [:]
    /// Who has ever left, by facility and address; and messages that were destroyed then.
    private var left: Set<String> = []
    private var cancelled: Set<Int64> = []

    private struct Sent {
        var callback: Callback
        var copiesLeft: Int
    }

    /// An offer as a patient's telephone shows it.
    private struct ShownOffer {
        var facility: String
        var transaction: String
        var address: String
        var reference: String
        var contexts: [String]
    }

    struct RequestKey: Hashable {
        var facility: String
        var path: String
        var requestID: String

        init(_ head: CallbackHead) {
            facility = head.facility
            path = head.path.path
            requestID = head.requestID
        }
    }

    init(
        seed: UInt64, path: String, snapshot: Snapshot, decoder: DecoderBox, facility: String,
        other: String
    ) {
        random = SplitMix64(seed: seed)
        hasGuesser = seed % 8 == 0
        self.path = path
        self.snapshot = snapshot
        desk = decoder
        self.facility = facility
        self.other = other
        // By fours, as that many workers share the seeds: each has both protocols.
        version = seed / 4 % 2 == 0 ? .gateway : .v3
        secrets = CountingSecrets(prefix: facility + "-")
    }

    /// Lets so many things happen, then lets everything come to rest, and looks whether it is in order.
    func run(steps: Int) throws {
        try open()
        for _ in 0..<steps { try step() }
        try settleAll()
        check()
        try checkRefusals()
    }

    // MARK: Steps

    private func step() throws {
        switch Int.random(in: 0..<25, using: &random) {
        case 0...2: patientDiscovers()
        case 3...4: patientChooses()
        case 5...6: patientTypes()
        case 7: patientShares()
        case 8...12: try deliver()
        case 13...16: try attempt()
        case 17:
            clock = clock.adding(
                milliseconds: Int64.random(in: -900_000...1_500_000, using: &random))
        case 18: try claim()
        case 19: try deskActs()
        case 20...21: try take(perform([.resume]))
        case 22: patientLeaves()
        case 23: fuse.statementsUntilFailure = Int.random(in: 0..<20, using: &random)
        default: fuse.statementsLeft = Int.random(in: 0..<40, using: &random)
        }
        clock = clock.adding(milliseconds: Int64.random(in: 0...2000, using: &random))
    }

    /// Mostly by a minute; sometimes by more than any promise holds.
    private func jump() {
        let range: ClosedRange<Int64> =
            Int.random(in: 0..<4, using: &random) == 0
            ? -900_000...2_400_000 : -60_000...60_000
        clock = clock.adding(milliseconds: Int64.random(in: range, using: &random))
    }

    private func nextRequest() -> String {
        requests += 1
        return "r\(requests)"
    }

    private func post(
        _ path: String, _ body: String, to facility: String, requestID: String? = nil
    ) {
        guard let entry = CallbackPath.all.first(where: { $0.path == path }) else {
            return violations.append("there is no path \(path)")
        }
        let headers = CallbackHeaders(facility: facility, requestID: requestID, timestamp: nil)
        guard
            let callback = try? desk.decode(
                Array(body.utf8), path: entry, headers: headers, in: snapshot)
        else { return violations.append("a body of the simulation cannot be decoded: \(path)") }
        inFlight.append(
            Sent(callback: callback, copiesLeft: Int.random(in: 1...3, using: &random)))
    }

    private func patientDiscovers() {
        let transaction =
            hasGuesser ? "t-\(nextRequest())" : "t\(Int.random(in: 0..<12, using: &random))"
        let body =
            switch hasGuesser ? 0 : Int.random(in: 0..<9, using: &random) {
            case 0...3: discoverBody(nextRequest(), transaction: transaction)
            case 4...7:
                discoverBody(
                    nextRequest(), transaction: transaction, id: "ravi@sbx", name: "Ravi Kumar",
                    gender: "M", year: 1971)
            default:
                discoverBody(
                    nextRequest(), transaction: transaction, id: "nobody@sbx", name: "Tara Walker")
            }
        post(discoverPath, body, to: Int.random(in: 0..<5, using: &random) == 0 ? other : facility)
    }

    private func patientChooses() {
        guard let shown = offered.randomElement(using: &random) else { return }
        var offer = shown
        offer.contexts = offer.contexts.filter { _ in Bool.random(using: &random) }
        if offer.contexts.isEmpty { offer.contexts = Array(shown.contexts.prefix(1)) }
        // One in two tries something that is not theirs.
        switch hasGuesser ? 12 : Int.random(in: 0..<12, using: &random) {
        case 0: offer.transaction = "t\(Int.random(in: 0..<6, using: &random))"
        case 1: offer.address = offer.address == "ravi@sbx" ? "asha.verma@sbx" : "ravi@sbx"
        case 2: offer.reference = offer.reference == "P-1001" ? "P-1002" : "P-1001"
        case 3: offer.contexts.append(["V-1", "V-2", "V-4"].randomElement(using: &random) ?? "")
        case 4: offer.facility = offer.facility == facility ? other : facility
        default: break
        }
        post(
            initPath,
            initBody(
                nextRequest(), transaction: offer.transaction, contexts: offer.contexts,
                id: offer.address, reference: offer.reference), to: offer.facility)
    }

    private func patientTypes() {
        let attempt = hasGuesser ? challenged.last : challenged.randomElement(using: &random)
        guard let attempt else { return }
        let isRight = !hasGuesser && Int.random(in: 0..<3, using: &random) > 0
        let digits = isRight ? telephones[attempt.reference] ?? "000000" : "111111"
        post(
            confirmPath, confirmBody(nextRequest(), link: attempt.reference, token: digits),
            to: Int.random(in: 0..<8, using: &random) == 0 ? other : attempt.facility)
    }

    private func patientShares() {
        let id = ["asha.verma@sbx", "ravi@sbx"].randomElement(using: &random) ?? ""
        post(
            "/v0.5/patients/profile/share",
            """
            {"requestId":"\(nextRequest())","timestamp":"2022-05-10T14:19:12Z","profile":{"hipCode":"C1",\
            "patient":{"healthId":"\(id)","name":"Somebody","gender":"F","yearOfBirth":1984}}}
            """, to: facility)
    }

    /// One in four patients of whom something is known leaves ABDM; many come back, as if they had never left.
    private func patientLeaves() {
        guard Int.random(in: 0..<4, using: &random) == 0 else { return }
        let id = ["asha.verma@sbx", "ravi@sbx"].randomElement(using: &random) ?? ""
        post(
            "/v0.5/patients/status/notify",
            """
            {"requestId":"\(nextRequest())","timestamp":"2022-05-10T14:19:12Z","notification":{"status":\
            "DEACTIVATED","patient":{"id":"\(id)"}}}
            """, to: facility)
    }

    /// The desk registers whoever stands in its queue, or writes a new record down.
    private func deskActs() throws {
        if Bool.random(using: &random) { return try deskAuthenticates() }
        if Bool.random(using: &random) {
            guard
                case .success(.queue(let queue)) = try perform([
                    .queue(facility: facility, counter: "C1")
                ])?.first,
                let queued = queue.randomElement(using: &random)
            else { return }
            let owner = queued.profile.address.text == "ravi@sbx" ? "P-1002" : "P-1001"
            try take(
                perform([
                    .register(
                        ProfileRegistration(
                            profileID: queued.id, facility: facility, patientReference: owner,
                            isRecorded: true, vouchedBy: "Desk 3"))
                ]))
        } else {
            let owner = ["P-1001", "P-1002"].randomElement(using: &random) ?? ""
            let contexts = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                OfferedContext(
                    patientReference: owner,
                    reference: "\(owner)-N\(Int.random(in: 0..<5, using: &random))",
                    display: "Visit", hiType: .opConsultation)
            }
            try take(
                perform([.record(facility: facility, contexts.map { RecordedContext(context: $0) })]
                ))
        }
    }

    /// The desk has somebody authenticated who has shared a profile, by any of the ways, or types a code.
    private func deskAuthenticates() throws {
        guard
            case .success(.queue(let queue)) = try perform([
                .queue(facility: facility, counter: "C1")
            ])?.first, let queued = queue.randomElement(using: &random)
        else { return }
        let steps: [DeskAuthenticationStep] = [
            .askModes, .begin(.demographics), .begin(.mobileCode), .code("123456"),
            .begin(.direct), .begin(.direct), .begin(.direct),
        ]
        let step = steps.randomElement(using: &random) ?? .askModes
        try take(
            perform([.authenticate(step, profileID: queued.id, facility: facility)]))
    }

    private func take(_ results: [Result<LedgerReply, LedgerError>]?) throws {
        // What failed is asked for again, or its lease ends.
        guard let first = results?.first, first != .failure(Fuse.failure) else { return }
        switch try first.get() {
        case .recorded(_, let entries), .registered(_, let entries), .toSend(let entries),
            .authentication(_, let entries):
            held += entries
        default: break
        }
    }

    /// The gateway delivers one of the callbacks, or two at once in one transaction.
    private func deliver() throws {
        guard !inFlight.isEmpty else { return }
        var batch: [Callback] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) where !inFlight.isEmpty {
            let index = Int.random(in: 0..<inFlight.count, using: &random)
            batch.append(inFlight[index].callback)
            inFlight[index].copiesLeft -= 1
            if inFlight[index].copiesLeft == 0 { inFlight.remove(at: index) }
        }
        guard let results = try perform(batch.map { .receive($0) }) else {
            // Nobody was told 202: the gateway delivers again.
            for callback in batch { inFlight.append(Sent(callback: callback, copiesLeft: 1)) }
            return
        }
        for (callback, result) in zip(batch, results) {
            switch result {
            case .success(let reply):
                let isFirst =
                    acknowledged.updateValue(
                        callback, forKey: RequestKey(callback.head)) == nil
                if case .statusNotify(let change) = callback.event, isFirst {
                    left.insert("\(callback.head.facility) \(change.address.text)")
                }
                if case .forgotten(_, let cancelled) = reply {
                    held.removeAll { cancelled.contains($0.id) }
                    self.cancelled.formUnion(cancelled)
                }
                held += reply.entries
                for entry in reply.entries { look(at: entry.message) }
            case .failure(Fuse.failure):
                // It was told 503, and comes again.
                inFlight.append(Sent(callback: callback, copiesLeft: 1))
            case .failure(let error):
                violations.append("a callback failed without a crash: \(error)")
            }
        }
    }

    private func claim(max: Int = 5) throws {
        guard let results = try perform([.claim(max: max)]) else { return }
        for result in results {
            if case .success(.toSend(let entries)) = result {
                // The lease is over, or it is another program's message now: as the sender does, by number.
                held += entries.filter { entry in !held.contains { $0.id == entry.id } }
            }
        }
    }

    /// The sender tries one of its messages: the gateway may or may not get it, and we may or may not hear of it.
    private func attempt() throws {
        guard !held.isEmpty else { return }
        let entry = held.remove(at: Int.random(in: 0..<held.count, using: &random))
        let fate = Int.random(in: 0..<10, using: &random)
        let arrives = fate < 8
        guard entry.isOfUse(at: clock) else {
            let expired = OutboxSettlement(id: entry.id, outcome: .dead(problem: "expired"))
            return try take(perform([.settle(expired)]))
        }
        guard try remember(entry) else { return }
        let refusal = arrives ? arrive(entry) : nil
        let outcome: OutboxSettlement.Outcome
        switch fate {
        case 0...6 where refusal != nil:
            outcome = .refused(
                refusal ?? GatewayRefusal(code: "", message: ""), problem: "status 400")
        case 0...6: outcome = .sent
        case 7: outcome = .again(clock.adding(milliseconds: 1000), problem: "connection lost")
        case 8: outcome = .again(clock.adding(milliseconds: 500), problem: "status 503")
        default: outcome = .dead(problem: "status 400")
        }
        try take(perform([.settle(OutboxSettlement(id: entry.id, outcome: outcome))]))
    }

    /// Writes a try of a request of ours down before it leaves, as the sender does.
    private func remember(_ entry: OutboxEntry) throws -> Bool {
        guard let subject = entry.message.subject else { return true }
        let id = "own-\(nextRequest())"
        network.lastTry[entry.id] = id
        let results = try perform([
            .trying(
                requestID: id, facility: entry.message.facility, subject: subject,
                message: entry.id)
        ])
        // What another taker has sent meanwhile is cancelled too.
        if case .success(.done) = results?.first { return true }
        return false
    }

    // MARK: What the world sees

    /// A message is with the gateway.
    ///
    /// - Returns: why it is turned down at once; nil where it is taken.
    private func arrive(_ entry: OutboxEntry) -> GatewayRefusal? {
        let message = entry.message
        if cancelled.contains(entry.id) {
            violations.append("a message was sent that its patient had left behind")
        }
        guard let tree = try? JSONTree(parsing: Array(message.body.utf8)) else {
            violations.append("a message is no JSON")
            return nil
        }
        if message.destination.base == .sms { return nil }
        if message.destination.base == .webhook {
            let id = message.announcementID ?? ""
            if announced.updateValue(message.body, forKey: id) ?? message.body != message.body {
                violations.append("one event was told in two ways")
            }
            return nil
        }
        guard message.subject != nil else {
            take(answer: entry, tree)
            return nil
        }
        if network.knows(entry, tree, at: clock) {
            return GatewayRefusal(code: "ABDM-1092", message: "Duplicate Link Token Request")
        }
        let isKind = Int.random(in: 0..<4, using: &random) > 0
        let (path, members) = network.answer(entry, tree, isKind: isKind)
        violations += network.violations
        network.violations = []
        // What the gateway owes us never comes, sometimes.
        if Int.random(in: 0..<8, using: &random) == 0 { return nil }
        let id = nextRequest()
        let resp = path.hasPrefix("/api/v3") ? "response" : "resp"
        post(
            path,
            """
            {"requestId":"\(id)","timestamp":"2022-05-25T01:09:02Z",\(members),\
            "\(resp)":{"requestId":"\(network.lastTry[entry.id] ?? "")"}}
            """, to: message.facility, requestID: resp == "resp" ? nil : id)
        if let auth = network.approval(isKind: isKind) {
            // Somebody who was asked in their app may be faster than anything else.
            post(
                "/v0.5/users/auth/notify",
                """
                {"requestId":"\(nextRequest())","timestamp":"2022-05-25T01:09:02Z",\(auth)}
                """, to: message.facility)
        }
        return nil
    }

    private func take(answer entry: OutboxEntry, _ tree: JSONTree) {
        let message = entry.message
        guard let request = tree["resp"]?["requestId"]?.text else {
            return violations.append("an answer does not say what it answers")
        }
        guard
            let key = acknowledged.keys.first(where: {
                $0.requestID == request && $0.facility == message.facility
            })
        else {
            return violations.append("an answer was sent to a request that was never acknowledged")
        }
        answers[key, default: []].insert(message.body)
        show(tree, key)
        if let reference = tree["link"]?["referenceNumber"]?.text,
            case .linkInit(let asked) = acknowledged[key]?.event,
            !challenged.contains(where: { $0.reference == reference })
        {
            challenged.append((reference, asked, message.facility))
            telephones[reference] = CountingSecrets.digits
        }
    }

    /// Counts what was promised with a callback: passwords for a mobile, numbers of the queue.
    private func look(at message: OutboundMessage) {
        if let text = message.textMessage {
            passwords[text.mobile, default: []].append(clock)
            let times = passwords[text.mobile] ?? []
            let limits = FlowLimits()
            for (minutes, most) in [(60, limits.otpsPerHour), (1440, limits.otpsPerDay)]
            where times.count(where: { $0 > clock.adding(minutes: -minutes) }) > most {
                violations.append("a mobile was sent too many passwords")
            }
        }
        guard let tree = try? JSONTree(parsing: Array(message.body.utf8)),
            let given = tree["acknowledgement"], let number = given["tokenNumber"]?.text,
            let address = given["healthId"]?.text
        else { return }
        // A second scan soon after midnight has yesterday's number.
        let yesterday = clock.adding(minutes: -30).indianDay
        if tickets["\(yesterday) \(number)"] == address { return }
        let holder = tickets.updateValue(address, forKey: "\(clock.indianDay) \(number)")
        if let holder, holder != address {
            violations.append("two people have one number of the queue")
        }
    }

    private func show(_ tree: JSONTree, _ key: RequestKey) {
        guard case .discover(let discovery) = acknowledged[key]?.event,
            let patient = tree["patient"], let reference = patient["referenceNumber"]?.text
        else { return }
        offered.append(
            ShownOffer(
                facility: key.facility, transaction: discovery.transactionID,
                address: discovery.address.text, reference: reference,
                contexts: (patient["careContexts"]?.elements ?? []).compactMap {
                    $0["referenceNumber"]?.text
                }))
        if offered.last?.contexts.isEmpty == true { offered.removeLast() }
    }

    // MARK: The program, and its end

    private func open() throws {
        ledger = try LedgerBook(
            .sqlite(path: path), secrets: secrets.secrets, seal: .plain, limits: FlowLimits(),
            versions: [facility: version], announces: true,
            beforeStatement: { [fuse] () throws(LedgerError) in try fuse.burn() })
    }

    /// Does commands; nil when the program ended meanwhile, and has begun again.
    private func perform(
        _ commands: [LedgerCommand]
    ) throws -> [Result<LedgerReply, LedgerError>]? {
        guard let ledger else { return nil }
        let results = ledger.perform(commands, now: clock)
        if results.contains(.failure(Fuse.failure)) { story.append("failure at \(requests)") }
        guard fuse.isBurnt else { return results }
        // Whatever the program held is lost with it.
        story.append("crash at request \(requests)")
        self.ledger = nil
        held = []
        fuse.statementsLeft = nil
        fuse.isBurnt = false
        try open()
        return nil
    }

    /// No more trouble: everything that is under way arrives.
    private func settleAll() throws {
        fuse.statementsLeft = nil
        fuse.statementsUntilFailure = nil
        for _ in 0..<400 {
            while !inFlight.isEmpty { try deliver() }
            clock = clock.adding(milliseconds: LedgerBook.leaseMilliseconds + 700_000)
            _ = try perform([.revive(id: nil)])
            held = []
            try take(perform([.resume]))
            try claim(max: 1000)
            // What a clock that was set back left in the future is due in a later round.
            if held.isEmpty, inFlight.isEmpty, try waitingCount() == 0, try unsettledCount() == 0 {
                return
            }
            for entry in held {
                guard entry.isOfUse(at: clock) else {
                    let expired = OutboxSettlement(id: entry.id, outcome: .dead(problem: "expired"))
                    _ = try perform([.settle(expired)])
                    continue
                }
                guard try remember(entry) else { continue }
                let refusal = arrive(entry)
                let outcome = refusal.map { OutboxSettlement.Outcome.refused($0, problem: "400") }
                _ = try perform([
                    .settle(OutboxSettlement(id: entry.id, outcome: outcome ?? .sent))
                ])
            }
        }
        violations.append(
            "never came to rest: \(try waitingCount()) messages, \(try unsettledCount()) records")
    }

    /// Records whose answer is awaited, or that wait although their patient is known.
    private func unsettledCount() throws -> Int {
        let connection = try SQLiteConnection(path: path, mode: .readOnly)
        var statement = try connection.prepare(
            """
            SELECT count(*) FROM milaan_progress
            WHERE facility IN ('\(facility)', '\(other)') AND state IN ('asked', 'waiting')
            """)
        guard try statement.step() else { return -1 }
        return Int(statement.integer(0) ?? 0)
    }

    private func waitingCount() throws -> Int {
        guard case .success(.listed(let lines)) = try perform([.list(.waiting, max: 10_000)])?.first
        else { return -1 }
        // The file serves other schedules too.
        return lines.count { [facility, other].contains($0.facility) }
    }

    // MARK: Invariants

    private func check() {
        // What another schedule's facility still had to ask is answered in its own story, under ids like ours.
        for (key, callback) in acknowledged where [facility, other].contains(key.facility) {
            if case .answered = callback.event { continue }
            let bodies = answers[key] ?? []
            if bodies.isEmpty, !mayGoUnanswered(callback) {
                violations.append("no answer: \(key.path)")
            }
            if bodies.count > 1 { violations.append("two different answers: \(key.path)") }
            if case .linkConfirm(let confirmation) = callback.event {
                checkConfirmation(key, confirmation, bodies)
            }
        }
        checkGuesses()
        checkDiscoveries()
        checkLinks()
        checkQueue()
    }

    /// No password is compared with more than five wrong guesses.
    private func checkGuesses() {
        var wrong: [String: Int] = [:]
        for (key, callback) in acknowledged {
            guard case .linkConfirm(let confirmation) = callback.event,
                answers[key]?.contains(where: { $0.contains("3405") }) == true
            else { continue }
            wrong[confirmation.linkReference, default: 0] += 1
        }
        if wrong.values.contains(where: { $0 > FlowLimits().otpAttempts }) {
            violations.append("a password was guessed at too often")
        }
    }

    /// A transaction is decided once, whatever was found: every other discovery under it is a duplicate.
    private func checkDiscoveries() {
        var decided: [String: Int] = [:]
        for (key, callback) in acknowledged {
            guard case .discover(let discovery) = callback.event,
                // Whose patient left is answered to nobody.
                let bodies = answers[key], !bodies.contains(where: { $0.contains("3409") })
            else { continue }
            decided["\(key.facility) \(discovery.transactionID)", default: 0] += 1
        }
        if decided.values.contains(where: { $0 > 1 }) {
            violations.append("a transaction was decided twice")
        }
    }

    /// Answers to those who left are destroyed, but for the one to their leaving.
    private func mayGoUnanswered(_ callback: Callback) -> Bool {
        switch callback.event {
        case .statusNotify: false
        // Whose attempt it is, it does not say.
        case .linkConfirm: !left.isEmpty
        case .discover(let discovery):
            left.contains("\(callback.head.facility) \(discovery.address.text)")
        case .linkInit(let request):
            left.contains("\(callback.head.facility) \(request.address.text)")
        case .profileShare(let profile):
            left.contains("\(callback.head.facility) \(profile.address.text)")
        // Whose authentication it is, it does not say either.
        case .authenticationNotice: !left.isEmpty
        case .linkRefused, .answered: true
        }
    }

    /// A token request that ABDM knows already is no reason to turn records down.
    private func checkRefusals() throws {
        let connection = try SQLiteConnection(path: path, mode: .readOnly)
        var statement = try connection.prepare(
            """
            SELECT count(*) FROM milaan_progress
            WHERE facility = '\(facility)' AND problem LIKE '1092%'
            """)
        if try statement.step(), statement.integer(0) != 0 {
            violations.append("records were turned down for a lost reply")
        }
    }

    private func checkConfirmation(
        _ key: RequestKey, _ confirmation: LinkConfirmation, _ bodies: Set<String>
    ) {
        let isSuccess = bodies.contains { $0.contains("\"patient\"") }
        guard isSuccess else { return }
        if confirmation.typed != CountingSecrets.digits {
            violations.append("linked with a wrong password")
        }
        confirmable.insert(confirmation.linkReference)
        if let attempt = challenged.first(where: { $0.reference == confirmation.linkReference }),
            attempt.facility != key.facility
        {
            violations.append("linked through another facility")
        }
    }

    /// Every link has a confirmed password, was asked for by that person, and belongs to the person's record.
    private func checkLinks() {
        guard let ledger else { return }
        for facility in [facility, other] {
            for address in ["asha.verma@sbx", "ravi@sbx"] {
                let owner = address == "ravi@sbx" ? "P-1002" : "P-1001"
                guard
                    let linked = try? ledger.linkedContexts(
                        facility: facility, address: PatientAddress(address))
                else { return violations.append("the links cannot be read") }
                linkCount += linked.count
                for context in linked {
                    let isTold = announced.values.contains { body in
                        body.contains("\"facility\":\"\(facility)\"")
                            && body.contains("\"type\":\"care-contexts.linked\"")
                            && body.contains("\"abhaAddress\":\"\(address)\"")
                            && body.contains("\"reference\":\"\(context.reference)\"")
                    }
                    if !isTold { violations.append("a link was told to nobody") }
                    if context.patientReference != owner {
                        violations.append("a context of another patient is linked")
                    }
                    let isProved = challenged.contains { attempt in
                        attempt.facility == facility && attempt.request.address.text == address
                            && attempt.request.contextReferences.contains(context.reference)
                            && confirmable.contains(attempt.reference)
                    }
                    let isGranted = network.linked.contains(
                        "\(facility) \(address) \(context.reference)")
                    if !isProved, !isGranted {
                        violations.append("a context is linked without a password")
                    }
                }
            }
        }
    }

    /// Numbers of a queue count up without a twin; who left ABDM left a gap.
    private func checkQueue() {
        guard let ledger,
            case .success(.queue(let queue)) = ledger.perform(
                [.queue(facility: facility, counter: "C1")], now: clock)[0]
        else { return violations.append("the queue cannot be read") }
        for (one, next) in zip(queue, queue.dropFirst()) where one.number >= next.number {
            violations.append("the queue's numbers have a twin")
        }
    }
}
