internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import TestSupport

/// A reply to a search and what it cost.
struct SearchAnswer {
    let report: SearchReport
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func tree() throws -> JSONTree { try JSONTree(parsing: bytes) }

    /// The references of the records that were found, in their order.
    func references() throws -> [String] {
        try (tree()["patients"]?.elements ?? []).map { $0["referenceNumber"]?.text ?? "?" }
    }
}

/// A searcher with its snapshot: bodies in, replies out.
struct SearchingDesk: ~Copyable {
    let snapshot: Snapshot
    private var searcher = Searcher(defaultFacility: Hospital.defaultFacility)
    private var writer = JSONWriter()

    init(_ hospital: Hospital) throws { snapshot = try hospital.snapshot() }

    init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    mutating func ask(_ body: [UInt8], facility: String? = nil) -> SearchAnswer {
        let facility = facility.map { Array($0.utf8) }
        writer.reset()
        let report = searcher.search(
            body: body.span, facility: facility?.span, in: snapshot, into: &writer)
        return SearchAnswer(report: report, bytes: writer.take())
    }

    mutating func ask(_ body: String, facility: String? = nil) -> SearchAnswer {
        ask(Array(body.utf8), facility: facility)
    }
}

/// A search without its wire: what is asked for.
struct PlainSearch {
    var name: String
    var gender = Gender.notStated
    /// 0 for any.
    var year = 0
    /// Folded; empty for any.
    var district = ""
    var scoreMin = 500

    var body: String {
        var members = ["\"name\":\"\(name)\""]
        if gender != .notStated { members.append("\"gender\":\"\(gender.code)\"") }
        if year != 0 { members.append("\"yearOfBirth\":\(year)") }
        if !district.isEmpty { members.append("\"district\":\"\(district)\"") }
        if scoreMin != 500 { members.append("\"scoreMin\":\(scoreMin)") }
        return "{\(members.joined(separator: ","))}"
    }
}

/// A record that a search should find.
struct PlainFound: Equatable {
    var id: String
    /// Folded.
    var name: String
    var score: Int
    var yearsApart: Int
    var hasGender: Bool

    /// By the name, then by what else agrees, then by the id.
    func comesBefore(_ other: PlainFound) -> Bool {
        if score != other.score { return score > other.score }
        if yearsApart != other.yearsApart { return yearsApart < other.yearsApart }
        if hasGender != other.hasGender { return hasGender }
        return Array(id.utf8).lexicographicallyPrecedes(Array(other.id.utf8))
    }
}

/// The twin of a searcher that compares the names of all rows.
struct PlainSearcher {
    let snapshot: Snapshot

    /// Every record of a facility that agrees, the best first.
    func records(_ search: PlainSearch, at facility: String) -> [PlainFound] {
        Self.records(search, at: Array(facility.utf8), snapshot.image)
    }

    private static func records(
        _ search: PlainSearch, at facility: [UInt8], _ image: borrowing PatientImage
    ) -> [PlainFound] {
        guard let number = image.facility(named: facility.span) else { return [] }
        var query = PatientQuery()
        let name = Array(search.name.utf8)
        query.setName(name.span)
        var names = NameComparer()
        query.prepare(&names)
        var found: [PlainFound] = []
        for row in (0..<image.count).map({ image.place(ofRow: $0) })
        where image.facility(of: row) == number {
            let facts = image.facts(of: row)
            let isGender =
                search.gender == .notStated || facts.gender == .notStated
                || facts.gender == search.gender
            let year = facts.birthDate?.year
            let isYear = search.year == 0 || year.map { abs($0 - search.year) <= 2 } ?? true
            let isDistrict =
                search.district.isEmpty || string(image.district(of: row)) == search.district
            guard isGender, isYear, isDistrict else { continue }
            let agreement = names.compare(
                to: image.name(of: row).utf8.span, by: .weighed,
                among: image.establishedTokens, at: number)
            guard agreement.agrees, !agreement.isIncomparable, agreement.score >= search.scoreMin
            else { continue }
            found.append(
                PlainFound(
                    id: image.id(of: row),
                    name: image.name(of: row), score: agreement.score,
                    yearsApart: search.year == 0 ? 0 : year.map { abs($0 - search.year) } ?? 3,
                    hasGender: facts.gender != .notStated))
        }
        return found.sorted { $0.comesBefore($1) }
    }

    private static func string(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}
