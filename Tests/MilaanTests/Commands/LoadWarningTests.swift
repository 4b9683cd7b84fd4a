import TestSupport
import Testing

@Suite("Warnings of a load")
struct LoadWarningTests {
    private static let nobody =
        "warning: no patient was loaded; every request will be answered with no match\n"

    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    @Test("a file that has a header alone is served, and the log says that nobody is in it")
    func headerOnly() throws {
        let empty = try folder.write("empty.csv", "id,name,mobile\n")
        let server = try ProgramServer(["--patients", empty])
        try server.waitUntilReady()
        #expect(try server.get("/readyz").text == #"{"status":"ready","rows":0}"#)
        #expect(server.process.errors.contains(Self.nobody))
        let one = try folder.write("one.csv", "id,name\nA,Asha\n")
        let run = try MilaanProgram.run(["discover", "--patients", one])
        #expect(!run.errors.contains("warning"))
    }
}
