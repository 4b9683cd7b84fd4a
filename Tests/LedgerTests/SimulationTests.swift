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
        var folder = try LedgerFolder()
        let decoder = DecoderBox()
        var links = 0
        var tokenLinks = 0
        var directTokens = 0
        var crashes = 0
        for index in stride(from: worker, to: Self.schedules, by: Self.workers) {
            let seed = Self.firstSeed + index
            // A pair of facilities of its own: one file serves many schedules, but not so many that they are slow.
            if index / Self.workers % 50 == 49 { folder = try LedgerFolder() }
            let facilities = ["F\(seed)", "G\(seed)"]
            let simulation = Simulation(
                seed: UInt64(seed), path: folder.file,
                snapshot: try Self.ward(facilities, seed), decoder: decoder,
                facility: facilities[0],
                other: facilities[1])
            // To guess takes patience.
            try simulation.run(steps: simulation.hasGuesser ? 400 : 120)
            #expect(
                simulation.violations == [],
                "replay with MILAAN_SEED=\(seed) MILAAN_SCHEDULES=1")
            if !simulation.violations.isEmpty { return }
            links += simulation.linkCount
            tokenLinks += simulation.tokenLinkCount
            directTokens += simulation.directTokenCount
            crashes += simulation.story.count
        }
        // Few are asked in their app, fewer agree in time, and their token has to meet a new record.
        if Self.schedules >= 5000 { #expect(directTokens > 0) }
        // A world in which nobody links and nothing crashes would prove nothing.
        if Self.schedules > 40 * Self.workers {
            #expect(
                links > 0 && tokenLinks > 0 && crashes > 0,
                "\(links) links, \(tokenLinks) by token, \(crashes) crashes"
            )
        }
    }

    @Test("a seed replays exactly")
    func replays() throws {
        var stories: [[String]] = []
        for _ in 0..<2 {
            let folder = try LedgerFolder()
            let simulation = Simulation(
                seed: 7, path: folder.file, snapshot: try Self.ward(["F7", "G7"], 7),
                decoder: DecoderBox(), facility: "F7", other: "G7")
            try simulation.run(steps: 300)
            stories.append(simulation.story + simulation.violations)
        }
        #expect(stories[0] == stories[1])
        #expect(!stories[0].isEmpty, "no crash in so many steps: the fuse is broken")
    }

    /// The same patients in both facilities, with mobiles of their own: the limits of a mobile hold for the whole file.
    private static func ward(_ facilities: [String], _ seed: Int) throws -> Snapshot {
        let ravi: [String: String] = [
            "id": "P-1002", "name": "Ravi Kumar", "gender": "M", "yob": "1971",
            "mobile": "\(9_100_000_000 + 2 * seed)", "abha_address": "ravi@sbx",
        ]
        let asha: [String: String] = [
            "id": "P-1001", "name": "Asha Verma", "gender": "F", "yob": "1984",
            "mobile": "\(9_100_000_001 + 2 * seed)", "abha_address": "asha.verma@sbx",
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
