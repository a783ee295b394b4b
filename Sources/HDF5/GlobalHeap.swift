// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Strings of variable length, looked up in the file's global heap by ourselves.
///
/// libhdf5 believes the lengths and addresses it finds there; we compare them with the file.
///
/// - Source: HDF5 File Format Specification, global heap.
final class GlobalHeap {
    /// Bytes of a collection that is read, at most.
    private static let largest = 16 << 20

    private struct Collection {
        let bytes: UnsafeRawBufferPointer
        /// Place and length of each object by its index; empty where there is none.
        let objects: [Range<Int>]
    }

    private let container: Container
    private var collections: [UInt64: Collection] = [:]
    /// Bytes of collections that may still be looked through: collections that overlap are not endless work.
    private var budget: Int

    init(of container: Container) {
        self.container = container
        budget = 64 << 20 &+ min(container.size, 1 << 40)
    }

    /// The text an element points to; nil if it points nowhere.
    ///
    /// - Parameters:
    ///   - element: Length (4 bytes), address of the collection, index (4 bytes), little endian.
    ///   - limit: Longest text; longer ones are cut.
    func text(_ element: UnsafeRawBufferPointer, limit: Int) -> Text? {
        let width = container.superblock.addressBytes
        var cursor = FormatCursor(element)
        guard width > 0, let length = try? cursor.count(4), let address = try? cursor.number(width),
            let number = try? cursor.number(4)
        else { return nil }
        let index = UInt16(truncatingIfNeeded: number)
        if length == 0 || address == 0 { return Text("") }
        guard let object = object(at: address, index: Int(index)), length <= object.count else { return nil }
        return Text(
            bytes: UnsafeRawBufferPointer(rebasing: object.prefix(min(length, limit))), padding: .nullTerminated)
    }

    /// The bytes of an object; nil if there is none of this index.
    func object(at address: UInt64, index: Int) -> UnsafeRawBufferPointer? {
        guard let collection = collection(at: address), collection.objects.indices.contains(index) else { return nil }
        let place = collection.objects[index]
        return place.lowerBound == 0 ? nil : UnsafeRawBufferPointer(rebasing: collection.bytes[place])
    }

    private func collection(at address: UInt64) -> Collection? {
        if let known = collections[address] { return known }
        guard let head = container.view(at: address, count: 16), let size = size(head), size >= 16,
            size <= Self.largest, size <= budget, let bytes = container.view(at: address, count: size)
        else { return nil }
        let collection = Collection(bytes: bytes, objects: objects(bytes))
        collections[address] = collection
        budget &-= bytes.count
        return collection
    }

    private func size(_ head: UnsafeRawBufferPointer) -> Int? {
        var cursor = FormatCursor(head)
        guard (try? cursor.expect("GCOL")) != nil, (try? cursor.skip(4)) != nil else { return nil }
        return try? cursor.count(8)
    }

    private func objects(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var objects: [Range<Int>] = []
        var cursor = FormatCursor(bytes, at: 16)
        // A collection numbers its objects from 1, and each takes 16 bytes at least.
        while let index = try? cursor.count(2), index != 0, index <= bytes.count / 16,
            (try? cursor.skip(6)) != nil, let length = try? cursor.count(8), length <= cursor.left
        {
            while objects.count <= index { objects.append(0..<0) }
            objects[index] = cursor.place..<(cursor.place &+ length)
            guard (try? cursor.skip(length &+ FormatCursor.padding(length))) != nil else { break }
        }
        return objects
    }
}
