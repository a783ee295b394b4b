// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the attributes of an object.
///
/// - Source: HDF5 File Format Specification, attribute message, versions 1 to 3.
struct AttributeMessages {
    /// What is wrong with one attribute, while the others are read.
    struct Obstacle {
        let name: String
        let stop: Stop
    }

    let bytes: FormatBytes
    let reading: ValueReading
    let limits: Limits
    /// Finds messages that are shared.
    let shared: SharedMessages

    /// Attributes sorted by the bytes of their names.
    func attributes(
        _ messages: [FormatCursor], _ obstacles: inout [Obstacle]
    ) throws(Stop) -> [Attribute] {
        guard messages.count <= AttributeReading.most else { throw .unread(.limit) }
        var named: [(name: UnsafeRawBufferPointer, attribute: Attribute)] = []
        named.reserveCapacity(messages.count)
        for message in messages { named.append(try attribute(message, &obstacles)) }
        return try sortedByName(named, by: \.name).map(\.attribute)
    }

    private func attribute(
        _ start: FormatCursor, _ obstacles: inout [Obstacle]
    ) throws(Stop) -> (name: UnsafeRawBufferPointer, attribute: Attribute) {
        var cursor = start
        let version = try cursor.byte()
        let flags = try cursor.byte()
        let sizes = (name: try cursor.count(2), type: try cursor.count(2), space: try cursor.count(2))
        guard version >= 1 else { throw cursor.damaged }
        guard version <= 3 else { throw cursor.newer }
        guard version == 1 || flags <= 3 else { throw cursor.damaged }
        if version == 3, try cursor.byte() > 1 { throw cursor.damaged }
        let stored = try part(&cursor, sizes.name, version)
        let typeBody = try part(&cursor, sizes.type, version)
        let spaceBody = try part(&cursor, sizes.space, version)
        guard stored.count > 1, let end = stored.firstIndex(of: 0), end == stored.count &- 1 else {
            throw .damaged(.name)
        }
        let name = UnsafeRawBufferPointer(rebasing: stored[..<end])
        let isShared = version == 1 ? 0 : flags
        do throws(Stop) {
            let type = try TypeMessage.read(
                try body(typeBody, isShared & 1 != 0, .datatype, .datatype, cursor.isChecked))
            let extent = try Extent(
                message: try body(spaceBody, isShared & 2 != 0, .dataspace, .dataspace, cursor.isChecked))
            bytes.notes.met(type.form)
            let shown = shownName(name)
            let value = try value(&cursor, type, extent, shown, &obstacles)
            return (name, Attribute(name: shown, type: type.type, shape: extent.shape, value: value))
        } catch {
            guard case .unread = error else { throw error }
            let shown = shownName(name)
            obstacles.append(Obstacle(name: shown, stop: error))
            return (name, Attribute(name: shown, type: .unknown, shape: [], value: .notRead(.unreadable)))
        }
    }

    private func body(
        _ part: UnsafeRawBufferPointer, _ isShared: Bool, _ kind: HeaderMessage.Kind, _ clause: Clause,
        _ isChecked: Bool
    ) throws(Stop) -> FormatCursor {
        guard isShared else { return FormatCursor(part, of: clause, isChecked: isChecked) }
        let found = try shared.found(part, kind: kind, isChecked: isChecked)
        return FormatCursor(found.body, of: clause, isChecked: found.isChecked)
    }

    /// The name of an attribute, without its null; nil if it has none.
    static func name(_ start: FormatCursor) -> UnsafeRawBufferPointer? {
        var cursor = start
        guard let version = try? cursor.byte(), (try? cursor.skip(1)) != nil, let size = try? cursor.count(2),
            (try? cursor.skip(version == 3 ? 5 : 4)) != nil, let stored = try? cursor.take(size)
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: stored.prefix { $0 != 0 })
    }

    /// In version 1 each part is followed by padding.
    private func part(
        _ cursor: inout FormatCursor, _ size: Int, _ version: UInt8
    ) throws(Stop) -> UnsafeRawBufferPointer {
        let part = try cursor.take(size)
        if version == 1 { try cursor.skip(FormatCursor.padding(size)) }
        return part
    }

    private func value(
        _ cursor: inout FormatCursor, _ type: TypeMessage.Stored, _ extent: Extent, _ name: String,
        _ obstacles: inout [Obstacle]
    ) throws(Stop) -> Value {
        if extent.shape == nil { return .null }
        guard let count = extent.elements, let room = product([count, type.bytes]), room <= cursor.left else {
            throw cursor.damaged
        }
        guard type.isReadable || !type.pointers.isEmpty else { return .notRead(.type) }
        guard room <= limits.attributeBytes else {
            obstacles.append(Obstacle(name: name, stop: .unread(.limit)))
            return .notRead(.large)
        }
        do throws(Stop) {
            guard type.isReadable else {
                let pointers = HeapPointers(bytes: bytes, heap: reading.heap)
                try pointers.follow(type.pointers, try cursor.take(room), width: type.bytes)
                return .notRead(.type)
            }
            return try reading.plainValue(type, try cursor.take(room), count)
        } catch {
            obstacles.append(Obstacle(name: name, stop: error))
            return .notRead(.unreadable)
        }
    }
}

/// Sorts by the bytes of names; no name stands twice.
func sortedByName<Item>(
    _ items: [Item], by name: (Item) -> UnsafeRawBufferPointer
) throws(Stop) -> [Item] {
    var isSorted = true
    for index in items.indices.dropFirst() where !precedes(name(items[index &- 1]), name(items[index])) {
        isSorted = false
        break
    }
    if isSorted { return items }
    let sorted = items.sorted { precedes(name($0), name($1)) }
    for index in sorted.indices.dropFirst() where !precedes(name(sorted[index &- 1]), name(sorted[index])) {
        throw .damaged(.nameTwice)
    }
    return sorted
}

func precedes(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    let count = min(first.count, second.count)
    for index in 0..<count where first[index] != second[index] { return first[index] < second[index] }
    return first.count < second.count
}
