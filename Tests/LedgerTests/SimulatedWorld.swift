internal import ABDM
internal import Ledger
internal import Postgres
internal import TestSupport

/// Ends the program before a statement, or lets the statement fail.
final class Fuse: @unchecked Sendable {
    /// As a database fails whose connection is gone in the middle of a transaction.
    static let failure = LedgerError.postgres(.connectionLost)

    var statementsLeft: Int?
    var statementsUntilFailure: Int?
    var isBurnt = false

    func burn() throws(LedgerError) {
        guard !isBurnt else { throw .stopped }
        if let left = statementsUntilFailure {
            statementsUntilFailure = left > 0 ? left - 1 : nil
            if left == 0 { throw Self.failure }
        }
        guard let left = statementsLeft else { return }
        guard left > 0 else {
            isBurnt = true
            throw .stopped
        }
        statementsLeft = left - 1
    }
}

/// What the consent manager knows of linking tokens: whom it gave them, and what was linked by them.
struct TokenNetwork {
    /// The request id of the last try of each message.
    var lastTry: [Int64: String] = [:]
    /// Contexts that were linked by a token: facility, address, reference.
    private(set) var linked: Set<String> = []
    var violations: [String] = []
    /// Transactions and tokens, with facility and address.
    private var transactions: [String: String] = [:]
    private var tokens: [String: String] = [:]
    /// Whom somebody is asked about in their app, and in which transaction.
    private var inApp: (transaction: String, whose: String)?
    /// The message that used a token.
    private var users: [String: Int64] = [:]
    /// When a token was asked for in v3 last, by facility and address.
    private var asked: [String: WireTime] = [:]
    private var count = 0

    var directTokenCount: Int { users.keys.count { $0.hasPrefix("direct") } }

    /// Whether a token was asked for a short time ago: ABDM remembers that, whatever became of it.
    mutating func knows(_ entry: OutboxEntry, _ tree: JSONTree, at now: WireTime) -> Bool {
        guard entry.message.destination.path == generatePath else { return false }
        let whose = "\(entry.message.facility) \(tree["abhaAddress"]?.text ?? "")"
        if let last = asked[whose], abs(now.milliseconds - last.milliseconds) < 4 * 3_600_000 {
            return true
        }
        asked[whose] = now
        return false
    }

    /// Answers a request of the facility's: the path and the members of the callback.
    mutating func answer(
        _ entry: OutboxEntry, _ tree: JSONTree, isKind: Bool
    ) -> (path: String, members: String) {
        let facility = entry.message.facility
        count += 1
        switch entry.message.destination.path {
        case "/v0.5/users/auth/init":
            let whose = "\(facility) \(tree["query"]?["id"]?.text ?? "")"
            transactions["x\(count)"] = whose
            if tree["query"]?["authMode"]?.text == "DIRECT" { inApp = ("x\(count)", whose) }
            return (
                "/v0.5/users/auth/on-init",
                "\"auth\":{\"transactionId\":\"x\(count)\",\"mode\":\"DEMOGRAPHICS\"}"
            )
        case "/v0.5/users/auth/fetch-modes":
            return (
                "/v0.5/users/auth/on-fetch-modes",
                "\"auth\":{\"purpose\":\"LINK\",\"modes\":[\"MOBILE_OTP\"]}"
            )
        case "/v0.5/users/auth/confirm":
            let path = "/v0.5/users/auth/on-confirm"
            guard let whose = transactions[tree["transactionId"]?.text ?? ""], isKind else {
                return (path, "\"auth\":null,\"error\":{\"code\":1441,\"message\":\"Invalid\"}")
            }
            tokens["token\(count)"] = whose
            return (path, "\"auth\":{\"accessToken\":\"token\(count)\"},\"error\":null")
        case generatePath:
            let path = "/api/v3/hip/token/on-generate-token"
            guard isKind else {
                return (path, "\"error\":{\"code\":\"ABDM-1100\",\"message\":\"Mismatch\"}")
            }
            tokens["token\(count)"] = "\(facility) \(tree["abhaAddress"]?.text ?? "")"
            return (path, "\"linkToken\":\"token\(count)\",\"error\":null")
        case "/hip/v3/link/context/notify":
            return ("/api/v3/links/context/on-notify", hear(entry, tree, isKind: isKind))
        case "/hip/v3/link/carecontext":
            return ("/api/v3/link/on_carecontext", link(entry, tree, isKind: isKind))
        case "/v0.5/links/context/notify": return (onNotifyPath, hear(entry, tree, isKind: isKind))
        default: return (onAddPath, link(entry, tree, isKind: isKind))
        }
    }

