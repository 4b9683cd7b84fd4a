extension Int {
    /// The number and what it counts, in the singular or with an `s`: `1 row`, `2 rows`.
    package func counted(_ one: String) -> String { "\(self) \(one)\(self == 1 ? "" : "s")" }
}
