internal import Matcher
internal import Synthetic
internal import TextDistance

/// Folded names one after the other.
struct FoldedNames: ~Copyable {
    private var bytes: [UInt8] = []
    private(set) var ends: [Int] = []

    /// The names of a hospital's patients.
    ///
    /// - Parameters:
    ///   - hospital: whose patients.
    ///   - tokens: only names of two words, 2, or two such names one behind the other, 4; nil for all as
    ///     they are.
    init(_ hospital: SyntheticHospital, tokens: Int? = nil) {
        var arena = TextArena()
        var isHalf = false
        hospital.forEachPatient { patient in
            arena.reset()
            let folded = NameFolding.fold(patient.bytes(of: .name), into: &arena)
            let text = arena.bytes(folded)
            if tokens != nil, Self.words(text) != 2 { return }
            for index in text.indices { bytes.append(text[index]) }
            isHalf = tokens == 4 && !isHalf
            if isHalf { bytes.append(UInt8(ascii: " ")) } else { ends.append(bytes.count) }
        }
    }

    /// The names of a file, one a line, as they are.
    ///
    /// - Parameter path: of the file.
    /// - Throws: `CommandError` when it cannot be read, has no name, or one is too long for `NameBlocks`.
    init(path: String) throws(CommandError) {
        let file = try OpenFile(path: path)
        var reader = LineReader(descriptor: file.descriptor)
        while try reader.nextLine({ (line) throws(CommandError) in
            guard line.count <= NameBlocks.bytesMax else {
                throw CommandError("\(path):\(ends.count + 1): a name is longer than 65534 bytes")
            }
            for index in line.indices { bytes.append(line[index]) }
            ends.append(bytes.count)
        }) {}
        guard !ends.isEmpty else { throw CommandError("\(path) has no name") }
    }

    /// Prints the names that are not empty, one a line.
    func write() throws(CommandError) {
        var lines: [UInt8] = []
        for index in ends.indices where !range(index).isEmpty {
            lines.append(contentsOf: bytes[range(index)])
            lines.append(UInt8(ascii: "\n"))
        }
        try Terminal.write(lines.span)
    }

    private static func words(_ text: Span<UInt8>) -> Int {
        var words = text.isEmpty ? 0 : 1
        for index in text.indices where text[index] == UInt8(ascii: " ") { words += 1 }
        return words
    }

    var pairs: Int { ends.count }

    var span: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span }
    }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    /// Half of the pairs are neighbours, who are often of one family, half are strangers.
    func partner(of index: Int) -> Int {
        index % 2 == 0 ? (index + 1) % pairs : (index * 7919 + 13) % pairs
    }
}
