internal import Glibc
internal import JSON
internal import MatchServer
internal import Secrets

/// The member `webhook` of the section `abdm`: where the HRP's own system wants to hear of what happened.
struct WebhookSection {
    private(set) var url = ""
    private(set) var secretFile: String?
    private(set) var headersFile: String?

    /// Reads the member; nil where it is null.
    ///
    /// - Throws: `CommandError`, naming the member at fault.
    init?(
        _ node: JSONNode, _ path: String, in document: borrowing JSONDocument
    ) throws(CommandError) {
        if document.kind(of: node) == .null { return nil }
        var members = try ABDMSection.members(node, path, in: document)
        while let (name, value) = members.next(in: document) {
            let member = document.text(of: name)
            let place = "\(path).\(member)"
            switch member {
            case "url": url = try ABDMSection.url(value, place, in: document) ?? ""
            case "secretFile": secretFile = try ABDMSection.text(value, place, in: document)
            case "headersFile": headersFile = try ABDMSection.text(value, place, in: document)
            default: throw CommandError("\(place) is not a setting")
            }
        }
        guard !url.isEmpty else { throw CommandError("\(path).url is missing") }
        guard secretFile != nil || headersFile != nil else {
            throw CommandError(
                "\(path) needs a secretFile or a headersFile: the other side must be able to tell whose call it is"
            )
        }
    }

    /// The webhook, with what its files hold.
    ///
    /// - Throws: `CommandError`, naming the setting at fault; never anything of a file.
    func open() throws(CommandError) -> Webhook {
        var webhook = Webhook(url: url, headers: [], sign: nil)
        if let headersFile {
            let text = try SecretFile.text(headersFile, of: "abdm.webhook.headersFile")
            webhook.headers = try Self.headers(text)
        }
        guard let secretFile else { return webhook }
        do throws(KeyFileError) {
            let signer = try WebhookSigner(keyFile: secretFile)
            if signer.isKeyReadableByOthers {
                Terminal.note("warning: \(secretFile) can be read by others; chmod 600 it")
            }
            webhook.sign = { id, seconds, body in
                signer.signature(id: id, timestamp: seconds, body: body)
            }
        } catch {
            throw CommandError("abdm.webhook.secretFile: \(error)", code: .usage)
        }
        return webhook
    }

    private static func headers(
        _ text: String
    ) throws(CommandError) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if line.allSatisfy(\.isWhitespace) { continue }
            let isName = { (character: Character) in
                character.isASCII && (character.isLetter || character.isNumber || character == "-")
            }
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex,
                line[..<colon].allSatisfy(isName)
            else {
                throw CommandError(
                    "abdm.webhook.headersFile: line \(number) is not a header", code: .usage)
            }
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
            headers.append((String(line[..<colon]), String(value)))
        }
        return headers
    }
}
