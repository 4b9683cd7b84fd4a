internal import ABDM

// What is asked of ABDM again, because the answer was lost or came to nothing; and when it is given up.
extension LedgerBook {
    /// Batches and patients that are taken up again at one time.
    private static let resumedMax = 100

    /// Takes up again what nobody answered.
    func resume(_ now: WireTime, _ entries: inout [OutboxEntry]) throws(LedgerError) {
        for batch in try tables.overdueBatches(max: Self.resumedMax, now: now) {
            let isAlone = try tables.records(batch: batch).first?.isAlone ?? false
            try askAgain(batch, isAlone: isAlone, problem: "no answer", after: { _ in 0 }, now)
        }
        for patient in try tables.duePatients(max: Self.resumedMax, now: now) {
            try tables.setLooked(at: patient, now: now)
            try advance(patient, now, &entries)
        }
    }

    /// Lets a batch wait to be asked for anew, or gives it up where that has been often enough.
    ///
    /// - Parameters:
    ///   - batch: its id.
    ///   - isAlone: whether its records are asked for one by one.
    ///   - problem: why.
    ///   - wait: how long it rests before, in milliseconds, by how often it was asked for.
    ///   - now: the time.
    /// - Throws: `LedgerError`.
    func askAgain(
        _ batch: String, isAlone: Bool, problem: String, after wait: (Int) -> Int64, _ now: WireTime
    ) throws(LedgerError) {
        let asks = try tables.asks(batch: batch)
        guard asks < patience.asksMax else {
            let words = "given up after \(asks) requests: \(problem)"
            try tables.setState(batch: batch, .refused, isAlone: isAlone, problem: words)
            return try tables.giveUp(about: batch, problem: words, now: now)
        }
        try tables.setState(batch: batch, .waiting, isAlone: isAlone, problem: "")
        try tables.rest(batch: batch, until: now.adding(milliseconds: wait(asks)))
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
