public import Index
public import JSON

/// How a request was answered, for counters.
public enum DiscoveryOutcome: String, CaseIterable, Sendable {
    case match, ambiguous, noMatch, noVerifiedIdentifier, tooManyCandidates
    /// The body was refused; the reply is an error object and the status is 400.
    case badRequest
}

/// What one request cost, for counters.
public struct DiscoveryReport: Sendable {
    /// How it was answered.
    public var outcome: DiscoveryOutcome
    /// Rows that a key led to.
    public var candidatesVisited: Int
    /// Names that were compared.
    public var namesCompared: Int
}

/// Answers discover requests one at a time; each thread has its own.
///
/// Keeps the memory that a request needs, so that the next one needs no more.
public struct Discoverer: ~Copyable {
    /// An answerer for a facility where the request names none.
    public init(defaultFacility: String) {}

    /// Answers one discover body, v0.5 or v3, and writes one JSON object.
    ///
    /// - Parameters:
    ///   - body: the request's bytes as ABDM sent them.
    ///   - facility: the X-HIP-ID header, if there is one.
    ///   - requestID: the REQUEST-ID header, if there is one; a v3 body has none of its own.
    ///   - explain: whether to add the evidence.
    ///   - snapshot: the world that the request sees.
    ///   - writer: where the reply is written; not reset.
    public mutating func discover(
        body: Span<UInt8>, facility: Span<UInt8>?, requestID: Span<UInt8>?, explain: Bool,
        in snapshot: Snapshot, into writer: inout JSONWriter
    ) -> DiscoveryReport {
        DiscoveryReport(outcome: .noMatch, candidatesVisited: 0, namesCompared: 0)
    }
}
