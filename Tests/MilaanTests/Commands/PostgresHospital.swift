import Foundation
import TestSupport

/// A database of a test's own in the test's PostgreSQL, filled through psql; dropped at the end.
final class PostgresHospital: Sendable {
    private static let psql = "/usr/bin/env"

    private let name: String
    private let superuser: String

    /// Makes the database and runs statements in it.
    init(_ sql: String) throws {
        name = "milaan_cli_\(getpid())_\(UInt32.random(in: 0...UInt32.max))"
        superuser = try ThrowawayCluster.conninfo()
        try run("CREATE DATABASE \(name)", in: superuser)
        try run(sql, in: conninfo)
    }

    deinit { try? run("DROP DATABASE \(name) WITH (FORCE)", in: superuser) }

    /// Runs statements as superuser.
    func run(_ sql: String) throws { try run(sql, in: conninfo) }

    /// The database as the program takes it.
    ///
    /// - Parameter user: nil for the superuser.
    /// - Returns: a URI that names everything in its parameters.
    func url(user: String? = nil) -> String {
        var parameters = Self.parameters(of: superuser)
        parameters["dbname"] = name
        if let user { parameters["user"] = user }
        let query = parameters.sorted { $0.key < $1.key }.map { key, value in
            let escaped = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            return "\(key)=\(escaped ?? "")"
        }
        return "postgres:///?" + query.joined(separator: "&")
    }

    private var conninfo: String { superuser + " dbname=\(name)" }

    private func run(_ sql: String, in conninfo: String) throws {
        let run = try MilaanProgram.run(
            Self.psql,
            ["psql", conninfo, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"],
            input: Array(sql.utf8), environment: ["PGOPTIONS": "-c client_min_messages=warning"])
        guard run.end == .exit(0) else { throw ProgramFailure.tooLate(errors: run.errors) }
    }

    /// The keywords of a connection string; a value in quotes holds neither quotes nor backslashes.
    private static func parameters(of conninfo: String) -> [String: String] {
        var parameters: [String: String] = [:]
        for match in conninfo.matches(of: /(\w+)\s*=\s*('[^']*'|\S+)/) {
            parameters[String(match.1)] = match.2.trimmingCharacters(in: ["'"])
        }
        return parameters
    }
}
