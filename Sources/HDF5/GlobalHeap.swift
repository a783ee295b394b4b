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
        guard width > 0, width <= 8, element.count >= 8 &+ width else { return nil }
        let length = Int(number(element, 0, 4))
        let address = number(element, 4, width)
        let index = UInt16(truncatingIfNeeded: number(element, 4 &+ width, 4))
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
        guard let head = container.view(at: address, count: 16), head.starts(with: Array("GCOL".utf8)) else {
            return nil
        }
        let size = number(head, 8, 8)
        guard size >= 16, size <= Self.largest, size <= budget,
            let bytes = container.view(at: address, count: Int(size))
        else {
            return nil
        }
        let collection = Collection(bytes: bytes, objects: objects(bytes))
        collections[address] = collection
        budget &-= bytes.count
        return collection
    }

    private func objects(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var objects: [Range<Int>] = []
        var place = 16
        while place &+ 16 <= bytes.count {
            let index = Int(number(bytes, place, 2))
            let size = number(bytes, place &+ 8, 8)
            // A collection numbers its objects from 1, and each takes 16 bytes at least.
            guard index != 0, index <= bytes.count / 16, let length = Int(exactly: size),
                length <= bytes.count &- place &- 16
            else { break }
            while objects.count <= index { objects.append(0..<0) }
            objects[index] = (place &+ 16)..<(place &+ 16 &+ length)
            place &+= 16 &+ (length &+ 7) & ~7
        }
        return objects
    }

    private func number(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ width: Int) -> UInt64 {
        var value: UInt64 = 0
        for step in 0..<width { value |= UInt64(bytes[start &+ step]) << UInt64(8 &* step) }
        return value
    }
}
