internal import ABDM
internal import Gateway
internal import Glibc
internal import Index
internal import Ledger
internal import MatchServer
internal import Matcher
internal import Secrets
internal import Tokens

/// What is needed for the conversation with ABDM, from the configuration.
enum ConversationOptions {
    /// The conversation that the configuration describes, and its client; nil where it describes none.
    ///
    /// Threads begin here.
    ///
    /// - Throws: `CommandError`, naming the setting at fault.
    static func open(
        _ configuration: Configuration, rule: MatchRule
    ) throws(CommandError) -> (conversation: Conversation, client: HTTPClient)? {
        guard let section = configuration.abdm else { return nil }
        let settings = try serviceConfiguration(section)
        let vault = try vault(configuration)
        let place = try ledgerPlace(configuration)
        let ledger: LedgerBook
        do throws(LedgerError) {
            ledger = try LedgerBook(
                place, secrets: secrets(of: vault), seal: seal(of: vault), limits: section.limits,
                versions: Dictionary(
                    section.facilities.map { ($0.id, $0.version) },
                    uniquingKeysWith: { first, _ in first }),
                names: Dictionary(
                    section.facilities.map { ($0.id, $0.name) },
                    uniquingKeysWith: { first, _ in first }),
                announces: settings.webhook != nil, patience: section.patience)
        } catch {
            throw CommandError("cannot open the ledger: \(error)")
        }
        let client: HTTPClient
        do throws(HTTPClientError) {
            client = try HTTPClient()
        } catch {
            throw CommandError("cannot make calls: \(error)")
        }
        if settings.shortMessages == nil {
            Terminal.note(
                "warning: abdm.sms is not set; one-time passwords are written to the log, which is for"
                    + " development only")
        }
        do throws(ServerError) {
            let service = try ConversationService(
                configuration: settings, ledger: ledger, sender: client)
            return (Conversation(service: service, rule: rule), client)
        } catch {
            throw CommandError("cannot start the conversation with ABDM: \(error)")
        }
    }

    /// Whether everything that `open` needs is there, without beginning anything.
    static func check(_ configuration: Configuration) throws(CommandError) {
        guard let section = configuration.abdm else { return }
        _ = try serviceConfiguration(section)
        _ = try vault(configuration)
        _ = try ledgerPlace(configuration)
    }

    /// Where the ledger is: said, or in the patients' database, or in a file here.
    static func ledgerPlace(_ configuration: Configuration) throws(CommandError) -> LedgerPlace {
        let url =
            configuration.text(Settings.ledger) ?? configuration.text(Settings.database)
            ?? "sqlite:./milaan.db"
        guard let place = LedgerPlace(parsing: url) else {
            throw CommandError("--ledger must begin with postgres:// or sqlite:", code: .usage)
        }
        return place
    }

    private static func serviceConfiguration(
        _ section: ABDMSection
    ) throws(CommandError) -> ConversationConfiguration {
        let secret = try SecretFile.text(section.clientSecretFile, of: "abdm.clientSecretFile")
        var configuration = ConversationConfiguration(
            gateway: section.gateway, hiecm: section.hiecm, clientID: section.clientID,
            clientSecret: secret, consentManager: section.consentManager,
            facilities: section.facilities, shortMessages: section.shortMessages)
        configuration.webhook = try section.webhook?.open()
        configuration.replayWindow = section.replayWindow
        if let minutes = section.longestWaitMinutes { configuration.longestWaitMinutes = minutes }
        return configuration
    }

    private static func vault(_ configuration: Configuration) throws(CommandError) -> SecretVault {
        guard let path = configuration.text(Settings.tokenKeyFile) else {
            throw CommandError(
                "the conversation with ABDM needs --token-key-file, a file of 64 hexadecimal digits"
                    + " (openssl rand -hex 32)", code: .usage)
        }
        do throws(KeyFileError) {
            let vault = try SecretVault(keyFile: path)
            if vault.isKeyReadableByOthers {
                Terminal.note("warning: \(path) can be read by others; chmod 600 it")
            }
            return vault
        } catch {
            throw CommandError("--token-key-file: \(error)", code: .usage)
        }
    }

