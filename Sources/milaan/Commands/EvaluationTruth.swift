internal import Glibc

/// The labelled answers of a set of requests, by request id.
struct EvaluationTruth {
    /// What is known of one request.
    struct Row {
        var requestID: String
        /// The label that figures are gathered by, such as `P_mobile` or `N_sibling`.
        var category: String
        /// The person's records that an identifier of the request leads to.
        var expected: Set<String>
        /// Other persons' records that pass every filter but the name; nil where the file has none.
        var confusers: Set<String>?
        /// All records of the person, reachable or not.
        var own: Set<String>
        /// Empty where the file names none.
        var facility: String

        /// Whether the person has no record at all here.
        var isStranger: Bool { own.isEmpty }
    }

    private var rows: [String: Row] = [:]

    /// Reads a CSV file whose values hold neither quotes nor commas.
    ///
    /// - Throws: `CommandError` naming the line or the column that is wrong.
    init(path: String) throws(CommandError) {
        let file = try OpenFile(path: path)
        var reader = LineReader(descriptor: file.descriptor)
        var columns: [String: Int] = [:]
        var lines = 0
        while try reader.nextLine({ (line) throws(CommandError) in
            lines += 1
            var text = unsafe line.withUnsafeBufferPointer {
                unsafe String(decoding: $0, as: UTF8.self)
            }
            if text.hasSuffix("\r") { text.removeLast() }
            guard !text.isEmpty else { return }
            let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
            guard !columns.isEmpty else {
                columns = try Self.columns(fields)
                return
            }
            guard fields.count == columns.count, !text.contains("\"") else {
                throw CommandError("\(path):\(lines): not a line of so many plain values")
            }
            func field(_ name: String) -> String? { columns[name].map { fields[$0] } }
            let expected = Self.ids(field("expected_ids"))
            let id = field("request_id") ?? ""
            guard
                rows.updateValue(
                    Row(
                        requestID: id, category: field("class") ?? "", expected: expected,
                        confusers: field("confuser_ids").map(Self.ids),
                        own: field("all_person_ids").map(Self.ids) ?? expected,
                        facility: field("hip_id") ?? ""), forKey: id) == nil
            else { throw CommandError("\(path):\(lines): request_id stands there twice") }
        }) {}
    }

    func row(of requestID: String) -> Row? { rows[requestID] }

    private static func columns(_ names: [String]) throws(CommandError) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (index, name) in names.enumerated() { columns[name] = index }
        for name in ["request_id", "expected_ids", "class"] where columns[name] == nil {
            throw CommandError("the truth file has no column \(name)")
        }
        guard columns.count == names.count else {
            throw CommandError("the truth file names a column twice")
        }
        return columns
    }

    private static func ids(_ field: String?) -> Set<String> {
        Set((field ?? "").split { $0 == " " || $0 == ";" || $0 == "|" }.map(String.init))
    }
}
