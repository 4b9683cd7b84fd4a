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

    @Test("a column that is nearly called like a field is named once", arguments: [1, 2])
    func nearlyAField(files: Int) throws {
        let patients = try folder.write("p.csv", "id,Gender, NAME ,HUSH\nA,F,x,y\nB,M,x,y\n")
        let contexts = try folder.write("c.csv", "patient_id,reference,hiType\nA,V1,x\n")
        let source =
            ["--patients", patients] + (files == 2 ? ["--care-contexts", contexts] : [])
        let database = ["--database", "sqlite:" + folder.file("h.sqlite")]
        for words in [["discover"] + source, ["import"] + source + database] {
            let run = try MilaanProgram.run(words)
            #expect(run.end == .exit(0), "\(run.errors)")
            let warnings = run.errors.split(separator: "\n").filter { $0.contains("warning") }
            let expected = [
                "\(patients): column 2, 'Gender', looks like 'gender'",
                "\(patients): column 3, 'NAME', looks like 'name'",
                "\(contexts): column 3, 'hiType', looks like 'hi_type'",
            ].map { "warning: \($0) but is written in another way; it is not read" }
            #expect(warnings.map(String.init) == Array(expected.prefix(files + 1)))
        }
    }
}
