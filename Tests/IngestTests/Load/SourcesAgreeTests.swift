import Foundation
import Index
import Ingest
import Matcher
import Synthetic
import TestSupport
import Testing

@Suite("One hospital from every kind of source")
struct SourcesAgreeTests {
    /// A synthetic hospital as tables of texts.
    private struct Tables {
        var patients = PlainTable(names: SyntheticPatient.Field.allCases.map(\.rawValue), rows: [])
        var contexts = PlainTable(
            names: SyntheticCareContext.Field.allCases.map(\.rawValue), rows: [])

        init(_ hospital: SyntheticHospital) {
            var rows: [[String]] = []
            hospital.forEachPatient { patient in
                rows.append(SyntheticPatient.Field.allCases.map { text(patient.bytes(of: $0)) })
            }
            patients.rows = rows
            rows = []
            hospital.forEachCareContext { context in
                rows.append(SyntheticCareContext.Field.allCases.map { text(context.bytes(of: $0)) })
            }
            contexts.rows = rows
        }
    }

    /// What an image shows of its rows, and where the identifiers of the patients lead.
    private struct Seen: Equatable {
        var hospital: PlainHospital = [:]
        var lookUps: [[String]] = []

        init(_ source: PatientSource, of patients: PlainTable) throws {
            let result = try load(source)
            #expect(result.counts.rejectedByReason == [:])
            hospital = result.image.plain()
            let kinds: [(String, IdentifierKind)] = [
                ("mobile", .mobile), ("abha_address", .abhaAddress), ("abha_number", .abhaNumber),
                ("mr_number", .medicalRecord),
            ]
            let facilityColumn = try #require(patients.names.firstIndex(of: "hip_id"))
            for (name, kind) in kinds {
                let column = try #require(patients.names.firstIndex(of: name))
                for row in patients.rows where !row[column].isEmpty {
                    lookUps.append(
                        result.image.ids(
                            carrying: kind, row[column], facility: row[facilityColumn]))
                }
            }
        }
    }

    @Test("CSV, JSON lines, SQLite and PostgreSQL give the same images", .needsPostgres)
    func sourcesAgree() throws {
        let folder = try ScratchFolder()
        let tables = Tables(SyntheticHospital(patients: 1500, seed: 3, facilities: 2))
        var random = SplitMix64(seed: 3)
        let csv = try folder.write("p.csv", tables.patients.csv(&random))
        let csvContexts = try folder.write("c.csv", tables.contexts.csv(&random))
        let json = try folder.write("p.ndjson", tables.patients.ndjson(&random))
        let jsonContexts = try folder.write("c.ndjson", tables.contexts.ndjson(&random))
        let path = folder.path + "/h.sqlite"
        _ = try importFiles(patients: csv, careContexts: csvContexts, into: .sqlite(path: path))
        let schema = try TestSchema(
            "agree", tables.patients.sql("patients") + tables.contexts.sql("care_contexts"))

        let files = try Seen(
            .files(patients: csv, careContexts: csvContexts), of: tables.patients)
        #expect(files.hospital.count == 1500)
        #expect(files.lookUps.count > 2000)
        // A masked mobile leads nowhere, everything else at least to its own row.
        #expect(files.lookUps.count { $0.isEmpty } < 200)
        for source: PatientSource in [
            .files(patients: json, careContexts: jsonContexts),
            .database(.sqlite(path: path), nil), schema.source(),
        ] {
            #expect(try Seen(source, of: tables.patients) == files)
        }
    }

    /// Where a larger table lies, if somebody has one.
    private static let folder = ProcessInfo.processInfo.environment["MILAAN_INDIA_DEV"]

    @Test(
        "a large table as desks write it loads without a refused row",
        .enabled(if: folder != nil, "MILAAN_INDIA_DEV names no folder with patients.csv"))
    func largeTable() throws {
        let folder = try #require(Self.folder)
        let result = try load(.files(patients: folder + "/patients.csv", careContexts: nil))
        #expect(result.counts.rejectedByReason == [:])
        #expect(result.counts.patients == result.image.count)
        #expect(result.image.count > 1000)
    }
}
