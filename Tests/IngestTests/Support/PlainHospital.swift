import Index
import Ingest
import Matcher
import TestSupport

/// A patient as an image should show it, in plain values.
struct PlainPatient: Equatable, Sendable {
    var name = ""
    var gender = Gender.notStated
    var birthDate: BirthDate?
    var mobile: UInt64 = 0
    var abhaAddress = ""
    var abhaNumber: UInt64 = 0
    var contexts: [PlainContext] = []
}

/// A care context as an image should show it, in plain values.
struct PlainContext: Equatable, Sendable {
    var reference: String
    var display: String
    var hiType = HealthInformationType.notStated
    var date: BirthDate?
    var isLinked = false
}

/// Whose record it is.
struct PlainKey: Hashable, Sendable {
    var facility: String
    var id: String
}

/// Patients by facility and id: the slow and obvious form of an image.
typealias PlainHospital = [PlainKey: PlainPatient]

extension PatientImage {
    /// Everything that the image shows of its patients.
    borrowing func plain() -> PlainHospital {
        var hospital: PlainHospital = [:]
        for number in 0..<count {
            let row = place(ofRow: number)
            let facts = facts(of: row)
            var patient = PlainPatient(
                name: name(of: row), gender: facts.gender, birthDate: facts.birthDate,
                mobile: facts.mobile, abhaAddress: address(of: row),
                abhaNumber: facts.abhaNumber)
            var contexts = careContexts(of: row)
            while let context = next(&contexts) {
                patient.contexts.append(
                    PlainContext(
                        reference: text(reference(of: context)),
                        display: text(display(of: context)), hiType: context.hiType,
                        date: context.date, isLinked: context.isLinked))
            }
            patient.contexts.sort { $0.reference < $1.reference }
            let key = PlainKey(
                facility: text(facilityName(facility(of: row))), id: id(of: row))
            hospital[key] = patient
        }
        return hospital
    }

    /// The ids of a facility's rows that carry an identifier, sorted.
    borrowing func ids(
        carrying kind: IdentifierKind, _ value: String, facility: String
    ) -> [String] {
        guard let facility = self.facility(named: facility.utf8.span) else { return [] }
        var query = PatientQuery()
        query.add(kind, value: value.utf8.span, type: "".utf8.span, isVerified: true)
        var ids: [String] = []
        for identifier in query.identifiers {
            let candidates = rows(
                carrying: identifier, texts: query.texts, facility: facility)
            for position in 0..<candidates.count {
                ids.append(id(of: row(of: candidates, at: position)))
            }
        }
        return ids.sorted()
    }
}

/// A copy of lent bytes as text.
func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
}
