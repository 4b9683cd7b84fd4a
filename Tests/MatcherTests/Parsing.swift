internal import Matcher

/// The parsers under test, from and to plain values, so that a table of cases reads as a table.
enum Parsing {
    static func address(_ text: String) -> Result<String, ABHAAddressError> {
        let bytes = Array(text.utf8)
        var arena = TextArena()
        do throws(ABHAAddressError) {
            let range = try ABHAAddress.parse(bytes.span, into: &arena)
            return .success(string(arena.bytes(range)))
        } catch {
            return .failure(error)
        }
    }

    static func number(_ text: String) -> Result<UInt64, ABHANumberError> {
        let bytes = Array(text.utf8)
        do throws(ABHANumberError) {
            return .success(try ABHANumber(parsing: bytes.span).digits)
        } catch {
            return .failure(error)
        }
    }

    static func phone(_ text: String) -> Result<UInt64, PhoneNumberError> {
        phone(Array(text.utf8))
    }

    static func phone(_ bytes: [UInt8]) -> Result<UInt64, PhoneNumberError> {
        do throws(PhoneNumberError) {
            return .success(try PhoneNumber(parsing: bytes.span).e164)
        } catch {
            return .failure(error)
        }
    }

    static func birthDate(_ text: String) -> Result<BirthDate?, BirthDateError> {
        birthDate(Array(text.utf8))
    }

    static func birthDate(_ bytes: [UInt8]) -> Result<BirthDate?, BirthDateError> {
        do throws(BirthDateError) {
            return .success(try BirthDate.parse(bytes.span))
        } catch {
            return .failure(error)
        }
    }

    static func birthYear(_ text: String) -> Result<BirthDate?, BirthDateError> {
        let bytes = Array(text.utf8)
        do throws(BirthDateError) {
            return .success(try BirthDate.parseYear(bytes.span))
        } catch {
            return .failure(error)
        }
    }

    static func gender(_ text: String) -> Gender? {
        let bytes = Array(text.utf8)
        return try? Gender(parsing: bytes.span)
    }

    static func other(_ text: String) -> Result<String, OtherIdentifierError> {
        let bytes = Array(text.utf8)
        var arena = TextArena()
        do throws(OtherIdentifierError) {
            let range = try OtherIdentifier.fold(bytes.span, into: &arena)
            return .success(string(arena.bytes(range)))
        } catch {
            return .failure(error)
        }
    }

    static func folded(_ name: String) -> String { folded(Array(name.utf8)) }

    static func folded(_ name: [UInt8]) -> String {
        var arena = TextArena()
        let range = NameFolding.fold(name.span, into: &arena)
        return string(arena.bytes(range))
    }

    static func isPlaceholder(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.span.isPlaceholder
    }

    static func string(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}
