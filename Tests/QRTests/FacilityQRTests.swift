import JSON
import QR
import TestSupport
import Testing

@Suite("What is scanned at a counter")
struct FacilityQRTests {
    private func text(
        _ facility: String, _ counter: String?, _ form: FacilityQR.Form,
        _ network: FacilityQR.Network = .sandbox
    ) -> Result<String, FacilityQRError> {
        Result { () throws(FacilityQRError) in
            try FacilityQR(facility: facility, counter: counter, form: form, network: network).text
        }
    }

    @Test("the two forms are as the apps expect them")
    func forms() {
        #expect(
            text("IN3410000260", "12345", .v3)
                == .success(
                    "https://phrsbx.abdm.gov.in/share-profile?hip-id=IN3410000260&counter-id=12345")
        )
        #expect(
            text("IN3410000260", nil, .v3, .production)
                == .success("https://phr.abdm.gov.in/share-profile?hip-id=IN3410000260"))
        #expect(
            text("HFR1010342452", "C1", .v05)
                == .success("{\"hipId\":\"HFR1010342452\",\"code\":\"C1\"}"))
        #expect(text("HFR1010342452", nil, .v05) == .success("{\"hipId\":\"HFR1010342452\"}"))
    }

    @Test("the code of v0.5 is any text, and comes back as it was")
    func anyCode() throws {
        for code in ["Counter 1, OPD", "\"quoted\" \\ / back", "काउंटर १", "a&b=c?d#e"] {
            let json = Array(try text("HIP-1_a.b", code, .v05).get().utf8)
            var document = JSONDocument()
            try document.parse(json.span)
            let node = document.member("code", of: document.root)
            #expect(node.map { document.text(of: $0) } == code)
        }
    }

    @Test(
        "what the registry and the apps do not allow is refused",
        arguments: [
            ("", "C1", .v3, .badFacility), ("IN 1", "C1", .v3, .badFacility),
            ("IN1&x=y", "C1", .v3, .badFacility), ("IN\"1", "C1", .v05, .badFacility),
            (String(repeating: "a", count: 65), "C1", .v05, .badFacility),
            ("IN1", "", .v3, .badCounter), ("IN1", "C-1", .v3, .badCounter),
            ("IN1", String(repeating: "1", count: 21), .v3, .badCounter),
            ("IN1", "IN1", .v3, .badCounter), ("IN1", "काउंटर", .v3, .badCounter),
            ("IN1", "", .v05, .badCode), ("IN1", "a\nb", .v05, .badCode),
            ("IN1", String(repeating: "a", count: 257), .v05, .badCode),
        ] as [(String, String, FacilityQR.Form, FacilityQRError)])
    func refusals(
        facility: String, counter: String, form: FacilityQR.Form, error: FacilityQRError
    ) {
        #expect(text(facility, counter, form) == .failure(error))
    }

    @Test(
        "what is read from a picture is what was asked for",
        .enabled(if: BarcodeReader.isInstalled, "zbarimg is not installed"),
        arguments: [
            ("IN3410000260", "12345", .v3), ("IN3410000260", nil, .v3),
            ("IN1", "abcdefghij0123456789", .v3), ("HFR1010342452", "C1", .v05),
            ("HFR1010342452", nil, .v05), ("HFR1010342452", "OPD \"A\", first floor", .v05),
            (String(repeating: "Z", count: 64), String(repeating: "counter ", count: 32), .v05),
        ] as [(String, String?, FacilityQR.Form)], QRFormat.allCases)
    func readBack(code: (String, String?, FacilityQR.Form), format: QRFormat) throws {
        let facility = try FacilityQR(
            facility: code.0, counter: code.1, form: code.2, network: .sandbox)
        let folder = try ProgramFolder()
        let drawn = try facility.draw(as: format)
        let picture: [UInt8]
        switch format {
        case .png: picture = drawn
        case .svg: picture = try raster(ofSVG: String(decoding: drawn, as: UTF8.self))
        case .terminal: picture = try raster(ofTerminal: String(decoding: drawn, as: UTF8.self))
        }
        let file = try folder.write(format == .png ? "code.png" : "code.pgm", picture)
        #expect(try BarcodeReader.text(in: file) == facility.text)
    }

    @Test(
        "what is read from a drawing is what was asked for",
        .enabled(if: BarcodeReader.readsSVG, "zbarimg or rsvg-convert is not installed"),
        arguments: FacilityQR.Form.allCases)
    func readDrawing(form: FacilityQR.Form) throws {
        let facility = try FacilityQR(
            facility: "IN3410000260", counter: "C1", form: form, network: .sandbox)
        let folder = try ProgramFolder()
        let file = try folder.write("code.svg", try facility.draw(as: .svg))
        #expect(try BarcodeReader.text(in: file) == facility.text)
    }

    @Test("a picture has its quiet zone and the size that was asked for", arguments: [1, 3, 8, 32])
    func sizes(pixels: Int) throws {
        let facility = try FacilityQR(
            facility: "IN1", counter: "C1", form: .v3, network: .production)
        let matrix = try #require(QRMatrix(facility.text))
        let side = (matrix.width + 2 * QRMatrix.quietModules) * pixels
        let png = try facility.draw(as: .png, pixelsPerModule: pixels)
        #expect(png.prefix(8).elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
        let height = png[20..<24].reduce(0) { $0 << 8 | Int($1) }
        #expect(width == side)
        #expect(height == side)
        let svg = String(
            decoding: try facility.draw(as: .svg, pixelsPerModule: pixels), as: UTF8.self)
        #expect(svg.contains("width=\"\(side)\""))
        #expect(svg.contains("viewBox=\"0 0 \(side / pixels) \(side / pixels)\""))
    }

    @Test("nothing in a drawing depends on when it is drawn")
    func repeatable() throws {
        let facility = try FacilityQR(facility: "IN1", counter: "C1", form: .v3, network: .sandbox)
        for format in QRFormat.allCases {
            #expect(try facility.draw(as: format) == facility.draw(as: format))
        }
    }

    @Test("a text that no code can hold is refused")
    func tooLong() {
        #expect(QRMatrix(String(repeating: "x", count: 2331))?.width == 177)
        #expect(QRMatrix(String(repeating: "x", count: 2332)) == nil)
        #expect(QRMatrix("") == nil)
    }
}

