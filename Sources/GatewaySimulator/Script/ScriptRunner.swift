internal import Glibc
internal import Synchronization

/// Plays a script against the HRP.
///
/// One thread at a time.
public final class ScriptRunner {
    let gateway: SimulatedGateway
    private let report: (String) -> Void
    /// What somebody has in hand in the app, by facility and ABHA address.
    private var hands: [TokenHolder: AppHand] = [:]
    private var current = TokenHolder(facility: "HIP1", abhaAddress: "")
    private var version = GatewayProtocol.v05
    /// What answers of `call` were kept for later steps.
    var kept: [String: String] = [:]

    /// A runner; `report` gets one line for each step.
    public init(_ gateway: SimulatedGateway, report: @escaping (String) -> Void) {
        self.gateway = gateway
        self.report = report
    }

    /// Plays every step, also after one that failed.
    ///
    /// - Returns: whether each got the answer that it expects, and no message of the HRP's was refused for
    ///   its form.
    public func run(_ script: GatewayScript) -> Bool {
        var failures = 0
        for step in script.steps {
            if let note = step.value["say"]?.text { report("     \(note)") }
            let before = gateway.complaints.count
            let begin = WireMoment.now
            let (isGood, words) = outcome(of: step)
            let name = step.deed.rawValue
            let padded = name + String(repeating: " ", count: max(0, 14 - name.count))
            let who = current.abhaAddress.isEmpty ? "" : "\(current.abhaAddress): "
            report(
                "\(isGood ? "ok  " : "FAIL") \(step.number). \(padded)\(who)\(words)"
                    + " (\(WireMoment.now - begin) ms)")
            for complaint in gateway.complaints.dropFirst(before) {
                report("     refused \(complaint)")
            }
            if !isGood { failures += 1 }
        }
        report(failures == 0 ? "every step was answered as expected" : "\(failures) steps failed")
        return failures == 0
    }

    private func outcome(of step: ScriptStep) -> (Bool, String) {
        do throws(StepFailure) {
            return (true, try perform(step))
        } catch {
            return (false, error.reason)
        }
    }

    private func perform(_ step: ScriptStep) throws(StepFailure) -> String {
        choosePerson(step.value)
        switch step.deed {
        case .discover: return try discover(step)
        case .link: return try link(step)
        case .confirm: return try confirm(step)
        case .share: return try share(step)
        case .status:
            let status = step.value["status"]?.text ?? "DEACTIVATED"
            let sent = AppCallbacks.status(
                status, of: hands[current]?.user ?? .nobody, version, facility: current.facility)
            _ = try exchange(sent, .onStatus, nil, step)
            return "\(status) was taken note of"
        case .awaitLink: return try awaitLink(step)
        case .readCode:
            let mobile = hands[current]?.user.mobileDigits ?? ""
            kept[step.value["as"]?.text ?? "code"] =
                try waitFor("no short message came") { $0.passwords.removeValue(forKey: mobile) }
            return "a short message has come"
        case .approve: return try approve(step)
        case .awaitMessage:
            let path = step.value["path"]?.text ?? ""
            _ = try waitFor("nothing was sent to \(path)") { desk in
                desk.taken.contains { $0.entry.path.hasSuffix(path) } ? true : nil
            }
            return "\(path) was called"
        case .heartbeat, .call: return try call(step)
        case .fault:
            let kind = step.value["kind"]?.text.flatMap(InjectedFault.Kind.init) ?? .slow
            let fault = InjectedFault(
                kind, count: max(1, step.value["count"]?.integer ?? 1),
                path: step.value["path"]?.text ?? "")
            gateway.desk.withLock { $0.faults.append(fault) }
            return "from now on \(kind.rawValue), \(fault.count) times"
        case .wait:
            let milliseconds = step.value["milliseconds"]?.integer ?? 1000
            usleep(UInt32(clamping: milliseconds * 1000))
            return "\(milliseconds) ms"
        }
    }

    /// Takes over what a step says of a person; what it does not say stays as it was.
    private func choosePerson(_ value: WireValue) {
        if let facility = value["facility"]?.text { current.facility = facility }
        if let address = value["abhaAddress"]?.text { current.abhaAddress = address }
        if let said = value["version"]?.text.flatMap(GatewayProtocol.init) { version = said }
        guard !current.abhaAddress.isEmpty else { return }
        var user = gateway.desk.withLock { $0.users[current.abhaAddress] } ?? .nobody
        user.abhaAddress = current.abhaAddress
        user.abhaNumber = value["abhaNumber"]?.text ?? user.abhaNumber
        user.name = value["name"]?.text ?? user.name
        user.gender = value["gender"]?.text ?? user.gender
        user.yearOfBirth = value["yearOfBirth"]?.integer ?? user.yearOfBirth
        user.mobile = value["mobile"]?.text ?? user.mobile
        gateway.desk.withLock { $0.users[current.abhaAddress] = user }
        hands[current, default: AppHand()].user = user
    }

    private func discover(_ step: ScriptStep) throws(StepFailure) -> String {
        var hand = hands[current] ?? AppHand()
        hand.transaction = WireMoment.freshID()
        hand.groups = []
        hand.linkReference = nil
        defer { hands[current] = hand }
        let sent = AppCallbacks.discover(
            hand.user, transaction: hand.transaction, medicalRecord: step.value["mr"]?.text,
            version,
            facility: current.facility)
        guard let body = try exchange(sent, .onDiscover, hand.transaction, step) else {
            return step.expectedWords
        }
        hand.groups = body["patient"]?.elements ?? [body["patient"] ?? .null]
        let references = CareContextList.references(hand.groups)
        let linked = gateway.desk.withLock { $0.linked[current, default: []] }
        guard linked.isDisjoint(with: references) else {
            throw StepFailure("offers contexts again that are linked already")
        }
        if let count = step.value["contexts"]?.integer, count != references.count {
            throw StepFailure("found \(references.count) contexts, not \(count)")
        }
        let reference = hand.groups.first?["referenceNumber"]?.text ?? ""
        return "found \(reference) with \(references.count) care contexts"
    }

