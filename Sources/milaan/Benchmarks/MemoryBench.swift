internal import Index
internal import Matcher
internal import Synthetic

/// Memory of an image a patient: as hospitals are, and with all four identifiers on every row.
enum MemoryBench {
    static func run(_ scale: BenchScale, _ configuration: Configuration) throws(CommandError) {
        let hospital = SyntheticHospital(patients: scale.rows, seed: scale.seed)
        let snapshot = try SyntheticImage.snapshot(of: hospital)
        var mixed = BenchReport(name: "index/memory/synthetic", operations: scale.rows)
        mixed.bytesPerRow = Double(snapshot.image.patientBytes) / Double(scale.rows)
        mixed.extra =
            columns(of: snapshot.image) + [
                ("care_contexts", snapshot.image.careContextCount),
                ("care_context_bytes", snapshot.image.careContextBytes),
            ]
        mixed.checksum = checksum(of: snapshot.image)
        try mixed.write(scale)

        let full = try fullImage(hospital)
        var report = BenchReport(name: "index/memory/four-identifiers", operations: scale.rows)
        report.bytesPerRow = Double(full.patientBytes) / Double(scale.rows)
        report.extra = columns(of: full)
        report.checksum = checksum(of: full)
        try report.write(scale)

        var identities = BenchReport(
            name: "index/memory/four-identifiers-identity", operations: scale.rows)
        let bytes = identityBytes(full, full.rowParts)
        identities.bytesPerRow = Double(bytes) / Double(scale.rows)
        identities.checksum = report.checksum
        try identities.write(scale)
    }

    /// All of it; what is left without the columns of searches by name and what leads to care contexts; then each
    /// part of the rows and each column.
    private static func columns(
        of image: borrowing PatientImage
    ) -> [(name: StaticString, value: Int)] {
        let parts = image.rowParts
        return [
            ("patient_bytes", image.patientBytes),
            ("identity_bytes", identityBytes(image, parts)),
        ] + parts.named.map { ($0.name, $0.bytes) } + image.columns.map { ($0.name, $0.bytes) }
    }

    /// What remains where nobody searches by name alone or asks for care contexts.
    private static func identityBytes(_ image: borrowing PatientImage, _ parts: RowParts) -> Int {
        image.patientBytes - image.searchBytes - parts.contextLinks
    }

    /// What the image holds and how much room that takes.
    private static func checksum(of image: borrowing PatientImage) -> UInt64 {
        var checksum = Checksum()
        checksum.add(image.count)
        checksum.add(image.patientBytes)
        checksum.add(image.careContextCount)
        checksum.add(image.careContextBytes)
        return checksum.value
    }

    /// The same patients, each with an ABHA address, an ABHA number, a mobile, an MR number and a name.
    private static func fullImage(
        _ hospital: SyntheticHospital
    ) throws(CommandError) -> PatientImage {
        var builder = ImageBuilder(defaultFacility: "HIP1", seed: hospital.seed)
        var record = PatientRecord()
        var row = 0
        try hospital.forEachPatient { (patient) throws(CommandError) in
            row += 1
            try SyntheticImage.fill(&record, from: patient)
            do throws(PatientFieldError) {
                if record.abhaAddress.isEmpty {
                    try set("patient\(row)@sbx", .abhaAddress, &record)
                }
                if record.abhaNumber == 0 {
                    try set("\(10_000_000_000_000 + row)", .abhaNumber, &record)
                }
                if record.mobile == 0 { try set("\(6_000_000_000 + row)", .mobile, &record) }
                if record.identifiers.isEmpty {
                    try set("MR\(100_000_000 + row)", .medicalRecord, &record)
                }
                if record.name.isEmpty { try set("Kavita Agarwal", .name, &record) }
            } catch {
                throw CommandError("a synthetic value was refused: \(error.field) \(error.reason)")
            }
            try SyntheticImage.append(record, to: &builder)
        }
        return builder.build()
    }

    private static func set(
        _ text: String, _ field: PatientField, _ record: inout PatientRecord
    ) throws(PatientFieldError) {
        try record.set(field, text.utf8.span)
    }
}
