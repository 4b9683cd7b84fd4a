public import Matcher

/// What a patient shared at a counter.
public struct SharedProfile: Equatable, Sendable {
    /// The text of the counter's code: a counter, a department; empty where the code said none.
    public var counter: String
    /// Who shared.
    public var address: PatientAddress
    /// The ABHA number's 14 digits; nil for a person without one.
    public var abhaNumber: ABHANumber?
    /// The name, as shared.
    public var name: String
    /// The gender, as shared.
    public var gender: Gender
    /// The date of birth, or the year.
    public var birthDate: BirthDate?
    /// The mobile; nil where none was shared that can be read.
    public var mobile: PhoneNumber?
    /// The postal address, as shared.
    public var home: PostalAddress
    /// What the patient wants; only the sharing of a profile is something that we can do.
    public var intent: String
    /// Who they are in our records.
    public var finding: DiscoveryFinding

    /// A profile from its parts; who they are is found out afterwards.
    public init(
        counter: String, address: PatientAddress, abhaNumber: ABHANumber?, name: String,
        gender: Gender, birthDate: BirthDate?, mobile: PhoneNumber?, home: PostalAddress,
        intent: String, finding: DiscoveryFinding = .notFound
    ) {
        self.counter = counter
        self.address = address
        self.abhaNumber = abhaNumber
        self.name = name
        self.gender = gender
        self.birthDate = birthDate
        self.mobile = mobile
        self.home = home
        self.intent = intent
        self.finding = finding
    }
}

/// A postal address as ABDM's profiles write one; absent parts are empty.
public struct PostalAddress: Equatable, Sendable {
    /// House, street, place.
    public var line: String
    /// The district's name.
    public var district: String
    /// The state's name.
    public var state: String
    /// The pin code.
    public var pinCode: String

    /// An address from its parts.
    public init(line: String = "", district: String = "", state: String = "", pinCode: String = "")
    {
        self.line = line
        self.district = district
        self.state = state
        self.pinCode = pinCode
    }
}