    private func link(_ step: ScriptStep) throws(StepFailure) -> String {
        var hand = hands[current] ?? AppHand()
        defer { hands[current] = hand }
        if let wanted = step.value["choose"]?.elements {
            let wanted = Set(wanted.compactMap(\.text))
            hand.groups = hand.groups.map { group in
                let contexts = (group["careContexts"]?.elements ?? []).filter {
                    wanted.contains($0["referenceNumber"]?.text ?? "")
                }
                return group.with("careContexts", .list(contexts))
            }.filter { $0["careContexts"]?.elements?.isEmpty == false }
        }
        // Whoever has found nothing may still ask for something.
        if hand.groups.isEmpty { hand.groups = [AppHand.inventedGroup] }
        // An older password is of no use for this link.
        let mobile = hand.user.mobileDigits
        gateway.desk.withLock { $0.passwords[mobile] = nil }
        let sent = AppCallbacks.link(
            hand.user, transaction: hand.transaction, groups: hand.groups, version,
            facility: current.facility)
        guard let body = try exchange(sent, .onLinkInit, hand.transaction, step) else {
            return step.expectedWords
        }
        hand.linkReference = body["link"]?["referenceNumber"]?.text
        let hint = body["link"]?["meta"]?["communicationHint"]?.text ?? "nobody"
        let count = CareContextList.references(hand.groups).count
        return "chose \(count), a password went to \(hint)"
    }

    private func confirm(_ step: ScriptStep) throws(StepFailure) -> String {
        let hand = hands[current] ?? AppHand()
        var password = step.value["otp"]?.text ?? "sent"
        if password == "sent" {
            let mobile = hand.user.mobileDigits
            password = try waitFor("no short message came") { $0.passwords[mobile] }
        }
        let sent = AppCallbacks.confirm(
            reference: hand.linkReference ?? WireMoment.freshID(), password: password, version,
            facility: current.facility)
        guard let body = try exchange(sent, .onLinkConfirm, nil, step) else {
            return step.expectedWords
        }
        let linked = CareContextList.references(
            body["patient"]?.elements ?? [body["patient"] ?? .null])
        guard linked.sorted() == CareContextList.references(hand.groups).sorted() else {
            throw StepFailure("linked other contexts than were chosen")
        }
        gateway.desk.withLock { $0.linked[current, default: []].formUnion(linked) }
        return "\(linked.count) care contexts are linked"
    }

    private func share(_ step: ScriptStep) throws(StepFailure) -> String {
        let hand = hands[current] ?? AppHand()
        let counter = step.value["counter"]?.text ?? ""
        let sent = AppCallbacks.share(
            hand.user, counter: counter, version, facility: current.facility)
        guard let body = try exchange(sent, .onShare, nil, step) else {
            return step.expectedWords
        }
        let answer = body["acknowledgement"]
        guard (answer?["healthId"] ?? answer?["abhaAddress"])?.text == current.abhaAddress,
            answer?["status"]?.text == "SUCCESS",
            let queue = (answer?["tokenNumber"] ?? answer?["profile"]?["tokenNumber"])?.text,
            !queue.isEmpty
        else { throw StepFailure("the acknowledgement is not of success, or another's") }
        if let wanted = step.value["queue"]?.text, wanted != queue {
            throw StepFailure("has number \(queue) in the queue, not \(wanted)")
        }
        return "shared at \(counter), number \(queue) in the queue"
    }

    private func approve(_ step: ScriptStep) throws(StepFailure) -> String {
        let holder = current
        let transaction = try waitFor("nobody asked in the app") {
            $0.approvals.removeValue(forKey: holder)
        }
        let isYes = step.value["status"]?.text != "DENIED"
        let token = isYes ? gateway.linkToken(holder) : nil
        if let token { gateway.desk.withLock { $0.linkTokens[token] = holder } }
        let sent = AppCallbacks.approval(
            hands[current]?.user ?? .nobody, transaction: transaction, token: token,
            facility: current.facility)
        guard try exchange(sent, .onAuthNotify, nil, step) != nil else {
            return step.expectedWords
        }
        return isYes ? "agreed in the app" : "did not agree in the app"
    }

    private func awaitLink(_ step: ScriptStep) throws(StepFailure) -> String {
        let reference = step.value["reference"]?.text ?? ""
        let holder = current
        _ = try waitFor("\(reference) was not linked") { desk in
            desk.linked[holder, default: []].contains(reference) ? true : nil
        }
        return "\(reference) was linked by the facility"
    }
}

/// What somebody has in hand in the app.
private struct AppHand {
    var user = AppUser.nobody
    var transaction = WireMoment.freshID()
    /// What was found; after choosing, what was chosen.
    var groups: [WireValue] = []
    var linkReference: String?

    static let inventedGroup: WireValue = [
        "referenceNumber": "nobody", "hiType": "Prescription",
        "careContexts": [["referenceNumber": "nothing"]],
    ]
}

extension AppUser {
    static let nobody = AppUser(
        abhaAddress: "", abhaNumber: nil, name: "", gender: "U", yearOfBirth: 1980, mobile: nil)
}

/// Why a step failed.
struct StepFailure: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
