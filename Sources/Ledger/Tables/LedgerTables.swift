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
}
