internal import Matcher
internal import Testing

@Suite("Demographic gate")
struct DemographicGateTests {
    /// What the policies say of the two verdicts, one after the other.
    private func admits(
        _ recorded: GenderAndYear, _ gender: Gender, _ birthYear: Int, _ step: StepTerms
    ) -> Bool {
        let genders: FieldVerdict =
            gender == .notStated || recorded.gender == .notStated
            ? .missing : gender == recorded.gender ? .agrees : .differs
        let years: FieldVerdict =
            birthYear == 0 || recorded.birthYear == 0
            ? .missing
            : abs(birthYear - recorded.birthYear) <= step.birthYearTolerance ? .agrees : .differs
        return step.gender.accepts(genders, missingInRequest: gender == .notStated)
            && step.birthYear.accepts(years, missingInRequest: birthYear == 0)
    }

    @Test("admits whom the policies accept, in every combination", arguments: FieldPolicy.allCases)
    func everyCombination(genderPolicy: FieldPolicy) {
        for yearPolicy in FieldPolicy.allCases {
            for tolerance in [0, 2, 5, 150] {
                var step = MatchStep(name: "test", keys: .mobile)
                step.gender = genderPolicy
                step.birthYear = yearPolicy
                step.birthYearTolerance = tolerance
                for gender in Gender.allCases {
                    for birthYear in [0, 1, 100, 1900, 1980, 4095] {
                        let gate = DemographicGate(
                            gender: gender, birthYear: birthYear, step: step.terms)
                        for recorded in Gender.allCases {
                            for year in [
                                0, 1, 99, 249, 251, 1898, 1902, 1978, 1979, 1980, 1981, 1982, 1983,
                                4095,
                            ] {
                                let record = GenderAndYear(recorded, birthYear: year)
                                #expect(
                                    gate.admits(record)
                                        == admits(record, gender, birthYear, step.terms),
                                    "\(gender) \(birthYear), \(recorded) \(year), \(yearPolicy) \(tolerance)"
                                )
                            }
                        }
                    }
                }
            }
        }
    }
}
