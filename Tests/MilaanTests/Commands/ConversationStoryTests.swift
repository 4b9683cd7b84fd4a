import TestSupport
import Testing

@Suite("The conversation with ABDM, told from end to end", .serialized)
struct ConversationStoryTests {
    @Test(
        "goes through between the server and a simulated gateway, also where that is out of order",
        arguments: ["", "5xx:3,drop-after:2,expired-token:1"])
    func story(faults: String) throws {
        let run = try MilaanProgram.run(
            "/bin/bash",
            [SampleHospital.story, MilaanProgram.path] + (faults.isEmpty ? [] : [faults]))
        #expect(run.end == .exit(0), "\(run.output)\n\(run.errors)")
        #expect(run.lines.last == "every step was answered as expected")
    }
}
