/// The command line.
@main
enum Milaan {
    static func main() {}
}
