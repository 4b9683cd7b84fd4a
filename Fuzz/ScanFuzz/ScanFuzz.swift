internal import ABDM
internal import Matcher

/// Reads arbitrary bytes as a person's scanned code.
///
/// Input: byte 0 chooses the domain; the text follows.
@c(LLVMFuzzerTestOneInput)
public func scan(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let choice = input.first else { return 0 }
    let text = Array(input.dropFirst())
    let domain = choice & 1 == 0 ? ABHADomain.sandbox : .production
    let first = read(text, domain)
    precondition(first == read(text, domain), "the same text was read differently")
    // A text that is nearly too long may be so with what a scanner adds.
    if text.count + 5 <= ScannedProfile.scanBytesMax {
        let framed = read([0xEF, 0xBB, 0xBF] + text + [13, 10], domain)
        precondition(framed == first, "what scanners add made a difference")
    }
    guard case .success(let profile) = first else { return 0 }

    precondition(!profile.name.isEmpty && profile.name.utf8.count <= ScannedProfile.nameBytesMax)
    var arena = TextArena()
    let address = Array(profile.address.utf8)
    guard let range = try? ABHAAddress.parse(address.span, into: &arena) else {
        preconditionFailure("an address that is none")
    }
    let again = arena.bytes(range)
    precondition(again.indices.map { again[$0] } == address, "an address that is not normal")
    if let derived = ABHAAddress.derivedNumber(address.span) {
        precondition(derived == profile.abhaNumber, "an address of another number")
    }
    precondition(!profile.isAddressDerived || profile.abhaNumber != nil)
    return 0
}

private func read(_ text: [UInt8], _ domain: ABHADomain) -> Result<ScannedProfile, ScanError> {
    Result { () throws(ScanError) in try ScannedProfile(scanned: text.span, domain: domain) }
}
