/// The place of a field within a message, such as `patient.verifiedIdentifiers[3].value`.
struct FieldPath: ExpressibleByStringLiteral, Sendable {
    private var name: StaticString
    private var index: Int?
    private var subfield: StaticString = ""

    init(stringLiteral name: StaticString) {
        self.name = name
    }

    /// The element at an index of this array, or one of its fields (`".value"`).
    func element(_ index: Int, _ subfield: StaticString = "") -> FieldPath {
        var path = self
        path.index = index
        path.subfield = subfield
        return path
    }

    var text: String {
        guard let index else { return "\(name)" }
        return "\(name)[\(index)]\(subfield)"
    }
}

/// Why a body is not a discover request: the field and what is wrong, never the value.
struct DiscoverRequestError: Error {
    var field: FieldPath
    var problem: StaticString

    init(_ field: FieldPath, _ problem: StaticString) {
        self.field = field
        self.problem = problem
    }

    /// The message for the caller.
    var message: String { "\(field.text) \(problem)" }
}
