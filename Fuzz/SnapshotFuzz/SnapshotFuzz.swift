internal import Glibc
internal import Index
internal import Matcher

/// Opens what the input makes of a snapshot file.
///
/// Input: byte 0 chooses; the rest follows.
///
///     bit 0   the rest is a header (0), or changes of a small file (1): 3 bytes of offset, 1 byte of value
///     bit 1   the header's checksum is made right again
///     bit 2   the file has the length that the first two bytes of the rest say
///     bit 3   the checksums of the blocks are made right again, where the header was not changed much
@c(LLVMFuzzerTestOneInput)
public func snapshot(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: size))
    guard let choice = input.first else { return 0 }
    var rest = Array(input.dropFirst())
    let isRepaired = choice & 2 != 0
    if choice & 1 == 0 {
        if isRepaired { repair(&rest, headerBytes: rest.count) }
        decode(rest)
        return 0
    }
    var bytes = sound.bytes
    if choice & 4 != 0, rest.count >= 2 {
        let count = (Int(rest[0]) << 8 | Int(rest[1])) * 2
        rest.removeFirst(2)
        bytes = Array(bytes.prefix(count))
        bytes += [UInt8](repeating: 0, count: count - bytes.count)
    }
    for change in stride(from: 0, to: rest.count - rest.count % 4, by: 4) {
        let offset =
            Int(rest[change]) | Int(rest[change + 1]) << 8 | Int(rest[change + 2]) << 16
        // Most changes fall into the header, where there is most to go wrong.
        let place = offset & 1 << 23 != 0 ? offset & (1 << 23) - 1 : offset % 1024
        if place < bytes.count { bytes[place] = rest[change + 3] }
    }
    let isForged = choice & 8 != 0 && repairBlocks(&bytes)
    if isRepaired || isForged { repair(&bytes, headerBytes: sound.headerBytes) }
    open(bytes, mustAgree: !isRepaired && !isForged)
    return 0
}

/// A header is refused, or is written again as it was read.
private func decode(_ bytes: [UInt8]) {
    do throws(SnapshotFileError) {
        let header = try SnapshotHeader(decoding: bytes.span)
        precondition(header.encoded() == bytes, "a header that is not what it was read from")
    } catch {
        precondition(!error.description.isEmpty)
    }
}

private func repair(_ bytes: inout [UInt8], headerBytes: Int) {
    guard bytes.count >= headerBytes, headerBytes >= 32 else { return }
    bytes.replaceSubrange(24..<32, with: [UInt8](repeating: 0, count: 8))
    let sum = SnapshotHeader.checksum(bytes.span.extracting(0..<headerBytes))
    put(sum, into: &bytes, at: 24)
}

/// Makes the checksums of all blocks right; false where the sections do not stand as in the sound file.
private func repairBlocks(_ bytes: inout [UInt8]) -> Bool {
    let table = 80..<96 + 24 * number(sound.bytes, at: 88)
    guard bytes.count == sound.bytes.count, bytes[table] == sound.bytes[table] else { return false }
    let blockBytes = number(bytes, at: 80)
    var place = table.upperBound
    for section in stride(from: 96, to: table.upperBound, by: 24) {
        let start = number(bytes, at: section + 16)
        let end = start + number(bytes, at: section + 8) * number(bytes, at: section + 4, size: 4)
        for block in stride(from: start, to: end, by: blockBytes) {
            let sum = SnapshotHeader.checksum(
                bytes.span.extracting(block..<min(block + blockBytes, end)))
            put(sum, into: &bytes, at: place)
            place += 8
        }
    }
    return place == sound.headerBytes
}

private func number(_ bytes: [UInt8], at offset: Int, size: Int = 8) -> Int {
    (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
}

private func put(_ number: UInt64, into bytes: inout [UInt8], at offset: Int) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
}

/// A file is refused, or answers as the sound one; with a header that somebody made, it only never traps.
private func open(_ bytes: [UInt8], mustAgree: Bool) {
    place(bytes)
    do throws(SnapshotFileError) {
        let file = try SnapshotFile(path: path)
        let info = try file.info()
        precondition(info.bytes == bytes.count)
        let isSound = try file.damagedSections().isEmpty
        let snapshot = try file.snapshot()
        try snapshot.bringAll()
        guard mustAgree else { return }
        precondition(isSound, "bytes that were read and are damaged")
        precondition(answers(snapshot) == sound.answers, "another answer")
        for section in info.sections { precondition(section.bytes <= bytes.count) }
    } catch {
        precondition(!error.description.isEmpty)
    }
}

