import TestSupport

/// A small file of comma-separated values, read in the slow and obvious way.
struct CSVTable {
    private(set) var header: [String] = []
    /// The fields of each row by their column's name.
    private(set) var rows: [[String: String]] = []

    init(file: String) throws {
        self.init(text: try ProgramFolder().text(file))
    }

    init(text: String) {
        var records: [[String]] = []
        var record: [String] = []
        var field = ""
        var isQuoted = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                record.append(field)
                field = ""
            case "\r" where !isQuoted: break
            case "\n" where !isQuoted:
                records.append(record + [field])
                record = []
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        header = records.first ?? []
        rows = records.dropFirst().map { record in
            Dictionary(uniqueKeysWithValues: zip(header, record))
        }
    }
}
