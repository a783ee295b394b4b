// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the attributes of an object.
///
/// - Source: HDF5 File Format Specification, attribute message, versions 1 to 3.
struct AttributeMessages {
    let reading: ValueReading
    let limits: Limits
    /// The body of a message that is shared.
    let shared: SharedMessages

    /// Attributes sorted by the bytes of their names.
    func attributes(_ bodies: [UnsafeRawBufferPointer]) throws(NotPlain) -> [Attribute] {
        guard bodies.count <= AttributeReading.most else { throw NotPlain() }
        var named: [(name: UnsafeRawBufferPointer, attribute: Attribute)] = []
        named.reserveCapacity(bodies.count)
        for body in bodies { named.append(try attribute(body)) }
        return try sortedByName(named, by: \.name).map(\.attribute)
    }

    private func attribute(
        _ body: UnsafeRawBufferPointer
    ) throws(NotPlain) -> (name: UnsafeRawBufferPointer, attribute: Attribute) {
        var cursor = FormatCursor(body)
        let version = try cursor.byte()
        let flags = try cursor.byte()
        let sizes = (name: try cursor.count(2), type: try cursor.count(2), space: try cursor.count(2))
        guard version >= 1, version <= 3, version > 1 || flags == 0, flags <= 3 else { throw NotPlain() }
        if version == 3, try cursor.byte() > 1 { throw NotPlain() }
        let name = try part(&cursor, sizes.name, version)
        let typeBody = try part(&cursor, sizes.type, version)
        let spaceBody = try part(&cursor, sizes.space, version)
        guard let end = name.firstIndex(of: 0), end > 0 else { throw NotPlain() }
        let plainName = UnsafeRawBufferPointer(rebasing: name[..<end])
        let type = try TypeMessage.read(flags & 1 == 0 ? typeBody : try shared.body(of: typeBody, kind: .datatype))
        let extent = try Extent(
            message: flags & 2 == 0 ? spaceBody : try shared.body(of: spaceBody, kind: .dataspace))
        let value = try value(&cursor, type, extent)
        return (plainName, Attribute(name: shownName(plainName), type: type.type, shape: extent.shape, value: value))
    }

    /// In version 1 each part is followed by padding.
    private func part(
        _ cursor: inout FormatCursor, _ size: Int, _ version: UInt8
    ) throws(NotPlain) -> UnsafeRawBufferPointer {
        let part = try cursor.take(size)
        if version == 1 { try cursor.skip(FormatCursor.padding(size)) }
        return part
    }

    private func value(
        _ cursor: inout FormatCursor, _ type: TypeMessage.Stored, _ extent: Extent
    ) throws(NotPlain) -> Value {
        if extent.shape == nil { return .null }
        guard let width = reading.elementBytes(type.type) else { return .notRead(.type) }
        guard type.isOrdinary, width == type.bytes, let count = extent.elements,
            let bytes = product([count, width]), bytes <= limits.attributeBytes
        else { throw NotPlain() }
        return try reading.plainValue(type.type, try cursor.take(bytes), count)
    }
}

/// Sorts by the bytes of names; a name that stands twice is no plain matter.
func sortedByName<Item>(
    _ items: [Item], by name: (Item) -> UnsafeRawBufferPointer
) throws(NotPlain) -> [Item] {
    var isSorted = true
    for index in items.indices.dropFirst() where !precedes(name(items[index &- 1]), name(items[index])) {
        isSorted = false
        break
    }
    if isSorted { return items }
    let sorted = items.sorted { precedes(name($0), name($1)) }
    for index in sorted.indices.dropFirst() where !precedes(name(sorted[index &- 1]), name(sorted[index])) {
        throw NotPlain()
    }
    return sorted
}

private func precedes(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    let count = min(first.count, second.count)
    for index in 0..<count where first[index] != second[index] { return first[index] < second[index] }
    return first.count < second.count
}
