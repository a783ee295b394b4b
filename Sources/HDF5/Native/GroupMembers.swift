// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A link as our reader finds it: the address of an object, or a target in words.
struct PlainLink {
    enum Target {
        case hard(UInt64)
        case other(Link.Target)
    }

    let name: UnsafeRawBufferPointer
    let target: Target
}

/// Reads the links of a group, in old and in new form.
///
/// - Source: HDF5 File Format Specification, symbol table message, group symbol table nodes, local heaps, version 1
///   B-trees, link and link info messages.
struct GroupMembers {
    let bytes: FormatBytes
    let limits: Limits

    /// Links sorted by the bytes of their names.
    func links(_ messages: [HeaderMessage]) throws(NotPlain) -> [PlainLink] {
        var links: [PlainLink] = []
        for message in messages {
            switch message.kind {
            case .symbolTable: try addTable(message.body, to: &links)
            case .link: links.append(try Self.link(message.body))
            case .linkInfo: try addDense(message.body, to: &links)
            default: break
            }
            guard links.count <= limits.objects else { throw NotPlain() }
        }
        return try sortedByName(links, by: \.name)
    }

    /// The library takes a slash for a path and follows it; an empty name and "." are no names.
    private static func checked(_ name: UnsafeRawBufferPointer) throws(NotPlain) -> UnsafeRawBufferPointer {
        guard !name.isEmpty, !name.contains(0x2F), name.count > 1 || name[0] != 0x2E else { throw NotPlain() }
        return name
    }

    // MARK: Old form

    private func addTable(_ body: UnsafeRawBufferPointer, to links: inout [PlainLink]) throws(NotPlain) {
        var cursor = FormatCursor(body)
        let tree = try cursor.word()
        let heap = try LocalHeap(bytes, at: try cursor.word())
        for node in try BTree1(bytes: bytes, kind: .group).leaves(from: tree) {
            var cursor = FormatCursor(try bytes.view(at: node.child, count: 8))
            try cursor.expect("SNOD")
            guard try cursor.byte() == 1 else { throw NotPlain() }
            try cursor.skip(1)
            let count = try cursor.count(2)
            var entries = FormatCursor(try bytes.view(at: node.child &+ 8, count: count &* 40))
            for _ in 0..<count { links.append(try entry(&entries, heap)) }
        }
    }

    private func entry(_ cursor: inout FormatCursor, _ heap: LocalHeap) throws(NotPlain) -> PlainLink {
        let nameOffset = try cursor.count(8)
        let address = try cursor.word()
        let kind = try cursor.number(4)
        try cursor.skip(4)
        var scratch = FormatCursor(try cursor.take(16))
        let name = try Self.checked(try heap.text(at: nameOffset))
        guard kind == 2 else { return PlainLink(name: name, target: .hard(address)) }
        let value = try heap.text(at: try scratch.count(4))
        guard !value.isEmpty else { throw NotPlain() }
        return PlainLink(name: name, target: .other(.soft(shownName(value))))
    }

    // MARK: New form

    private func addDense(_ body: UnsafeRawBufferPointer, to links: inout [PlainLink]) throws(NotPlain) {
        var cursor = FormatCursor(body)
        guard try cursor.byte() == 0 else { throw NotPlain() }
        if try cursor.byte() & 1 != 0 { try cursor.skip(8) }
        let heap = try cursor.word()
        let names = try cursor.word()
        guard heap != noAddress else { return }
        for object in try DenseStorage(bytes: bytes, limits: limits).objects(heap: heap, names: names, kind: .links) {
            links.append(try Self.link(object))
            guard links.count <= limits.objects else { throw NotPlain() }
        }
    }

    private static func link(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> PlainLink {
        var cursor = FormatCursor(body)
        guard try cursor.byte() == 1 else { throw NotPlain() }
        let flags = try cursor.byte()
        guard flags & 0xE0 == 0 else { throw NotPlain() }
        let kind: UInt8 = flags & 8 != 0 ? try cursor.byte() : 0
        if flags & 4 != 0 { try cursor.skip(8) }
        if flags & 16 != 0, try cursor.byte() > 1 { throw NotPlain() }
        let name = try checked(try cursor.take(try cursor.count(1 << Int(flags & 3))))
        guard !name.contains(0) else { throw NotPlain() }
        switch kind {
        case 0: return PlainLink(name: name, target: .hard(try cursor.word()))
        case 1:
            let value = try cursor.take(try cursor.count(2))
            guard !value.isEmpty, !value.contains(0) else { throw NotPlain() }
            return PlainLink(name: name, target: .other(.soft(shownName(value))))
        case 64:
            var value = FormatCursor(try cursor.take(try cursor.count(2)))
            guard try value.byte() == 0 else { throw NotPlain() }
            let file = shownName(try value.name())
            return PlainLink(name: name, target: .other(.external(file: file, path: shownName(try value.name()))))
        default: throw NotPlain()
        }
    }
}
