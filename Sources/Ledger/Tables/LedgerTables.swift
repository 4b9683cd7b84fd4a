internal import ABDM

/// The door of all tables: statements go through it, so that a test can end the world between any two of them.
struct LedgerTables {
    let database: any LedgerDatabase
    let seal: LedgerSeal
    /// Called before each statement; a test throws from it.
    let beforeStatement: (() throws(LedgerError) -> Void)?

    func run(
        _ sql: StaticString, _ values: [LedgerValue] = []
    ) throws(LedgerError) -> [LedgerRow] {
        try beforeStatement?()
        return try database.run(sql, values)
    }

    /// Runs a statement whose rows nobody wants; it may fail as late as with the next one, or the commit.
    func execute(
        _ sql: StaticString, _ values: [LedgerValue] = []
    ) throws(LedgerError) {
        try beforeStatement?()
        try database.execute(sql, values)
    }

    /// An address as columns hold it: rows are found by it, and it can be read with the key only.
    func person(_ address: PatientAddress, _ facility: String) -> LedgerValue {
        .text(seal.sealAlike(address.text, place("address", facility)))
    }

    /// The address in a column.
    func address(
        _ text: String, _ facility: String, table: StaticString
    ) throws(LedgerError) -> PatientAddress {
        PatientAddress(try seal.open(text, table: table, place("address", facility)))
    }

    /// Where something sealed belongs, so that it opens nowhere else.
    func place(_ whose: String, _ what: String) -> String { whose + "\u{1F}" + what }
}
