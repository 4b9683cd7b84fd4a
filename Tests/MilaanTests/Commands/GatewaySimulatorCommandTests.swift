import TestSupport
import Testing

@Suite("milaan gateway-simulator")
struct GatewaySimulatorCommandTests {
    private func run(_ arguments: [String]) throws -> ProgramRun {
        try MilaanProgram.run(["gateway-simulator", "--listen", "127.0.0.1:0"] + arguments)
    }

    @Test("ends with 0 where every step was answered as expected, and prints a line for each")
    func plays() throws {
        let hrp = try #require(ResponderServer { _ in .reply(status: 200) })
        let folder = try ProgramFolder()
        let script = try folder.write(
            "script", #"{"do":"heartbeat"}"# + "\n" + #"{"do":"wait","milliseconds":1}"#)
        let run = try run(["--hrp", hrp.url + "/", "--script", script])
        #expect(run.end == .exit(0), "\(run.errors)")
        let lines = String(decoding: run.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("ok   1. heartbeat") == true)
    }

    @Test("ends with 1 where a step was not")
    func fails() throws {
        let hrp = try #require(ResponderServer { _ in .reply(status: 404) })
        let folder = try ProgramFolder()
        let script = try folder.write(
            "script", #"[{"do":"discover","abhaAddress":"kavita@sbx","name":"Kavita"}]"#)
        let run = try run(["--hrp", hrp.url, "--script", script, "--patience", "1"])
        #expect(run.end == .exit(1))
        #expect(String(decoding: run.bytes, as: UTF8.self).contains("FAIL 1. discover"))
    }

    @Test(
        "refuses what it does not understand",
        arguments: [
            ([], "needs --hrp URL"), (["--hrp", "ftp://x"], "needs --hrp URL"),
            (["--hrp", "http://127.0.0.1:1", "--fault", "odd"], "--fault is no list of faults"),
            (["--hrp", "http://127.0.0.1:1", "--patience", "0"], "--patience must be from 1"),
        ])
    func misuse(arguments: [String], problem: String) throws {
        let run = try run(arguments)
        #expect(run.end == .exit(2))
        #expect(run.errors.contains(problem), "\(run.errors)")
    }

    @Test("names the step of a script that cannot be read")
    func badScript() throws {
        let folder = try ProgramFolder()
        let script = try folder.write("script", #"[{"do":"heartbeat"},{"do":"dance"}]"#)
        let run = try run(["--hrp", "http://127.0.0.1:1", "--script", script])
        #expect(run.end == .exit(2))
        #expect(run.errors.contains("step 2: \"do\" is none of"), "\(run.errors)")
    }
}
