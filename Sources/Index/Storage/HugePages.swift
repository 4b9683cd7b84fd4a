internal import CMemory
internal import Glibc

/// Memory of its own mapping that begins where a huge page can, so that all of it but the tail can be
/// huge pages.
///
/// `malloc` serves the same sizes, but puts a header in front and takes freed blocks of megabytes for
/// itself from then on: small pages, and copies instead of moves when a block grows.
enum HugePages {
    /// The size and alignment of a huge page, on x86-64 and on ARM with 4 KiB pages.
    static let pageBytes = 2 << 20
    private static let smallPageBytes = sysconf(Int32(_SC_PAGESIZE))

    /// Zeroed memory, filled up to whole huge pages where that costs little.
    ///
    /// - Parameter bytes: > 0.
    /// - Returns: the start, and how many bytes are mapped, for `unmap`.
    static func map(_ bytes: Int) -> (start: UnsafeMutableRawPointer, bytes: Int) {
        let whole = roundedUp(bytes, to: pageBytes)
        let mapped = whole - bytes <= bytes / 16 ? whole : roundedUp(bytes, to: smallPageBytes)
        let start = unsafe reserve(mapped)
        guard unsafe mprotect(start, mapped, PROT_READ | PROT_WRITE) == 0 else { outOfMemory() }
        unsafe advise(start, mapped)
        return unsafe (start, mapped)
    }

    /// The same bytes in a mapping of another length; what is added is zeroed.
    ///
    /// Pages move, bytes do not. A mapping that grows has whole huge pages: a part of one would be filled
    /// with small ones for good.
    static func remap(
        _ start: UnsafeMutableRawPointer, _ mapped: Int, to bytes: Int
    ) -> (start: UnsafeMutableRawPointer, bytes: Int) {
        let wanted = roundedUp(bytes, to: bytes > mapped ? pageBytes : smallPageBytes)
        let resized = unsafe cmemory_resize(start, mapped, wanted)
        if let resized = unsafe resized, unsafe resized != MAP_FAILED {
            unsafe advise(resized, wanted)
            return unsafe (resized, wanted)
        }
        // The reserved place is given up to the moved pages in one step.
        let moved = unsafe cmemory_move(start, mapped, wanted, reserve(wanted))
        guard let moved = unsafe moved, unsafe moved != MAP_FAILED else { outOfMemory() }
        unsafe advise(moved, wanted)
        return unsafe (moved, wanted)
    }

    /// Gives a mapping back.
    static func unmap(_ start: UnsafeMutableRawPointer, _ mapped: Int) {
        unsafe munmap(start, mapped)
    }

    /// An aligned range of addresses behind which there is no memory yet.
    private static func reserve(_ bytes: Int) -> UnsafeMutableRawPointer {
        let slack = pageBytes - smallPageBytes
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        let found = unsafe mmap(nil, bytes + slack, PROT_NONE, flags, -1, 0)
        guard let found = unsafe found, unsafe found != MAP_FAILED else { outOfMemory() }
        let start = unsafe found.alignedUp(toMultipleOf: pageBytes)
        let before = unsafe start - found
        if before > 0 { unsafe munmap(found, before) }
        if slack > before { unsafe munmap(start + bytes, slack - before) }
        return unsafe start
    }

    private static func advise(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
        // Only advice: where the system has no huge pages small ones serve.
        unsafe madvise(start, bytes, MADV_HUGEPAGE)
    }

    private static func roundedUp(_ bytes: Int, to unit: Int) -> Int {
        (bytes + unit - 1) / unit * unit
    }

    static func outOfMemory() -> Never { fatalError("out of memory") }
}
