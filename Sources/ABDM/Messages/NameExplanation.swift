internal import Index
internal import JSON
internal import Matcher

/// Why a record's name agrees with a request's, or does not.
enum NameExplanation {
    /// Writes the member `name` into an object that is open.
    static func write(
        _ candidate: CandidateAgreement, _ step: MatchStep, _ query: borrowing PatientQuery,
        _ names: inout NameComparer, _ image: borrowing PatientImage, _ writer: inout JSONWriter
    ) {
        var recorded = UnpackedText()
        image.readName(of: image.texts(of: candidate.row), into: &recorded)
        writer.key("name")
        writer.beginObject()
        writer.key("verdict")
        writer.string(candidate.nameVerdict.rawValue)
        writer.key("request")
        writer.string(query.texts.bytes(query.foldedName))
        writer.key("record")
        writer.string(recorded.bytes)
        writer.key("distance")
        writer.integer(candidate.name.distance)
        writer.key("limit")
        writer.integer(candidate.name.limit)
        writer.key("score")
        writer.integer(candidate.name.score)
        writer.key("scoreMin")
        writer.integer(step.nameScoreMin)
        writer.key("scoreMinInHousehold")
        writer.integer(max(step.nameScoreMin, step.nameScoreMinInHousehold))
        writer.key("policy")
        writer.string(step.nameAgreement.rawValue)
        writeEvidence(
            recorded.bytes, step.nameComparison, query, &names, image,
            at: image.facility(of: candidate.row),
            &writer)
        writer.endObject()
    }

    /// Writes what a comparison of names goes by into an object that is open.
    static func writeEvidence(
        _ recorded: Span<UInt8>, _ comparison: NameComparison, _ query: borrowing PatientQuery,
        _ names: inout NameComparer, _ image: borrowing PatientImage, at facility: UInt16,
        _ writer: inout JSONWriter
    ) {
        // Compared once more: what a comparison goes by is not kept, so that it costs nothing.
        let evidence = names.explain(
            recorded, by: comparison, among: image.establishedTokens, at: facility)
        write(evidence.contributions, &writer)
        writer.key("tokens")
        writer.beginArray()
        for pair in evidence.pairs { write(pair, query, recorded, &writer) }
        writer.endArray()
        writer.key("unpaired")
        writer.beginArray()
        for token in evidence.unpaired {
            writer.beginObject()
            writer.key("side")
            writer.string(token.isQuery ? "request" : "record")
            writer.key("token")
            write(token.place, ofRequest: token.isQuery, query, recorded, &writer)
            writer.key("role")
            writer.string("\(token.role)")
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(_ contributions: NameContributions, _ writer: inout JSONWriter) {
        writer.key("contributions")
        writer.beginObject()
        for part in contributions.named {
            writer.key(part.name)
            writer.integer(part.points)
        }
        writer.endObject()
    }

    private static func write(
        _ pair: TokenPair, _ query: borrowing PatientQuery, _ recorded: Span<UInt8>,
        _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("request")
        write(pair.query, ofRequest: true, query, recorded, &writer)
        writer.key("record")
        write(pair.candidate, ofRequest: false, query, recorded, &writer)
        writer.key("agreement")
        writer.string(pair.agreement.rawValue)
        writer.key("distance")
        writer.integer(pair.distance)
        writer.key("limit")
        writer.integer(pair.limit)
        writer.key("certainty")
        writer.integer(pair.certainty)
        writer.key("weight")
        writer.integer(pair.weight)
        writer.endObject()
    }

    private static func write(
        _ place: TextRange, ofRequest isQuery: Bool, _ query: borrowing PatientQuery,
        _ recorded: Span<UInt8>, _ writer: inout JSONWriter
    ) {
        guard isQuery else {
            return writer.string(recorded.extracting(place.start..<place.start + place.count))
        }
        writer.string(
            query.texts.bytes(
                TextRange(start: query.foldedName.start + place.start, count: place.count)))
    }
}
