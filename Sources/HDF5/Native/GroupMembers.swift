// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A link as our reader finds it: the address of an object, or a target in words.
struct PlainLink {
    enum Target {
        case hard(UInt64)
        case other(Link.Target)
    }

    let name: UnsafeRawBufferPointer
    var target: Target
}

/// Reads the links of a group, in old and in new form.
///
/// - Source: HDF5 File Format Specification, symbol table message, group symbol table nodes, local heaps, version 1
///   B-trees, link and link info messages.
struct GroupMembers {
    /// Links of a group that are read, at most.
    private static let mostLinks = 4_000_000

    let bytes: FormatBytes

    /// Numbers of links in the order of their creation.
    private struct Order {
        /// What the group states: all are below it.
        var end: UInt64?
        var largest: UInt64?
    }

    /// Links sorted by the bytes of their names.
    func links(_ messages: [HeaderMessage]) throws(Stop) -> [PlainLink] {
        var links: [PlainLink] = []
        var order = Order()
        for message in messages {
            switch message.kind {
            case .symbolTable: try addTable(message.cursor(.symbolTable), to: &links)
            case .link: links.append(try Self.link(message.cursor(.link), &order))
            case .filters where !message.isShared: _ = try FilterMessage.read(message.cursor(.filters))
            case .groupInfo:
                var cursor = message.cursor(.linkInfo)
                guard try cursor.byte() == 0 else { throw cursor.newer }
                // Bit 0: bounds between compact and dense; bit 1: entries and lengths of names that are expected.
                let flags = try cursor.byte()
                guard flags & 0xFC == 0 else { throw cursor.damaged }
                try cursor.skip(4 &* flags.nonzeroBitCount)
            case .linkInfo: try addDense(message.cursor(.linkInfo), &order, to: &links)
            default: break
            }
            guard links.count <= Self.mostLinks else { throw .unread(.limit) }
        }
        if let end = order.end, let largest = order.largest, largest >= end, !bytes.isGrowing {
            throw .damaged(.linkInfo)
        }
        return try sortedByName(links, by: \.name)
    }

    /// The library takes a slash for a path and follows it; an empty name and "." are no names.
    private static func checked(_ name: UnsafeRawBufferPointer) throws(Stop) -> UnsafeRawBufferPointer {
        guard !name.isEmpty, !name.contains(0x2F), name.count > 1 || name[0] != 0x2E else { throw .damaged(.name) }
        return name
    }

    // MARK: Old form

    private func addTable(_ start: FormatCursor, to links: inout [PlainLink]) throws(Stop) {
        var cursor = start
        let tree = try cursor.word()
        let heap = try LocalHeap(bytes, at: try cursor.word())
        func name(_ key: UnsafeRawBufferPointer) throws(Stop) -> UnsafeRawBufferPointer {
            var cursor = FormatCursor(key, of: .tree1)
            return try heap.text(at: try cursor.count(8))
        }
        var isOrdered = true
        let nodes = try BTree1(bytes: bytes, kind: .group).leaves(from: tree, isOrdered: &isOrdered) {
            (one, other) throws(Stop) in precedes(try name(one), try name(other))
        }
        var search = TableSearch(isTreeOrdered: isOrdered)
        for node in nodes {
            let room = UInt64(8 &+ 80 &* bytes.treeSizes.symbolNode)
            guard bytes.isGrowing || bytes.holds(room, at: node.child) else { throw .damaged(.outside) }
            var head = try bytes.cursor(at: node.child, count: 8, of: .symbolNode)
            try head.expect("SNOD")
            guard try head.byte() == 1 else { throw head.damaged }
            try head.skip(1)
            let count = try head.count(2)
            guard count > 0, count <= 2 &* bytes.treeSizes.symbolNode else { throw head.damaged }
            var entries = try bytes.cursor(at: node.child &+ 8, count: count &* 40, of: .symbolNode)
            let first = links.count
            for _ in 0..<count { links.append(try entry(&entries, heap)) }
            guard links.count <= Self.mostLinks else { throw .unread(.limit) }
            search.look(at: &links, from: first, between: try name(node.key), and: try name(node.nextKey))
        }
        if let lost = search.lost {
            bytes.notes.disorders.append((.symbolTable, shownName(lost)))
        } else if search.hasLooseKey {
            throw .damaged(.symbolNode)
        }
    }

    private func entry(_ cursor: inout FormatCursor, _ heap: LocalHeap) throws(Stop) -> PlainLink {
        let nameOffset = try cursor.count(8)
        let address = try cursor.word()
        let kind = try cursor.number(4)
        try cursor.skip(4)
        var scratch = FormatCursor(try cursor.take(16), of: .symbolNode)
        guard kind <= 2 else { throw cursor.damaged }
        let name = try Self.checked(try heap.text(at: nameOffset))
        guard kind == 2 else { return PlainLink(name: name, target: .hard(address)) }
        let value = try heap.text(at: try scratch.count(4))
        guard !value.isEmpty else { throw .damaged(.name) }
        return PlainLink(name: name, target: .other(.soft(shownName(value))))
    }

    // MARK: New form

