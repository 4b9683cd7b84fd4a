internal import ABDM
internal import Foundation
internal import Index
internal import Ledger
internal import TestSupport
internal import Testing

@Suite("Simulated conversations")
struct SimulationTests {
    /// Schedules of a normal run; `MILAAN_SCHEDULES` asks for another number, as the continuous integration does.
    private static let schedules = number("MILAAN_SCHEDULES") ?? 1000
    /// The seed of the first schedule; `MILAAN_SEED` replays one with `MILAAN_SCHEDULES=1`.
    private static let firstSeed = number("MILAAN_SEED") ?? 1
    private static let workers = 4

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(
        "whatever crashes, repeats, comes late or gets lost, every promise holds",
        arguments: 0..<workers)
    func everyPromiseHolds(worker: Int) throws {
        let folder = try LedgerFolder()
        let decoder = DecoderBox()
        var links = 0
        var tokenLinks = 0
        var crashes = 0
        for index in stride(from: worker, to: Self.schedules, by: Self.workers) {
            let seed = Self.firstSeed + index
            // A pair of facilities of its own: one file serves all schedules of a worker.
            let facilities = ["F\(seed)", "G\(seed)"]
            let simulation = Simulation(
                seed: UInt64(seed), path: folder.file,
                snapshot: try Self.ward(facilities), decoder: decoder, facility: facilities[0],
                other: facilities[1])
            try simulation.run(steps: 120)
            #expect(
                simulation.violations == [],
                "replay with MILAAN_SEED=\(seed) MILAAN_SCHEDULES=1")
            if !simulation.violations.isEmpty { return }
            links += simulation.linkCount
            tokenLinks += simulation.tokenLinkCount
            crashes += simulation.story.count
        }
        // A world in which nobody links and nothing crashes would prove nothing.
        if Self.schedules > 40 * Self.workers {
            #expect(
                links > 0 && tokenLinks > 0 && crashes > 0,
                "\(links) links, \(tokenLinks) by token, \(crashes) crashes")
        }
    }

    @Test("a seed replays exactly")
    func replays() throws {
        var stories: [[String]] = []
        for _ in 0..<2 {
            let folder = try LedgerFolder()
            let simulation = Simulation(
                seed: 7, path: folder.file, snapshot: try Self.ward(["F7", "G7"]),
                decoder: DecoderBox(), facility: "F7", other: "G7")
            try simulation.run(steps: 300)
            stories.append(simulation.story + simulation.violations)
        }
        #expect(stories[0] == stories[1])
        #expect(!stories[0].isEmpty, "no crash in so many steps: the fuse is broken")
    }

    /// The same patients in both facilities.
    private static func ward(_ facilities: [String]) throws -> Snapshot {
        let ravi: [String: String] = [
            "id": "P-1002", "name": "Ravi Kumar", "gender": "M", "yob": "1971",
            "mobile": "9848022339", "abha_address": "ravi@sbx",
        ]
        let asha: [String: String] = [
            "id": "P-1001", "name": "Asha Verma", "gender": "F", "yob": "1984",
            "mobile": "9848022338", "abha_address": "asha.verma@sbx",
        ]
        var patients: [[String: String]] = []
        var contexts: [[String: String]] = []
        for facility in facilities {
            for patient in [ravi, asha] {
                patients.append(patient.merging(["hip_id": facility]) { $1 })
            }
            for (patient, reference) in [("P-1001", "V-1"), ("P-1001", "V-2"), ("P-1002", "V-4")] {
                contexts.append(
                    Ward.context(patient, reference, "Visit", "OPConsultation", facility: facility))
            }
        }
        return try Ward.snapshot(patients: patients, careContexts: contexts)
    }
}
