internal import Index
internal import JSON
internal import Matcher

/// The reply to a search by name.
enum SearchResponse {
    /// Writes one object.
    ///
    /// - Parameters:
    ///   - found: the records that are listed, the best first.
    ///   - isComplete: whether no other one is known that may agree too.
    ///   - rowsSeen: how many rows were looked at.
    ///   - query: who was asked for.
    ///   - names: what was made to compare the query's name.
    ///   - facility: whose records they are; nil when no row names it.
    ///   - image: the records.
    ///   - position: where in the source they were taken.
    ///   - text: for texts of the records.
    ///   - writer: where it is written.
    static func write(
        _ found: borrowing ScratchList<FoundRecord>, isComplete: Bool, rowsSeen: Int,
        _ query: borrowing PatientQuery, _ names: inout NameComparer, at facility: UInt16?,
        _ image: borrowing PatientImage, _ position: String, _ text: inout UnpackedText,
        _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("patients")
        writer.beginArray()
        for index in found.indices {
            write(found[index], query, &names, at: facility ?? 0, image, &text, &writer)
        }
        writer.endArray()
        writer.key("complete")
        writer.boolean(isComplete)
        writer.key("rowsSearched")
        writer.integer(rowsSeen)
        writer.key("snapshot")
        writer.beginObject()
        writer.key("rows")
        writer.integer(image.count)
        writer.member("position", position.utf8.span)
        writer.endObject()
        writer.endObject()
    }

    private static func write(
        _ record: FoundRecord, _ query: borrowing PatientQuery, _ names: inout NameComparer,
        at facility: UInt16,
        _ image: borrowing PatientImage, _ text: inout UnpackedText,
        _ writer: inout JSONWriter
    ) {
        let facts = image.facts(of: record.row)
        writer.beginObject()
        image.readID(of: record.row, into: &text)
        writer.member("referenceNumber", text.bytes)
        image.readName(of: image.texts(of: record.row), into: &text)
        writer.member("name", text.bytes)
        writer.key("gender")
        writer.string(facts.gender.code)
        writer.key("yearOfBirth")
        if let year = facts.birthDate?.year { writer.integer(year) } else { writer.null() }
        writer.key("district")
        let district = image.district(of: record.row)
        if district.isEmpty { writer.null() } else { writer.string(district) }
        writer.key("score")
        writer.integer(record.score)
        writer.key("evidence")
        writer.beginObject()
        NameExplanation.writeEvidence(
            text.bytes, .weighed, query, &names, image, at: facility, &writer)
        writer.endObject()
        writer.endObject()
    }
}
