extension SyntheticHospital {
    /// Rows between two reports of progress.
    private static let rowsPerReport = 65_536

    /// Writes the patient table as CSV with a header (RFC 4180).
    ///
    /// - Parameters:
    ///   - sink: where to; flushed at the end.
    ///   - progress: called now and then with the count of rows written so far.
    /// - Throws: `SyntheticError.writeFailed`.
    public func writePatientsCSV(
        to sink: inout SyntheticSink, progress: (Int) -> Void = { _ in }
    ) throws(SyntheticError) {
        Self.writeHeader(SyntheticPatient.Field.allCases.map(\.rawValue), to: &sink)
        try forEachPatient { (patient: borrowing SyntheticPatient) throws(SyntheticError) in
            patient.fields.writeCSV(to: &sink)
            try sink.endRow()
            let rows = patient.row + 1
            if rows % Self.rowsPerReport == 0 { progress(rows) }
        }
        try sink.finish()
    }

    /// Writes the table of care contexts as CSV with a header (RFC 4180).
    ///
    /// - Parameters:
    ///   - sink: where to; flushed at the end.
    ///   - progress: called now and then with the count of rows written so far.
    /// - Throws: `SyntheticError.writeFailed`.
    public func writeCareContextsCSV(
        to sink: inout SyntheticSink, progress: (Int) -> Void = { _ in }
    ) throws(SyntheticError) {
        Self.writeHeader(SyntheticCareContext.Field.allCases.map(\.rawValue), to: &sink)
        var rows = 0
        try forEachCareContext { (context: borrowing SyntheticCareContext) throws(SyntheticError) in
            context.fields.writeCSV(to: &sink)
            try sink.endRow()
            rows += 1
            if rows % Self.rowsPerReport == 0 { progress(rows) }
        }
        try sink.finish()
    }

    /// Writes discover requests, one JSON object a line.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - sink: where to; flushed at the end.
    /// - Throws: `SyntheticError.writeFailed`.
    public func writeRequestsNDJSON(
        count: Int, to sink: inout SyntheticSink
    ) throws(SyntheticError) {
        try forEachRequest(count: count) {
            (request: borrowing SyntheticRequest) throws(SyntheticError) in
            sink.append(request.body)
            sink.append(UInt8(ascii: "\n"))
            try sink.endRow()
        }
        try sink.finish()
    }

    /// Writes what is known about the answers to the same requests, as CSV with a header.
    ///
    /// The columns are `request_id`, `expected_ids` (joined by semicolons; empty where nobody is to
    /// be found), `class` and `hip_id`, the facility that is asked.
    ///
    /// - Parameters:
    ///   - count: how many, as for the requests.
    ///   - sink: where to; flushed at the end.
    /// - Throws: `SyntheticError.writeFailed`.
    public func writeTruthCSV(count: Int, to sink: inout SyntheticSink) throws(SyntheticError) {
        Self.writeHeader(["request_id", "expected_ids", "class", "hip_id"], to: &sink)
        var fields = FieldBytes(capacity: 128)
        try forEachRequest(count: count) {
            (request: borrowing SyntheticRequest) throws(SyntheticError) in
            fields.removeAll()
            fields.bytes.append(contentsOf: request.idBytes)
            fields.endField()
            for (place, row) in request.expectedRows.enumerated() {
                if place > 0 { fields.bytes.append(UInt8(ascii: ";")) }
                SyntheticRegistration.writeID(row: row, into: &fields.bytes)
            }
            fields.endField()
            fields.bytes.append(text: request.kind.rawValue)
            fields.endField()
            SyntheticRegistration.writeFacility(request.facility, into: &fields.bytes)
            fields.endField()
            fields.writeCSV(to: &sink)
            try sink.endRow()
        }
        try sink.finish()
    }

    private static func writeHeader(_ names: [String], to sink: inout SyntheticSink) {
        sink.append(names.joined(separator: ","))
        sink.append("\r\n")
    }
}
