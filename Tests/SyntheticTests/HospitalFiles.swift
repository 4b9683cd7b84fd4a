internal import Synthetic

/// The four files of a hospital, in memory.
struct HospitalFiles {
    var patients: [UInt8] = []
    var careContexts: [UInt8] = []
    var requests: [UInt8] = []
    var truth: [UInt8] = []

    init(_ hospital: SyntheticHospital, requests count: Int = 0) throws {
        var sink = SyntheticSink()
        try hospital.writePatientsCSV(to: &sink)
        patients = sink.takeBytes()
        sink = SyntheticSink()
        try hospital.writeCareContextsCSV(to: &sink)
        careContexts = sink.takeBytes()
        sink = SyntheticSink()
        try hospital.writeRequestsNDJSON(count: count, to: &sink)
        requests = sink.takeBytes()
        sink = SyntheticSink()
        try hospital.writeTruthCSV(count: count, to: &sink)
        truth = sink.takeBytes()
    }

    /// Fowler, Noll and Vo's hash (FNV-1a, 64 bits): enough to notice one changed byte.
    static func checksum(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// The digits that end a mobile, however it is written: the last ten.
    static func mobileDigits(_ text: String) -> String {
        String(text.filter(\.isNumber).suffix(10))
    }
}
