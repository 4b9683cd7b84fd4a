public import Matcher

/// A linking token as it came.
public struct GrantedToken: Equatable, Sendable {
    /// The token itself; never shown.
    public var text: String
    /// Whose it is, as the message says that brought it; nil where it does not.
    public var address: PatientAddress?

    /// A token from its parts.
    public init(_ text: String, of address: PatientAddress? = nil) {
        self.text = text
        self.address = address
    }
}

/// What a linking token says of itself, as far as it can be read.
///
/// Nobody but the consent manager can check who signed it; but one that names somebody else is not used.
public struct LinkingTokenClaims: Equatable, Sendable {
    /// Until when it says to be good; nil where it does not.
    public var expires: WireTime?
    /// The facilities that it names.
    public var facilities: [String]
    /// The ABHA addresses that it names.
    public var addresses: [PatientAddress]
    /// The ABHA numbers that it names.
    public var numbers: [ABHANumber]

    /// Claims from their parts; none for a token that cannot be read.
    public init(
        expires: WireTime? = nil, facilities: [String] = [], addresses: [PatientAddress] = [],
        numbers: [ABHANumber] = []
    ) {
        self.expires = expires
        self.facilities = facilities
        self.addresses = addresses
        self.numbers = numbers
    }

    /// Why a token is not used for what was asked for.
    ///
    /// - Parameters:
    ///   - facility: who asked.
    ///   - address: whose token was asked for.
    ///   - number: the same person's ABHA number; nil where it is not known.
    ///   - now: the time.
    /// - Returns: one line that names nobody; nil where nothing speaks against it.
    public func problem(
        facility: String, address: PatientAddress, number: ABHANumber?, now: WireTime
    ) -> String? {
        if facilities.contains(where: { $0 != facility }) {
            return "the linking token that came names another facility"
        }
        if addresses.contains(where: { $0 != address }) {
            return "the linking token that came names another ABHA address"
        }
        if let number, numbers.contains(where: { $0 != number }) {
            return "the linking token that came names another ABHA number"
        }
        if let expires, expires <= now.adding(milliseconds: NewRecordFlow.marginMilliseconds) {
            return "the linking token that came is over already; is the clock right?"
        }
        return nil
    }
}
