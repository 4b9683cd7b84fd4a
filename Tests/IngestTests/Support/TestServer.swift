import Ingest
import Postgres
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips what needs a PostgreSQL server where there is none, and says so.
    static var needsPostgres: ConditionTrait {
        .enabled(if: ThrowawayCluster.isEnabled, Comment(rawValue: ThrowawayCluster.skipReason))
    }
}

/// A schema of a test's own on the test server, which unqualified names are looked for in.
struct TestSchema {
    let conninfo: String

    /// Makes the schema anew and runs SQL in it.
    init(_ name: String, _ sql: String = "") throws {
        conninfo = try ThrowawayCluster.conninfo() + " options='-c search_path=\(name)'"
        try execute("DROP SCHEMA IF EXISTS \(name) CASCADE; CREATE SCHEMA \(name); \(sql)")
    }

    /// Runs SQL in the schema.
    func execute(_ sql: String) throws {
        var connection = try PostgresConnection(conninfo)
        try connection.execute(sql)
    }

    /// The schema's tables as a source.
    func source(_ mapping: DatabaseMapping? = nil, _ additions: String = "") -> PatientSource {
        .database(.postgres(conninfo: conninfo + " " + additions), mapping)
    }
}

extension PlainTable {
    /// Statements that make a table of texts with these rows; what is empty is NULL.
    func sql(_ table: String) -> String {
        let columns = names.map { "\"\($0)\" text" }.joined(separator: ", ")
        let values = rows.map { row in
            "(" + row.map { $0.isEmpty ? "NULL" : Self.quoted($0) }.joined(separator: ", ") + ")"
        }
        let insert =
            rows.isEmpty ? "" : "INSERT INTO \(table) VALUES \(values.joined(separator: ", "));"
        return "CREATE TABLE \(table) (\(columns)); \(insert)"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }
}

extension TestSchema {
    /// A session under a name of its own, open until it is let go.
    func session(_ name: String) throws -> PostgresConnection {
        try PostgresConnection(conninfo + " application_name=\(name)")
    }

    /// Whether the session of that name reads a table at this moment.
    func isReading(_ name: String) throws -> Bool {
        var connection = try PostgresConnection(conninfo)
        let found = try connection.query(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE query LIKE 'COPY%' AND state = 'active' AND application_name = $1
            """, [name])
        return found.text(row: 0, column: 0) != "0"
    }
}
