internal import Matcher
internal import TestSupport
internal import Testing

/// One record as the judgement sees it.
struct PersonSide: Sendable {
    var number: UInt64 = 0
    var address = ""
    var name = "asha rao"
    var gender = Gender.female
    var birthDate: BirthDate? = .day(year: 1980, month: 5, day: 12)
    var mobile: UInt64 = 919_848_022_338

    func judged(with other: PersonSide) -> SamePerson.Verdict {
        let myAddress = Array(address.utf8)
        let myName = Array(name.utf8)
        let theirAddress = Array(other.address.utf8)
        let theirName = Array(other.name.utf8)
        let mine = ABHAAddressParts(myAddress.span)
        let theirs = ABHAAddressParts(theirAddress.span)
        let isSameAddress = mine.isEmpty || theirs.isEmpty ? nil : mine.equals(theirs)
        return SamePerson.judge(
            facts, other.facts, haveSameAddress: { isSameAddress },
            haveSameName: { SamePerson.haveSameName(myName.span, theirName.span) })
    }

    private var facts: PatientFacts {
        PatientFacts(abhaNumber: number, mobile: mobile, gender: gender, birthDate: birthDate)
    }
}

@Suite("Same person")
struct SamePersonTests {
    @Test(
        "is judged by ABHA number first, then by address, then by everything else together",
        arguments: [
            (PersonSide(number: 1), PersonSide(number: 1), .same),
            (PersonSide(number: 1), PersonSide(number: 2), .contradicts),
            (PersonSide(number: 1, name: "x"), PersonSide(number: 1, mobile: 0), .same),
            // A person may hold several addresses of one number, but not one address of two.
            (
                PersonSide(number: 1, address: "a@sbx"), PersonSide(number: 1, address: "b@sbx"),
                .same
            ),
            (
                PersonSide(number: 1, address: "a@sbx"), PersonSide(number: 2, address: "a@sbx"),
                .contradicts
            ),
            (PersonSide(address: "a@sbx"), PersonSide(address: "a@sbx", name: ""), .same),
            (PersonSide(address: "a@sbx"), PersonSide(address: "b@sbx"), .contradicts),
            (PersonSide(number: 1, address: "a@sbx"), PersonSide(address: "a@sbx"), .same),
            (PersonSide(number: 1, address: "a@sbx"), PersonSide(address: "b@sbx"), .contradicts),
            // One of a kind says nothing of the other kind.
            (PersonSide(number: 1), PersonSide(address: "a@sbx"), .same),
            (PersonSide(number: 1), PersonSide(address: "a@sbx", name: "x"), .unknown),
            (PersonSide(), PersonSide(), .same),
            (PersonSide(), PersonSide(name: "usha rao"), .unknown),
            (PersonSide(name: ""), PersonSide(name: ""), .unknown),
            (PersonSide(), PersonSide(gender: .male), .unknown),
            (PersonSide(gender: .notStated), PersonSide(gender: .notStated), .unknown),
            (PersonSide(), PersonSide(mobile: 919_848_022_339), .unknown),
            (PersonSide(mobile: 0), PersonSide(mobile: 0), .unknown),
            (PersonSide(), PersonSide(birthDate: .day(year: 1980, month: 5, day: 13)), .unknown),
            (PersonSide(), PersonSide(birthDate: .yearOnly(1980)), .unknown),
            (
                PersonSide(birthDate: .yearOnly(1980)), PersonSide(birthDate: .yearOnly(1980)),
                .unknown
            ),
            (PersonSide(birthDate: nil), PersonSide(birthDate: nil), .unknown),
        ] as [(PersonSide, PersonSide, SamePerson.Verdict)])
    func verdicts(a: PersonSide, b: PersonSide, verdict: SamePerson.Verdict) {
        #expect(a.judged(with: b) == verdict)
        #expect(b.judged(with: a) == verdict)
    }

    @Test("is symmetric", arguments: 0..<16 as Range<UInt64>)
    func symmetric(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func side() -> PersonSide {
            PersonSide(
                number: UInt64.random(in: 0...2, using: &random),
                address: ["", "", "a@sbx", "b@sbx"].randomElement(using: &random) ?? "",
                name: ["", "asha", "usha"].randomElement(using: &random) ?? "",
                gender: [.notStated, .female].randomElement(using: &random) ?? .male,
                birthDate: [nil, .yearOnly(1980), .day(year: 1980, month: 5, day: 12)]
                    .randomElement(using: &random) ?? nil,
                mobile: [0, 919_848_022_338].randomElement(using: &random) ?? 0)
        }
        for _ in 0..<100 {
            let a = side()
            let b = side()
            #expect(a.judged(with: b) == b.judged(with: a), "\(a) \(b)")
        }
    }
}