/// All that a snapshot holds of its rows and of one key.
private func answers(_ snapshot: Snapshot) -> [UInt8] {
    Array("\(snapshot.position) \(snapshot.publishedAtSeconds)".utf8) + answers(snapshot.image)
}

private func answers(_ image: borrowing PatientImage) -> [UInt8] {
    var answers: [UInt8] = []
    func add(_ text: Span<UInt8>) { for index in text.indices { answers.append(text[index]) } }
    var text = UnpackedText()
    for number in 0..<image.count {
        let row = image.place(ofRow: number)
        let texts = image.texts(of: row)
        image.readID(of: row, into: &text)
        add(text.bytes)
        image.readName(of: texts, into: &text)
        add(text.bytes)
        image.readAddressName(of: texts, into: &text)
        add(text.bytes)
        answers += Array("\(texts.addressDomain)".utf8)
        answers += Array("\(image.facts(of: row))".utf8)
        var contexts = image.careContexts(of: row)
        while let context = image.next(&contexts) {
            add(image.reference(of: context))
        }
    }
    var query = PatientQuery()
    let mobile = Array("+919800000001".utf8)
    let hip = Array("HIP1".utf8)
    let none: [UInt8] = []
    query.add(.mobile, value: mobile.span, type: none.span, isVerified: true)
    if let identifier = query.identifiers.first,
        let facility = image.facility(named: hip.span)
    {
        let rows = image.rows(
            carrying: identifier, texts: query.texts, facility: facility)
        for position in 0..<rows.count {
            image.readID(of: image.row(of: rows, at: position), into: &text)
            add(text.bytes)
        }
    }
    return answers
}

// MARK: The file

/// Without a name in any folder, so that nothing of it is left.
private let descriptor: Int32 = {
    let name = "/tmp/milaan-fuzz-\(getpid())"
    let descriptor = unsafe Glibc.open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0)
    unsafe unlink(name)
    return descriptor
}()
private let path = "/proc/self/fd/\(descriptor)"

private func place(_ bytes: [UInt8]) {
    precondition(ftruncate(descriptor, 0) == 0)
    let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    precondition(written == bytes.count)
}

private struct SoundFile {
    let bytes: [UInt8]
    let headerBytes: Int
    let answers: [UInt8]
}

/// Three records, one care context and one shared mobile.
private let sound: SoundFile = {
    var builder = ImageBuilder(defaultFacility: "HIP1", seed: 1)
    var patient = PatientRecord()
    var context = CareContextRecord()
    let file = "/tmp/milaan-fuzz-\(getpid()).snap"
    defer { unsafe unlink(file) }
    do {
        for (id, facility) in [("A1", "HIP1"), ("A2", "HIP1"), ("B1", "HIP2")] {
            patient.reset()
            let values: [(PatientField, String)] = [
                (.id, id), (.facility, facility), (.name, "Asha Verma"), (.gender, "F"),
                (.mobile, "9800000001"), (.abhaAddress, "\(id)@sbx"), (.medicalRecord, "M\(id)"),
            ]
            for (field, value) in values {
                let bytes = Array(value.utf8)
                try patient.set(field, bytes.span)
            }
            try patient.finish()
            try builder.append(patient)
        }
        let id = Array("A1".utf8)
        try context.set(.patientID, id.span)
        try context.set(.reference, id.span)
        try context.finish()
        try builder.append(context)
        let snapshot = Snapshot(
            image: builder.build(), position: "fuzz", publishedAtSeconds: 1)
        try snapshot.write(to: file, defaultFacility: "HIP1")
        let bytes = contents(file)
        let headerBytes = number(bytes, at: 16)
        return SoundFile(bytes: bytes, headerBytes: headerBytes, answers: answers(snapshot))
    } catch {
        preconditionFailure("a snapshot that cannot be written: \(error)")
    }
}()

private func contents(_ path: String) -> [UInt8] {
    guard let stream = unsafe fopen(path, "re") else { return [] }
    defer { unsafe fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, stream)
    return Array(bytes.prefix(count))
}
