extension JSONDocument {
    /// A cursor over the members of an object, in their order.
    ///
    /// - Parameter object: a node of the kind `object`; any other traps.
    /// - Returns: a cursor before the first member.
    @inlinable @inline(__always)
    public func members(of object: JSONNode) -> JSONMembers {
        JSONMembers(places: places(in: object, tag: JSONTape.Tag.object))
    }

    /// A cursor over the elements of an array, in their order.
    ///
    /// - Parameter array: a node of the kind `array`; any other traps.
    /// - Returns: a cursor before the first element.
    @inlinable @inline(__always)
    public func elements(of array: JSONNode) -> JSONElements {
        JSONElements(places: places(in: array, tag: JSONTape.Tag.array))
    }

    /// The first member of that name.
    ///
    /// - Parameters:
    ///   - name: compared byte by byte with the unescaped names.
    ///   - object: a node of the kind `object`; any other traps.
    /// - Returns: its value, or nil when no member has the name.
    /// - Complexity: O(members), whatever they contain.
    public func member(_ name: StaticString, of object: JSONNode) -> JSONNode? {
        let places = places(in: object, tag: JSONTape.Tag.object)
        // The tape itself instead of a cursor: one check of the document for all members.
        let tape = tape(for: object)
        return name.withUTF8Buffer { name in
            var position = places.position
            while position < places.end {
                let value = position + 1
                if let found = unsafe tape.string(at: position), unsafe equalBytes(found, name) {
                    return JSONNode(tapeIndex: value, generation: object.generation)
                }
                position = tape.end(ofValueAt: value)
            }
            return nil
        }
    }

    @inlinable @inline(__always)
    func places(in container: JSONNode, tag: UInt8) -> JSONPlaces {
        let tape = tape(for: container)
        let word = tape.word(at: container.tapeIndex)
        precondition(word >> 56 == UInt64(tag), "not a JSON container of this kind")
        // The word before the end is the closing brace.
        let end = UInt32(truncatingIfNeeded: word) &- 1
        // Once for all values before it.
        precondition(end < tape.wordCount, "a node outside of its document")
        return JSONPlaces(
            position: container.tapeIndex &+ 1, end: end, generation: container.generation)
    }
}

/// A cursor over an object's members.
public struct JSONMembers {
    @usableFromInline var places: JSONPlaces

    @inlinable @inline(__always)
    init(places: JSONPlaces) { self.places = places }

    /// The next name (a string node) and its value.
    ///
    /// - Parameter document: the one that gave the cursor, not parsed again since; any other traps.
    /// - Returns: nil after the last member.
    /// - Complexity: O(1), whatever the value contains.
    @inlinable @inline(__always)
    public mutating func next(
        in document: borrowing JSONDocument
    ) -> (name: JSONNode, value: JSONNode)? {
        places.nextMember(in: document)
    }

    /// The value of the next member, if it has a certain name; else the cursor stays where it is.
    ///
    /// For the members that a writer is known to put in a certain order.
    ///
    /// - Parameters:
    ///   - name: compared byte by byte with the unescaped name.
    ///   - document: as for `next`.
    /// - Returns: nil where the next member has another name, and after the last member.
    @inlinable @inline(__always)
    public mutating func take(
        _ name: StaticString, in document: borrowing JSONDocument
    ) -> JSONNode? {
        places.takeMember(name, in: document)
    }
}

/// A cursor over an array's elements.
public struct JSONElements {
    @usableFromInline var places: JSONPlaces

    @inlinable @inline(__always)
    init(places: JSONPlaces) { self.places = places }

    /// The next element.
    ///
    /// - Parameter document: the one that gave the cursor, not parsed again since; any other traps.
    /// - Returns: nil after the last element.
    /// - Complexity: O(1), whatever the element contains.
    @inlinable @inline(__always)
    public mutating func next(in document: borrowing JSONDocument) -> JSONNode? {
        places.next(in: document)
    }
}

/// The values that lie side by side on the tape between two braces.
@usableFromInline struct JSONPlaces {
    /// The index of the next value's word.
    @usableFromInline var position: UInt32
    /// The index of the closing brace.
    @usableFromInline let end: UInt32
    @usableFromInline let generation: UInt32

    @inlinable @inline(__always)
    init(position: UInt32, end: UInt32, generation: UInt32) {
        self.position = position
        self.end = end
        self.generation = generation
    }

    @inlinable @inline(__always)
    mutating func nextMember(
        in document: borrowing JSONDocument
    ) -> (name: JSONNode, value: JSONNode)? {
        guard position < end else { return nil }
        let name = JSONNode(tapeIndex: position, generation: generation)
        // A member's name is a string, of one word.
        let value = JSONNode(tapeIndex: position &+ 1, generation: generation)
        position = document.tape(for: name).end(ofValueAt: value.tapeIndex)
        return (name, value)
    }

    @inlinable @inline(__always)
    mutating func takeMember(
        _ name: StaticString, in document: borrowing JSONDocument
    ) -> JSONNode? {
        guard position < end else { return nil }
        let value = JSONNode(tapeIndex: position &+ 1, generation: generation)
        let tape = document.tape(for: value)
        // Both words lie before the end, or at it, which was found to lie inside of the document: the
        // generation says that it is still the same.
        guard tape.isString(unsafe tape.words[Int(position)], name) else { return nil }
        position = tape.end(
            of: unsafe tape.words[Int(value.tapeIndex)], at: value.tapeIndex)
        return value
    }

    @inlinable @inline(__always)
    mutating func next(in document: borrowing JSONDocument) -> JSONNode? {
        guard position < end else { return nil }
        let node = JSONNode(tapeIndex: position, generation: generation)
        position = document.tape(for: node).end(ofValueAt: position)
        return node
    }
}
