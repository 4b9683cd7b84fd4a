internal import JSON
internal import Matcher

/// What is to be done about a message after a try to deliver it.
public enum DeliveryVerdict: String, CaseIterable, Sendable {
    /// It has arrived.
    case delivered
    /// It has arrived before: the gateway remembers an earlier try.
    case duplicate
    /// The trouble may pass: try again later.
    case retry
    /// The session token is no longer good: get another one and try again at once.
    case refreshToken
    /// The patient's linking token is no longer good: throw it away and ask for another one.
    case reauthenticate
    /// It will never be taken as it is: a person has to look at it.
    case never

    /// Sorts what came back.
    ///
    /// - Parameters:
    ///   - status: the HTTP status; nil where there was no reply at all.
    ///   - body: the reply's body, in any of the shapes in which errors have been seen.
    /// - Returns: what is to be done.
    /// - Source: ABDM's error codes, v0.5 and v3, with the texts where one code has several meanings.
    public static func of(status: Int?, body: Span<UInt8>) -> DeliveryVerdict {
        guard let status else { return .retry }
        if (200..<300).contains(status) { return .delivered }
        let error = GatewayError(body)
        if status == 401 || error.isSessionTokenFault { return .refreshToken }
        if error.isDuplicate { return .duplicate }
        if error.isLinkTokenFault { return .reauthenticate }
        if error.isBlock { return .never }
        // The status is not reliable, so that a code that tells of passing trouble wins.
        if status >= 500 || status == 408 || status == 429 || error.isPassing { return .retry }
        return .never
    }

    /// What a refusal says, for whoever decides what to do about it.
    ///
    /// - Parameter body: the reply's body.
    /// - Returns: code and meaning, without its words.
    public static func refusal(in body: Span<UInt8>) -> GatewayRefusal {
        let error = GatewayError(body)
        return GatewayRefusal(code: error.code.map { String($0) } ?? "", message: error.words)
    }

    /// How long to wait before the next try: doubled each time up to the longest wait, and spread out.
    ///
    /// - Parameters:
    ///   - attempts: how many tries have failed, from 1.
    ///   - spread: 0..<1, at random, so that messages that failed together do not come back together.
    ///   - longestMinutes: the longest wait, in minutes.
    /// - Returns: milliseconds, from half of the full wait to all of it.
    public static func waitMilliseconds(
        attempts: Int, spread: Double, longestMinutes: Int = 10
    ) -> Int64 {
        let longest = 60_000.0 * Double(longestMinutes)
        let full = min(longest, 1000.0 * Double(1 << min(max(attempts - 1, 0), 20)))
        return Int64(full / 2 + full / 2 * min(max(spread, 0), 1))
    }
}

/// What a refusal says of itself: a code and words.
private struct GatewayError {
    /// Digits only: `ABDM-1010: ` is 1010; nil where there is none.
    private(set) var code: Int?
    private(set) var words = ""

    init(_ body: Span<UInt8>) {
        guard !body.isEmpty else { return }
        var document = JSONDocument()
        guard (try? document.parse(body)) != nil else { return }
        var node = document.root
        if document.kind(of: node) == .array {
            var elements = document.elements(of: node)
            guard let first = elements.next(in: document) else { return }
            node = first
        }
        guard document.kind(of: node) == .object else { return }
        if let inner = document.member("error", of: node), document.kind(of: inner) == .object {
            node = inner
        }
        if let code = document.member("code", of: node) {
            if document.kind(of: code) == .string {
                let digits = document.text(of: code).filter { ("0"..."9").contains($0) }
                self.code = digits.isEmpty ? nil : Int(digits)
            } else {
                self.code = document.integer(of: code).flatMap { Int(exactly: $0) }
            }
        }
        if let message = document.member("message", of: node),
            document.kind(of: message) == .string
        {
            words = document.text(of: message).lowercased()
        }
    }

    /// API manager's 9009xx, and the gateway's "unauthorised".
    var isSessionTokenFault: Bool {
        guard let code else { return false }
        return (900_900...900_999).contains(code) || code == 2401
    }

    /// Our answer, or our request, is known already.
    var isDuplicate: Bool {
        guard let code else { return false }
        return (1103...1108).contains(code) || code == 1092 || words.contains("duplicate hip link")
    }

    /// The patient's linking token expired, or is another patient's or facility's.
    var isLinkTokenFault: Bool {
        guard let code else { return false }
        switch code {
        case 1026, 1038: return true
        case 1062, 1063: return words.contains("token")
        case 1401: return words.contains("token")
        default: return false
        }
    }

    /// Blocked for a day.
    var isBlock: Bool { code == 1027 || code == 1423 }

    /// Trouble on the other side.
    var isPassing: Bool {
        guard let code else { return false }
        switch code {
        case 1000, 1007, 1011, 1018, 1019, 1020, 1022, 1024, 1028, 1029, 1034, 1045, 1048, 1201:
            return true
        case 1500, 1503, 1504, 1511, 2429, 2503...2506: return true
        // "No care context linked with given reference number": said to whoever comes too soon.
        case 1006: return words.contains("no care context linked")
        case 9999:
            return words.contains("unavailable") || words.contains("unable")
                || words.contains("at the moment") || words.contains("try later")
        default: return false
        }
    }
}
