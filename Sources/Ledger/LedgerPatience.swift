public import Postgres

/// How patient a ledger is: when it asks again, when it gives up, and how long it keeps what is over.
///
/// All of these numbers stand here and nowhere else.
public struct LedgerPatience: Equatable, Sendable {
    /// How long ABDM's answer to a request of ours is awaited before it is asked anew, in minutes.
    ///
    /// It doubles each time.
    public var answerMinutes = 30
    /// How long is waited where ABDM says that it was asked before, in minutes.
    public var repeatMinutes = 480
    /// How often a patient's linking token of v3 is asked for within 24 hours.
    ///
    /// Whoever asks more often is blocked for a day.
    public var tokensPerDay = 3
    /// How often one thing is asked of ABDM before a person has to look at it.
    public var asksMax = 6
    /// How long an answer of ours is of use, in minutes: the gateway forgets after five what it is an answer to.
    public var answerUseMinutes = 10
    /// How long request ids, offers, attempts and messages that arrived are kept, in minutes: a day and an hour.
    public var keptMinutes = 25 * 60
    /// How long a dead message is kept for somebody to look at, in days.
    public var deadDays = 90
    /// How long a PostgreSQL that stalls is waited for.
    public var database = PostgresTimeLimits()

    /// What suits the network.
    public init() {}

    /// How long to wait for the answer to a question that was asked so often, in milliseconds; at most a day.
    func answerWait(asks: Int) -> Int64 {
        Int64(min(answerMinutes << min(max(asks - 1, 0), 10), 24 * 60)) * 60_000
    }

    /// How long to wait before asking anew where ABDM turned the linking token down, in milliseconds.
    ///
    /// At first not at all.
    func faultWait(asks: Int) -> Int64 { asks < 2 ? 0 : answerWait(asks: asks - 1) }
}
