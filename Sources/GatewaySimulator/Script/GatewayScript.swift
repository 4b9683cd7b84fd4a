/// What is wrong with a script.
public struct ScriptError: Error, Equatable, Sendable {
    /// Which step, from 1; 0 for the script as a whole.
    public let step: Int
    /// What is wrong, naming members only.
    public let reason: String
}

/// What people do in the simulated PHR app, step by step.
public struct GatewayScript: Sendable {
    let steps: [ScriptStep]

    /// Reads a JSON array, or one JSON object a line.
    ///
    /// - Throws: `ScriptError`; an unknown member is one, because it is most often misspelled.
    public init(parsing bytes: [UInt8]) throws(ScriptError) {
        var values: [WireValue] = []
        if let whole = WireValue(parsing: bytes), whole.elements != nil || whole.members != nil {
            values = whole.elements ?? [whole]
        } else {
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                guard let value = WireValue(parsing: Array(line)) else {
                    throw ScriptError(step: values.count + 1, reason: "is no JSON")
                }
                values.append(value)
            }
        }
        guard !values.isEmpty else { throw ScriptError(step: 0, reason: "has no steps") }
        var steps: [ScriptStep] = []
        for (place, value) in values.enumerated() {
            steps.append(try ScriptStep(value, number: place + 1))
        }
        self.steps = steps
    }
}

/// One step.
struct ScriptStep: Sendable {
    /// What can be done.
    enum Deed: String, CaseIterable, Sendable {
        /// Looks for records.
        case discover
        /// Chooses among what was found.
        case link
        /// Types the one-time password.
        case confirm
        /// Scans a counter's code.
        case share
        /// Leaves ABDM, or comes back.
        case status
        /// Waits until the HRP has linked a context by itself.
        case awaitLink = "await-link"
        /// Reads the code that a short message has brought, for a later step.
        case readCode = "read-code"
        /// Says yes or no to a facility that asks in the app.
        case approve
        /// Waits until the HRP has sent a message to a path.
        case awaitMessage = "await-message"
        /// Asks whether the HRP is there.
        case heartbeat
        /// Calls the HRP as its own back end would.
        case call
        /// Lets something go wrong from now on.
        case fault
        /// Lets time pass.
        case wait
    }

    let number: Int
    let deed: Deed
    let value: WireValue

    private static let person: Set<String> = [
        "abhaAddress", "abhaNumber", "name", "gender", "yearOfBirth", "mobile", "facility",
        "version",
    ]
    private static let callback: Set<String> = ["expect", "token", "twice"]

    init(_ value: WireValue, number: Int) throws(ScriptError) {
        guard let name = value["do"]?.text, let deed = Deed(rawValue: name) else {
            let names = Deed.allCases.map(\.rawValue).joined(separator: ", ")
            throw ScriptError(step: number, reason: "\"do\" is none of \(names)")
        }
        let own: Set<String> =
            switch deed {
            case .discover: ["mr", "contexts"]
            case .link: ["choose"]
            case .confirm: ["otp"]
            case .share: ["counter", "queue"]
            case .status: ["status"]
            case .awaitLink: ["reference"]
            case .readCode: ["as"]
            case .approve: ["status"]
            case .awaitMessage: ["path"]
            case .heartbeat, .wait: ["milliseconds"]
            case .call: ["method", "path", "body", "text", "status", "take", "until"]
            case .fault: ["kind", "count", "path"]
            }
        let known = own.union(Self.person).union(Self.callback).union(["do", "say"])
        for member in value.members ?? [] where !known.contains(member.name) {
            throw ScriptError(step: number, reason: "\"\(member.name)\" is no member of \(name)")
        }
        if let version = value["version"] {
            guard version.text.flatMap(GatewayProtocol.init) != nil else {
                throw ScriptError(step: number, reason: "\"version\" is neither v0.5 nor v3")
            }
        }
        if let token = value["token"], token.text.flatMap(CallbackToken.init) == nil {
            throw ScriptError(
                step: number, reason: "\"token\" is none of good, expired, forged, missing")
        }
        if deed == .fault, value["kind"]?.text.flatMap(InjectedFault.Kind.init) == nil {
            throw ScriptError(step: number, reason: "\"kind\" is no fault")
        }
        self.number = number
        self.deed = deed
        self.value = value
    }

    var token: CallbackToken { value["token"]?.text.flatMap(CallbackToken.init) ?? .good }
    var expectation: String { value["expect"]?.text ?? "ok" }
    /// What is said where the error or the refusal came that was expected.
    var expectedWords: String {
        (token == .good ? expectation : "a \(token.rawValue) token is refused") + ", as expected"
    }
    var isTwice: Bool { value["twice"] == .boolean(true) }
}
