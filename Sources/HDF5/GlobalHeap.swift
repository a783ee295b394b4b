// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Strings of variable length, looked up in the file's global heap by ourselves.
///
/// libhdf5 believes the lengths and addresses it finds there; we compare them with the file.
///
/// - Source: HDF5 File Format Specification, global heap. Reference counts are not looked at; sound files hold 0.
final class GlobalHeap {
    /// Bytes of a collection that is read, at most.
    private static let largest = 16 << 20
    /// Bytes that a collection has at least, as the library writes it.
    private static let usual = 4096

    private struct Collection {
        let bytes: UnsafeRawBufferPointer
        /// Index and place of each object, in the order of their indices.
        let objects: [(index: Int, place: Range<Int>)]

        func object(_ index: Int) -> UnsafeRawBufferPointer? {
            var low = 0
            var high = objects.count
            while low < high {
                let middle = low &+ (high &- low) / 2
                if objects[middle].index < index { low = middle &+ 1 } else { high = middle }
            }
            guard low < objects.count, objects[low].index == index else { return nil }
            return UnsafeRawBufferPointer(rebasing: bytes[objects[low].place])
        }
    }

    private let container: Container
    /// A form that was met in an object and that not every library reads.
    private(set) var form: Form?
    private var collections: [UInt64: Collection] = [:]
    /// Bytes of collections that may still be looked through: collections that overlap are not endless work.
    private var budget: Int

    init(of container: Container) {
        self.container = container
        budget = 64 << 20 &+ min(container.size, 1 << 40)
    }

    /// The text an element points to.
    ///
    /// - Parameters:
    ///   - element: Length (4 bytes), address of the collection, index (4 bytes), little endian.
    ///   - limit: Longest text; longer ones are cut.
    func text(_ element: UnsafeRawBufferPointer, limit: Int) throws(Stop) -> Text {
        let width = container.superblock.addressBytes
        var cursor = FormatCursor(element, of: .text)
        let length = try cursor.count(4)
        let address = try cursor.number(width)
        let index = try cursor.count(4)
        if address == 0 { return Text("") }
        let object = try object(at: address, index: index)
        guard length <= object.count else { throw .damaged(.text) }
        if length < object.count { form = .longObject }
        return Text(
            bytes: UnsafeRawBufferPointer(rebasing: object.prefix(min(length, limit))), padding: .nullTerminated)
    }

    /// The parts of a sequence that an element points to; nil for none.
    func sequence(_ element: UnsafeRawBufferPointer, partBytes: Int) throws(Stop) -> UnsafeRawBufferPointer? {
        var cursor = FormatCursor(element, of: .text)
        let parts = try cursor.count(4)
        let address = try cursor.number(container.superblock.addressBytes)
        let index = try cursor.count(4)
        if address == 0 { return nil }
        let object = try object(at: address, index: index)
        guard let length = product([parts, partBytes]), length <= object.count else { throw .damaged(.text) }
        if length < object.count { form = .longObject }
        return UnsafeRawBufferPointer(rebasing: object.prefix(length))
    }

    /// Hands over the form that was met since it was asked last.
    func takeForm() -> Form? {
        defer { form = nil }
        return form
    }

    /// The bytes of an object.
    func object(at address: UInt64, index: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard let object = try collection(at: address).object(index) else { throw .damaged(.text) }
        return object
    }

    private func collection(at address: UInt64) throws(Stop) -> Collection {
        if let known = collections[address] {
            if known.bytes.count < Self.usual { form = .smallHeap }
            return known
        }
        var cursor = FormatCursor(try view(at: address, count: 16), of: .globalHeap)
        try cursor.expect("GCOL")
        guard try cursor.byte() == 1 else { throw cursor.damaged }
        try cursor.skip(3)
        let size = try cursor.count(8)
        guard size >= 16 else { throw cursor.damaged }
        let bytes = try view(at: address, count: size)
        guard size <= Self.largest, size <= budget else { throw .unread(.limit) }
        let collection = Collection(bytes: bytes, objects: try objects(bytes))
        if size < Self.usual { form = .smallHeap }
        collections[address] = collection
        budget &-= size
        return collection
    }

    private func view(at address: UInt64, count: Int) throws(Stop) -> UnsafeRawBufferPointer {
        guard let left = container.bytesLeft(from: address), count <= left &- container.excess else {
            throw .damaged(.text)
        }
        guard count <= Self.largest, let view = container.view(at: address, count: count) else {
            throw .unread(.limit)
        }
        return view
    }

    /// Objects one behind the other; the one of index 0 is what is free, and the last.
    private func objects(_ bytes: UnsafeRawBufferPointer) throws(Stop) -> [(index: Int, place: Range<Int>)] {
        var objects: [(index: Int, place: Range<Int>)] = []
        var cursor = FormatCursor(bytes, at: 16, of: .globalHeap)
        var isSorted = true
        while cursor.left >= 16 {
            let start = cursor.place
            let index = try cursor.count(2)
            try cursor.skip(6)
            let length = try cursor.count(8)
            if index == 0 {
                // It counts its own head.
                guard length == bytes.count &- start else { throw cursor.damaged }
                break
            }
            guard length <= cursor.left else { throw cursor.damaged }
            if let last = objects.last, last.index >= index { isSorted = false }
            objects.append((index, cursor.place..<(cursor.place &+ length)))
            try cursor.skip(length &+ FormatCursor.padding(length))
        }
        guard !isSorted else { return objects }
        objects.sort { $0.index < $1.index }
        for place in objects.indices.dropFirst() where objects[place].index == objects[place &- 1].index {
            throw .damaged(.globalHeap)
        }
        return objects
    }
}
