import Matcher
import TestSupport
import Testing

@testable import Index

/// Whoever changes what these tests hold gives `SnapshotHeader.version` a new number: a file of the old
/// layout would be read wrongly without a word.
@Suite("The layout of a snapshot of version 1")
struct SnapshotLayoutTests {
    @Test("is the version that these tests are of")
    func version() {
        #expect(SnapshotHeader.version == 1)
    }

    @Test("a row is 24 bytes: number and district, mobile, place of the texts and demographics")
    func row() throws {
        #expect(MemoryLayout<RowRecord>.size == 24)
        #expect(MemoryLayout<RowRecord>.stride == 24)
        #expect(MemoryLayout<NameLetters>.stride == 4)
        var patient = PatientRecord()
        let fields: [(PatientField, String)] = [
            (.id, "1"), (.abhaNumber, "91111122223331"), (.mobile, "+919848022338"), (.gender, "F"),
            (.birthDate, "1985-04-12"),
        ]
        for (field, text) in fields { try patient.set(field, text.utf8.span) }
        let row = RowRecord(patient, textOffset: 0x12_3456_789A, district: 5)
        let words = unsafe withUnsafeBytes(of: row) { unsafe Array($0.bindMemory(to: UInt64.self)) }
        let demographics = UInt64(Gender.female.rawValue) << 21 | 1985 << 9 | 4 << 5 | 12
        #expect(
            words == [
                91_111_122_223_331 | 5 << 47, 919_848_022_338, 0x12_3456_789A | demographics << 40,
            ])
    }

    @Test("a care context is 16 bytes, each field in its place")
    func careContext() {
        #expect(MemoryLayout<CareContexts.Record>.size == 16)
        #expect(MemoryLayout<CareContexts.Record>.stride == 16)
        #expect(MemoryLayout<CareContexts.Record>.offset(of: \.packed) == 0)
        #expect(MemoryLayout<CareContexts.Record>.offset(of: \.date) == 8)
        #expect(MemoryLayout<CareContexts.Record>.offset(of: \.displayCount) == 12)
        #expect(MemoryLayout<CareContexts.Record>.offset(of: \.unused) == 14)
    }

    @Test("a bucket is 64 bytes: twelve tags, a flag, twelve entries")
    func bucket() {
        #expect(MemoryLayout<Bucket>.size == 64)
        #expect(MemoryLayout<Bucket>.stride == 64)
        var bucket = Bucket()
        for place in 0..<12 {
            bucket.set(place, tag: UInt8(0x81 + place), entry: 0x0101_0101 * UInt32(place + 1))
        }
        bucket.overflows = true
        let bytes = unsafe withUnsafeBytes(of: bucket) { unsafe Array($0) }
        let entries = (1...12).flatMap { [UInt8](repeating: UInt8($0), count: 4) }
        #expect(bytes == (0x81...0x8C).map { UInt8($0) } + [1, 0, 0, 0] + entries)
    }

    @Test("numbers stand for the same genders and kinds of health information")
    func rawValues() {
        #expect(Gender.allCases.map { "\($0) \($0.rawValue)" } == Self.genders)
        #expect(HealthInformationType.allCases.map { "\($0) \($0.rawValue)" } == Self.types)
    }

    @Test("every section of one hospital has the bytes that it had")
    func sections() throws {
        let folder = try ProgramFolder()
        // Only names and numbers that no rule folds: what the rules make is the fingerprint's to tell.
        let sample = try SnapshotSample(seed: 9, rows: 40)
        let path = try sample.snapshot.written(into: folder, blockBytes: 2 << 20)
        let bytes = try folder.bytes(path)
        let info = try SnapshotFile(path: path).info()
        let sums = info.sections.map { place in
            let part = Array(bytes[place.offset..<place.offset + place.bytes])
            return
                "\(place.section) \(place.section.rawValue) \(place.section.stride) \(place.count)"
                + " \(String(SnapshotHeader.checksum(part.span), radix: 16))"
        }
        #expect(sums == Self.sums)
    }

    private static let genders = ["notStated 0", "male 1", "female 2", "other 3", "transgender 4"]
    private static let types = [
        "notStated 0", "opConsultation 1", "prescription 2", "dischargeSummary 3",
        "diagnosticReport 4", "immunizationRecord 5", "healthDocumentRecord 6", "wellnessRecord 7",
        "invoice 8",
    ]
    private static let sums = [
        "rows 1 24 40 559ff4c247c1fc5a",
        "texts 2 1 5479 7bbff6563268cba2",
        "nameLetters 3 4 40 68f47bbff1d9100c",
        "facilityNames 4 1 6 a238b683800854af",
        "facilityStarts 5 4 3 ef1d87dbcfabcada",
        "facilityRows 21 4 3 426948e999e0d7fa",
        "districtNames 22 1 0 2d06800538d394c2",
        "districtStarts 23 4 1 48b2c92616fc193d",
        "identifierTypes 6 1 13 d01a528fd9fe1807",
        "establishedTokens 7 8 0 2d06800538d394c2",
        "contextRecords 8 16 80 ee848dd01a57b33f",
        "contextTexts 9 1 15046 ec0043b44cb71141",
        "contextStarts 20 4 41 bbb13dd48d682664",
        "addressBuckets 10 64 3 726caa0eff2e6e00",
        "addressLists 11 4 27 76c141b7aae7e20d",
        "numberBuckets 12 64 4 2f0f2ccb78357de9",
        "numberLists 13 4 18 c4289794dc22d4ce",
        "mobileBuckets 14 64 3 ed95929fd769b59",
        "mobileLists 15 4 19 11c91b7daa229bc8",
        "identifierBuckets 16 64 5 47015d6fc5a18e4e",
        "identifierLists 17 4 22 18ae6ec8994d0dee",
        "position 18 1 6 ce3d1962bc4422d9",
        "defaultFacility 19 1 4 46a43dc6f831dd7b",
    ]
}
