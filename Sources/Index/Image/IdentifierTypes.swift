internal import Matcher

/// The types of other identifiers that rows carry; a row stores a type as one byte.
struct IdentifierTypes: ~Copyable, Sendable {
    static let countMax = 255
    /// Medical record numbers are there from the start.
    static let medicalRecord: UInt8 = 0

    private(set) var names: [[UInt8]] = [[UInt8(ascii: "m"), UInt8(ascii: "r")]]

    @inline(__always)
    func find(_ name: Span<UInt8>) -> UInt8? {
        // Nearly every identifier is a medical record number.
        if name.count == 2, name[0] == UInt8(ascii: "m"), name[1] == UInt8(ascii: "r") {
            return Self.medicalRecord
        }
        return findAmongAll(name)
    }

    private func findAmongAll(_ name: Span<UInt8>) -> UInt8? {
        for index in names.indices {
            let known = names[index]
            if known.span.equals(name) { return UInt8(index) }
        }
        return nil
    }

    @inline(__always)
    mutating func findOrAdd(_ name: Span<UInt8>) -> UInt8? {
        if let known = find(name) { return known }
        guard names.count < IdentifierTypes.countMax else { return nil }
        var copy: [UInt8] = []
        for index in name.indices { copy.append(name[index]) }
        names.append(copy)
        return UInt8(names.count - 1)
    }
}
