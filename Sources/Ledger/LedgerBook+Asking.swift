internal import ABDM

// What is asked of ABDM again, because the answer was lost or came to nothing; and when it is given up.
extension LedgerBook {
    /// Batches and patients that are taken up again at one time.
    private static let resumedMax = 100

    /// Takes up again what nobody answered.
    func resume(_ now: WireTime, _ entries: inout [OutboxEntry]) throws(LedgerError) {
        for batch in try tables.overdueBatches(max: Self.resumedMax, now: now) {
            try askAgain(batch, problem: "no answer", now)
        }
        for patient in try tables.duePatients(max: Self.resumedMax, now: now) {
            try tables.setLooked(at: patient, now: now)
            try advance(patient, now, &entries)
        }
    }

    /// Lets the records of a batch wait to be asked for anew, and gives those up for which that has been often enough.
    ///
    /// - Parameters:
    ///   - batch: its id.
    ///   - problem: why.
    ///   - wait: how long a record rests before, in milliseconds, by how often it was asked for; nil for as long as
    ///     its answer would have been awaited.
    ///   - now: the time.
    /// - Throws: `LedgerError`.
    func askAgain(
        _ batch: String, problem: String, after wait: ((Int) -> Int64)? = nil, _ now: WireTime
    ) throws(LedgerError) {
        for asks in try tables.asks(batch: batch) {
            guard asks >= patience.asksMax else {
                try tables.letWait(
                    batch: batch, asks: asks,
                    until: wait.map { now.adding(milliseconds: $0(asks)) })
                continue
            }
            let words = "given up after \(asks) requests: \(problem)"
            try tables.refuse(batch: batch, asks: asks, problem: words)
            try tables.giveUp(about: batch, problem: words, now: now)
        }
    }

    /// Gives up getting a token.
    func giveUp(
        _ quest: TokenQuest, _ now: WireTime
    ) throws(LedgerError) {
        let words = "given up after \(quest.tries) requests: no answer"
        try tables.deleteQuest(id: quest.id)
        for patient in try tables.patients(facility: quest.facility, address: quest.address) {
            try tables.refuseWaiting(patient, problem: words)
        }
        try tables.giveUp(about: quest.id, problem: words, now: now)
    }
}
