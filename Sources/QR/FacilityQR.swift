internal import JSON

/// Why a facility's code cannot be made; names the field, and says what would do.
public enum FacilityQRError: Error, Equatable, Sendable {
    /// The facility's id is none: 1 to 64 letters, digits, `-`, `_` and `.`.
    case badFacility
    /// The counter of the v3 form is none: 1 to 20 letters and digits, and not the facility's id.
    case badCounter
    /// The text of the v0.5 form is empty, has control characters, or is over 256 bytes.
    case badCode
    /// There is no QR code that holds so much, or no memory for its image.
    case cannotDraw
}

extension FacilityQRError: CustomStringConvertible {
    /// One line for whoever asked.
    public var description: String {
        switch self {
        case .badFacility: "hip must be 1 to 64 letters, digits, '-', '_' and '.'"
        case .badCounter: "counter must be 1 to 20 letters and digits, and not the facility's id"
        case .badCode: "counter must be 1 to 256 bytes of text without control characters"
        case .cannotDraw: "the QR code cannot be drawn"
        }
    }
}

/// What a patient scans at a facility's counter.
public struct FacilityQR: Sendable, Equatable {
    /// The two forms in which a facility's code is written.
    public enum Form: String, Sendable, CaseIterable {
        /// JSON with `hipId` and `code`, for the scanner inside of a PHR app.
        case v05 = "v0.5"
        /// A URL, which any camera opens.
        case v3 = "v3"
    }

    /// Which PHR apps are meant.
    public enum Network: String, Sendable, CaseIterable {
        /// The sandbox.
        case sandbox = "sbx"
        /// The real one.
        case production = "abdm"

        fileprivate var host: StaticString {
            switch self {
            case .sandbox: "phrsbx.abdm.gov.in"
            case .production: "phr.abdm.gov.in"
            }
        }
    }

    /// The very text of the code.
    public let text: String

    /// The code of a facility and, if there is one, of a counter in it.
    ///
    /// - Parameters:
    ///   - facility: its id in the registry.
    ///   - counter: what comes back with each scan; nil for none.
    ///   - form: which of the two texts.
    ///   - network: whose apps; of no matter to v0.5.
    /// - Throws: `badFacility`, `badCounter` (v3), `badCode` (v0.5).
    public init(
        facility: String, counter: String?, form: Form, network: Network
    ) throws(FacilityQRError) {
        let isFacility = facility.utf8.allSatisfy { byte in
            Self.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
        guard isFacility, (1...64).contains(facility.utf8.count) else { throw .badFacility }
        switch form {
        case .v05: text = try Self.json(facility, counter)
        case .v3: text = try Self.url(facility, counter, network)
        }
    }

    private static func json(
        _ facility: String, _ code: String?
    ) throws(FacilityQRError) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("hipId", facility.utf8.span)
        if let code {
            let isText = !code.unicodeScalars.contains { $0.properties.generalCategory == .control }
            guard isText, (1...256).contains(code.utf8.count) else { throw .badCode }
            writer.member("code", code.utf8.span)
        }
        writer.endObject()
        return String(decoding: writer.take(), as: UTF8.self)
    }

    private static func url(
        _ facility: String, _ counter: String?, _ network: Network
    ) throws(FacilityQRError) -> String {
        let url = "https://\(network.host)/share-profile?hip-id=\(facility)"
        guard let counter else { return url }
        guard counter.utf8.allSatisfy(isAlphanumeric), (1...20).contains(counter.utf8.count),
            counter != facility
        else { throw .badCounter }
        return url + "&counter-id=\(counter)"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// How a code is drawn.
public enum QRFormat: String, Sendable, CaseIterable {
    /// Scalable, for print.
    case svg
    /// Pixels, for screens.
    case png
    /// Half blocks, for a terminal.
    case terminal

    /// The media type of what is drawn.
    public var contentType: StaticString {
        switch self {
        case .svg: "image/svg+xml"
        case .png: "image/png"
        case .terminal: "text/plain; charset=utf-8"
        }
    }
}

extension FacilityQR {
    /// Draws the code with its quiet zone.
    ///
    /// - Parameters:
    ///   - format: how.
    ///   - pixelsPerModule: of PNG, and of the size that SVG proposes; 1...32.
    /// - Returns: a whole file.
    /// - Throws: `cannotDraw`.
    public func draw(
        as format: QRFormat, pixelsPerModule: Int = 8
    ) throws(FacilityQRError) -> [UInt8] {
        precondition((1...32).contains(pixelsPerModule), "pixels of a module out of range")
        guard let matrix = QRMatrix(text) else { throw .cannotDraw }
        switch format {
        case .svg: return matrix.svg(pixelsPerModule: pixelsPerModule)
        case .terminal: return matrix.terminal()
        case .png:
            guard let png = matrix.png(pixelsPerModule: pixelsPerModule) else { throw .cannotDraw }
            return png
        }
    }
}
