/// A hospital's patient table of invented people, the same bytes for the same seed everywhere.
///
/// People live in households: they share an address, a surname and often one telephone, and
/// siblings have like names. 6 rows of 32 are further registrations of somebody who has a row
/// already, written anew. Requests ask for people of the table and for people who have no record.
///
/// The table of N patients is the beginning of every longer table of the same seed and the same
/// number of facilities. Memory does not grow with the number of rows. Nothing is read but the
/// arguments: no clock, no locale, no floating point.
public struct SyntheticHospital: Sendable {
    /// The most rows that a table can have: what telephone numbers and ABHA numbers suffice for.
    public static let patientsMax = 400_000_000

    /// How many rows the patient table has.
    public let patients: Int
    /// What all draws follow from.
    public let seed: UInt64
    /// How many facilities share the table; they are called `HIP1`, `HIP2` and so on.
    public let facilities: Int

    /// Describes a hospital; nothing is computed yet.
    ///
    /// - Parameters:
    ///   - patients: rows of the patient table, 0...`patientsMax`.
    ///   - seed: any number.
    ///   - facilities: 1...10,000.
    public init(patients: Int, seed: UInt64, facilities: Int = 1) {
        precondition((0...Self.patientsMax).contains(patients), "too few or too many patients")
        precondition((1...10_000).contains(facilities), "too few or too many facilities")
        self.patients = patients
        self.seed = seed
        self.facilities = facilities
    }

    /// Visits the rows of the patient table in their order.
    ///
    /// - Parameters:
    ///   - rows: which rows, so that several threads can share the work; all by default.
    ///   - body: called with each row, which is lent for the call.
    /// - Throws: what `body` throws, at once.
    /// - Complexity: O(rows) time, O(1) space.
    public func forEachPatient<Failure: Error>(
        in rows: Range<Int>? = nil, _ body: (borrowing SyntheticPatient) throws(Failure) -> Void
    ) throws(Failure) {
        let rows = rows ?? 0..<patients
        precondition(rows.lowerBound >= 0 && rows.upperBound <= patients, "no such rows")
        var patient = SyntheticPatient()
        var here = Neighbourhood(seed: seed, index: rows.lowerBound / Neighbourhood.rowCount)
        for row in rows {
            if row / Neighbourhood.rowCount != here.index {
                here = Neighbourhood(seed: seed, index: row / Neighbourhood.rowCount)
            }
            var desk = SyntheticDesk(seed: seed, row: row)
            desk.write(registration(row: row, in: here), into: &patient)
            try body(patient)
        }
    }

    /// What a row states.
    func registration(row: Int) -> SyntheticRegistration {
        registration(
            row: row, in: Neighbourhood(seed: seed, index: row / Neighbourhood.rowCount))
    }

    private func registration(row: Int, in here: Neighbourhood) -> SyntheticRegistration {
        let slot = here.person(ofRow: row)
        let home =
            slot.neighbourhood == here.index
            ? here.household(ofSlot: slot.slot)
            : Neighbourhood(seed: seed, index: slot.neighbourhood).household(ofSlot: slot.slot)
        let household = SyntheticHousehold(seed: seed, index: home.index)
        return SyntheticRegistration(
            row: row, person: household.member(role: home.role, number: slot.number),
            isRepeat: slot.isRepeat, seed: seed, facilities: facilities)
    }

    /// Every row of the table in which a person is registered, ascending.
    ///
    /// - Parameter number: the person's number.
    /// - Returns: rows of the table; none if the table ends before the first of them.
    func rows(ofNumber number: Int) -> [Int] {
        let (index, slot) = number.quotientAndRemainder(dividingBy: Neighbourhood.personCount)
        return Neighbourhood(seed: seed, index: index).rows(ofSlot: slot, below: patients)
    }
}
