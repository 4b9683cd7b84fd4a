internal import ABDM
internal import Index
internal import JSON
internal import Matcher
internal import Synthetic
internal import TestSupport
internal import Testing

/// What the four bytes of letters that a search looks at first cost it in answers.
@Suite("Quality of searches")
struct SearchQualityTests {
    #if DEBUG
        static let searches = 150
    #else
        static let searches = 500
    #endif

    private static let hospital = SyntheticHospital(patients: 5000, seed: 23)

    /// The hospital as its desks wrote it, slips and all.
    private static let snapshot = Result<Snapshot, any Error> {
        var builder = ImageBuilder(defaultFacility: Hospital.defaultFacility, seed: 1)
        var record = PatientRecord()
        try hospital.forEachPatient { patient in
            record.reset()
            for field in PatientField.allCases {
                guard let column = SyntheticPatient.Field(rawValue: field.rawValue) else {
                    continue
                }
                // A value that cannot be used is left out, as by a load.
                try? record.set(field, patient.bytes(of: column))
            }
            try record.finish()
            try builder.append(record)
        }
        return Snapshot(image: builder.build(), position: "test", publishedAtSeconds: 0)
    }

    /// What the hospital's visitors say of themselves.
    private static func visitors(_ count: Int) throws -> [PlainSearch] {
        var searches: [PlainSearch] = []
        try hospital.forEachRequest(count: count) { request in
            let body = request.body.indices.map { request.body[$0] }
            let patient = try JSONTree(parsing: body)["patient"]
            let gender = Array((patient?["gender"]?.text ?? "").utf8)
            searches.append(
                PlainSearch(
                    name: patient?["name"]?.text ?? "", gender: try Gender(parsing: gender.span),
                    year: patient?["yearOfBirth"]?.number ?? 0, scoreMin: 700))
        }
        return searches
    }

    /// A name with one slip of who types it: a letter too many, too few, another or in the wrong place.
    private func misspelt(_ name: String, _ random: inout SplitMix64) -> String {
        var letters = Array(name)
        let place = Int.random(in: 0..<letters.count, using: &random)
        guard letters[place].isLetter else { return name }
        let letter = Array("aeiouhrnstklmdbvpj").randomElement(using: &random) ?? "a"
        switch random.next() % 4 {
        case 0: letters[place] = letter
        case 1: letters.insert(letter, at: place)
        case 2: letters.remove(at: place)
        default: letters.swapAt(place, max(0, place - 1))
        }
        return String(letters)
    }

    enum Asking: CaseIterable { case wholeFacility, genderAndYear }

    @Test(
        "the best record of all is among the first ten of the reply, in 99 of 100 searches by gender and year",
        arguments: Asking.allCases, [false, true])
    func bestIsFound(asking: Asking, isMisspelt: Bool) throws {
        var random = SplitMix64(seed: 5)
        let snapshot = try Self.snapshot.get()
        let plain = PlainSearcher(snapshot: snapshot)
        var desk = SearchingDesk(snapshot)
        var asked = 0
        var missed: [String] = []
        var untold = 0
        for var search in try Self.visitors(Self.searches) {
            if asking == .wholeFacility { (search.gender, search.year) = (.notStated, 0) }
            if isMisspelt { search.name = misspelt(search.name, &random) }
            let expected = plain.records(search, at: Hospital.defaultFacility)
            guard let best = expected.first else { continue }
            asked += 1
            let answer = desk.ask(search.body)
            let found = try answer.references()
            if !found.contains(best.id) { missed.append("\(search.name) \(best.score)") }
            let isComplete = try answer.tree()["complete"] == .boolean(true)
            if isComplete, found != expected.map(\.id) { untold += 1 }
        }
        #expect(asked > Self.searches / 2)
        // Of a whole facility one row in ten is compared; most that are missed are others of one given name.
        let missedPer200 = asking == .genderAndYear ? 1 : isMisspelt ? 6 : 3
        #expect(
            missed.count * 200 <= asked * missedPer200, "\(missed.count) of \(asked): \(missed)")
        #expect(untold * 100 <= asked, "\(untold) of \(asked) replies said to be complete were not")
    }
}
