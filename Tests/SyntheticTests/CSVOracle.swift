/// A reader of CSV that knows RFC 4180 and nothing else: slow, strict and independent.
enum CSVOracle {
    enum Problem: Error {
        case quoteInBareField, textAfterQuote, unfinishedQuote, bareCarriageReturn, bareLineFeed
        case unfinishedRow
    }

    /// The rows of a table, each field as text.
    static func rows(of bytes: [UInt8]) throws -> [[String]] {
        let quote = UInt8(ascii: "\""), comma = UInt8(ascii: ",")
        let carriageReturn = UInt8(ascii: "\r"), lineFeed = UInt8(ascii: "\n")
        var rows: [[String]] = [], row: [String] = [], field: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == quote {
                guard field.isEmpty else { throw Problem.quoteInBareField }
                place += 1
                while true {
                    guard place < bytes.count else { throw Problem.unfinishedQuote }
                    if bytes[place] == quote {
                        guard place + 1 < bytes.count, bytes[place + 1] == quote else { break }
                        place += 1
                    }
                    field.append(bytes[place])
                    place += 1
                }
                place += 1
                guard place < bytes.count, [comma, carriageReturn].contains(bytes[place]) else {
                    throw Problem.textAfterQuote
                }
            }
            switch bytes[place] {
            case comma:
                row.append(String(decoding: field, as: UTF8.self))
                field = []
            case carriageReturn:
                guard place + 1 < bytes.count, bytes[place + 1] == lineFeed else {
                    throw Problem.bareCarriageReturn
                }
                rows.append(row + [String(decoding: field, as: UTF8.self)])
                (row, field) = ([], [])
                place += 1
            case lineFeed: throw Problem.bareLineFeed
            default: field.append(bytes[place])
            }
            place += 1
        }
        guard row.isEmpty && field.isEmpty else { throw Problem.unfinishedRow }
        return rows
    }

    /// The rows below the header, each as a dictionary from the header's names.
    static func records(of bytes: [UInt8]) throws -> [[String: String]] {
        let rows = try rows(of: bytes)
        guard let header = rows.first else { return [] }
        return rows.dropFirst().map { row in
            Dictionary(uniqueKeysWithValues: zip(header, row))
        }
    }
}
