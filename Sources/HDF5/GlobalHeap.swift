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
        let bytes: [UInt8]
        /// Place and length of each object by its index.
        let objects: [UInt16: Range<Int>]
    }

    private let container: Container
    private var collections: [UInt64: Collection] = [:]
    private var cachedBytes = 0

    init(of container: Container) { self.container = container }

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
        guard let collection = collection(at: address), let place = collection.objects[index], length <= place.count
        else { return nil }
        return collection.bytes.withUnsafeBytes { bytes in
            let piece = UnsafeRawBufferPointer(rebasing: bytes[place].prefix(min(length, limit)))
            return Text(bytes: piece, padding: .nullTerminated)
        }
    }

    private func collection(at address: UInt64) -> Collection? {
        if let known = collections[address] { return known }
        guard let head = container.bytes(at: address, count: 16), head.starts(with: Array("GCOL".utf8)) else {
            return nil
        }
        let size = head.withUnsafeBytes { number($0, 8, 8) }
        guard size >= 16, size <= Self.largest, let bytes = container.bytes(at: address, count: Int(size)) else {
            return nil
        }
        if cachedBytes > Self.largest {
            collections.removeAll()
            cachedBytes = 0
        }
        let collection = Collection(bytes: bytes, objects: bytes.withUnsafeBytes(objects))
        cachedBytes &+= bytes.count
        collections[address] = collection
        return collection
    }

    private func objects(_ bytes: UnsafeRawBufferPointer) -> [UInt16: Range<Int>] {
        var objects: [UInt16: Range<Int>] = [:]
        var place = 16
        while place &+ 16 <= bytes.count {
            let index = UInt16(number(bytes, place, 2))
            let size = number(bytes, place &+ 8, 8)
            guard index != 0, let length = Int(exactly: size), length <= bytes.count &- place &- 16 else { break }
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
