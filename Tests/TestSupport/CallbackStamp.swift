internal import Foundation

/// Makes a callback that is written down in a test look as if a gateway sent it just now.
public enum CallbackStamp {
    /// The time, as a gateway writes it.
    public static var now: String { Date.now.formatted(.iso8601) }

    /// A UUID that always belongs to the same name, such as `r-1`; a UUID stays as it is.
    public static func id(_ name: String) -> String {
        if UUID(uuidString: name) != nil { return name }
        var digits = ""
        for half in 0..<2 {
            // FNV-1a.
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ UInt64(half)
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            let text = String(hash, radix: 16)
            digits += String(repeating: "0", count: 16 - text.count) + text
        }
        let ends = [8, 12, 16, 20, 32]
        var parts: [String] = []
        var start = 0
        for end in ends {
            parts.append(String(digits.dropFirst(start).prefix(end - start)))
            start = end
        }
        return parts.joined(separator: "-")
    }

    /// A body whose first `requestId` is a UUID and whose first `timestamp` is now.
    public static func body(_ text: String) -> String {
        replace("timestamp", in: replace("requestId", in: text, by: id), by: { _ in now })
    }

    private static func replace(
        _ member: String, in text: String, by value: (String) -> String
    ) -> String {
        guard let name = text.range(of: "\"\(member)\":\""),
            let end = text.range(of: "\"", range: name.upperBound..<text.endIndex)
        else { return text }
        return text.replacingCharacters(
            in: name.upperBound..<end.lowerBound,
            with: value(String(text[name.upperBound..<end.lowerBound])))
    }
}
