internal import Matcher

/// Where an import puts the rows of one kind that can be taken.
protocol ImportSink: ~Copyable, ~Escapable {
    /// Writes the present row of a source, its values as they stand but for white space at their ends.
    ///
    /// - Parameters:
    ///   - rows: at the row.
    ///   - judged: what was found out about the row.
    ///   - texts: of the record that was made from the row.
    /// - Throws: `LoadFailure.database`.
    mutating func write<Rows: FieldRows & ~Copyable>(
        _ rows: borrowing Rows, _ judged: JudgedRow, in texts: borrowing TextArena
    ) throws(LoadFailure)
}

/// A sink of care contexts, which belong to patients.
protocol CareContextSink: ImportSink, ~Copyable, ~Escapable {
    /// Whether the patient of a care context is there; also true where the sink finds out later.
    ///
    /// - Throws: `LoadFailure.database`.
    mutating func mayHavePatient(
        of context: borrowing CareContextRecord
    ) throws(LoadFailure) -> Bool
}

/// What is known of a row that can be taken.
struct JudgedRow {
    /// Bit k is set where the value of field k is wrong and left out.
    var dropped: UInt32
    /// Bit k is set where the value of field k cannot be used, be it written or left out.
    var unusable: UInt32
    /// Where the facility's id stands; empty for the default one.
    var facility: TextRange
}
