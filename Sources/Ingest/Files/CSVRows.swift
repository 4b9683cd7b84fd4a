internal import Matcher

/// The rows of a file of comma-separated values, with a header that names the columns.
///
/// Columns with names that are no fields are passed over, and so are lines without anything on them.
@safe struct CSVRows: FieldRows, ~Copyable {
    /// The line of the row's first byte, from 1.
    private(set) var position = 1

    private var window: ByteWindow
    private var scanner = CSVRowScanner()
    /// For each field the column that it stands in, or -1.
    private var columnOfField: [Int]
    /// The names in the header, for reports.
    private var columnCount = 0
    private let fieldNames: [String]
    /// What somebody should look at in the header, though the file can be read.
    private(set) var warnings: [String] = []

    /// Reads the header.
    ///
    /// - Parameters:
    ///   - window: at the start of the file, behind a byte order mark.
    ///   - fields: the names of the fields.
    ///   - required: fields without which nothing can be loaded.
    /// - Throws: `LoadFailure`.
    init(
        _ window: consuming ByteWindow, fields: [String], required: [String]
    ) throws(LoadFailure) {
        self.window = window
        fieldNames = fields
        columnOfField = Array(repeating: -1, count: fields.count)
        let step = try scanRow()
        guard step == .row else { throw header("has no header") }
        try readHeader(required)
        passScannedRow()
    }

    var fractionRead: Double? { window.fractionConsumed }

    var bytesRead: Int { window.consumedBytes }

    mutating func next() throws(LoadFailure) -> RowStep {
        passScannedRow()
        while true {
            switch try scanRow() {
            case .row: return check()
            case .blank: passScannedRow()
            case .end: return .end
            case .endsInsideQuotes:
                throw .endsInsideQuotes(file: window.name, line: position)
            case .needsBytes:
                throw .rowTooLong(file: window.name, line: position)
            }
        }
    }

    @_lifetime(borrow self)
    func value(_ field: Int) -> Span<UInt8>? {
        let column = columnOfField[field]
        guard column >= 0 else { return nil }
        let span = scanner.field(column, in: window.unread)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// The row that was scanned last, which is still in the window.
    private var scannedBytes = 0
    private var scannedLines = 0

    private mutating func passScannedRow() {
        window.consume(scannedBytes)
        position += scannedLines
        scannedBytes = 0
        scannedLines = 0
    }

    /// Scans one row, reading on as long as it is not complete.
    private mutating func scanRow() throws(LoadFailure) -> CSVRowScanner.Step {
        while true {
            let step = scanner.scan(window.unread, isLast: window.isAtEnd)
            guard step == .needsBytes else {
                scannedBytes = scanner.byteCount
                scannedLines = scanner.lineCount
                return step
            }
            guard try window.readMore() else { return .needsBytes }
        }
    }

    /// Whether the row keeps the rules.
    private func check() -> RowStep {
        let row = window.unread.extracting(0..<scanner.byteCount)
        guard row.isUTF8 else { return .refused(RowFault(faultyField(), "is not valid UTF-8")) }
        switch scanner.fault {
        case nil: break
        case .quoteInsideField:
            return .refused(RowFault("", "has a quote inside an unquoted field"))
        case .textAfterQuote: return .refused(RowFault("", "has text behind a closing quote"))
        case .carriageReturn:
            return .refused(RowFault("", "has a carriage return outside quotes"))
        }
        guard scanner.fieldCount == columnCount else {
            return .refused(
                RowFault(
                    "", "has \(scanner.fieldCount.counted("field")), the header \(columnCount)"))
        }
        return .row
    }

    /// The name of the first field that is not UTF-8; empty for a column that is no field.
    private func faultyField() -> String {
        for (field, column) in columnOfField.enumerated()
        where column >= 0 && column < scanner.fieldCount
            && !scanner.field(column, in: window.unread).isUTF8
        {
            return fieldNames[field]
        }
        return ""
    }

    private mutating func readHeader(_ required: [String]) throws(LoadFailure) {
        guard window.unread.extracting(0..<scanner.byteCount).isUTF8 else {
            throw header("has a header that is not valid UTF-8")
        }
        guard scanner.fault == nil else {
            throw header("has a header with a misplaced quote or carriage return")
        }
        columnCount = scanner.fieldCount
        let names = (0..<columnCount).map { scanner.field($0, in: window.unread).trimmed().text }
        let read = try CSVHeader(
            names, fields: fieldNames, required: required, file: window.name)
        columnOfField = read.columnOfField
        warnings = read.warnings
    }

    private func header(_ problem: String) -> LoadFailure {
        .unusableFile(file: window.name, problem: problem)
    }
}
