import Postgres
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips what needs a PostgreSQL server where there is none, and says so.
    static var needsPostgres: ConditionTrait {
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason))
    }
}

/// A connection as superuser to the test server.
func connect(_ additions: String = "") throws -> PostgresConnection {
    try PostgresConnection(ThrowawayCluster.conninfo() + " " + additions)
}

/// The error that a command ends with; nil if it succeeds.
func errorOf(_ command: () throws(PostgresError) -> Void) -> PostgresError? {
    do throws(PostgresError) {
        try command()
        return nil
    } catch {
        return error
    }
}

/// A copy of lent bytes.
func array(_ bytes: Span<UInt8>) -> [UInt8] { bytes.indices.map { bytes[$0] } }

/// A copy of lent bytes as text.
func string(_ bytes: Span<UInt8>) -> String { String(decoding: array(bytes), as: UTF8.self) }

extension CopyReader {
    /// The text of a field, nil for NULL.
    func text(_ index: Int) -> String? {
        guard let bytes = field(index) else { return nil }
        return string(bytes)
    }
}
