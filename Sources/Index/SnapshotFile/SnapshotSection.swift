/// The parts of a snapshot file: one for each column of an image, and a few small ones.
public enum SnapshotSection: UInt32, CaseIterable, Sendable {
    // The numbers are part of the format.
    case rows = 1
    case places = 2
    case nameLetters = 3
    case facilityNames = 4
    case facilityStarts = 5
    case identifierTypes = 6
    case establishedTokens = 7
    case careContexts = 8
    case addressBuckets = 10
    case addressLists = 11
    case numberBuckets = 12
    case numberLists = 13
    case mobileBuckets = 14
    case mobileLists = 15
    case identifierBuckets = 16
    case identifierLists = 17
    case position = 18
    case defaultFacility = 19
    case facilityRows = 20
    case districtNames = 21
    case districtStarts = 22

    /// Bytes of one of its values.
    var stride: Int {
        switch self {
        case .addressBuckets, .numberBuckets, .mobileBuckets, .identifierBuckets:
            MemoryLayout<Bucket>.stride
        case .establishedTokens: 8
        case .places, .nameLetters, .facilityRows, .facilityStarts, .districtStarts,
            .addressLists, .numberLists, .mobileLists, .identifierLists:
            4
        case .rows, .careContexts, .facilityNames, .districtNames, .identifierTypes, .position,
            .defaultFacility:
            1
        }
    }

    /// Whether it is read when the file is opened, and not when it is first touched.
    var isSmall: Bool {
        switch self {
        case .facilityNames, .facilityStarts, .facilityRows, .districtNames, .districtStarts,
            .identifierTypes, .establishedTokens, .position, .defaultFacility:
            true
        default: false
        }
    }
}

/// Where a section stands in its file.
public struct SnapshotSectionPlace: Equatable, Sendable {
    /// Which section it is.
    public var section: SnapshotSection
    /// How many values it holds.
    public var count: Int
    /// Its first byte.
    var offset: Int
    /// The first of its blocks among the checksums.
    var firstBlock: Int

    /// How many bytes it has.
    public var bytes: Int { count * section.stride }

    /// How many blocks of a size it has.
    func blocks(of blockBytes: Int) -> Int { (bytes + blockBytes - 1) / blockBytes }
}
