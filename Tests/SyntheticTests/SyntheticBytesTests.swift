internal import Glibc
internal import Synthetic
internal import Testing

@Suite("The bytes of a synthetic hospital")
struct SyntheticBytesTests {
    @Test("are the same for the same seed, on every machine and in every build")
    func bytesArePinned() throws {
        let files = try HospitalFiles(
            SyntheticHospital(patients: 1000, seed: 1, facilities: 2), requests: 500)
        // A change here changes every measurement that names a seed: say so in the changelog.
        #expect(HospitalFiles.checksum(files.patients) == 17_185_261_121_394_893_502)
        #expect(HospitalFiles.checksum(files.careContexts) == 2_027_612_533_134_227_880)
        #expect(HospitalFiles.checksum(files.requests) == 601_529_831_623_359_251)
        #expect(HospitalFiles.checksum(files.truth) == 12_085_001_254_242_263_522)
    }

    @Test("differ from seed to seed")
    func seedsDiffer() throws {
        let sums = try (0..<8 as Range<UInt64>).map { seed in
            HospitalFiles.checksum(
                try HospitalFiles(SyntheticHospital(patients: 50, seed: seed)).patients)
        }
        #expect(Set(sums).count == sums.count)
    }

    @Test("are the beginning of every longer hospital's", arguments: [0, 1, 31, 32, 33, 500])
    func shorterIsPrefix(patients: Int) throws {
        let long = try HospitalFiles(SyntheticHospital(patients: 700, seed: 9, facilities: 3))
        let short = try HospitalFiles(SyntheticHospital(patients: patients, seed: 9, facilities: 3))
        #expect(long.patients.starts(with: short.patients))
        #expect(long.careContexts.starts(with: short.careContexts))
        #expect(try CSVOracle.rows(of: short.patients).count == patients + 1)
    }

    @Test("are the same when the rows are visited in parts")
    func partsMakeTheWhole() throws {
        let hospital = SyntheticHospital(patients: 300, seed: 4)
        func names(_ ranges: [Range<Int>]) -> [[UInt8]] {
            var names: [[UInt8]] = []
            for range in ranges {
                hospital.forEachPatient(in: range) { patient in
                    let name = patient.bytes(of: .name)
                    names.append(name.indices.map { name[$0] })
                }
            }
            return names
        }
        let whole = names([0..<300])
        #expect(whole.count == 300)
        #expect(names([0..<1, 1..<100, 100..<100, 100..<300]) == whole)
    }

    @Test("reach a file as they reach memory")
    func fileEqualsMemory() throws {
        let hospital = SyntheticHospital(patients: 2000, seed: 5)
        var template = Array("/tmp/synthetic-XXXXXX".utf8CString)
        let descriptor = unsafe mkstemp(&template)
        try #require(descriptor >= 0)
        defer {
            close(descriptor)
            unsafe unlink(template)
        }
        var sink = SyntheticSink(descriptor: descriptor)
        try hospital.writePatientsCSV(to: &sink)
        let count = sink.byteCount

        var bytes = [UInt8](repeating: 0, count: count + 1)
        let read = unsafe pread(descriptor, &bytes, bytes.count, 0)
        #expect(read == count)
        #expect(try Array(bytes.prefix(count)) == HospitalFiles(hospital).patients)
    }

    @Test("say why they cannot be written")
    func writeErrorIsReported() {
        let hospital = SyntheticHospital(patients: 10, seed: 1)
        #expect(throws: SyntheticError.writeFailed(code: EBADF)) {
            var sink = SyntheticSink(descriptor: -1)
            try hospital.writePatientsCSV(to: &sink)
        }
    }

    @Test("come with reports of progress")
    func progressIsReported() throws {
        var reports: [Int] = []
        var sink = SyntheticSink()
        try SyntheticHospital(patients: 70_000, seed: 1)
            .writePatientsCSV(to: &sink) { reports.append($0) }
        #expect(reports == [65_536])
    }
}
