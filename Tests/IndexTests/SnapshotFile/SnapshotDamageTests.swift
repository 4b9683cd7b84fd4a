import Glibc
import TestSupport
import Testing

@testable import Index

@Suite("A snapshot file that is not as it was written")
struct SnapshotDamageTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    /// An open file whose bytes a test changes in place.
    private final class Changed {
        private let descriptor: Int32

        init(_ path: String) throws {
            descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
            try #require(descriptor >= 0)
        }

        deinit { close(descriptor) }

        func set(_ byte: UInt8, at offset: Int) {
            var byte = byte
            let written = unsafe pwrite(descriptor, &byte, 1, off_t(offset))
            #expect(written == 1)
        }

        func cut(to count: Int) { #expect(ftruncate(descriptor, off_t(count)) == 0) }
    }

    @Test("is refused or named wherever a byte of it is another one, but for the padding")
    func everyByte() throws {
        let path = try SnapshotSample(seed: 1, rows: 2).snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        let header = try SnapshotHeader(decoding: Array(bytes.prefix(headerBytes(bytes))).span)
        let changed = try Changed(path)
        var offset = 0
        var seen: Set<SnapshotSection> = []
        while offset < bytes.count {
            changed.set(bytes[offset] ^ 0x40, at: offset)
            let place = header.sections.first { place in
                (place.offset..<place.offset + place.bytes).contains(offset)
            }
            if offset < header.bytes {
                #expect(throws: SnapshotFileError.self, "header's byte \(offset)") {
                    _ = try SnapshotFile(path: path)
                }
            } else if let place {
                seen.insert(place.section)
                #expect(
                    try SnapshotFile(path: path).damagedSections() == [place.section], "\(offset)")
                // The small ones are read at once, the others when they are touched.
                do throws(SnapshotFileError) {
                    let opened = try Snapshot.opened(path)
                    #expect(!place.section.isSmall || place.section == .defaultFacility)
                    try opened.bringAll()
                    #expect(place.section == .defaultFacility, "\(offset)")
                } catch {
                    guard case .damaged = error else {
                        Issue.record("\(error) at \(offset)")
                        return
                    }
                }
            } else {
                #expect(refusal(of: path) == nil, "padding's byte \(offset)")
            }
            changed.set(bytes[offset], at: offset)
            // Most of a small file is padding: its edges and every sixteenth byte.
            let isPadding = offset >= header.bytes && place == nil
            let starts = header.sections.map(\.offset)
            offset += isPadding && !starts.contains { (offset...offset + 16).contains($0) } ? 16 : 1
        }
        #expect(seen == Set(header.sections.filter { $0.count > 0 }.map(\.section)))
        #expect(seen.count >= 14)
        #expect(refusal(of: path) == nil)
    }

    @Test("is refused wherever it is cut off")
    func everyLength() throws {
        let path = try SnapshotSample(seed: 2, rows: 2).snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        let changed = try Changed(path)
        for count in (0..<bytes.count).reversed() {
            changed.cut(to: count)
            let error = #expect(throws: SnapshotFileError.self) { _ = try SnapshotFile(path: path) }
            #expect(error == (count < 8 ? .notASnapshot : .cutShort), "\(count)")
        }
    }

    @Test("is refused when something was put behind it")
    func longer() throws {
        let path = try SnapshotSample(seed: 3, rows: 2).snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        for more in [1, 4095, 4096] {
            try folder.write("s.snap", bytes + [UInt8](repeating: 0, count: more))
            #expect(refusal(of: path) == .damaged(part: "its length"))
        }
    }

    @Test("of another machine, version or other rules is refused for that")
    func foreign() throws {
        let path = try SnapshotSample(seed: 4, rows: 2).snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        func refusal(_ change: (inout [UInt8]) -> Void) throws -> SnapshotFileError? {
            var changed = bytes
            change(&changed)
            try folder.write("s.snap", changed)
            return IndexTests.refusal(of: path)
        }
        #expect(try refusal { $0[8..<12].reverse() } == .foreignByteOrder)
        #expect(try refusal { $0[9] = 0 } == .damaged(part: "header"))
        for version in [0, 1, 2, 255] as [UInt8] {
            #expect(try refusal { $0[12] = version } == .otherVersion(found: Int(version)))
        }
        #expect(try refusal { $0[0] = 0x6D } == .notASnapshot)
        // What a transfer as text makes of a file.
        #expect(try refusal { $0.remove(at: 6) } == .notASnapshot)
        var header = try SnapshotHeader(decoding: Array(bytes.prefix(headerBytes(bytes))).span)
        header.nameRules ^= 1
        let encoded = header.encoded()
        #expect(
            try refusal { $0.replaceSubrange(0..<encoded.count, with: encoded) } == .otherNameRules)
        #expect("\(SnapshotFileError.otherVersion(found: 2))".contains("version 2"))
        #expect("\(SnapshotFileError.otherVersion(found: 2))".contains("reads version 3"))
    }

    @Test("whose counts do not belong together is refused, whatever its checksums")
    func counts() throws {
        let sample = try SnapshotSample(seed: 5, rows: 13)
        let path = try sample.snapshot.written(into: folder)
        let bytes = try folder.bytes(path)
        let sound = try SnapshotHeader(decoding: Array(bytes.prefix(headerBytes(bytes))).span)
        let changes: [(inout SnapshotHeader) -> Void] = [
            { $0.patients += 1 }, { $0.patients = 0 }, { $0.patients = Int(UInt32.max) + 1 },
            { $0.careContexts += 1 }, { $0.careContexts = 0 },
            // The last section is one block.
            {
                $0.sections.removeLast()
                $0.checksums.removeLast()
            },
        ]
        for change in changes {
            var header = sound
            change(&header)
            let encoded = header.encoded()
            try folder.write("s.snap", encoded + bytes.dropFirst(encoded.count))
            #expect(throws: SnapshotFileError.damaged(part: "header")) { try Snapshot.opened(path) }
            #expect(throws: SnapshotFileError.damaged(part: "header")) {
                try SnapshotFile(path: path).damagedSections()
            }
        }
    }

    @Test("is refused when it is no file at all, and keeps nothing open")
    func noFile() throws {
        let pipe = folder.file("pipe")
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        for path in [folder.path, pipe] {
            #expect(refusal(of: path) == .notASnapshot)
            #expect(descriptors(of: path) == 0)
        }
        #expect(refusal(of: folder.file("none")) == .system(call: "open", code: ENOENT))
        for text in ["", "MILAAN", "MILAAN\r\n", "id,name\nA,Asha Rao\n"] {
            let path = try folder.write("text", text)
            #expect(refusal(of: path) == (text.hasSuffix("\r\n") ? .cutShort : .notASnapshot))
        }
    }

    private func headerBytes(_ bytes: [UInt8]) throws -> Int {
        try SnapshotHeader.bytes(ofFileBeginning: bytes.span)
    }
}
