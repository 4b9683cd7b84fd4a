import Matcher
import TestSupport
import Testing

@testable import Index

/// Whoever changes what these tests hold gives `SnapshotHeader.version` a new number: a file of the old
/// layout would be read wrongly without a word.
@Suite("The layout of a snapshot of version 3")
struct SnapshotLayoutTests {
    @Test("is the version that these tests are of")
    func version() {
        #expect(SnapshotHeader.version == 3)
    }

    @Test(
        "a record is 24 bytes: number and district, mobile and day, care context, facility, year and gender"
    )
    func record() throws {
        #expect(MemoryLayout<RowRecord>.size == 24)
        #expect(RowRecord.bytes == 24)
        #expect(MemoryLayout<NameLetters>.stride == 4)
        #expect(MemoryLayout<RowPlace>.stride == 4)
        #expect(RowHeap.unitBytes == 4)
        var patient = PatientRecord()
        let fields: [(PatientField, String)] = [
            (.id, "1"), (.abhaNumber, "91111122223331"), (.mobile, "+919848022338"), (.gender, "F"),
            (.birthDate, "1985-04-12"),
        ]
        for (field, text) in fields { try patient.set(field, text.utf8.span) }
        var record = RowRecord(patient, facility: 0x8001, district: 5)
        let run = UInt64(Gender.female.rawValue) << 12 | 1985
        var words: [UInt64] = [
            91_111_122_223_331 | 5 << 47, 919_848_022_338 | (4 << 5 | 12) << 50,
            0x8001 << 32 | run << 48,
        ]
        #expect(Self.words(record) == words)
        #expect(!record.hasContexts)
        record.setContexts(first: 0xFEDC_BA98)
        words[1] |= 1 << 59
        words[2] |= 0xFEDC_BA98
        #expect(Self.words(record) == words)
        #expect(record.firstContext == 0xFEDC_BA98 && record.hasContexts)
        #expect(record.mobile == patient.mobile && record.facility == 0x8001)
    }

    private static func words(_ record: RowRecord) -> [UInt64] {
        unsafe withUnsafeBytes(of: record) { unsafe Array($0.bindMemory(to: UInt64.self)) }
    }

    @Test("a care context begins with 8 bytes, each field in its place")
    func careContext() throws {
        #expect(MemoryLayout<CareContextHead>.size == CareContextHead.bytes)
        #expect(CareContextHead.bytes == 8)
        #expect(CareContexts.unitBytes == 4)
        var context = CareContextRecord()
        let fields: [(CareContextField, String)] = [
            (.patientID, "1"), (.reference, String(repeating: "r", count: 255)),
            (.display, String(repeating: "d", count: 1024)), (.hiType, "Invoice"),
            (.linked, "yes"), (.date, "31/12/2100"),
        ]
        for (field, text) in fields { try context.set(field, text.utf8.span) }
        try context.finish()
        var head = CareContextHead(context)
        let type = UInt64(HealthInformationType.invoice.rawValue)
        let date: UInt64 = 2100 | 12 << 16 | 31 << 20
        let word = 255 | 1024 << 8 | type << 24 | 1 << 32 | date << 34
        #expect(Self.word(head) == word)
        head.isLast = true
        #expect(Self.word(head) == word | 1 << 33)
        #expect(head.isLast && head.isLinked && head.hiType == .invoice)
        #expect(head.referenceCount == 255 && head.displayCount == 1024)
        #expect(head.bytesWithTexts == 8 + 255 + 1024)
        #expect(head.date == .day(year: 2100, month: 12, day: 31))
        head.isLast = false
        #expect(Self.word(head) == word)
    }

    private static func word(_ head: CareContextHead) -> UInt64 {
        unsafe withUnsafeBytes(of: head) { unsafe $0.load(as: UInt64.self) }
    }

    @Test("a bucket is 64 bytes: twelve tags, their flags, twelve entries")
    func bucket() {
        #expect(MemoryLayout<Bucket>.size == 64)
        #expect(MemoryLayout<Bucket>.stride == 64)
        var bucket = Bucket()
        for place in 0..<12 {
            bucket.fill(place, tag: UInt8(0x81 + place), entry: 0x0101_0101 * UInt32(place + 1))
        }
        bucket.overflows = true
        bucket.set(0, list: 0x0101_0101)
        bucket.set(11, list: 0x0C0C_0C0C)
        let bytes = unsafe withUnsafeBytes(of: bucket) { unsafe Array($0) }
        let entries = (1...12).flatMap { [UInt8](repeating: UInt8($0), count: 4) }
        #expect(bytes == (0x81...0x8C).map { UInt8($0) } + [1, 1, 8, 0] + entries)
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
        "rows 1 1 5948 b5707747d738a626",
        "places 2 4 40 ff0b10b9bd860e3c",
        "nameLetters 3 4 40 16bfa476372b0d8b",
        "facilityNames 4 1 6 a238b683800854af",
        "facilityStarts 5 4 3 ef1d87dbcfabcada",
        "facilityRows 20 4 3 426948e999e0d7fa",
        "districtNames 21 1 0 2d06800538d394c2",
        "districtStarts 22 4 1 48b2c92616fc193d",
        "identifierTypes 6 1 13 d01a528fd9fe1807",
        "establishedTokens 7 8 0 2d06800538d394c2",
        "careContexts 8 1 15744 219f9c6da716f138",
        "addressBuckets 10 64 3 c789cd0ed8d30ca4",
        "addressLists 11 4 27 ff9fbaf7ec28d2d1",
        "numberBuckets 12 64 4 8fba3f50d97cc68f",
        "numberLists 13 4 18 92ab9e5af2940952",
        "mobileBuckets 14 64 3 59e7b77ad4bff975",
        "mobileLists 15 4 19 f93d8332277f2289",
        "identifierBuckets 16 64 5 b693f35b03668aa5",
        "identifierLists 17 4 22 93c44686beab3165",
        "position 18 1 6 ce3d1962bc4422d9",
        "defaultFacility 19 1 4 46a43dc6f831dd7b",
    ]
}
