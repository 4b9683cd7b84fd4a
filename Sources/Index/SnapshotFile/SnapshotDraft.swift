internal import Glibc

/// A file that is written under another name beside its own, and takes its place when it is whole.
///
/// The other name is always the same and held by a lock. What a killed writer left is written over, so that
/// never more than one file is left behind; and two writers wait for each other.
@safe struct SnapshotDraft: ~Copyable {
    let file: SnapshotDescriptor
    private let path: String
    private let draft: String
    private let folder: SnapshotDescriptor
    private var isPublished = false

    /// An empty file, for what shall stand at a path.
    ///
    /// - Throws: `SnapshotFileError` when it cannot be made, or something else than a snapshot stands there.
    init(of path: String) throws(SnapshotFileError) {
        try Self.checkPlace(path)
        // Before anything is written: without it the name would not last.
        let folder = try SnapshotDescriptor(folder: Self.folder(of: path))
        let draft = path + ".writing"
        var file = try SnapshotDescriptor(writing: draft)
        while try !Self.hold(file, draft) { file = try SnapshotDescriptor(writing: draft) }
        self.file = file
        self.path = path
        self.draft = draft
        self.folder = folder
    }

    // Before the lock goes with the file: the next writer's is another one of this name.
    deinit { if !isPublished { unsafe unlink(draft) } }

    /// Says what would keep a file from being written, before there is anything to write.
    ///
    /// - Throws: `SnapshotFileError`, as `init` would.
    static func check(_ path: String) throws(SnapshotFileError) {
        try checkPlace(path)
        let folder = folder(of: path)
        _ = try SnapshotDescriptor(folder: folder)
        guard unsafe access(folder, W_OK | X_OK) == 0 else { throw .last("access") }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }

    /// Whether a snapshot may take a place: one that is empty, or another's, also of another version.
    ///
    /// A name that was typed wrongly costs nobody a file, and the system no device.
    private static func checkPlace(_ path: String) throws(SnapshotFileError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            // What else may be wrong is told when the file is made.
            return
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .standsInTheWay }
        guard status.st_size > 0 else { return }
        let there = try SnapshotDescriptor(reading: path)
        let magic = SnapshotHeader.magic
        guard status.st_size >= magic.count, try there.read(magic.count, at: 0) == magic else {
            throw .standsInTheWay
        }
    }

    /// Waits until no other writer has the file.
    ///
    /// - Returns: whether it is still there under its name then, and is ours.
    private static func hold(
        _ file: borrowing SnapshotDescriptor, _ path: String
    ) throws(SnapshotFileError) -> Bool {
        while flock(file.number, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .last("flock") }
        }
        let status = try file.status()
        var named = stat()
        guard unsafe lstat(path, &named) == 0, named.st_ino == status.st_ino,
            named.st_dev == status.st_dev
        else { return false }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1, status.st_uid == geteuid()
        else {
            // Somebody else may be reading it.
            guard unsafe unlink(path) == 0 else { throw .last("unlink") }
            return false
        }
        guard ftruncate(file.number, 0) == 0 else { throw .last("ftruncate") }
        guard fchmod(file.number, 0o600) == 0 else { throw .last("fchmod") }
        return true
    }

    /// Puts the file, all of which is on the disk, where it shall stand.
    ///
    /// - Throws: `SnapshotFileError`.
    mutating func publish() throws(SnapshotFileError) {
        guard unsafe rename(draft, path) == 0 else { throw .last("rename") }
        isPublished = true
        // Some file systems keep names without being asked, and say that they cannot be asked.
        guard fsync(folder.number) == 0 || errno == EINVAL else { throw .last("fsync") }
    }
}
