/// The posting tables of an image, one for each kind of key.
struct PostingTables: ~Copyable, Sendable {
    var abhaAddress = PostingTable(keys: 0)
    var abhaNumber = PostingTable(keys: 0)
    var mobile = PostingTable(keys: 0)
    var identifier = PostingTable(keys: 0)

    var bytes: Int {
        abhaAddress.bytes + abhaNumber.bytes + mobile.bytes + identifier.bytes
    }
}
