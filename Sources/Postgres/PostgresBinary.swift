/// Decodes single values from PostgreSQL's binary forms.
///
/// Each function takes a field as lent by `CopyReader` and throws
/// `protocolViolation(.malformedValue(...))` where the bytes cannot be of the type; a correct
/// server never sends such.
///
/// - Source: the `*send` functions of PostgreSQL's `src/backend/utils/adt`.
public enum PostgresBinary {
    /// The value of a `smallint`, `integer` or `bigint`: two, four or eight bytes.
    public static func integer(_ bytes: Span<UInt8>) throws(PostgresError) -> Int64 {
        let raw = unsafe bytes.bytes
        return switch raw.byteCount {
        case 2: Int64(bigEndian(raw, 0, Int16.self))
        case 4: Int64(bigEndian(raw, 0, Int32.self))
        case 8: bigEndian(raw, 0, Int64.self)
        default: throw malformed(.int8)
        }
    }

    /// The value of a `boolean`: one byte, 0 or 1.
    public static func boolean(_ bytes: Span<UInt8>) throws(PostgresError) -> Bool {
        guard bytes.count == 1, bytes[0] <= 1 else { throw malformed(.boolean) }
        return bytes[0] == 1
    }

    /// The value of a `date`.
    public static func date(_ bytes: Span<UInt8>) throws(PostgresError) -> PostgresDate {
        guard bytes.count == 4 else { throw malformed(.date) }
        let days = bigEndian(unsafe bytes.bytes, 0, Int32.self)
        return switch days {
        case .max: .infinity
        case .min: .minusInfinity
        default: PostgresDate(daysSince2000: days)
        }
    }

    /// The day of a `timestamp` or `timestamp with time zone`.
    ///
    /// - Parameters:
    ///   - bytes: eight bytes.
    ///   - utcOffsetSeconds: how far the local clock is ahead of UTC, for a type with time zone;
    ///     -86,400...86,400.
    /// - Returns: the day on a clock without time zone, or on the local clock.
    /// - Throws: `protocolViolation` where the length is another.
    public static func timestampDate(
        _ bytes: Span<UInt8>, utcOffsetSeconds: Int = 0
    ) throws(PostgresError) -> PostgresDate {
        precondition(abs(utcOffsetSeconds) <= 86_400, "no clock is more than a day from UTC")
        guard bytes.count == 8 else { throw malformed(.timestamp) }
        let micros = bigEndian(unsafe bytes.bytes, 0, Int64.self)
        return switch micros {
        case .max: .infinity
        case .min: .minusInfinity
        default:
            PostgresDate(
                days: floorDivide(floorDivide(Int(micros), 1_000_000) + utcOffsetSeconds, 86_400))
        }
    }

    /// The text of a `char(n)` without the blanks that fill it up.
    @_lifetime(copy bytes)
    public static func withoutPadding(_ bytes: Span<UInt8>) -> Span<UInt8> {
        var count = bytes.count
        while count > 0, bytes[count - 1] == UInt8(ascii: " ") { count -= 1 }
        return bytes.extracting(first: count)
    }

    /// Appends a `uuid` as text, such as `123e4567-e89b-12d3-a456-426614174000`.
    ///
    /// - Parameters:
    ///   - bytes: sixteen bytes.
    ///   - text: gets 36 bytes.
    /// - Throws: `protocolViolation` where the length is another.
    public static func appendUUID(
        _ bytes: Span<UInt8>, to text: inout [UInt8]
    ) throws(PostgresError) {
        guard bytes.count == 16 else { throw malformed(.uuid) }
        for index in bytes.indices {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                text.append(UInt8(ascii: "-"))
            }
            text.append(hexDigit(bytes[index] >> 4))
            text.append(hexDigit(bytes[index] & 15))
        }
    }

    static func malformed(_ type: PostgresColumnType) -> PostgresError {
        .protocolViolation(.malformedValue(type), offset: 0)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
