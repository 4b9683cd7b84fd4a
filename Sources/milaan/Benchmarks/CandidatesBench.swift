internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import Synthetic

/// What a crowded key costs: requests by a mobile that 1, 2, 4 and so on to 256 patients share.
enum CandidatesBench {
    /// The rule's limit is the last one: more are `tooManyCandidates`.
    private static let widths = (0...8).map { 1 << $0 }

    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        var discoverer = Discoverer(rule: try configuration.rule(), defaultFacility: "HIP1")
        for width in widths where width <= scale.rows {
            let crowd = try Crowd(hospital, width: width)
            try DiscoverBench.answer(
                "candidates-\(width)", scale, crowd.bodies, crowd.snapshot, &discoverer)
        }
    }
}

/// A hospital's people under mobiles that so many of them share, with a request for one of each.
private struct Crowd {
    let snapshot: Snapshot
    private(set) var bodies = RequestBodies()

    init(_ hospital: SyntheticHospital, width: Int) throws(CommandError) {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: hospital.seed)
        var record = PatientRecord()
        var bodies = RequestBodies()
        var number = 0
        try hospital.forEachPatient { (patient) throws(CommandError) in
            let group = number / width
            let mobile = "\(6_000_000_000 + group)"
            record.reset()
            do throws(PatientFieldError) {
                try record.set(.id, patient.bytes(of: .id))
                try record.set(.name, patient.bytes(of: .name))
                try record.set(.gender, patient.bytes(of: .gender))
                try record.set(.birthYear, patient.bytes(of: .yob))
                try record.set(.mobile, mobile.utf8.span)
                try record.finish()
            } catch {
                throw CommandError("a synthetic row was refused: \(error.field) \(error.reason)")
            }
            try SyntheticImage.append(record, to: &builder)
            // Somebody else of each crowd, so that no place in it is favoured.
            if number % width == group % width, bodies.count < 5000 {
                bodies.append(Self.body(of: patient, mobile: mobile))
            }
            number += 1
        }
        self.bodies = bodies
        snapshot = Snapshot(image: builder.build(), position: "synthetic", publishedAtSeconds: 0)
    }

    private static func body(of patient: borrowing SyntheticPatient, mobile: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for name in ["requestId", "transactionId"] as [StaticString] {
            writer.key(name)
            writer.string("0f3c9c1e-52c7-4d3b-9a53-6a2f2d1f7a10")
        }
        writer.key("timestamp")
        writer.string("2026-01-05T10:00:00.000Z")
        writer.key("patient")
        writer.beginObject()
        writer.key("id")
        writer.string("somebody@sbx")
        writer.key("verifiedIdentifiers")
        writer.beginArray()
        writer.beginObject()
        writer.key("type")
        writer.string("MOBILE")
        writer.key("value")
        writer.string(mobile)
        writer.endObject()
        writer.endArray()
        writer.key("unverifiedIdentifiers")
        writer.beginArray()
        writer.endArray()
        writer.member("name", patient.bytes(of: .name))
        writer.member("gender", patient.bytes(of: .gender))
        let year = patient.bytes(of: .yob)
        writer.key("yearOfBirth")
        writer.integer(year.indices.reduce(0) { $0 * 10 + Int(year[$1]) - 48 })
        writer.endObject()
        writer.endObject()
        return writer.take()
    }
}
