public import Index
public import JSON
internal import Matcher

/// What one search cost, for counters.
public struct SearchReport: Sendable {
    /// Whether the body was taken; the reply of one that was refused is an error object.
    public var isAnswered: Bool
    /// Rows whose letters were looked at.
    public var rowsSeen = 0
    /// Names that were compared.
    public var namesCompared = 0
}

/// Answers searches by name one at a time; each thread has its own.
///
/// A search is not a discovery: it asks for no identifier, tells nothing of what may be shown to whom, and is
/// meant for the facility's own desk.
public struct Searcher: ~Copyable {
    /// Birth years that are further apart are not looked at.
    static let birthYearTolerance = 2

    private let defaultFacility: [UInt8]
    private var document = JSONDocument()
    private var request = SearchRequest()
    private var names = NameComparer()
    private var search = NameSearch()
    private var letters = ScratchList<NameLetters>(capacity: 16)
    private var runs = ScratchList<RowSpan>(capacity: 16)
    private var compared = ComparedNames()
    /// The name that is compared, or a text that is written.
    private var text = UnpackedText()
    /// The best records, no more than are wanted.
    private var found = ScratchList<FoundRecord>(capacity: SearchRequest.limitMax + 1)
    /// How many records agree.
    private var agreeing = 0

    /// A searcher.
    ///
    /// - Parameter defaultFacility: whose records are meant where a request names no facility.
    public init(defaultFacility: String) {
        self.defaultFacility = Array(defaultFacility.utf8)
    }

    /// Answers one search and writes one JSON object.
    ///
    /// - Parameters:
    ///   - body: the request's bytes.
    ///   - facility: the X-HIP-ID header, if there is one.
    ///   - snapshot: the world that the request sees.
    ///   - writer: where the reply is written; not reset.
    /// - Returns: what it cost.
    /// - Complexity: O(rows of the gender and birth years), four bytes of each; some hundred names.
    public mutating func search(
        body: Span<UInt8>, facility: Span<UInt8>?, in snapshot: Snapshot,
        into writer: inout JSONWriter
    ) -> SearchReport {
        search(body, facility, snapshot.image, snapshot.position, &writer)
    }

    private mutating func search(
        _ body: Span<UInt8>, _ facility: Span<UInt8>?, _ image: borrowing PatientImage,
        _ position: String, _ writer: inout JSONWriter
    ) -> SearchReport {
        do throws(JSONError) {
            try document.parse(body)
        } catch {
            return refuse("The body is not JSON: \(error.reason)", &writer)
        }
        do throws(DiscoverRequestError) {
            try request.decode(document)
        } catch {
            return refuse(error.message, &writer)
        }
        request.query.prepare(&names)
        found.removeAll()
        agreeing = 0
        var report = SearchReport(isAnswered: true)
        let number = facilityNumber(facility, image)
        var isComplete = true
        if let number, findNearest(number, image) {
            report.rowsSeen = search.rowsSeen
            report.namesCompared = search.nearest.count
            compare(number, image)
            isComplete = !search.isCut
        } else if number != nil {
            isComplete = image.hasEveryDistrict
        }
        SearchResponse.write(
            found, isComplete: isComplete && agreeing == found.count, rowsSeen: report.rowsSeen,
            request.query, &names, at: number, image, position, &text, &writer)
        return report
    }

    /// Finds the rows worth comparing; false where there can be none.
    private mutating func findNearest(_ facility: UInt16, _ image: borrowing PatientImage) -> Bool {
        var district: Int?
        if let asked = request.district {
            district = image.districtNumber(request.query.texts.bytes(asked))
            guard district != nil else { return false }
        }
        let year = request.query.birthYear
        runs.removeAll()
        image.runs(
            of: facility, gender: request.query.gender,
            years: year == 0
                ? nil : year - Self.birthYearTolerance...year + Self.birthYearTolerance,
            into: &runs)
        Self.read(&letters, request.query)
        search.search(letters, in: runs, district: district, of: image)
        return true
    }

