internal import Matcher
internal import Testing

@Suite("Profiles")
struct ProfileTests {
    @Test("exist under every name that is listed, and carry it", arguments: Profile.names)
    func exist(name: String) {
        #expect(Profile.rule(named: name)?.profile == name)
    }

    @Test("are the default and the six published readings")
    func names() {
        #expect(
            Profile.names == [
                "milaan", "seed", "image", "docs-2023", "eka", "bahmni", "wrapper-v1",
            ])
        for name in ["", "Seed", "seed ", "wrapper", "eka2"] {
            #expect(Profile.rule(named: name) == nil)
        }
    }

    @Test("hold sane thresholds and steps with names of their own", arguments: Profile.names)
    func sane(name: String) throws {
        let rule = try #require(Profile.rule(named: name))
        #expect(!rule.steps.isEmpty)
        #expect(Set(rule.steps.map(\.name)).count == rule.steps.count)
        #expect(rule.candidatesMax == 256)
        #expect(rule.needsVerifiedIdentifier == !["eka", "bahmni"].contains(name))
        for step in rule.steps {
            #expect(!step.keys.isEmpty)
            #expect((0...150).contains(step.birthYearTolerance))
            #expect((0...1000).contains(step.nameScoreMin))
        }
    }

    @Test("seed: ABHA, then mobile, then the facility's numbers, then what nobody verified")
    func seed() {
        let rule = Profile.seed
        #expect(rule.steps.map(\.name) == ["abha", "mobile", "facility", "unverified"])
        #expect(
            rule.steps.map(\.keys) == [
                [.abhaAddress, .abhaNumber], .mobile, [.medicalRecord, .other], .all,
            ])
        #expect(rule.steps.map(\.usesUnverified) == [false, false, false, true])
        #expect(rule.unverified == .fallback)
        #expect(rule.samePerson == .strong)
        for (index, step) in rule.steps.enumerated() {
            let policy: FieldPolicy = index == 0 ? .mayBeMissing : .mustAgree
            #expect([step.gender, step.birthYear, step.nameAgreement] == [policy, policy, policy])
            #expect(step.birthYearTolerance == 2)
            #expect(step.nameComparison == .tokens)
            #expect(step.several == .rank)
        }
    }

    @Test("image: one verified identifier, unverified ones as a filter, several are none")
    func image() {
        let rule = Profile.image
        #expect(rule.steps.map(\.keys) == [.all])
        #expect(rule.steps.map(\.several) == [.noMatch])
        #expect(rule.unverified == .filter)
        #expect(rule.samePerson == .never)
    }

    @Test("docs-2023: the address alone is enough; else five years and a phonetic name")
    func docs2023() {
        let rule = Profile.docs2023
        #expect(rule.steps.map(\.keys) == [.abhaAddress, .mobile, .medicalRecord, .medicalRecord])
        #expect(rule.steps.map(\.usesUnverified) == [false, false, false, true])
        #expect(rule.steps[0].gender == .ignored)
        #expect(rule.steps[0].birthYear == .ignored)
        #expect(rule.steps[0].nameAgreement == .ignored)
        for step in rule.steps.dropFirst() {
            #expect(step.gender == .mustAgree)
            #expect(step.birthYearTolerance == 5)
            #expect(step.nameComparison == .phonetic)
        }
        #expect(rule.samePerson == .never)
    }

    @Test("eka: a known address, else two edits on the whole name; unverified ones filter")
    func eka() {
        let rule = Profile.eka
        #expect(rule.steps.map(\.keys) == [.abhaAddress, .all])
        #expect(rule.steps.map(\.several) == [.first, .rank])
        #expect(rule.steps[0].nameAgreement == .ignored)
        #expect(rule.steps[1].nameComparison == .wholeLevenshtein(limit: 2))
        #expect(rule.steps[1].birthYear == .mayBeMissingInRequest)
        #expect(rule.steps[1].birthYearTolerance == 2)
        #expect(rule.unverified == .filter)
        #expect(rule.ranksNamesCoarsely)
    }

    @Test("bahmni: a known address, else mobile and the very name; unverified ones are ignored")
    func bahmni() {
        let rule = Profile.bahmni
        #expect(rule.steps.map(\.keys) == [.abhaAddress, .mobile])
        #expect(rule.steps[1].nameComparison == .equal)
        #expect(rule.steps[1].gender == .mayBeMissingInRequest)
        #expect(rule.steps[1].birthYear == .mayBeMissingInRequest)
        #expect(rule.unverified == .ignore)
    }

    @Test("wrapper-v1: MR stands for demographics; five years, one half of Jaro-Winkler, the first")
    func wrapper() {
        let rule = Profile.wrapperV1
        #expect(rule.steps.map(\.keys) == [.abhaAddress, .mobile, .mobile, .medicalRecord])
        #expect(rule.steps.map(\.several) == [.first, .first, .first, .first])
        #expect(rule.steps[1].mustAlsoAgree == .medicalRecord)
        #expect(rule.steps[1].onlyWith == .medicalRecord)
        #expect(rule.steps[2].onlyWithout == .medicalRecord)
        #expect(rule.steps[3].onlyWithout == .mobile)
        #expect(rule.steps[3].usesUnverified)
        for step in rule.steps.suffix(2) {
            #expect(step.birthYearTolerance == 5)
            #expect(step.nameComparison == .jaroWinkler(minimumPermille: 500))
        }
    }

    @Test("take steps on unverified identifiers only as a fallback")
    func isTaken() {
        var rule = Profile.seed
        for policy in UnverifiedPolicy.allCases {
            rule.unverified = policy
            #expect(
                rule.steps.map { rule.isTaken($0.terms) } == [
                    true, true, true, policy == .fallback,
                ])
        }
    }
}

@Suite("Field policy")
struct FieldPolicyTests {
    @Test(
        "accepts what its name says",
        arguments: [
            // agrees, differs, missing in the record, missing in the request, ignored
            (.mustAgree, [true, false, false, false, true]),
            (.mayBeMissing, [true, false, true, true, true]),
            (.mayBeMissingInRequest, [true, false, false, true, true]),
            (.ignored, [true, true, true, true, true]),
        ] as [(FieldPolicy, [Bool])])
    func accepts(policy: FieldPolicy, accepted: [Bool]) {
        let verdicts: [(FieldVerdict, Bool)] = [
            (.agrees, false), (.differs, false), (.missing, false), (.missing, true),
            (.ignored, false),
        ]
        #expect(
            verdicts.map { policy.accepts($0.0, missingInRequest: $0.1) } == accepted)
    }
}

@Suite("Sets of identifier kinds")
struct IdentifierKindsTests {
    @Test("hold each kind on its own bit")
    func bits() {
        #expect(IdentifierKinds.all.count == IdentifierKind.allCases.count)
        for kind in IdentifierKind.allCases {
            #expect(IdentifierKinds(kind).count == 1)
            #expect(IdentifierKinds.all.contains(IdentifierKinds(kind)))
        }
        let union = IdentifierKind.allCases.reduce(into: IdentifierKinds()) {
            $0.formUnion(IdentifierKinds($1))
        }
        #expect(union == .all)
    }
}
