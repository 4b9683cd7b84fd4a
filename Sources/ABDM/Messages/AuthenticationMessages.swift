internal import JSON

extension AuthenticationNotice {
    /// Reads what ABDM says of a patient who was asked in their app.
    init(
        _ root: MessageObject, in document: borrowing JSONDocument
    ) throws(MessageError) {
        let auth = try root.requiredObject("auth", in: document)
        let status = try auth.requiredText("status", in: document)
        guard ["GRANTED", "DENIED"].contains(status) else {
            throw MessageError("auth.status", "is neither GRANTED nor DENIED")
        }
        self.init(
            transactionID: try auth.requiredText("transactionId", in: document),
            token: status == "GRANTED"
                ? try auth.requiredText("accessToken", in: document) : nil)
    }
}

extension BegunAuthentication {
    /// Reads what ABDM says of an authentication that has begun.
    init(
        _ auth: MessageObject, in document: borrowing JSONDocument
    ) throws(MessageError) {
        let meta = try auth.object("meta", in: document)
        let expiry = try meta?.text("expiry", in: document)
        self.init(
            transactionID: try auth.requiredText("transactionId", in: document),
            hint: try meta?.text("hint", in: document) ?? "",
            expires: expiry.flatMap { WireTime(parsing: $0.utf8.span) })
    }
}

extension MessageObject {
    /// The words of a list, those that are no short text left aside; none when missing or null.
    func words(
        _ name: StaticString, in document: borrowing JSONDocument
    ) throws(MessageError) -> [String] {
        guard let node = try value(name, in: document) else { return [] }
        guard document.kind(of: node) == .array else {
            throw MessageError(field(name), "must be a list")
        }
        var words: [String] = []
        var elements = document.elements(of: node)
        while words.count < 16, let element = elements.next(in: document) {
            guard document.kind(of: element) == .string else { continue }
            let word = document.text(of: element)
            let isPlain = word.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x5F }
            if isPlain, (1...32).contains(word.utf8.count) { words.append(word) }
        }
        return words
    }
}
