/// How personal data is hidden where it rests: a door for whoever has a key.
///
/// The plain one hides nothing; a sealed text can be read only with the same key and the same place.
public struct LedgerSeal: Sendable {
    private let sealText: @Sendable (_ text: String, _ place: String) -> String
    private let sealTextAlike: @Sendable (_ text: String, _ place: String) -> String
    private let openText: @Sendable (_ sealed: String, _ place: String) -> String?

    /// A seal from its directions.
    ///
    /// - Parameters:
    ///   - seal: hides a text that belongs to a place; gives text too.
    ///   - sealAlike: the same, but for one text and place the result is the same each time, so that rows are found
    ///     by it.
    ///   - open: the reverse of both; nil where key or place are others, or the text was changed.
    public init(
        seal: @escaping @Sendable (_ text: String, _ place: String) -> String,
        sealAlike: @escaping @Sendable (_ text: String, _ place: String) -> String,
        open: @escaping @Sendable (_ sealed: String, _ place: String) -> String?
    ) {
        sealText = seal
        sealTextAlike = sealAlike
        openText = open
    }

    /// Hides nothing.
    public static let plain = LedgerSeal(
        seal: { text, _ in text }, sealAlike: { text, _ in text }, open: { text, _ in text })

    func seal(_ text: String, _ place: String) -> String { sealText(text, place) }

    func sealAlike(_ text: String, _ place: String) -> String { sealTextAlike(text, place) }

    func open(_ text: String, table: StaticString, _ place: String) throws(LedgerError) -> String {
        guard let opened = openText(text, place) else { throw .unreadable(table: "\(table)") }
        return opened
    }
}
