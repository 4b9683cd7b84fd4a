internal import Matcher

/// What to do with a value that cannot be right.
public enum BadValues: String, Sendable {
    /// The row is refused.
    case refuse
    /// The row is kept without the value, unless the value tells whose row it is.
    case drop
}

/// Reads one patient's row value by value and remembers what was wrong with it.
struct PatientIntake: ~Copyable {
    /// The row as far as it could be read.
    private(set) var record = PatientRecord()
    /// The first reason to refuse the row.
    private(set) var fault: RowFault?

    private let badValues: BadValues
    private let today: CalendarDay
    /// Bit k is set where the field k of `allCases` had a value that could not be used.
    private(set) var unusable: UInt32 = 0
    /// Likewise for the values among them that are wrong and that the row is kept without.
    private(set) var dropped: UInt32 = 0

    init(_ options: LoadOptions) {
        badValues = options.badValues
        today = options.today
    }

    /// Starts with the next row.
    mutating func begin() {
        record.reset()
        fault = nil
        unusable = 0
        dropped = 0
    }

    /// Takes a value as the source has it.
    @inline(__always)
    mutating func take(_ field: PatientField, at ordinal: Int, _ raw: Span<UInt8>) {
        do throws(PatientFieldError) {
            try record.set(field, raw)
        } catch {
            note(error, ordinal)
        }
        if field == .birthDate || field == .birthYear { checkBirth(field, at: ordinal) }
    }

    /// Takes a text that nobody has looked at yet.
    @inline(__always)
    mutating func takeUnchecked(_ field: PatientField, at ordinal: Int, _ raw: Span<UInt8>) {
        guard raw.isPlainASCII else { return takeUnusual(field, at: ordinal, raw) }
        do throws(PatientFieldError) {
            try record.setWithoutNUL(field, raw)
        } catch {
            note(error, ordinal)
        }
        if field == .birthDate || field == .birthYear { checkBirth(field, at: ordinal) }
    }

    @inline(never)
    private mutating func takeUnusual(
        _ field: PatientField, at ordinal: Int, _ raw: Span<UInt8>
    ) {
        guard raw.isUTF8 else { return refuse(field.rawValue, "is not valid UTF-8") }
        take(field, at: ordinal, raw)
    }

    /// Takes a birth date that is none of text.
    mutating func take(_ date: BirthDate, at ordinal: Int) {
        record.setBirthDate(date)
        checkBirth(.birthDate, at: ordinal)
    }

    /// Takes the birth date out again if it is still to come: somebody mistyped it, and the person was born.
    @inline(__always)
    private mutating func checkBirth(_ field: PatientField, at ordinal: Int) {
        guard let date = record.birthDate, today.isBefore(date) else { return }
        record.setBirthDate(nil)
        unusable |= 1 << UInt32(ordinal)
    }

    /// Notes a value that was found wrong before it could be set.
    mutating func noteWrong(_ field: PatientField, at ordinal: Int, _ reason: String) {
        if badValues == .drop, field.isDroppable {
            unusable |= 1 << UInt32(ordinal)
            dropped |= 1 << UInt32(ordinal)
        } else {
            refuse(field.rawValue, reason)
        }
    }

    /// Whether the row can be kept; otherwise `fault` says why not.
    mutating func finish() -> Bool {
        guard fault == nil else { return false }
        do throws(PatientFieldError) {
            try record.finish()
            return true
        } catch {
            refuse(error.field.rawValue, error.reason)
            return false
        }
    }

    /// Adds the row's unusable values to the counts.
    @inline(__always)
    func countUnusable(in counts: inout [Int]) {
        guard unusable != 0 else { return }
        for ordinal in counts.indices where unusable >> UInt32(ordinal) & 1 == 1 {
            counts[ordinal] += 1
        }
    }

    private mutating func note(_ error: PatientFieldError, _ ordinal: Int) {
        if error.isUnusable {
            unusable |= 1 << UInt32(ordinal)
        } else {
            noteWrong(error.field, at: ordinal, error.reason)
        }
    }

    /// Refuses the row for a reason that lies in none of its values.
    mutating func refuse(_ fault: RowFault) { self.fault = self.fault ?? fault }

    private mutating func refuse(_ field: String, _ reason: String) {
        fault = fault ?? RowFault(field, reason)
    }
}
