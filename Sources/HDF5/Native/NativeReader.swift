// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An object as our own reader finds it.
struct PlainObject {
    enum Content {
        case group([PlainLink])
        case dataset(PlainDataset)
        case namedType
    }

    let attributes: [Attribute]
    let content: Content
}

/// A dataset whose value was not read yet.
struct PlainDataset {
    let type: TypeMessage.Stored
    let extent: Extent
    let stored: PlainLayout
    let filters: [Filter]
    let fill: FillMessage

    var facts: ValueDecision.Facts {
        .init(
            type: type.type, extent: extent, layout: stored.layout, filters: filters, storedBytes: stored.storedBytes)
    }
}

/// Reads the objects of a file without libhdf5, where they are plain; whatever is not, or is doubtful, is left to it.
///
/// That makes ordinary files a matter of tens of microseconds, and keeps them away from code that crashes.
/// docs/decisions/0141-native-reader.md tells what is taken.
struct NativeReader {
    /// Address of the header of the root group.
    let root: UInt64
    private let bytes: FormatBytes
    private let heap: GlobalHeap
    private let headers: ObjectHeaderReading
    private let reading: ValueReading
    private let limits: Limits
    private let values: NativeValues

    /// nil if the file as a whole is not plain.
    init?(_ container: Container, heap: GlobalHeap, reading: ValueReading, limits: Limits) {
        let superblock = container.superblock
        guard superblock.version <= 3, superblock.addressBytes == 8, superblock.lengthBytes == 8,
            superblock.endShift == 0, let root = superblock.root
        else { return nil }
        let bytes = FormatBytes(container)
        if superblock.version < 2 {
            guard superblock.annex == nil else { return nil }
        } else {
            // The superblock ends with its checksum like any other block.
            guard (try? bytes.checked(at: 0, count: superblock.byteCount)) != nil else { return nil }
        }
        self.root = root
        self.bytes = bytes
        self.heap = heap
        self.reading = reading
        self.limits = limits
        headers = ObjectHeaderReading(bytes: bytes)
        values = NativeValues(bytes: bytes, reading: reading)
        // The extension can hold what all objects depend on.
        if superblock.version >= 2, let annex = superblock.annex {
            guard (try? headers.messages(at: annex)) != nil else { return nil }
        }
    }

    /// The header of an object can be read.
    func hasObject(at address: UInt64) -> Bool { (try? headers.messages(at: address)) != nil }

    func object(at address: UInt64) throws(NotPlain) -> PlainObject {
        let messages = try headers.messages(at: address)
        let shared = SharedMessages(headers: headers)
        var bodies: [UnsafeRawBufferPointer] = []
        var type: HeaderMessage?
        var space: HeaderMessage?
        var layout: HeaderMessage?
        var isGroup = false
        for message in messages {
            switch message.kind {
            case .attribute:
                guard !message.isShared else { throw NotPlain() }
                bodies.append(message.body)
            case .attributeInfo: bodies += try denseAttributes(message.body)
            case .datatype: type = message
            case .dataspace: space = message
            case .layout: layout = message
            case .symbolTable, .linkInfo: isGroup = true
            default: break
            }
        }
        let attributes = try AttributeMessages(reading: reading, limits: limits, shared: shared).attributes(bodies)
        if isGroup {
            guard type == nil, space == nil, layout == nil else { throw NotPlain() }
            let links = try GroupMembers(bytes: bytes, limits: limits).links(messages)
            return PlainObject(attributes: attributes, content: .group(links))
        }
        guard let type else { throw NotPlain() }
        guard let space, let layout else {
            guard space == nil, layout == nil else { throw NotPlain() }
            return PlainObject(attributes: [], content: .namedType)
        }
        let dataset = try dataset(
            messages, try shared.body(of: type), try shared.body(of: space), layout.body)
        return PlainObject(attributes: attributes, content: .dataset(dataset))
    }

    /// The value of a dataset, of its first elements in this shape.
    func value(of dataset: PlainDataset, first: [Int]) throws(NotPlain) -> Value {
        try values.value(of: dataset, first: first)
    }

    private func dataset(
        _ messages: [HeaderMessage], _ type: UnsafeRawBufferPointer, _ space: UnsafeRawBufferPointer,
        _ layout: UnsafeRawBufferPointer
    ) throws(NotPlain) -> PlainDataset {
        let type = try TypeMessage.read(type)
        let extent = try Extent(message: space)
        var stored = try LayoutMessage(bytes: bytes, heap: heap, extent: extent, elementBytes: type.bytes).read(layout)
        var filters: [Filter] = []
        var fill = FillMessage()
        for message in messages {
            switch message.kind {
            case .filters:
                guard !message.isShared else { throw NotPlain() }
                if case .chunked = stored.layout { filters = try FilterMessage.read(message.body) }
            case .externalFiles: try stored.lead(to: try ExternalFiles(bytes: bytes).read(message.body))
            case .oldFillValue: fill = try FillMessage(message)
            default: break
            }
        }
        // The newer form counts where both are there.
        for message in messages where message.kind == .fillValue { fill = try FillMessage(message) }
        return PlainDataset(type: type, extent: extent, stored: stored, filters: filters, fill: fill)
    }

    private func denseAttributes(_ body: UnsafeRawBufferPointer) throws(NotPlain) -> [UnsafeRawBufferPointer] {
        var cursor = FormatCursor(body)
        guard try cursor.byte() == 0 else { throw NotPlain() }
        if try cursor.byte() & 1 != 0 { try cursor.skip(2) }
        let heap = try cursor.word()
        let names = try cursor.word()
        guard heap != noAddress else { return [] }
        return try DenseStorage(bytes: bytes, limits: limits).objects(heap: heap, names: names, kind: .attributes)
    }

    /// The fill value of a virtual dataset of numbers, if its writer set one.
    func fillValue(of dataset: PlainDataset) throws(NotPlain) -> Double? {
        guard case .virtual = dataset.stored.layout, dataset.type.type.isNumeric, let value = dataset.fill.value else {
            return nil
        }
        guard value.count == dataset.type.bytes, dataset.type.isOrdinary else { throw NotPlain() }
        return try reading.plainValue(dataset.type.type, value, 1).firstDouble
    }
}
