import Foundation
import Ingest
import Matcher
import SQLite
import TestSupport
import Testing

@Suite("Importing files into SQLite")
struct ImportTests {
    /// What stops an import; nil if nothing does.
    private func failure(_ patients: String, _ contexts: String? = nil, into path: String)
        -> LoadError?
    {
        do throws(LoadError) {
            _ = try importFiles(
                patients: patients, careContexts: contexts, into: .sqlite(path: path))
            return nil
        } catch {
            return error
        }
    }

    @Test("what was imported loads as the files do", arguments: 0..<10 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let folder = try ScratchFolder()
        let hospital = RandomHospital(seed: seed, rows: 60)
        var random = SplitMix64(seed: seed)
        let patients = try folder.write("p.csv", hospital.patients.csv(&random))
        let contexts = try folder.write("c.ndjson", hospital.contexts.ndjson(&random))
        let path = folder.path + "/hospital.sqlite"
        let result = try importFiles(
            patients: patients, careContexts: contexts, into: .sqlite(path: path))
        #expect(result.isKept)
        #expect(result.counts.patients == 60)
        let loaded = try Loaded(.database(.sqlite(path: path), nil))
        #expect(loaded.counts.rejectedByReason == [:])
        #expect(loaded.hospital == hospital.expected)
        #expect(
            loaded.position
                == "sqlite:patients=60,care_contexts=\(hospital.contexts.rows.count)")
    }

    @Test("values are written as they stand, without white space at their ends")
    func rawValues() throws {
        let folder = try ScratchFolder()
        let patients = try folder.write(
            "p.csv", "id,name,mobile,city\n 1 ,  Smt. ASHA ,98XXXXX767,x\n")
        let path = folder.path + "/h.sqlite"
        _ = try importFiles(patients: patients, careContexts: nil, into: .sqlite(path: path))
        let connection = try SQLiteConnection(path: path, mode: .readOnly)
        var query = try connection.prepare("SELECT hip_id, id, name, mobile, gender FROM patients")
        let isThere = try query.step()
        #expect(isThere)
        let values = try (0..<5).map { try query.string($0) }
        #expect(values == ["HIP1", "1", "Smt. ASHA", "98XXXXX767", nil])
    }

    @Test("a second import updates what it names and leaves the rest")
    func secondImport() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/h.sqlite"
        let first = try folder.write("1.csv", "id,name,yob\n1,Asha,1980\n2,Ravi,\n")
        let second = try folder.write("2.csv", "id,name\n1,Usha\n3,Mina\n")
        let contexts = try folder.write("c.csv", "patient_id,reference,display\n2,V1,a\n")
        let again = try folder.write("d.csv", "patient_id,reference,display\n2,V1,b\n")
        for (patients, careContexts) in [(first, contexts), (second, again)] {
            _ = try importFiles(
                patients: patients, careContexts: careContexts, into: .sqlite(path: path))
        }
        let loaded = try Loaded(.database(.sqlite(path: path), nil))
        #expect(
            loaded.hospital == [
                PlainKey(facility: "HIP1", id: "1"): PlainPatient(name: "usha"),
                PlainKey(facility: "HIP1", id: "2"): PlainPatient(
                    name: "ravi", contexts: [PlainContext(reference: "V1", display: "b")]),
                PlainKey(facility: "HIP1", id: "3"): PlainPatient(name: "mina"),
            ])
    }

    @Test("an import refuses what a load refuses, and keeps nothing where it is too much")
    func refusals() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/h.sqlite"
        let rejects = folder.path + "/rejects.csv"
        let patients = try folder.write(
            "p.csv", "id,gender\n1,f\n1,m\n2,secret\n,f\n3,\"a\"b\n")
        let contexts = try folder.write("c.csv", "patient_id,reference\n1,V1\n2,V2\n")
        let load = try Loaded(
            .files(patients: patients, careContexts: contexts), LoadOptions(rejectsMax: 5))
        for allowed in [4, 5] {
            let result = try importFiles(
                patients: patients, careContexts: contexts, into: .sqlite(path: path),
                options: LoadOptions(rejectsMax: allowed, rejectsPath: rejects))
            #expect(result.counts == load.counts)
            #expect(result.isKept == (allowed == 5))
            #expect(try folder.lines("rejects.csv").count == 6)
            #expect(FileManager.default.fileExists(atPath: path) == result.isKept)
        }
        #expect(try Loaded(.database(.sqlite(path: path), nil)).hospital == load.hospital)
    }

    @Test(
        "an import that keeps nothing leaves no file where there was none",
        arguments: ["id\n1\n1\n", "name\nAsha\n", "id,name\n1,\"a\n"])
    func noEmptyFile(rows: String) throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/h.sqlite"
        let file = try folder.write("p.csv", rows)
        for input in [file, folder.path + "/missing.csv"] {
            let result = try? importFiles(
                patients: input, careContexts: nil, into: .sqlite(path: path))
            #expect(result?.isKept != true)
            for name in [path, path + "-journal"] {
                #expect(!FileManager.default.fileExists(atPath: name), "\(name) is there")
            }
        }
    }

    @Test("a file that was there is never removed, be it empty, a link or no database")
    func fileStays() throws {
        let folder = try ScratchFolder()
        let bad = try folder.write("p.csv", "id\n1\n1\n")
        let empty = try folder.write("empty.sqlite", "")
        let words = try folder.write("words.sqlite", "this is no database, only words\n")
        let link = folder.path + "/link.sqlite"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: folder.path + "/elsewhere.sqlite")
        for path in [empty, words, link] {
            let result = try? importFiles(
                patients: bad, careContexts: nil, into: .sqlite(path: path))
            #expect(result?.isKept != true)
            #expect((try? FileManager.default.attributesOfItem(atPath: path)) != nil, "\(path)")
        }
    }

    @Test("wrong values that are dropped are not written either")
    func dropping() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/h.sqlite"
        let patients = try folder.write("p.csv", "id,gender,yob\n1,secret,1980\n")
        _ = try importFiles(
            patients: patients, careContexts: nil, into: .sqlite(path: path),
            options: LoadOptions(badValues: .drop))
        let loaded = try Loaded(.database(.sqlite(path: path), nil))
        #expect(loaded.counts.rejected == 0)
        #expect(loaded.hospital.values.map(\.birthDate) == [.yearOnly(1980)])
    }

    @Test("an import that stops half-way keeps nothing")
    func halfWay() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/h.sqlite"
        let whole = try folder.write("p.csv", "id\n1\n")
        _ = try importFiles(patients: whole, careContexts: nil, into: .sqlite(path: path))
        let cut = try folder.write("cut.csv", "id,name\n2,a\n3,\"b\n")
        let error = try #require(failure(cut, into: path))
        #expect(error.failure == .endsInsideQuotes(file: cut, line: 3))
        #expect(error.counts.patients == 1)
        #expect(try Loaded(.database(.sqlite(path: path), nil)).hospital.keys.map(\.id) == ["1"])
    }
}
