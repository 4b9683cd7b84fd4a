internal import Matcher

/// A way for a patient to let a facility link records, of v0.5.
public enum AuthenticationMode: String, CaseIterable, Sendable {
    /// What the patient said of themselves is compared.
    case demographics = "DEMOGRAPHICS"
    /// The patient gets a code by ABDM's short message, and says it at the desk.
    case mobileCode = "MOBILE_OTP"
    /// The same with the mobile that Aadhaar has.
    case aadhaarCode = "AADHAAR_OTP"
    /// The patient agrees in their app.
    case direct = "DIRECT"
}

/// An authentication that a desk has begun, as far as it has come.
public struct DeskAuthentication: Equatable, Sendable {
    /// Where it stands.
    public enum State: String, CaseIterable, Sendable {
        /// ABDM's answer is awaited.
        case asked
        /// The desk chooses one of the modes.
        case choosing
        /// The desk types the code that the patient got.
        case codeAwaited
        /// The patient agrees in their app, or does not.
        case approvalAwaited
        /// There is a linking token.
        case granted
        /// ABDM or the patient said no.
        case refused
    }

    /// Our id of it.
    public var id: String
    /// The profile that it is about.
    public var profileID: String
    /// The facility that asks.
    public var facility: String
    /// Whose agreement is asked for.
    public var address: PatientAddress
    /// How; nil until the desk has chosen.
    public var mode: AuthenticationMode?
    /// Where it stands.
    public var state: State
    /// ABDM's id of it; empty before ABDM has begun.
    public var transactionID: String
    /// What ABDM offers; empty where nobody asked.
    public var modes: [String]
    /// Where a code went, as ABDM says it; empty where it does not.
    public var hint: String
    /// When nobody waits for it any longer.
    public var deadline: WireTime
    /// ABDM's code of the last refusal; 0 where there was none.
    public var problem: Int

    /// An authentication that nobody has answered yet.
    public init(
        id: String, profileID: String, facility: String, address: PatientAddress,
        mode: AuthenticationMode?, deadline: WireTime
    ) {
        self.id = id
        self.profileID = profileID
        self.facility = facility
        self.address = address
        self.mode = mode
        state = .asked
        transactionID = ""
        modes = []
        hint = ""
        self.deadline = deadline
        problem = 0
    }

    /// Whether it may still give a token.
    public func isOpen(at now: WireTime) -> Bool {
        ![.granted, .refused].contains(state) && now < deadline
    }

    /// Ends it without a token.
    ///
    /// - Parameter code: ABDM's; 0 where there is none, which counts as a failure of its own.
    public mutating func refuse(code: Int) {
        state = .refused
        problem = code == 0 ? 1500 : code
    }

    /// What the last refusal means, for whoever stands at the desk; nil where there was none.
    public var meaning: StaticString? {
        switch problem {
        case 0: nil
        case 1405: "the code is not the one that was sent"
        case 1406: "the code has expired; begin again"
        case 1407: "too many codes were asked for; try again later"
        case 1408: "too many wrong codes; begin again"
        case 1414, 1437: "ABDM does not know this ABHA address"
        case 1423: "ABDM has blocked this address for a while"
        case 1441: "what was said or typed does not agree with what ABDM has of this person"
        default: "ABDM refused"
        }
    }
}

/// What a desk does about an authentication.
public enum DeskAuthenticationStep: Equatable, Sendable {
    /// Asks which modes there are.
    case askModes
    /// Begins by a mode.
    case begin(AuthenticationMode)
    /// Hands over the code that the patient said.
    case code(String)
}

/// The word of a patient who was asked in their app.
public struct AuthenticationNotice: Equatable, Sendable {
    /// ABDM's id of the authentication.
    public var transactionID: String
    /// The linking token; nil where the patient said no.
    public var token: String?

    /// A notice from its parts.
    public init(transactionID: String, token: String?) {
        self.transactionID = transactionID
        self.token = token
    }
}

/// What comes of something that happened to an authentication.
public struct AuthenticationMove: Equatable, Sendable {
    /// The authentication as it stands from now on.
    public var authentication: DeskAuthentication
    /// What is asked of ABDM; nil for nothing.
    public var request: OwnRequest?
    /// The token that it gave; nil for none.
    public var token: GrantedToken?

    init(
        _ authentication: DeskAuthentication, request: OwnRequest? = nil,
        token: GrantedToken? = nil
    ) {
        self.authentication = authentication
        self.request = request
        self.token = token
    }
}

