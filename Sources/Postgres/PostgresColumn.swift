/// A column of a query as the server describes it.
public struct PostgresColumn: Equatable, Sendable {
    /// Its name or alias.
    public let name: String
    /// The type's object identifier in the catalogue.
    public let typeOID: UInt32

    /// The type, if its binary form is one we decode; nil means: select it as `::text`.
    public var type: PostgresColumnType? { PostgresColumnType(oid: typeOID) }
}

/// The types whose binary form is decoded here.
public enum PostgresColumnType: Equatable, Sendable, CaseIterable {
    /// `text`, `varchar`, `name`: the bytes are the text.
    case text
    /// `char(n)`: the text, padded with blanks.
    case paddedText
    /// `smallint`.
    case int2
    /// `integer`.
    case int4
    /// `bigint`.
    case int8
    /// `numeric`.
    case numeric
    /// `boolean`.
    case boolean
    /// `date`.
    case date
    /// `timestamp` without time zone: a wall clock's date and time.
    case timestamp
    /// `timestamp with time zone`: a moment, counted in UTC.
    case timestampWithTimeZone
    /// `uuid`.
    case uuid

    /// The type with this object identifier, nil for any other.
    ///
    /// - Parameter oid: as in the catalogue `pg_type`, where those of the built-in types never
    ///   change.
    public init?(oid: UInt32) {
        switch oid {
        case 25, 1043, 19: self = .text
        case 1042: self = .paddedText
        case 21: self = .int2
        case 23: self = .int4
        case 20: self = .int8
        case 1700: self = .numeric
        case 16: self = .boolean
        case 1082: self = .date
        case 1114: self = .timestamp
        case 1184: self = .timestampWithTimeZone
        case 2950: self = .uuid
        default: return nil
        }
    }
}
