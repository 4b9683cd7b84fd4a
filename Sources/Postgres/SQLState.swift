/// The five characters by which PostgreSQL names the condition behind an error.
///
/// The first two are the class, such as `22` for data exceptions.
///
/// - Source: PostgreSQL manual, appendix A, "PostgreSQL Error Codes".
public struct SQLState: Hashable, Sendable, CustomStringConvertible {
    /// The code: five of `0-9` and `A-Z`.
    public let code: String

    /// A code from five characters of `0-9` and `A-Z`; nil for anything else.
    public init?(_ code: String) {
        let isSpelledRight = code.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        guard code.utf8.count == 5, isSpelledRight else { return nil }
        self.code = code
    }

    private init(known code: String) { self.code = code }

    /// The first two characters.
    public var conditionClass: Substring { code.prefix(2) }

    /// The code itself.
    public var description: String { code }

    /// `22012`, division by zero.
    public static let divisionByZero = SQLState(known: "22012")
    /// `25P02`, the transaction had failed before.
    public static let inFailedTransaction = SQLState(known: "25P02")
    /// `42501`, the role may not do this.
    public static let insufficientPrivilege = SQLState(known: "42501")
    /// `42601`, the SQL is misspelled.
    public static let syntaxError = SQLState(known: "42601")
    /// `42703`, no such column.
    public static let undefinedColumn = SQLState(known: "42703")
    /// `42P01`, no such table.
    public static let undefinedTable = SQLState(known: "42P01")
    /// `55P03`, somebody else holds a lock for longer than one was ready to wait.
    public static let lockNotAvailable = SQLState(known: "55P03")
    /// `57014`, cancelled by the user or by a time limit of the server.
    public static let queryCanceled = SQLState(known: "57014")
}
