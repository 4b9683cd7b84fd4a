internal import CTextDistance

/// A way to compare one name with 64 at a time, made for one kind of processor.
///
/// All of them give the same results; they differ in how long that takes.
public enum LanePath: String, CaseIterable, Sendable {
    /// AVX-512 with BW, VL, VBMI, BITALG and VPOPCNTDQ: Ice Lake, Zen 4 and later.
    case avx512
    /// AVX2: nearly every x86-64 processor of the last ten years.
    case avx2
    /// NEON: every 64-bit ARM.
    case neon
    /// Swift alone, lane by lane: any machine.
    case plain

    /// Whether this machine can run the path.
    public var isAvailable: Bool {
        switch self {
        case .avx512: ctextdistance_has(ctextdistance_avx512)
        case .avx2: ctextdistance_has(ctextdistance_avx2)
        case .neon: ctextdistance_has(ctextdistance_neon)
        case .plain: true
        }
    }

    /// The paths that this machine can run, the fastest first.
    public static var available: [LanePath] { allCases.filter(\.isAvailable) }

    /// The fastest path of this machine, chosen once, when first asked for.
    public static let best: LanePath = available.first ?? .plain

    /// What the C kernels call the path; nil for the one in Swift.
    var kernel: ctextdistance_path? {
        switch self {
        case .avx512: ctextdistance_avx512
        case .avx2: ctextdistance_avx2
        case .neon: ctextdistance_neon
        case .plain: nil
        }
    }
}
