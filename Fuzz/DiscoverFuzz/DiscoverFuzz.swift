internal import ABDM
internal import Index
internal import JSON
internal import Matcher

/// Sends the input to a small hospital as a discover body.
///
/// Input: byte 0 chooses the profile (low three bits), whether the headers are sent (bit 3) and whether
/// they are the input's own bytes (bit 4); the body follows.
@c(LLVMFuzzerTestOneInput)
public func discover(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let choice = input.first else { return 0 }
    let body = Array(input.dropFirst())
    var header: [UInt8]?
    if choice & 8 != 0 { header = choice & 16 != 0 ? Array(body.prefix(20)) : Array("HIP1".utf8) }
    let profile = Profile.names[Int(choice & 7) % Profile.names.count]
    guard let rule = Profile.rule(named: profile) else { return 0 }

    // A fresh one and a used one must say the same: nothing of a request may outlive it.
    var used = Discoverer(rule: rule, defaultFacility: "HIP1")
    let first = reply(&used, body, header, explain: false)
    let explained = reply(&used, body, header, explain: true)
    let again = reply(&used, body, header, explain: false)
    precondition(first == again, "a second reply differs from the first")

    var document = JSONDocument()
    do {
        try document.parse(first.span)
    } catch {
        preconditionFailure("the reply is not JSON: \(error.reason)")
    }
    let hasOutcome = document.member("outcome", of: document.root) != nil
    let hasPatient = document.member("patient", of: document.root) != nil
    let hasError = document.member("error", of: document.root) != nil
    precondition(hasError != hasPatient, "either a patient or an error")
    precondition(hasOutcome || hasError, "an outcome or an error")

    // The explanation is put behind the reply's last member.
    let same = hasOutcome ? first.count - 1 : first.count
    precondition(
        explained.prefix(same) == first.prefix(same), "asking for reasons changed the decision")
    do {
        try document.parse(explained.span)
    } catch {
        preconditionFailure("the explained reply is not JSON: \(error.reason)")
    }
    precondition(hasOutcome == (document.member("explanation", of: document.root) != nil))
    return 0
}

private func reply(
    _ discoverer: inout Discoverer, _ body: [UInt8], _ header: [UInt8]?, explain: Bool
) -> [UInt8] {
    var writer = JSONWriter()
    _ = discoverer.discover(
        body: body.span, facility: header?.span, requestID: header?.span, explain: explain,
        in: hospital, into: &writer)
    precondition(writer.isComplete, "a reply that is not closed")
    return writer.take()
}

/// A family on one mobile, a duplicate, a contradiction, and one record of hardly anything.
private let hospital: Snapshot = {
    let rows: [[(PatientField, String)]] = [
        [
            (.id, "A1"), (.name, "Smt. Asha Verma"), (.gender, "F"), (.birthDate, "1985-04-12"),
            (.mobile, "9800000001"), (.abhaAddress, "asha@sbx"),
            (.abhaNumber, "91-1111-2222-3331"), (.medicalRecord, "MR-1"),
        ],
        [
            (.id, "A2"), (.name, "Asha Verma"), (.gender, "F"), (.birthDate, "1985-04-12"),
            (.mobile, "9800000001"),
        ],
        [
            (.id, "A3"), (.name, "Asha Verma"), (.gender, "F"), (.birthDate, "1985-04-12"),
            (.mobile, "9800000001"), (.abhaNumber, "91-1111-2222-3332"),
        ],
        [(.id, "B1"), (.name, "Ravi Verma"), (.gender, "M"), (.mobile, "9800000001")],
        [
            (.id, "C1"), (.name, "आशा देवी"), (.gender, "F"), (.birthYear, "1970"),
            (.abhaAddress, "91111122223333@abdm"), (.medicalRecord, "MR-1"),
        ],
        [(.id, "D1"), (.medicalRecord, "MR-7")],
    ]
    var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
    var patient = PatientRecord()
    var context = CareContextRecord()
    do {
        for row in rows {
            patient.reset()
            for (field, value) in row {
                let bytes = Array(value.utf8)
                try patient.set(field, bytes.span)
            }
            try patient.finish()
            try builder.append(patient)
        }
        for (id, reference) in [("A1", "V1"), ("A1", "V1"), ("A2", "V2"), ("C1", "V3")] {
            context.reset()
            let values = (Array(id.utf8), Array(reference.utf8))
            try context.set(.patientID, values.0.span)
            try context.set(.reference, values.1.span)
            try context.finish()
            try builder.append(context)
        }
    } catch {
        preconditionFailure("a hospital that cannot be built: \(error)")
    }
    return Snapshot(image: builder.build(), position: "fuzz", publishedAtSeconds: 0)
}()
