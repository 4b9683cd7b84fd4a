extension SyntheticHospital {
    /// Visits the care contexts of all patients, in the order of the patients: 0...5 a patient.
    ///
    /// - Parameters:
    ///   - rows: the patients' rows; all by default.
    ///   - body: called with each care context, which is lent for the call.
    /// - Throws: what `body` throws, at once.
    /// - Complexity: O(rows) time, O(1) space.
    public func forEachCareContext<Failure: Error>(
        in rows: Range<Int>? = nil,
        _ body: (borrowing SyntheticCareContext) throws(Failure) -> Void
    ) throws(Failure) {
        let rows = rows ?? 0..<patients
        precondition(rows.lowerBound >= 0 && rows.upperBound <= patients, "no such rows")
        var context = SyntheticCareContext()
        for row in rows {
            var random = SyntheticRandom(seed: seed, .careContexts, row)
            let count = random.pick(CareContextKind.counts)
            guard count > 0 else { continue }
            let facility = facilities == 1 ? 1 : registration(row: row).facility
            for number in 1...count {
                CareContextKind.write(
                    row: row, number: number, facility: facility, using: &random,
                    into: &context.fields)
                try body(context)
            }
        }
    }
}

/// The kinds of health records that ABDM knows, and what a list shows for each.
///
/// The text says when, and at most where: a list is no place for clinical facts.
private enum CareContextKind {
    /// Shares of 0, 1, 2, 3, 4 and 5 care contexts.
    static let counts = StaticShares([12, 40, 24, 13, 7, 4])

    private static let kinds: [(type: String, prefix: String, display: String)] = [
        ("OPConsultation", "OPD", "OPD visit on "),
        ("Prescription", "RX", "Prescription of "),
        ("DischargeSummary", "IPD", "Hospital stay until "),
        ("DiagnosticReport", "LAB", "Report of "),
        ("ImmunizationRecord", "IMM", "Immunization record of "),
        ("HealthDocumentRecord", "DOC", "Document of "),
        ("WellnessRecord", "WEL", "Wellness visit on "),
    ]
    private static let shares = StaticShares([46, 18, 8, 16, 4, 5, 3])

    static func write(
        row: Int, number: Int, facility: Int, using random: inout SyntheticRandom,
        into fields: inout FieldBytes
    ) {
        let kind = kinds[random.pick(shares)]
        let date = SyntheticDate(year: random.within(2016...2025), using: &random)
        fields.removeAll()
        SyntheticRegistration.writeID(row: row, into: &fields.bytes)
        fields.endField()
        SyntheticRegistration.writeFacility(facility, into: &fields.bytes)
        fields.endField()
        fields.bytes.append(text: kind.prefix)
        fields.bytes.append(UInt8(ascii: "-"))
        fields.bytes.append(decimal: UInt64(row + 1), width: 8)
        fields.bytes.append(UInt8(ascii: "-"))
        fields.bytes.append(decimal: UInt64(number))
        fields.endField()
        fields.bytes.append(text: kind.display)
        fields.bytes.append(date: date)
        fields.endField()
        fields.bytes.append(text: kind.type)
        fields.endField()
        fields.bytes.append(date: date)
        fields.endField()
        fields.bytes.append(text: random.chance(180) ? "true" : "false")
        fields.endField()
    }
}
