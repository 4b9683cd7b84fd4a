extension Loading {
    mutating func readPostgres(_ c: String, _ m: DatabaseMapping?, _ s: inout LoadSeconds) throws(LoadFailure) -> String { throw .notSupported("") }
    mutating func readSQLite(_ c: String, _ m: DatabaseMapping?, _ s: inout LoadSeconds) throws(LoadFailure) -> String { throw .notSupported("") }
}