    private func addDense(
        _ start: FormatCursor, _ order: inout Order, to links: inout [PlainLink]
    ) throws(Stop) {
        var cursor = start
        guard try cursor.byte() == 0 else { throw cursor.newer }
        let flags = try cursor.byte()
        guard flags & 0xFC == 0 else { throw cursor.damaged }
        if flags & 1 != 0 {
            let end = try cursor.number(8)
            guard end <= UInt64(Int64.max) else { throw cursor.damaged }
            order.end = end
        }
        let heap = try cursor.word()
        let names = try cursor.word()
        let orderIndex = flags & 2 != 0 ? try cursor.word() : nil
        guard heap != noAddress else { return }
        var search = HashSearch()
        let storage = DenseStorage(bytes: bytes)
        for object in try storage.objects(heap: heap, names: names, order: orderIndex, kind: .links) {
            var link = try Self.link(object.body, &order)
            if !search.finds(link.name, hash: object.hash) {
                link.target = .other(.unreadable(Clause.tree2.sentence))
            }
            links.append(link)
        }
        if let lost = search.lost { bytes.notes.disorders.append((.denseLinks, shownName(lost))) }
    }

    private static func link(_ start: FormatCursor, _ order: inout Order) throws(Stop) -> PlainLink {
        var cursor = start
        try cursor.version(1...1)
        let flags = try cursor.byte()
        guard flags & 0xE0 == 0 else { throw cursor.damaged }
        let kind: UInt8 = flags & 8 != 0 ? try cursor.byte() : 0
        if flags & 4 != 0 { order.largest = max(order.largest ?? 0, try cursor.word()) }
        if flags & 16 != 0, try cursor.byte() > 1 { throw cursor.damaged }
        let name = try checked(try cursor.take(try cursor.count(1 << Int(flags & 3))))
        guard !name.contains(0) else { throw .damaged(.name) }
        switch kind {
        case 0: return PlainLink(name: name, target: .hard(try cursor.word()))
        case 1:
            let value = try cursor.take(try cursor.count(2))
            guard !value.isEmpty, !value.contains(0) else { throw cursor.damaged }
            return PlainLink(name: name, target: .other(.soft(shownName(value))))
        case 64:
            var value = FormatCursor(
                try cursor.take(try cursor.count(2)), of: .link, isChecked: cursor.isChecked)
            // Version and flags in one byte; both are 0.
            guard try value.byte() == 0 else { throw value.newer }
            let file = shownName(try value.name())
            return PlainLink(name: name, target: .other(.external(file: file, path: shownName(try value.name()))))
        case 65...:
            _ = try cursor.take(try cursor.count(2))
            return PlainLink(name: name, target: .other(.userDefined(Int(kind))))
        default: throw cursor.damaged
        }
    }
}

/// What a search by name finds in a symbol table: first among the keys of the tree, then by halves in a node.
private struct TableSearch {
    let isTreeOrdered: Bool
    /// The first name that is not found.
    private(set) var lost: UnsafeRawBufferPointer?
    /// A key of the tree is not the last name before it.
    private(set) var hasLooseKey = false

    init(isTreeOrdered: Bool) { self.isTreeOrdered = isTreeOrdered }

    mutating func look(
        at links: inout [PlainLink], from first: Int, between low: UnsafeRawBufferPointer,
        and high: UnsafeRawBufferPointer
    ) {
        var isSound = isTreeOrdered
        for index in first..<links.count {
            let name = links[index].name
            let before = index == first ? low : links[index &- 1].name
            if !precedes(before, name) { isSound = false }
        }
        let last = links[links.count &- 1].name
        if precedes(high, last) { isSound = false }
        if isSound {
            if precedes(last, high) { hasLooseKey = true }
            return
        }
        for index in first..<links.count where !finds(index, links, first, low, high) {
            if lost == nil { lost = links[index].name }
            links[index].target = .other(.unreadable("libraries do not find it, for its symbol table is out of order"))
        }
        // Out of order all the same: the last name of a node is the one that a search may pass by.
        if lost == nil { lost = links[links.count &- 1].name }
    }

    private func finds(
        _ wanted: Int, _ links: [PlainLink], _ first: Int, _ low: UnsafeRawBufferPointer,
        _ high: UnsafeRawBufferPointer
    ) -> Bool {
        let name = links[wanted].name
        guard isTreeOrdered, precedes(low, name), !precedes(high, name) else { return false }
        var start = first
        var end = links.count
        while start < end {
            let middle = (start &+ end) / 2
            if middle == wanted { return true }
            if precedes(name, links[middle].name) { end = middle } else { start = middle &+ 1 }
        }
        return false
    }
}

/// What a search by hash finds in an index of links or attributes.
struct HashSearch {
    private var before: (hash: UInt32, name: UnsafeRawBufferPointer)?
    /// The first name that is not found.
    private(set) var lost: UnsafeRawBufferPointer?

    /// Looks at the next record of the index.
    mutating func finds(_ name: UnsafeRawBufferPointer, hash: UInt32) -> Bool {
        var isFound = lookup3(name) == hash
        if let before {
            isFound = isFound && (before.hash < hash || before.hash == hash && precedes(before.name, name))
        }
        before = (hash, name)
        if !isFound, lost == nil { lost = name }
        return isFound
    }
}
