import Glibc
import Postgres
import TestSupport
import Testing

/// What can happen to a PostgreSQL while a server goes down.
enum LedgerOutage: CaseIterable, Sendable {
    /// All of its processes stand still; the sockets still take what is sent.
    case standing
    /// It ends at once, in the middle of whatever it does.
    case gone
}

/// A PostgreSQL of one test's own, which it may stop.
final class StoppableCluster {
    private static let script = MilaanProgram.repositoryFile("scripts/postgres-cluster")

    private let folder: ProgramFolder
    private let path: String
    private let postmaster: pid_t
    private var stopped: [pid_t] = []

    init() throws {
        folder = try ProgramFolder()
        path = folder.file("pg")
        // Whoever the cluster runs as has to get there.
        _ = unsafe chmod(folder.path, 0o711)
        let run = try MilaanProgram.run(Self.script, ["start", path, "\(getpid())"])
        guard run.end == .exit(0) else { throw ProgramFailure.tooLate(errors: run.errors) }
        var connection = try PostgresConnection(Self.conninfo(path))
        // What is acknowledged is on the disk, as it is where nobody has decided otherwise.
        try connection.execute("ALTER ROLE postgres SET synchronous_commit = on")
        let file = try connection.query("SELECT pg_read_file('postmaster.pid')")
        let line = file.text(row: 0, column: 0)?.prefix { $0 != "\n" }
        postmaster = try #require(line.flatMap { pid_t($0) })
    }

    deinit {
        resume()
        _ = try? MilaanProgram.run(Self.script, ["stop", path])
    }

    /// The cluster's database as the program takes it.
    var url: String {
        "postgres:///postgres?host=\(path.replacing("/", with: "%2F"))&port=5432&user=postgres"
    }

    func connect() throws -> PostgresConnection { try PostgresConnection(Self.conninfo(path)) }

    func begin(_ outage: LedgerOutage) throws {
        switch outage {
        case .standing:
            var connection = try connect()
            // Nobody is born any more; then stop those who live.
            kill(postmaster, SIGSTOP)
            stopped = [postmaster]
            let rows = try connection.query("SELECT pid FROM pg_stat_activity")
            for row in 0..<rows.rowCount {
                guard let process = rows.text(row: row, column: 0).flatMap({ pid_t($0) }) else {
                    continue
                }
                kill(process, SIGSTOP)
                stopped.append(process)
            }
        case .gone:
            kill(postmaster, SIGQUIT)
            for _ in 0..<2000 where kill(postmaster, 0) == 0 { usleep(5000) }
        }
    }

    func end(_ outage: LedgerOutage) throws {
        switch outage {
        case .standing: resume()
        case .gone:
            let start = """
                cd "$1"; user=$(stat --format=%U data); as=()
                [[ $(id --user) -ne 0 ]] || as=(runuser --user "$user" --)
                "${as[@]}" "$("$0" find)/pg_ctl" --pgdata="$1/data" --log="$1/log" --silent --wait start \
                    >/dev/null 2>&1
                """
            let run = try MilaanProgram.run("/bin/bash", ["-c", start, Self.script, path])
            guard run.end == .exit(0) else { throw ProgramFailure.tooLate(errors: run.errors) }
        }
    }

    private func resume() {
        for process in stopped { kill(process, SIGCONT) }
        stopped = []
    }

    private static func conninfo(_ path: String) -> String {
        "host='\(path)' port=5432 user=postgres dbname=postgres"
    }
}
