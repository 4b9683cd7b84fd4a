/// Binary COPY streams, written by a plain encoder that shares nothing with the decoder.
enum CopyFixture {
    typealias Row = [[UInt8]?]

    static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [0, 0, 0, 0] + [0, 0, 0, 0]
    static let trailer: [UInt8] = [0xFF, 0xFF]

    static func stream(_ rows: [Row]) -> [UInt8] {
        header + rows.flatMap(encoded) + trailer
    }

    static func encoded(_ row: Row) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(row.count >> 8), UInt8(row.count & 255)]
        for field in row {
            let length = field.map { UInt32($0.count) } ?? UInt32.max
            bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
            bytes += field ?? []
        }
        return bytes
    }

    /// What PostgreSQL 15.18 sent for `COPY (SELECT * FROM (VALUES ('Asha'::text, 42::int4,
    /// DATE '1987-06-05'), (NULL, -1, NULL), ('', NULL, 'infinity'), ('नम', 0, '0044-03-15 BC')) v)
    /// TO STDOUT (FORMAT binary)`.
    static let captured = hexadecimal(
        """
        5047434f50590aff0d0a0000000000000000000003000000044173686100000004000000
        2a00000004ffffee0f0003ffffffff00000004ffffffffffffffff000300000000ffffffff
        000000047fffffff000300000006e0a4a8e0a4ae000000040000000000000004fff49d7bffff
        """)

    /// The bytes that pairs of hexadecimal digits stand for; other characters are skipped.
    static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }
}
