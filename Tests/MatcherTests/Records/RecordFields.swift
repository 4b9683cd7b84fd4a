internal import Matcher
internal import TestSupport

/// All that a patient record says, as plain values.
struct PatientRecordValues: Equatable {
    var id: String
    var facility: String
    var name: String
    var gender: Gender
    var birthDate: BirthDate?
    var mobile: UInt64
    var abhaNumber: UInt64
    var abhaAddress: String
    var identifiers: [String]

    init(_ record: borrowing PatientRecord) {
        id = Parsing.string(record.texts.bytes(record.id))
        facility = Parsing.string(record.texts.bytes(record.facility))
        name = Parsing.string(record.texts.bytes(record.name))
        gender = record.gender
        birthDate = record.birthDate
        mobile = record.mobile
        abhaNumber = record.abhaNumber
        abhaAddress = Parsing.string(record.texts.bytes(record.abhaAddress))
        identifiers = []
        for identifier in record.identifiers {
            identifiers.append(
                Parsing.string(record.texts.bytes(identifier.type)) + ":"
                    + Parsing.string(record.texts.bytes(identifier.value)))
        }
    }
}

extension Parsing {
    /// Sets a field; gives the error, nil where there is none.
    static func set(
        _ field: PatientField, _ text: String, in record: inout PatientRecord
    ) -> PatientFieldError? {
        let bytes = Array(text.utf8)
        do throws(PatientFieldError) {
            try record.set(field, bytes.span)
            return nil
        } catch {
            return error
        }
    }

    static func finish(_ record: inout PatientRecord) -> PatientFieldError? {
        do throws(PatientFieldError) {
            try record.finish()
            return nil
        } catch {
            return error
        }
    }

    static func set(
        _ field: CareContextField, _ text: String, in record: inout CareContextRecord
    ) -> CareContextFieldError? {
        let bytes = Array(text.utf8)
        do throws(CareContextFieldError) {
            try record.set(field, bytes.span)
            return nil
        } catch {
            return error
        }
    }

    static func finish(_ record: inout CareContextRecord) -> CareContextFieldError? {
        do throws(CareContextFieldError) {
            try record.finish()
            return nil
        } catch {
            return error
        }
    }
}
