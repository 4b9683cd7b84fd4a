/// What the gateway does wrong, to a number of messages.
public struct InjectedFault: Sendable, Equatable {
    /// The ways to go wrong.
    public enum Kind: String, Sendable, CaseIterable {
        /// The answer comes late.
        case slow
        /// 500 and nothing happens.
        case failure = "5xx"
        /// 429 with `Retry-After: 1` and nothing happens.
        case busy = "429"
        /// The connection is closed and nothing happens.
        case dropBefore = "drop-before"
        /// What was asked happens, and the connection is closed without an answer.
        case dropAfter = "drop-after"
        /// Every session that is under way has expired.
        case expiredToken = "expired-token"
        /// The gateway's next callback goes out twice under one request id.
        case duplicate
        /// The next callback that the gateway owes goes out behind another one, or a second late.
        case reorder
    }

    /// Which way.
    public var kind: Kind
    /// To how many messages, 1...1000.
    public var count: Int
    /// The end of the path that it happens to; empty for every path.
    public var path: String

    /// A fault from its parts.
    public init(_ kind: Kind, count: Int = 1, path: String = "") {
        self.kind = kind
        self.count = count
        self.path = path
    }

    /// Reads a list such as `slow:2,429,drop-after:3`; nil where it is none.
    public static func list(parsing text: String) -> [InjectedFault]? {
        var faults: [InjectedFault] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: ":", omittingEmptySubsequences: false)
            guard words.count <= 2, let kind = words.first.flatMap({ Kind(rawValue: String($0)) })
            else { return nil }
            let count = words.count == 2 ? Int(words[1]) : 1
            guard let count, (1...1000).contains(count) else { return nil }
            faults.append(InjectedFault(kind, count: count))
        }
        return faults
    }
}

/// The faults that are still to come, in their order.
struct FaultPlan {
    private var faults: [InjectedFault]

    init(_ faults: [InjectedFault]) { self.faults = faults }

    mutating func append(_ fault: InjectedFault) { faults.append(fault) }

    /// Takes the first fault for a message; nil where none is left for it.
    mutating func take(for path: String) -> InjectedFault.Kind? {
        take { ![.duplicate, .reorder].contains($0.kind) && path.hasSuffix($0.path) }
    }

    /// Whether a callback is to go out twice.
    mutating func takeDuplicate(for path: String) -> Bool {
        take { $0.kind == .duplicate && path.hasSuffix($0.path) } != nil
    }

    /// Whether a callback is to wait for another one.
    mutating func takeReordering(for path: String) -> Bool {
        take { $0.kind == .reorder && path.hasSuffix($0.path) } != nil
    }

    private mutating func take(_ fits: (InjectedFault) -> Bool) -> InjectedFault.Kind? {
        guard let place = faults.firstIndex(where: fits) else { return nil }
        let kind = faults[place].kind
        faults[place].count -= 1
        if faults[place].count == 0 { faults.remove(at: place) }
        return kind
    }
}
