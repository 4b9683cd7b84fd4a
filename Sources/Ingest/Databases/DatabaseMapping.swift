public import JSON
internal import Matcher

/// The columns that fields are read from, in one table.
public struct TableMapping: Equatable, Sendable {
    /// The table, with its schema where it needs one: `hospital.patient_master`.
    public var table: String
    /// For each field its column; a text of several words may have several, which a space joins.
    public var columns: [String: [String]]

    /// A mapping from the files' field names to columns.
    public init(table: String, columns: [String: [String]]) {
        self.table = table
        self.columns = columns
    }
}

/// The tables that patients and care contexts are read from.
public struct DatabaseMapping: Equatable, Sendable {
    /// The table of patients.
    public var patients: TableMapping
    /// The table of care contexts; nil where there is none.
    public var careContexts: TableMapping?

    /// A mapping for one table or two; `validate` tells whether it can be used.
    public init(patients: TableMapping, careContexts: TableMapping? = nil) {
        self.patients = patients
        self.careContexts = careContexts
    }

    /// Reads the object behind `"database"` of a configuration.
    ///
    /// - Parameters:
    ///   - node: `{"patients": {"table": ..., "columns": {...}}, "careContexts": {...}}`.
    ///   - document: the one that holds the node.
    /// - Throws: `LoadFailure.mapping`, naming the member at fault.
    public init(_ node: JSONNode, in document: borrowing JSONDocument) throws(LoadFailure) {
        guard document.kind(of: node) == .object else {
            throw .mapping(problem: "database: not an object")
        }
        var patients: TableMapping?
        var careContexts: TableMapping?
        var members = document.members(of: node)
        while let (name, value) = members.next(in: document) {
            if document.string(name, equals: "patients") {
                patients = try TableMapping(value, in: document, "database.patients")
            } else if document.string(name, equals: "careContexts") {
                careContexts = try TableMapping(value, in: document, "database.careContexts")
            } else if !document.string(name, equals: "url") {  // says where, not what
                throw .mapping(
                    problem: "database: unknown member \(document.text(of: name).quotedForReport)")
            }
        }
        guard let patients else { throw .mapping(problem: "database.patients: is missing") }
        self.patients = patients
        self.careContexts = careContexts
        try validate()
    }

    /// Whether fields are known, required ones are there, and only names and the like are joined.
    ///
    /// - Throws: `LoadFailure.mapping`.
    public func validate() throws(LoadFailure) {
        try patients.validate(
            fields: PatientField.allCases.map(\.rawValue),
            joinable: PatientField.allCases.filter(\.canBeJoined).map(\.rawValue),
            required: FieldRules.patientsRequired, "database.patients")
        try careContexts?.validate(
            fields: CareContextField.allCases.map(\.rawValue),
            joinable: CareContextField.allCases.filter(\.canBeJoined).map(\.rawValue),
            required: FieldRules.careContextsRequired, "database.careContexts")
    }
}

extension TableMapping {
    /// Reads `{"table": ..., "columns": {"field": "column" or ["column", ...]}}`.
    fileprivate init(
        _ node: JSONNode, in document: borrowing JSONDocument, _ place: String
    ) throws(LoadFailure) {
        guard document.kind(of: node) == .object else {
            throw .mapping(problem: "\(place): not an object")
        }
        guard let table = document.member("table", of: node),
            document.kind(of: table) == .string
        else { throw .mapping(problem: "\(place).table: is missing or not a text") }
        guard let columns = document.member("columns", of: node),
            document.kind(of: columns) == .object
        else { throw .mapping(problem: "\(place).columns: is missing or not an object") }
        self.init(table: document.text(of: table), columns: [:])
        var members = document.members(of: columns)
        while let (name, value) = members.next(in: document) {
            let field = document.text(of: name)
            guard self.columns[field] == nil else {
                throw .mapping(
                    problem: "\(place).columns: \(field.quotedForReport) is given twice")
            }
            self.columns[field] = try Self.names(value, in: document, "\(place).columns")
        }
    }

    private static func names(
        _ value: JSONNode, in document: borrowing JSONDocument, _ place: String
    ) throws(LoadFailure) -> [String] {
        switch document.kind(of: value) {
        case .string: return [document.text(of: value)]
        case .array:
            var names: [String] = []
            var elements = document.elements(of: value)
            while let element = elements.next(in: document) {
                guard document.kind(of: element) == .string else {
                    throw .mapping(problem: "\(place): a column's name is not a text")
                }
                names.append(document.text(of: element))
            }
            return names
        default:
            throw .mapping(problem: "\(place): a column is neither a text nor a list of texts")
        }
    }

    fileprivate func validate(
        fields: [String], joinable: [String], required: [String], _ place: String
    ) throws(LoadFailure) {
        guard !table.isEmpty else { throw .mapping(problem: "\(place).table: is empty") }
        for (field, names) in columns.sorted(by: { $0.key < $1.key }) {
            guard fields.contains(field) else {
                throw .mapping(
                    problem: "\(place).columns: \(field.quotedForReport) is no field")
            }
            guard !names.isEmpty, !names.contains("") else {
                throw .mapping(problem: "\(place).columns.\(field): a column without a name")
            }
            guard names.count == 1 || joinable.contains(field) else {
                throw .mapping(
                    problem: "\(place).columns.\(field): several columns, but only "
                        + "\(joinable.joined(separator: " and ")) can be joined")
            }
        }
        for field in required where columns[field] == nil {
            throw .mapping(problem: "\(place).columns.\(field): is missing")
        }
    }
}
