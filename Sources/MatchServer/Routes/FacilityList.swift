/// The facilities that requests may name, compared as bytes.
struct FacilityList: Sendable {
    /// Sorted by length, then by bytes; nil when any may be named.
    private let sorted: [[UInt8]]?

    init(_ names: [String]?) {
        sorted = names.map { names in
            names.map { Array($0.utf8) }.sorted {
                $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
            }
        }
    }

    /// Whether a request may name this facility.
    ///
    /// - Complexity: O(log facilities), no allocation.
    func permits(_ name: Span<UInt8>) -> Bool {
        guard let sorted else { return true }
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            let order = compare(sorted[middle], name)
            if order == 0 { return true }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return false
    }

    private func compare(_ listed: [UInt8], _ name: Span<UInt8>) -> Int {
        guard listed.count == name.count else { return listed.count - name.count }
        for index in name.indices where listed[index] != name[index] {
            return Int(listed[index]) - Int(name[index])
        }
        return 0
    }
}
