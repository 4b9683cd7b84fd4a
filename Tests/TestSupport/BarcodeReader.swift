/// zbar's command, which reads the codes that we draw.
public enum BarcodeReader {
    /// Whether it is there.
    public static let isInstalled: Bool = path != nil

    /// Whether drawings can be read too, which another command paints first.
    public static let readsSVG: Bool =
        isInstalled
        && (try? MilaanProgram.run("/usr/bin/rsvg-convert", ["--version"]))?.end == .exit(0)

    private static let path = ["/usr/bin/zbarimg", "/usr/local/bin/zbarimg"].first { path in
        (try? MilaanProgram.run(path, ["--version"]))?.end == .exit(0)
    }

    /// The text of the one code in a picture or, by its name, a drawing.
    ///
    /// zbar would leave drawings to ImageMagick, which paints them by whatever it finds installed.
    public static func text(in file: String) throws -> String? {
        guard let path else { return nil }
        if file.hasSuffix(".svg") {
            let painted = try MilaanProgram.run(
                "/usr/bin/rsvg-convert", ["--output", file + ".png", file])
            return painted.end == .exit(0) ? try text(in: file + ".png") : nil
        }
        let run = try MilaanProgram.run(
            path, ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file])
        guard run.end == .exit(0), run.output.hasSuffix("\n") else { return nil }
        return String(run.output.dropLast())
    }
}
