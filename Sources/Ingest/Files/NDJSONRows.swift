internal import JSON
internal import Matcher

/// The rows of a file with one JSON object a line.
///
/// Members with names that are no fields are passed over, and so are lines with white space alone.
@safe struct NDJSONRows: FieldRows, ~Copyable {
    /// The line of the row, from 1.
    private(set) var position = 0

    private var window: ByteWindow
    private var document = JSONDocument()
    private let fieldNames: [String]
    private let fields: [FieldName]
    /// For each field, where its value is.
    private var places: [Place]
    /// The decimal digits of numbers.
    private var scratch: [UInt8] = []
    private var lineBytes = 0

    private enum Place {
        case absent
        case string(JSONNode)
        case scratch(Range<Int>)
    }

    /// What a field's name is compared with.
    private struct FieldName {
        let bytes: [UInt8]
        /// Digits that a number is filled up to with zeros in front.
        let digits: Int
    }

    /// Starts before the first line.
    ///
    /// - Parameters:
    ///   - window: at the start of the file, behind a byte order mark.
    ///   - fields: the names of the fields.
    init(_ window: consuming ByteWindow, fields: [String]) {
        self.window = window
        fieldNames = fields
        self.fields = fields.map {
            FieldName(bytes: Array($0.utf8), digits: FieldRules.digits(ofNumberIn: $0))
        }
        places = Array(repeating: .absent, count: fields.count)
    }

    var fractionRead: Double? { window.fractionConsumed }

    mutating func next() throws(LoadFailure) -> RowStep {
        while true {
            window.consume(lineBytes)
            position += 1
            guard try findLine() else { return .end }
            guard !window.unread.extracting(0..<lineBytes).trimmed().isEmpty else { continue }
            if let fault = parseLine() { return .refused(fault) }
            return readMembers()
        }
    }

    @_lifetime(borrow self)
    func value(_ field: Int) -> Span<UInt8>? {
        switch places[field] {
        case .absent: return nil
        case .string(let node): return document.bytes(of: node)
        case .scratch(let range): return scratch.span.extracting(range)
        }
    }

    /// Finds the end of the line, reading on as long as it is not there; false at the file's end.
    private mutating func findLine() throws(LoadFailure) -> Bool {
        var searched = 0
        while true {
            if let end = lineEnd(from: searched) {
                lineBytes = end
                return true
            }
            searched = window.unread.count
            if window.isAtEnd {
                lineBytes = searched
                return lineBytes > 0
            }
            guard try window.readMore() else {
                throw .rowTooLong(file: window.name, line: position)
            }
        }
    }

    /// The offset behind the first line feed from an offset on; nil where there is none.
    private func lineEnd(from start: Int) -> Int? {
        let unread = window.unread
        var index = start
        while index < unread.count {
            index += 1
            if unread[index - 1] == UInt8(ascii: "\n") { return index }
        }
        return nil
    }

    private mutating func parseLine() -> RowFault? {
        do throws(JSONError) {
            try document.parse(window.unread.extracting(0..<lineBytes).trimmed())
            return nil
        } catch {
            return RowFault("", "is not JSON (\(error.reason))")
        }
    }

    private mutating func readMembers() -> RowStep {
        guard document.kind(of: document.root) == .object else {
            return .refused(RowFault("", "is not a JSON object"))
        }
        scratch.removeAll(keepingCapacity: true)
        for field in places.indices { places[field] = .absent }
        var seen: UInt64 = 0
        var members = document.members(of: document.root)
        while let (name, value) = members.next(in: document) {
            guard let field = field(named: name) else { continue }
            guard seen >> UInt64(field) & 1 == 0 else {
                return .refused(RowFault(fieldNames[field], "is given twice"))
            }
            seen |= 1 << UInt64(field)
            guard take(value, as: field) else {
                return .refused(RowFault(fieldNames[field], "is neither a text nor a whole number"))
            }
        }
        return .row
    }

    private func field(named name: JSONNode) -> Int? {
        let bytes = document.bytes(of: name)
        for index in fields.indices {
            let known = fields[index].bytes
            if known.count == bytes.count, known.span.equals(bytes) { return index }
        }
        return nil
    }

    /// Notes where a value is; false for a kind of value that no field has.
    private mutating func take(_ value: JSONNode, as field: Int) -> Bool {
        switch document.kind(of: value) {
        case .null: return true
        case .string: places[field] = .string(value)
        case .boolean:
            let start = scratch.count
            scratch.append(
                contentsOf: document.boolean(of: value) == true ? "true".utf8 : "false".utf8)
            places[field] = .scratch(start..<scratch.count)
        case .integer, .double:
            guard let number = document.integer(of: value) else { return false }
            let start = scratch.count
            scratch.append(decimal: number, digits: fields[field].digits)
            places[field] = .scratch(start..<scratch.count)
        case .object, .array: return false
        }
        return true
    }
}

extension [UInt8] {
    /// Adds a number's decimal digits, filled up with zeros in front.
    mutating func append(decimal number: Int64, digits: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        let start = count
        var rest = number.magnitude
        while rest > 0 || count - start < digits {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        self[start...].reverse()
    }
}
