import Glibc
import Secrets
import TestSupport
import Testing

@Suite("The file of the key")
struct KeyFileTests {
    private let folder: ProgramFolder

    init() throws { folder = try ProgramFolder() }

    private func error(_ path: String) -> KeyFileError? {
        do throws(KeyFileError) {
            _ = try SecretVault(keyFile: path)
            return nil
        } catch {
            return error
        }
    }

    private func error(holding text: String) throws -> KeyFileError? {
        error(try folder.write("key", text))
    }

    private let digits = "0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdefABCD"

    @Test("64 hexadecimal digits are a key, with or without a line's end")
    func goodFiles() throws {
        for text in [digits, digits + "\n", digits + "\r\n", "  " + digits + "  \n\n"] {
            #expect(try error(holding: text) == nil)
        }
        // The same key, however its letters are written.
        let one = try SecretVault(keyFile: try folder.write("one", digits))
        let two = try SecretVault(keyFile: try folder.write("two", digits.lowercased() + "\n"))
        let sealed = one.seal([1, 2, 3].span, for: SecretContext("test"))
        #expect(try two.open(sealed.span, for: SecretContext("test")) == [1, 2, 3])
    }

    @Test(
        "a file of another length says how long it is",
        arguments: [
            ("", 0), ("\n", 0), ("abc", 3), (String(repeating: "a", count: 63), 63),
            (String(repeating: "a", count: 65), 65), (String(repeating: "a", count: 128), 128),
            (String(repeating: "a", count: 5000), 256),
        ])
    func wrongLengths(text: String, found: Int) throws {
        #expect(try error(holding: text) == .wrongLength(found: found, expected: 64))
    }

    @Test("a character that is no digit is named by its place, not by itself")
    func notHexadecimal() throws {
        for (place, letter) in [(0, "g"), (10, "z"), (63, "-"), (5, " ")] {
            var letters = Array(digits).map(String.init)
            letters[place] = letter
            // A blank at an end would be left aside.
            let error = try #require(try error(holding: letters.joined()))
            #expect(error == .notHexadecimal(offset: place))
            #expect(error.description.contains("character \(place + 1) "))
        }
    }

    @Test("a file that is not there or is none says so in the system's words")
    func unreadable() throws {
        #expect(error(folder.file("nothing")) == .cannotRead(errno: ENOENT))
        #expect(error(folder.path) == .cannotRead(errno: EISDIR))
        #expect(error("") == .cannotRead(errno: ENOENT))
        let text = try #require(error(folder.file("nothing"))).description
        #expect(text == "the key file cannot be read: No such file or directory")
    }

    @Test(
        "whether others may read the file is told", arguments: [0o600, 0o400, 0o640, 0o604, 0o644])
    func permissions(mode: Int) throws {
        let path = try folder.write("key", digits)
        #expect(unsafe chmod(path, mode_t(mode)) == 0)
        #expect(try SecretVault(keyFile: path).isKeyReadableByOthers == (mode & 0o044 != 0))
    }
}
