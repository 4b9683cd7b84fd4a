internal import Matcher

/// The ABHA (PHR) address that a message is about, in the one spelling that two messages are compared in.
public struct PatientAddress: Hashable, Sendable {
    /// Without white space round it and in lower case.
    public let text: String

    /// An address from what a message says; the case of letters does not matter.
    ///
    /// Not every address that the network uses has the form that is written down for one, so that any text is
    /// taken: it has to be the same in each message of a conversation, and no more.
    public init(_ text: String) {
        let bytes = text.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 0x20 : byte
        }
        let trimmed = bytes.span.trimmed()
        self.text = unsafe trimmed.withUnsafeBufferPointer {
            unsafe String(decoding: $0, as: UTF8.self)
        }
    }

    /// The consent manager that keeps the address, as the header `X-CM-ID` names it; nil where the address does
    /// not say a known one.
    public var consentManager: String? {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let domain = String(text[text.index(after: at)...])
        return ["sbx", "abdm", "ndhm"].contains(domain) ? domain : nil
    }
}