/// Authentications that a desk begins: by what the patient said, by a code, or by the patient's app.
public enum AuthenticationFlow {
    /// How long ABDM may take, and a patient, where ABDM does not say, in minutes.
    static let minutes = 10
    /// ABDM's own limit is two hours; nothing is waited for longer.
    static let minutesMax = 120

    /// Begins, by a mode or with the question which there are.
    ///
    /// - Parameters:
    ///   - mode: by which; nil for the question.
    ///   - queued: whom it is about.
    ///   - version: the protocol that the facility speaks; v3 has one way only, and no question.
    ///   - id: a fresh id.
    ///   - now: the time.
    /// - Returns: what to keep and to ask; nil where the facility's protocol has no such way.
    public static func begin(
        _ mode: AuthenticationMode?, _ queued: QueuedProfile, _ version: WireVersion, id: String,
        now: WireTime
    ) -> AuthenticationMove? {
        let address = queued.profile.address
        let authentication = DeskAuthentication(
            id: id, profileID: queued.id, facility: queued.facility, address: address, mode: mode,
            deadline: now.adding(minutes: minutes))
        switch version {
        case .v3:
            guard mode == .demographics else { return nil }
            return AuthenticationMove(
                authentication,
                request: .linkingToken(for: address, PatientClaim(queued.profile)))
        case .gateway:
            return AuthenticationMove(
                authentication,
                request: mode.map { .authentication(of: address, by: $0) } ?? .modes(of: address))
        }
    }

    /// Hands a code over.
    ///
    /// - Returns: nil where none is awaited.
    public static func type(
        _ code: String, _ authentication: DeskAuthentication, now: WireTime
    ) -> AuthenticationMove? {
        guard authentication.isOpen(at: now), authentication.state == .codeAwaited else {
            return nil
        }
        var next = authentication
        next.state = .asked
        next.problem = 0
        return AuthenticationMove(
            next,
            request: .code(
                code, transactionID: authentication.transactionID, of: authentication.address))
    }

    /// Takes an answer of ABDM in.
    ///
    /// - Parameters:
    ///   - answer: what ABDM says.
    ///   - authentication: what it is about.
    ///   - claim: what the patient said of themselves.
    ///   - now: the time.
    /// - Returns: what comes of it; nil where the answer is to nothing that is awaited.
    public static func take(
        _ answer: OwnRequestAnswer, _ authentication: DeskAuthentication, claim: PatientClaim,
        now: WireTime
    ) -> AuthenticationMove? {
        // The patient's word can be faster than the answer that the question has been put.
        guard authentication.state == .asked else { return nil }
        var next = authentication
        switch answer {
        case .modes(let modes):
            guard authentication.mode == nil else { return nil }
            next.modes = modes
            next.state = .choosing
            return AuthenticationMove(next)
        case .begun(let begun):
            guard authentication.transactionID.isEmpty else { return nil }
            next.transactionID = begun.transactionID
            next.hint = begun.hint
            let latest = now.adding(minutes: minutesMax)
            next.deadline = min(begun.expires ?? now.adding(minutes: minutes), latest)
            switch authentication.mode {
            case .demographics, nil:
                return AuthenticationMove(
                    next,
                    request: .confirmation(
                        of: authentication.address, transactionID: begun.transactionID, claim))
            case .mobileCode, .aadhaarCode: next.state = .codeAwaited
            case .direct: next.state = .approvalAwaited
            }
            return AuthenticationMove(next)
        case .token(let token):
            next.state = .granted
            return AuthenticationMove(next, token: token)
        // An earlier try arrived whose reply was lost: its answer is still to come.
        case .refused(let refusal) where refusal.isRepeat: return nil
        case .refused(let refusal):
            next.refuse(code: refusal.code)
            let isCode = [.mobileCode, .aadhaarCode].contains(authentication.mode)
            let mayTypeAgain =
                isCode && !authentication.transactionID.isEmpty
                && [1405, 1441].contains(refusal.code)
            if mayTypeAgain { next.state = .codeAwaited }
            return AuthenticationMove(next)
        case .linked, .delivered: return nil
        }
    }

    /// Takes the patient's word in.
    ///
    /// - Returns: nil where it is about nothing that is awaited.
    public static func take(
        _ notice: AuthenticationNotice, _ authentication: DeskAuthentication, now: WireTime
    ) -> AuthenticationMove? {
        guard authentication.mode == .direct, authentication.isOpen(at: now) else { return nil }
        var next = authentication
        next.state = notice.token == nil ? .refused : .granted
        return AuthenticationMove(next, token: notice.token.map { GrantedToken($0) })
    }
}