    // A span borrowed from one stored property keeps all of `self` from being changed.
    private static func read(
        _ letters: inout ScratchList<NameLetters>, _ query: borrowing PatientQuery
    ) {
        letters.removeAll()
        NameLetters.tokens(of: query.texts.bytes(query.foldedName), into: &letters)
    }

    /// Compares the names of the nearest rows, and puts those that agree into order.
    private mutating func compare(_ facility: UInt16, _ image: borrowing PatientImage) {
        // Names that were met before take a tenth of the time of others.
        let ahead = 16
        compared.removeAll()
        for index in search.nearest.indices.prefix(ahead) {
            image.prefetchPlace(ofRow: search.nearest[index].row)
        }
        for index in search.nearest.indices {
            if index + ahead < search.nearest.count {
                image.prefetchPlace(ofRow: search.nearest[index + ahead].row)
            }
            if index + ahead / 2 < search.nearest.count {
                image.prefetch(row: image.place(ofRow: search.nearest[index + ahead / 2].row))
            }
            let row = image.place(ofRow: search.nearest[index].row)
            let name = image.texts(of: row)
            guard name.hasName else { continue }
            let score = score(of: name, at: facility, image)
            guard score >= request.scoreMin else { continue }
            let year = image.facts(of: row).birthDate?.year
            let asked = request.query.birthYear
            insert(
                FoundRecord(
                    row: row, score: score,
                    // A year that one side does not have is further off than any that may agree.
                    yearsApart: asked == 0 ? 0 : year.map { abs($0 - asked) } ?? 3,
                    hasGender: image.facts(of: row).gender != .notStated), image)
        }
    }

    /// What a name scores, negative where it does not agree.
    private mutating func score(
        of name: RowTexts, at facility: UInt16, _ image: borrowing PatientImage
    ) -> Int {
        let place = compared.place(of: name, in: image)
        if let known = place.score { return known }
        image.readName(of: name, into: &text)
        let agreement = Self.compare(&names, to: text, at: facility, image)
        let score = agreement.agrees && !agreement.isIncomparable ? agreement.score : -1
        compared.keep(score, of: name, at: place)
        return score
    }

    private static func compare(
        _ names: inout NameComparer, to name: borrowing UnpackedText, at facility: UInt16,
        _ image: borrowing PatientImage
    ) -> NameAgreement {
        names.compare(
            to: name.bytes, by: .weighed, among: image.establishedTokens, at: facility)
    }

    private mutating func insert(_ record: FoundRecord, _ image: borrowing PatientImage) {
        agreeing += 1
        var place = found.count
        while place > 0, record.comesBefore(found[place - 1], image) { place -= 1 }
        guard place < request.limit else { return }
        found.insert(record, at: place)
        found.truncate(to: min(found.count, request.limit))
    }

    private func facilityNumber(
        _ facility: Span<UInt8>?, _ image: borrowing PatientImage
    ) -> UInt16? {
        if let facility, !facility.isEmpty { return image.facility(named: facility) }
        return image.facility(named: defaultFacility.span)
    }

    private func refuse(_ message: String, _ writer: inout JSONWriter) -> SearchReport {
        DiscoverResponse.writeError(code: 3400, message: message, into: &writer)
        return SearchReport(isAnswered: false)
    }
}

/// A record that a search found.
struct FoundRecord: BitwiseCopyable {
    var row: RowPlace
    /// Of its name.
    var score: Int
    /// Between the birth years.
    var yearsApart: Int
    /// Whether the record says a gender.
    var hasGender: Bool

    /// By the name, then by what else agrees, then by the facility's own id.
    func comesBefore(_ other: FoundRecord, _ image: borrowing PatientImage) -> Bool {
        guard score == other.score else { return score > other.score }
        guard yearsApart == other.yearsApart else { return yearsApart < other.yearsApart }
        guard hasGender == other.hasGender else { return hasGender }
        return image.isIDOrdered(row, before: other.row)
    }
}
