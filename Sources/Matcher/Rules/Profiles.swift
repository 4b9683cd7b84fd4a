/// The published readings of ABDM's discovery rule, by name.
///
/// They disagree on tolerance, order, names and on what unverified identifiers do; an HRP can run its
/// requests under two of them and see whose answer changes. All of them work on Milaan's normalised
/// values, so that they differ by their rule and not by a phone number's spelling.
public enum Profile {
    /// The names, default first.
    public static let names = [
        "milaan", "seed", "image", "docs-2023", "eka", "bahmni", "wrapper-v1",
    ]

    /// The rule of that name; nil when there is none.
    public static func rule(named name: some StringProtocol) -> MatchRule? {
        switch name {
        case "milaan": milaan
        case "seed": seed
        case "image": image
        case "docs-2023": docs2023
        case "eka": eka
        case "bahmni": bahmni
        case "wrapper-v1": wrapperV1
        default: nil
        }
    }

    /// Milaan's own, and the default: the seed's way of access, names weighed by what each token tells.
    public static let milaan: MatchRule = {
        var rule = seed
        rule.profile = "milaan"
        rule.samePerson = .likely
        rule.nameMarginMin = 20
        for index in rule.steps.indices {
            rule.steps[index].nameComparison = .weighed
            // An ABHA address or number is one person's: their name may be written loosely.
            let isPersonal = rule.steps[index].name == "abha"
            rule.steps[index].nameScoreMin = isPersonal ? 500 : 700
            rule.steps[index].nameScoreMinInHousehold = isPersonal ? 0 : 720
        }
        return rule
    }()

    /// The ABDM documentation "Support Discovery of Records" (2022), with the
    /// plain bounded Levenshtein of its text.
    public static let seed: MatchRule = {
        var abha = MatchStep(name: "abha", keys: [.abhaAddress, .abhaNumber])
        abha.gender = .mayBeMissing
        abha.birthYear = .mayBeMissing
        abha.nameAgreement = .mayBeMissing
        let mobile = MatchStep(name: "mobile", keys: .mobile)
        // A verified MR or other facility number is no ABDM identity: it comes last as well.
        let facility = MatchStep(name: "facility", keys: [.medicalRecord, .other])
        var unverified = MatchStep(name: "unverified", keys: .all)
        unverified.usesUnverified = true
        return MatchRule(profile: "seed", steps: [abha, mobile, facility, unverified])
    }()

    /// The picture `discovery-logic-hrp` beside the same documentation: one verified identifier and, if
    /// given, one unverified identifier must match; several accounts are no match.
    public static let image: MatchRule = {
        var any = MatchStep(name: "verified", keys: .all)
        any.several = .noMatch
        var rule = MatchRule(profile: "image", steps: [any])
        rule.unverified = .filter
        rule.samePerson = .never
        return rule
    }()

    /// The documentation page of 2023: an ABHA address is enough on its own; otherwise mobile, then MR,
    /// with gender, five years and a phonetic name.
    public static let docs2023: MatchRule = {
        let address = stepWithoutDemographics("abhaAddress", keys: .abhaAddress)
        var mobile = MatchStep(name: "mobile", keys: .mobile)
        mobile.birthYearTolerance = 5
        mobile.nameComparison = .phonetic
        var facility = mobile
        facility.name = "medicalRecord"
        facility.keys = .medicalRecord
        var unverified = facility
        unverified.name = "unverified"
        unverified.usesUnverified = true
        var rule = MatchRule(
            profile: "docs-2023", steps: [address, mobile, facility, unverified])
        rule.samePerson = .never
        return rule
    }()

    /// ProjectEKA's hip-service: an address that is known needs no demographics.
    ///
    /// Otherwise any verified identifier, unverified ones as a filter, Levenshtein of at most 2 on the
    /// whole name. A request without a verified identifier finds nobody, which is no error of its own.
    public static let eka: MatchRule = {
        var linked = stepWithoutDemographics("linked", keys: .abhaAddress)
        linked.several = .first
        var verified = MatchStep(name: "verified", keys: .all)
        verified.birthYear = .mayBeMissingInRequest
        verified.nameComparison = .wholeLevenshtein(limit: 2)
        var rule = MatchRule(profile: "eka", steps: [linked, verified])
        rule.unverified = .filter
        rule.samePerson = .never
        rule.ranksNamesCoarsely = true
        rule.needsVerifiedIdentifier = false
        return rule
    }()

    /// Bahmni's fork of it: names must be equal, unverified identifiers are not looked at.
    public static let bahmni: MatchRule = {
        var linked = stepWithoutDemographics("linked", keys: .abhaAddress)
        linked.several = .first
        var mobile = MatchStep(name: "mobile", keys: .mobile)
        mobile.gender = .mayBeMissingInRequest
        mobile.birthYear = .mayBeMissingInRequest
        mobile.nameComparison = .equal
        var rule = MatchRule(profile: "bahmni", steps: [linked, mobile])
        rule.unverified = .ignore
        rule.samePerson = .never
        rule.needsVerifiedIdentifier = false
        return rule
    }()

    /// NHA's ABDM wrapper, v1: MR stands for demographics, five years, Jaro-Winkler of one half, and
    /// the first of several.
    public static let wrapperV1: MatchRule = {
        var address = stepWithoutDemographics("abhaAddress", keys: .abhaAddress)
        address.several = .first
        var both = stepWithoutDemographics("mobileAndRecord", keys: .mobile)
        both.mustAlsoAgree = .medicalRecord
        both.onlyWith = .medicalRecord
        both.several = .first
        var mobile = MatchStep(name: "mobile", keys: .mobile)
        mobile.onlyWithout = .medicalRecord
        mobile.birthYearTolerance = 5
        mobile.nameComparison = .jaroWinkler(minimumPermille: 500)
        mobile.several = .first
        var record = mobile
        record.name = "medicalRecord"
        record.keys = .medicalRecord
        record.usesUnverified = true
        record.onlyWithout = .mobile
        var rule = MatchRule(
            profile: "wrapper-v1", steps: [address, both, mobile, record])
        rule.samePerson = .never
        return rule
    }()

    /// A step for which the identifier alone is enough.
    private static func stepWithoutDemographics(
        _ name: String, keys: IdentifierKinds
    ) -> MatchStep {
        var step = MatchStep(name: name, keys: keys)
        step.gender = .ignored
        step.birthYear = .ignored
        step.nameAgreement = .ignored
        return step
    }
}
