internal import CQREncode

/// The dark and light modules of one QR code, without the quiet zone round them.
public struct QRMatrix: Sendable, Equatable {
    /// Modules of a side, from 21 to 177.
    public let width: Int
    /// Row by row from the upper left corner; true for dark.
    private let modules: [Bool]

    /// The least width of the light border, in modules.
    ///
    /// - Source: ISO/IEC 18004:2015, 6.3.8.
    public static let quietModules = 4

    /// The smallest code that holds a text, and can be read with 15 % of it lost.
    ///
    /// - Parameter text: at most 2331 bytes of UTF-8; nil for more.
    public init?(_ text: String) {
        guard let handle = QRCodeHandle(text.utf8.span) else { return nil }
        width = handle.width
        modules = handle.modules()
    }

    /// Whether a module is dark; none of the quiet zone is.
    ///
    /// - Parameters:
    ///   - column: any number; 0..<width is inside.
    ///   - row: likewise.
    /// - Returns: true for dark.
    public func isDark(column: Int, row: Int) -> Bool {
        guard column >= 0, column < width, row >= 0, row < width else { return false }
        return modules[row * width + column]
    }
}

/// What libqrencode gives for a text.
@safe private struct QRCodeHandle: ~Copyable {
    private let code: UnsafeMutablePointer<QRcode>

    init?(_ text: Span<UInt8>) {
        let code = unsafe text.withUnsafeBufferPointer { text in
            unsafe QRcode_encodeData(
                Int32(clamping: text.count), text.baseAddress, 0, QR_ECLEVEL_M)
        }
        guard let code = unsafe code else { return nil }
        unsafe self.code = unsafe code
    }

    deinit { unsafe QRcode_free(code) }

    var width: Int { Int(unsafe code.pointee.width) }

    /// The lowest bit of each byte is the module's colour.
    func modules() -> [Bool] {
        let bytes = unsafe UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        return unsafe bytes.map { $0 & 1 == 1 }
    }
}