    /// Ids and passwords: random ones, and what is kept of them.
    private static func secrets(of vault: SecretVault) -> LedgerSecrets {
        let clock = MachineClock()
        return LedgerSecrets(
            makeID: { CallStamp(clock: clock).requestID },
            makePassword: {
                let reference = CallStamp(clock: clock).requestID
                let code = OneTimeCode.random()
                let hash = vault.hash(code, for: SecretContext("link-password", reference))
                return OneTimePassword(
                    linkReference: reference, digits: code.text, hash: Hexadecimal.text(hash.bytes))
            },
            matches: { hash, reference, typed in
                guard let kept = Hexadecimal.bytes(hash).flatMap({ CodeHash(kept: $0) }),
                    let code = OneTimeCode(typed: typed.utf8.span)
                else { return false }
                return vault.hash(code, for: SecretContext("link-password", reference))
                    .matches(kept)
            },
            hashMobile: { mobile in
                Hexadecimal.text(
                    vault.pseudonym(of: SecretContext("password-mobile", String(mobile))))
            },
            tokenClaims: { token in
                let bytes = Array(token.utf8)
                guard let claims = try? TokenClaims(unverified: bytes.span) else {
                    return LinkingTokenClaims()
                }
                return LinkingTokenClaims(claims)
            })
    }

    private static func seal(of vault: SecretVault) -> LedgerSeal {
        LedgerSeal(
            seal: { text, place in
                Hexadecimal.text(
                    vault.seal(text.utf8.span, for: SecretContext("ledger", place)))
            },
            sealAlike: { text, place in
                Hexadecimal.text(
                    vault.sealAlike(text.utf8.span, for: SecretContext("ledger", place)))
            },
            open: { sealed, place in
                guard let bytes = Hexadecimal.bytes(sealed),
                    let text = try? vault.open(bytes.span, for: SecretContext("ledger", place))
                else { return nil }
                return String(decoding: text, as: UTF8.self)
            })
    }
}

extension LinkingTokenClaims {
    /// The claims of a token of either protocol.
    ///
    /// v0.5 names facility and person as `requesterId`, and `sub` or `patientId`; v3 the person as `abhaAddress` and
    /// `abhaNumber`. A `sub` that is no address is an account of somebody's; what is empty, or a number that cannot be
    /// read, says nothing.
    init(_ claims: TokenClaims) {
        var addresses = [claims.abhaAddress, claims.patientID]
        if claims.abhaAddress == nil, let subject = claims.subject, subject.contains("@") {
            addresses.append(subject)
        }
        self.init(
            expires: claims.expiresAtSeconds.map { WireTime(milliseconds: $0 * 1000) },
            facilities: [claims.requesterID, claims.facilityID].compactMap(\.self)
                .filter { !$0.isEmpty },
            addresses: addresses.compactMap { $0.map { PatientAddress($0) } }
                .filter { !$0.text.isEmpty },
            numbers: claims.abhaNumber.flatMap { try? ABHANumber(parsing: $0.utf8.span) }
                .map { [$0] } ?? [])
    }
}

/// Bytes as text for a column that holds text.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// nil where the text is not one that `text` gave.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = character - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }
}

/// A secret that stands alone in a file.
enum SecretFile {
    /// The text of a file, without white space at its ends.
    ///
    /// - Throws: `CommandError` with the code for wrong usage, naming the setting; never the text.
    static func text(_ path: String, of setting: String) throws(CommandError) -> String {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandError("\(setting): \(Terminal.lastErrorText())", code: .usage)
        }
        defer { close(descriptor) }
        var reader = LineReader(descriptor: descriptor)
        guard let bytes = try reader.readAll(bytesMax: 64 << 10) else {
            throw CommandError("\(setting): the file is too large", code: .usage)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let start = text.drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else {
            throw CommandError("\(setting): the file is empty", code: .usage)
        }
        return String(start[...end])
    }
}
