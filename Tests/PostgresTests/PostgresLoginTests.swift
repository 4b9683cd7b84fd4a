import Postgres
import TestSupport
import Testing

@Suite("Opening a PostgreSQL session")
struct PostgresLoginTests {
    private func refusal(of conninfo: String) -> String? {
        do throws(PostgresError) {
            let connection = try PostgresConnection(conninfo)
            return connection.isAlive ? nil : "not alive"
        } catch {
            guard case .connectionFailed(let message) = error else { return nil }
            return message
        }
    }

    @Test(
        "a connection string that cannot be read is refused without repeating it",
        arguments: [
            "postgres://asha:p%zzss@db/hospital", "postgres://asha:pass@zzss@db/hospital",
            "postgres://asha:pass/zzss@db/hospital", "postgresql://asha:12/zzss@db/hospital",
            "postgres://asha:pass/zzss?x@db/hospital",
            "host=db password=pass zzss", "host=db password='pass zzss", "zzss", "zzss=1",
            "postgres://asha:pass@db:zzss/hospital", "postgres://asha:pass@db/h?zzss=1",
        ])
    func malformedStrings(conninfo: String) {
        let message = refusal(of: conninfo)
        #expect(message?.contains("malformed") == true)
        #expect(message?.contains("zzss") == false)
    }

    @Test("a server that does not exist is named, its password is not")
    func unreachable() throws {
        let message = try #require(
            refusal(of: "postgres://asha:zzss@%2Fno%2Fsuch%2Ffolder/hospital"))
        #expect(message.contains("/no/such/folder"))
        #expect(!message.contains("\n"))
        #expect(!message.contains("zzss"))
    }

    @Test("a NUL byte in a connection string is refused")
    func embeddedNUL() {
        #expect(
            errorOf { () throws(PostgresError) in _ = try PostgresConnection("host=a\0b") }
                == .embeddedNUL(.conninfo))
    }

    @Test("an unknown database is a failed connection that names it", .needsPostgres)
    func unknownDatabase() throws {
        let message = try #require(
            refusal(of: ThrowawayCluster.conninfo() + " dbname=no_such_database"))
        #expect(message.contains("no_such_database"))
    }

    @Test(
        "a wrong password is a failed connection that does not repeat it", .needsPostgres,
        .enabled(if: ThrowawayCluster.isOurs, "the logins of a given server are not ours to change")
    )
    func wrongPassword() throws {
        var connection = try connect()
        try connection.execute(
            """
            CREATE ROLE password_required;
            CREATE ROLE login_test LOGIN PASSWORD 'right-zzss' IN ROLE password_required;
            """)
        let login = try ThrowawayCluster.conninfo() + " user=login_test password="
        let message = try #require(refusal(of: login + "wrong-zzss"))
        #expect(message.contains("login_test"))
        #expect(!message.contains("zzss"))
        #expect(refusal(of: login + "right-zzss") == nil)
    }
}
