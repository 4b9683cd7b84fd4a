internal import CPNG

extension QRMatrix {
    /// The width with the quiet zone on both sides.
    private var framedWidth: Int { width + 2 * Self.quietModules }

    /// A picture of any size: one white square, and one black path of the runs of dark modules.
    func svg(pixelsPerModule: Int) -> [UInt8] {
        let size = framedWidth
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while isDark(column: column, row: row) { column += 1 }
                if column > start {
                    let left = start + Self.quietModules
                    path += "M\(left) \(row + Self.quietModules)h\(column - start)v1H\(left)z"
                } else {
                    column += 1
                }
            }
        }
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="\(size * pixelsPerModule)" \
            height="\(size * pixelsPerModule)" viewBox="0 0 \(size) \(size)" \
            shape-rendering="crispEdges">
            <rect width="\(size)" height="\(size)" fill="#fff"/>
            <path fill="#000" d="\(path)"/>
            </svg>

            """
        return Array(text.utf8)
    }

    /// A gray picture; nil where libpng refuses.
    func png(pixelsPerModule: Int) -> [UInt8]? {
        let side = framedWidth * pixelsPerModule
        var pixels = [UInt8](repeating: 255, count: side * side)
        for row in 0..<width {
            for column in 0..<width where isDark(column: column, row: row) {
                let left = (column + Self.quietModules) * pixelsPerModule
                let top = (row + Self.quietModules) * pixelsPerModule
                for y in top..<(top + pixelsPerModule) {
                    for x in left..<(left + pixelsPerModule) { pixels[y * side + x] = 0 }
                }
            }
        }
        var count = 0
        guard unsafe cpng_write_gray(pixels, UInt32(side), UInt32(side), nil, &count) != 0 else {
            return nil
        }
        var file = [UInt8](repeating: 0, count: count)
        guard unsafe cpng_write_gray(pixels, UInt32(side), UInt32(side), &file, &count) != 0 else {
            return nil
        }
        return Array(file[..<count])
    }

    /// Two modules a character, black on white whatever the terminal's own colours are.
    func terminal() -> [UInt8] {
        // Bright white behind, black in front; back to the terminal's own at each line's end.
        let begin = "\u{1b}[30;107m"
        let end = "\u{1b}[0m\n"
        var text = ""
        let edge = Self.quietModules
        for row in stride(from: -edge, to: width + edge, by: 2) {
            text += begin
            for column in -edge..<(width + edge) {
                switch (isDark(column: column, row: row), isDark(column: column, row: row + 1)) {
                case (false, false): text += " "
                case (true, false): text += "▀"
                case (false, true): text += "▄"
                case (true, true): text += "█"
                }
            }
            text += end
        }
        return Array(text.utf8)
    }
}