    /// What somebody says who was asked in their app, once; nil where nobody was.
    mutating func approval(isKind: Bool) -> String? {
        guard let inApp else { return nil }
        self.inApp = nil
        guard isKind else {
            return "\"auth\":{\"transactionId\":\"\(inApp.transaction)\",\"status\":\"DENIED\"}"
        }
        tokens["direct\(inApp.transaction)"] = inApp.whose
        return "\"auth\":{\"transactionId\":\"\(inApp.transaction)\",\"status\":\"GRANTED\","
            + "\"accessToken\":\"direct\(inApp.transaction)\"}"
    }

    /// News of a context that is linked: of the person's own record, at the facility that tells it.
    private mutating func hear(_ entry: OutboxEntry, _ tree: JSONTree, isKind: Bool) -> String {
        let news = tree["notification"]
        let address = news?["patient"]?["id"]?.text ?? ""
        let owner = address == "ravi@sbx" ? "P-1002" : "P-1001"
        if news?["hip"]?["id"]?.text != entry.message.facility
            || news?["careContext"]?["patientReference"]?.text != owner
        {
            violations.append("a person was told of another's context")
        }
        return isKind
            ? "\"acknowledgement\":{\"status\":\"SUCCESS\"},\"error\":null"
            : "\"error\":{\"code\":1500,\"message\":\"something\"}"
    }

    private let generatePath = "/v3/token/generate-token"
    private let onNotifyPath = "/v0.5/links/context/on-notify"
    private let onAddPath = "/v0.5/links/link/on-add-contexts"

    private mutating func link(_ entry: OutboxEntry, _ tree: JSONTree, isKind: Bool) -> String {
        // That of v3 stands in a header, and serves more than once.
        let isReusable = entry.message.linkToken != nil
        let token = entry.message.linkToken ?? tree["link"]?["accessToken"]?.text ?? ""
        guard let whose = tokens[token], whose.hasPrefix(entry.message.facility + " ") else {
            violations.append("a token was used that was given to nobody here")
            return "\"error\":{\"code\":1401,\"message\":\"invalid token\"}"
        }
        if !isReusable, let user = users[token], user != entry.id {
            violations.append("a token was used for two requests")
        }
        // The same request again, whose reply was lost: the token has been used.
        guard users.updateValue(entry.id, forKey: token) == nil || isReusable else {
            return "\"error\":{\"code\":1401,\"message\":\"invalid token\"}"
        }
        let patients = tree["patient"]?.elements ?? tree["link"]?["patient"].map { [$0] } ?? []
        let contexts = patients.flatMap { $0["careContexts"]?.elements ?? [] }
        let keys = contexts.map { "\(whose) \($0["referenceNumber"]?.text ?? "")" }
        guard keys.allSatisfy({ !linked.contains($0) }) else {
            return "\"error\":{\"code\":1439,\"message\":\"already linked\"}"
        }
        guard isKind else { return "\"error\":{\"code\":1500,\"message\":\"something\"}" }
        linked.formUnion(keys)
        return "\"acknowledgement\":{\"status\":\"SUCCESS\"},\"error\":null"
    }
}