/// A picture from a grid of dark modules, the border included: PGM, eight pixels a module.
private func picture(_ isDark: [[Bool]]) -> [UInt8] {
    let scale = 8
    let width = (isDark.first?.count ?? 0) * scale
    var bytes = Array("P5\n\(width) \(isDark.count * scale)\n255\n".utf8)
    for row in isDark {
        let line = row.flatMap { [UInt8](repeating: $0 ? 0 : 255, count: scale) }
        for _ in 0..<scale { bytes += line }
    }
    return bytes
}

/// Paints what an SVG of ours draws: the path's rectangles `Mx yhNv1Hxz`, on the view box.
private func raster(ofSVG svg: String) throws -> [UInt8] {
    let box = try #require(svg.split(separator: "viewBox=\"0 0 ").last?.split(separator: " ").first)
    let side = try #require(Int(box))
    var isDark = Array(repeating: Array(repeating: false, count: side), count: side)
    let path = try #require(svg.split(separator: " d=\"").last?.split(separator: "\"").first)
    for run in path.split(separator: "M") {
        let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
        try #require(numbers.count == 5 && numbers[3] == 1 && numbers[4] == numbers[0])
        for column in numbers[0]..<(numbers[0] + numbers[2]) { isDark[numbers[1]][column] = true }
    }
    return picture(isDark)
}

/// Paints what a terminal shows: two modules a character, black on white.
private func raster(ofTerminal text: String) throws -> [UInt8] {
    var isDark: [[Bool]] = []
    for line in text.split(separator: "\n") {
        try #require(line.hasPrefix("\u{1b}[30;107m") && line.hasSuffix("\u{1b}[0m"))
        let blocks = line.dropFirst(9).dropLast(4)
        isDark.append(blocks.map { "▀█".contains($0) })
        isDark.append(blocks.map { "▄█".contains($0) })
        try #require(blocks.allSatisfy { " ▀▄█".contains($0) })
    }
    return picture(isDark)
}
