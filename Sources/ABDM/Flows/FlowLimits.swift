/// How long promises hold and how often something may be tried.
public struct FlowLimits: Equatable, Sendable {
    /// How long what was offered to a patient may be linked, in minutes.
    public var offerMinutes = 30
    /// How long a one-time password holds, in minutes.
    public var otpMinutes = 10
    /// How many times a one-time password may be typed.
    public var otpAttempts = 5
    /// How many one-time passwords a mobile may be sent within an hour, whoever asks, at whatever facility.
    public var otpsPerHour = 5
    /// How many a mobile may be sent within a day; with `otpAttempts` each, this is how often anybody may guess.
    public var otpsPerDay = 10
    /// How long a second scan at the same counter gives the same queue token, in minutes.
    public var queueTokenMinutes = 30

    /// The limits that are usual in the network.
    public init() {}
}
