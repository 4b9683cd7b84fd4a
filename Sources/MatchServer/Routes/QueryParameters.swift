internal import ABDM

/// The parameters of a query, each of a name that the route knows and there at most once.
struct QueryParameters {
    private var values: [String: String] = [:]

    /// Reads `name=value&...`, in which `+` is a space and percent escapes are undone.
    ///
    /// - Parameters:
    ///   - query: what stands behind the question mark.
    ///   - names: the parameters that the route knows.
    /// - Throws: `MessageError`, naming the parameter at fault and never its value.
    init(_ query: String, names: [String]) throws(MessageError) {
        for part in query.split(separator: "&") {
            let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.unescaped(pieces[0]), names.contains(name) else {
                throw MessageError("query", "only knows \(names.joined(separator: ", "))")
            }
            guard pieces.count == 2, let value = Self.unescaped(pieces[1]) else {
                throw MessageError(Self.field(name), "is not percent-encoded text")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw MessageError(Self.field(name), "must be there once")
            }
        }
    }

    /// A parameter's value; nil where it is not there.
    subscript(_ name: String) -> String? { values[name] }

    /// A parameter that has a few values; nil where it is not there.
    ///
    /// - Throws: `MessageError` where it is none of them.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ name: String, among values: Value.Type
    ) throws(MessageError) -> Value? {
        guard let text = self[name] else { return nil }
        guard let value = Value(rawValue: text) else {
            let names = values.allCases.map(\.rawValue).joined(separator: ", ")
            throw MessageError(Self.field(name), "must be one of \(names)")
        }
        return value
    }

    private static func field(_ name: String) -> String { "query parameter \(name)" }

    private static func unescaped(_ text: Substring) -> String? {
        ConversationTarget.unescaped(text.replacing("+", with: " ")[...])
    }
}
