internal import Glibc
internal import Synchronization

extension ScriptRunner {
    /// Sends a callback and waits for what it is answered with.
    ///
    /// - Parameters:
    ///   - callback: what is sent.
    ///   - kind: of the answer.
    ///   - transaction: that the answer must name; nil where it names none.
    ///   - step: what is expected.
    /// - Returns: the answer; nil where the step expects an error or a refusal, and that came.
    /// - Throws: `StepFailure` where another answer came, or none.
    func exchange(
        _ callback: OutgoingCallback, _ kind: MessageKind, _ transaction: String?,
        _ step: ScriptStep
    ) throws(StepFailure) -> WireValue? {
        gateway.desk.withLock { desk in
            desk.open[callback.requestID] = OpenCallback(
                kind: kind, facility: callback.facility, transaction: transaction)
            if step.isTwice { desk.faults.append(InjectedFault(.duplicate, path: callback.path)) }
        }
        let status = gateway.send(callback, token: step.token)
        guard step.token == .good else {
            guard status == 401 else { throw StepFailure("a bad token was met with \(status)") }
            return nil
        }
        guard status == 202 || (status == 200 && callback.version == .v3) else {
            if "\(status)" == step.expectation { return nil }
            throw StepFailure("the callback was met with \(status), not with 202")
        }
        let answer = try waitFor("no answer came") { $0.open[callback.requestID]?.answers.first }
        if step.isTwice { try checkRepeats(of: callback) }
        let code = answer.body["error"]?["code"]
        let said = code?.text ?? code?.integer.map { "\($0)" } ?? "ok"
        guard said == step.expectation else {
            throw StepFailure("was answered \(said), not \(step.expectation)")
        }
        guard said == "ok" else { return nil }
        return answer.body
    }

    /// However often a callback is answered, each answer says the same.
    private func checkRepeats(of callback: OutgoingCallback) throws(StepFailure) {
        usleep(500_000)
        let answers = gateway.desk.withLock { $0.open[callback.requestID]?.answers ?? [] }
        let contents = answers.map { $0.body.without("requestId").without("timestamp").bytes }
        guard Set(contents).count == 1 else {
            throw StepFailure("two callbacks of one id were answered differently")
        }
    }

    /// Looks at the desk again and again until it has something.
    func waitFor<Found>(
        _ problem: String, _ look: (inout GatewayDesk) -> Found?
    ) throws(StepFailure) -> Found {
        let end = WireMoment.now + gateway.options.patienceSeconds * 1000
        while true {
            if let found = gateway.desk.withLock({ look(&$0) }) { return found }
            guard WireMoment.now < end else {
                throw StepFailure("\(problem) within \(gateway.options.patienceSeconds) seconds")
            }
            usleep(5000)
        }
    }

    /// Calls the HRP as its own back end would; `{name}` stands for what an earlier call has kept.
    func call(_ step: ScriptStep) throws(StepFailure) -> String {
        let isHeartbeat = step.deed == .heartbeat
        let path = filled(step.value["path"]?.text ?? (isHeartbeat ? "/v0.5/heartbeat" : "/"))
        var body = step.value["body"].map { Array(filled(text($0)).utf8) }
        if let text = step.value["text"]?.text { body = Array(filled(text).utf8) }
        let method = step.value["method"]?.text ?? (body == nil ? "GET" : "POST")
        let facility = step.value["facility"]?.text ?? "HIP1"
        var headers = ["X-HIP-ID: \(facility)"]
        if step.value["text"] != nil { headers.append("Content-Type: text/plain") }
        let end = WireMoment.now + gateway.options.patienceSeconds * 1000
        var outcome: CallOutcome
        var isMet = true
        repeat {
            outcome = CallSending.send(
                method, gateway.options.callbackBase + path, headers: headers,
                body: body ?? (method == "GET" ? nil : []))
            isMet = Self.meets(step.value["until"], outcome)
            if outcome.status == 0 || !isMet { usleep(50_000) }
            // A heartbeat is also how a script waits for an HRP that is about to start.
        } while (isHeartbeat && outcome.status == 0 || !isMet) && WireMoment.now < end
        guard isMet else { throw StepFailure("\(method) \(path) never said what was waited for") }
        let wanted = step.value["status"]?.integer ?? 200
        guard outcome.status == wanted else {
            throw StepFailure("\(method) \(path) was met with \(outcome.status), not \(wanted)")
        }
        let answer = WireValue(parsing: outcome.body) ?? .null
        for member in step.value["take"]?.members ?? [] {
            let place = member.value.text ?? ""
            guard let found = Self.value(at: place, in: answer) else {
                throw StepFailure("\(method) \(path) has no \(place)")
            }
            kept[member.name] = found
        }
        return "\(method) \(path) is \(outcome.status)"
    }

    /// Whether an answer has at each place what it is asked again for.
    private static func meets(_ wanted: WireValue?, _ outcome: CallOutcome) -> Bool {
        let answer = WireValue(parsing: outcome.body) ?? .null
        return (wanted?.members ?? []).allSatisfy { member in
            Self.value(at: member.name, in: answer) == member.value.text
        }
    }

    private func text(_ value: WireValue) -> String {
        String(decoding: value.bytes, as: UTF8.self)
    }

    private func filled(_ text: String) -> String {
        var text = text
        for (name, value) in kept {
            let parts = text.split(
                separator: "{\(name)}", omittingEmptySubsequences: false)
            text = parts.joined(separator: value)
        }
        return text
    }

    /// What stands at a place such as `profiles.0.id`, as text.
    private static func value(at place: String, in answer: WireValue) -> String? {
        var value: WireValue? = answer
        for part in place.split(separator: ".") {
            if let index = Int(part) {
                let elements = value?.elements ?? []
                value = elements.indices.contains(index) ? elements[index] : nil
            } else {
                value = value?[String(part)]
            }
        }
        return value?.text ?? value?.integer.map { "\($0)" }
    }
}
