/// What the comparison of one field said.
public enum FieldVerdict: String, Sendable, BitwiseCopyable {
    case agrees, differs, missing, ignored
}

/// Everything that a decision knows about one record that a key led to.
public struct CandidateAgreement: Sendable, BitwiseCopyable {
    /// The record's row in the snapshot.
    public var row: RowPlace
    /// The kinds of identifier that led here.
    public var reachedBy: IdentifierKinds
    /// The identifiers of the request that led here, a bit for each of the first 64: the record carries them.
    public var reachedByPlaces: UInt64
    /// The kinds of identifier, of either list, on which request and record agree.
    public var agreeing: IdentifierKinds = []
    /// Verified and unverified identifiers that agree, counted one by one.
    public var agreeingCount = 0
    /// What the genders say.
    public var gender = FieldVerdict.ignored
    /// What the years of birth say.
    public var birthYear = FieldVerdict.ignored
    /// Years between the two birth years, where both are known.
    public var birthYearDifference = 0
    /// What the names say, by the threshold of the step.
    public var nameVerdict = FieldVerdict.ignored
    /// How the names compare; without meaning while `nameVerdict` is ignored or missing.
    public var name = NameAgreement(agrees: false, score: 0, distance: 0, limit: 0)
    /// Whether every identifier that the step insists on agrees.
    public var fulfilsIdentifiers = true
    /// Whether it passed all filters of the step.
    public var passes = false

    /// A candidate that has not been compared yet.
    ///
    /// - Parameters:
    ///   - row: the record's.
    ///   - reachedBy: the kind of identifier that led there.
    ///   - place: which one of the request's identifiers it is; nil where nobody asks.
    @inlinable @inline(__always)
    public init(row: RowPlace, reachedBy: IdentifierKinds, place: Int? = nil) {
        self.row = row
        self.reachedBy = reachedBy
        reachedByPlaces = 0
        if let place { insert(reachedBy, place: place) }
    }

    /// Notes another identifier that led here.
    @inlinable @inline(__always)
    public mutating func insert(_ kind: IdentifierKinds, place: Int) {
        reachedBy.formUnion(kind)
        // Nothing for a place from 64 on: that identifier is then compared like any other.
        reachedByPlaces |= 1 << UInt64(place)
    }

    /// Whether the identifier at a place led here; false too where that was not noted.
    @inlinable @inline(__always)
    public func wasReached(byPlace place: Int) -> Bool {
        (reachedByPlaces >> UInt64(place)) & 1 != 0
    }
}

/// The gender and the year of birth of a record, which nearly all records of others fail by.
public struct GenderAndYear: Equatable, Sendable {
    /// The gender; `notStated` when the record has none.
    public var gender: Gender
    /// 0 when the record has none.
    public var birthYear: Int

    /// Both from their parts.
    @inlinable
    public init(_ gender: Gender, birthYear: Int) {
        self.gender = gender
        self.birthYear = birthYear
    }
}

/// The fixed-size facts of a record.
public struct PatientFacts: Equatable, Sendable {
    /// 0 when the record has none.
    public var abhaNumber: UInt64
    /// E.164 digits, 0 when the record has none.
    public var mobile: UInt64
    /// The gender; `notStated` when the record has none.
    public var gender: Gender
    /// nil when the record has none.
    public var birthDate: BirthDate?

    /// Facts from their parts.
    public init(abhaNumber: UInt64, mobile: UInt64, gender: Gender, birthDate: BirthDate?) {
        self.abhaNumber = abhaNumber
        self.mobile = mobile
        self.gender = gender
        self.birthDate = birthDate
    }
}

extension FieldPolicy {
    /// Whether a verdict lets a candidate pass.
    ///
    /// - Parameters:
    ///   - verdict: what the comparison said.
    ///   - missingInRequest: whether it is the request that has no value.
    /// - Returns: whether the candidate may go on.
    public func accepts(_ verdict: FieldVerdict, missingInRequest: Bool) -> Bool {
        switch (self, verdict) {
        case (.ignored, _), (_, .agrees), (_, .ignored): true
        case (_, .differs): false
        case (_, .missing): acceptsMissing(inRequest: missingInRequest)
        }
    }

    /// Whether it lets a candidate pass where one side has no value.
    ///
    /// - Parameter inRequest: whether it is the request.
    /// - Returns: whether the candidate may go on.
    @inline(__always)
    func acceptsMissing(inRequest: Bool) -> Bool {
        self != .mustAgree && (self != .mayBeMissingInRequest || inRequest)
    }
}

/// Compares a record's demographics with a request's, by the policies of one step.
public enum Demographics {
    @inline(__always)
    private static func verdict(_ asked: Gender, _ recorded: Gender) -> FieldVerdict {
        asked == .notStated || recorded == .notStated
            ? .missing : asked == recorded ? .agrees : .differs
    }

    /// Years between the two birth years; nil where one of them is not known.
    @inline(__always)
    private static func yearsBetween(_ asked: Int, _ recorded: GenderAndYear) -> Int? {
        guard asked != 0, recorded.birthYear != 0 else { return nil }
        return abs(recorded.birthYear - asked)
    }

    @inline(__always)
    private static func verdict(_ years: Int?, _ step: StepTerms) -> FieldVerdict {
        guard let years else { return .missing }
        return years <= step.birthYearTolerance ? .agrees : .differs
    }

    /// Fills in the verdicts on gender, birth year and name, and whether the candidate passes.
    ///
    /// The name, the dearest of the three, is compared only when the other two and the identifiers let
    /// the candidate pass, or when `comparesAlways` asks for complete evidence.
    ///
    /// - Parameters:
    ///   - candidate: what is filled in.
    ///   - recorded: the record's gender and year of birth.
    ///   - name: its folded name.
    ///   - query: the person who asks.
    ///   - names: what was made to compare the query's name.
    ///   - step: whose policies they are.
    ///   - comparesAlways: whether complete evidence is asked for.
    ///   - established: the name tokens that are common among the records.
    ///   - facility: whose record it is.
    /// - Returns: how many names were compared, 0 or 1.
    public static func judge(
        _ candidate: inout CandidateAgreement, recorded: GenderAndYear, name: Span<UInt8>,
        query: borrowing PatientQuery, names: inout NameComparer, step: StepTerms,
        comparesAlways: Bool,
        among established: borrowing EstablishedTokens = EstablishedTokens(),
        at facility: UInt16 = 0
    ) -> Int {
        candidate.gender = verdict(query.gender, recorded.gender)
        let missingYear = query.birthYear == 0
        let years = yearsBetween(query.birthYear, recorded)
        candidate.birthYearDifference = years ?? candidate.birthYearDifference
        candidate.birthYear = verdict(years, step)
        let others =
            candidate.fulfilsIdentifiers
            && step.gender.accepts(
                candidate.gender, missingInRequest: query.gender == .notStated)
            && step.birthYear.accepts(candidate.birthYear, missingInRequest: missingYear)
        guard comparesAlways || (others && step.nameAgreement != .ignored) else {
            candidate.passes = others
            return 0
        }
        var compared = 0
        if names.isEmpty || name.isEmpty {
            candidate.nameVerdict = .missing
        } else {
            candidate.name = names.compare(
                to: name, by: step.nameComparison, among: established, at: facility)
            compared = 1
            candidate.nameVerdict =
                candidate.name.isIncomparable
                ? .missing
                : candidate.name.agrees && candidate.name.score >= step.nameScoreMin
                    ? .agrees : .differs
        }
        candidate.passes =
            others
            && step.nameAgreement.accepts(
                candidate.nameVerdict, missingInRequest: names.isEmpty)
        return compared
    }
}
