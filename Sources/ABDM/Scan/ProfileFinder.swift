public import Index
internal import JSON

extension SharedProfile {
    /// What a person's own code says, as if they had shared it; who they are is found out afterwards.
    ///
    /// - Parameter scanned: the code that was read.
    init(_ scanned: ScannedProfile) {
        self.init(
            counter: "", address: PatientAddress(scanned.address), abhaNumber: scanned.abhaNumber,
            name: scanned.name, gender: scanned.gender, birthDate: scanned.birthDate,
            mobile: scanned.mobile,
            home: PostalAddress(
                line: scanned.addressLine, district: scanned.district, state: scanned.state),
            intent: "")
    }
}

/// Looks up who a scanned person is, as shared profiles are looked up; each thread has its own.
public struct ProfileFinder: ~Copyable {
    private var discoverer: Discoverer
    private var writer = JSONWriter()

    /// A finder that decides as a discoverer does.
    ///
    /// - Parameter discoverer: what it looks people up with.
    public init(_ discoverer: consuming Discoverer) { self.discoverer = discoverer }

    /// Looks a person up.
    ///
    /// - Parameters:
    ///   - scanned: the code that was read.
    ///   - facility: whose records are meant.
    ///   - snapshot: the patients.
    /// - Returns: the profile, with whom it was found to be.
    /// - Throws: `MessageError`, naming the field at fault.
    public mutating func find(
        _ scanned: ScannedProfile, facility: String, in snapshot: Snapshot
    ) throws(MessageError) -> SharedProfile {
        var profile = SharedProfile(scanned)
        try profile.find(by: &discoverer, writer: &writer, facility: facility, in: snapshot)
        return profile
    }
}
