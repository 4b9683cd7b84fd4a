internal import ABDM
internal import Index
internal import JSON
internal import Matcher

/// Sends the input to a small hospital as the body of a search by name.
///
/// Input: byte 0 says which facility is asked: the default one, the other one, or the one that the body's
/// own first bytes name; the body follows.
@c(LLVMFuzzerTestOneInput)
public func search(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let choice = input.first else { return 0 }
    let body = Array(input.dropFirst())
    let facility: [UInt8]? =
        switch choice % 3 {
        case 0: nil
        case 1: Array("HIP2".utf8)
        default: Array(body.prefix(20))
        }

    // A fresh one and a used one must say the same: nothing of a search may outlive it.
    var used = Searcher(defaultFacility: "HIP1")
    let first = reply(&used, body, facility)
    let again = reply(&used, body, facility)
    precondition(first == again, "a second reply differs from the first")

    var document = JSONDocument()
    do {
        try document.parse(first.span)
    } catch {
        preconditionFailure("the reply is not JSON: \(error.reason)")
    }
    guard let patients = document.member("patients", of: document.root) else {
        precondition(
            document.member("error", of: document.root) != nil, "either patients or an error")
        return 0
    }
    var elements = document.elements(of: patients)
    var last = Int64(1000)
    while let patient = elements.next(in: document) {
        guard let member = document.member("score", of: patient),
            let score = document.integer(of: member)
        else { preconditionFailure("a record without a score") }
        precondition(score >= 0 && score <= last, "not the best first")
        last = score
        check(patient, document, score)
    }
    return 0
}

/// The points of the evidence are the score.
private func check(_ patient: JSONNode, _ document: borrowing JSONDocument, _ score: Int64) {
    guard let evidence = document.member("evidence", of: patient),
        let contributions = document.member("contributions", of: evidence)
    else { preconditionFailure("a record without evidence") }
    var sum: Int64 = 0
    var members = document.members(of: contributions)
    while let member = members.next(in: document) {
        sum += document.integer(of: member.value) ?? 0
    }
    precondition(sum == score, "points that are not the score")
}

private func reply(
    _ searcher: inout Searcher, _ body: [UInt8], _ facility: [UInt8]?
) -> [UInt8] {
    var writer = JSONWriter()
    let report = searcher.search(
        body: body.span, facility: facility?.span, in: hospital, into: &writer)
    precondition(writer.isComplete, "a reply that is not closed")
    precondition(report.isAnswered || report.namesCompared == 0, "work for a refused search")
    return writer.take()
}

/// Names of every shape, at two facilities, with and without the rest.
private let hospital: Snapshot = {
    let rows: [[(PatientField, String)]] = [
        [
            (.id, "A1"), (.name, "Smt. Asha Verma"), (.gender, "F"), (.birthDate, "1985-04-12"),
            (.district, "Pune"),
        ],
        [(.id, "A2"), (.name, "Asha Varma"), (.gender, "F"), (.birthYear, "1986")],
        [(.id, "A3"), (.name, "Asha Verma W/O Ravi"), (.district, "Pune")],
        [(.id, "B1"), (.name, "Ravi @ Guddu"), (.gender, "M"), (.birthYear, "1970")],
        [(.id, "C1"), (.name, "आशा देवी"), (.gender, "F"), (.birthYear, "1970")],
        [(.id, "D1"), (.name, "B/O Asha"), (.gender, "F"), (.birthYear, "2020")],
        [(.id, "E1"), (.gender, "F"), (.birthYear, "1985")],
        [(.id, "F1"), (.name, "李小龍"), (.gender, "M")],
        [(.id, "A1"), (.facility, "HIP2"), (.name, "Asha Verma"), (.birthYear, "1985")],
    ]
    var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
    var patient = PatientRecord()
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
    } catch {
        preconditionFailure("a hospital that cannot be built: \(error)")
    }
    return Snapshot(image: builder.build(), position: "fuzz", publishedAtSeconds: 0)
}()
