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
    /// What is wrong with single attributes.
    let obstacles: [AttributeMessages.Obstacle]
    let content: Content
    /// What was noted on the way.
    let notes: FormatBytes.Notes
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
            type: type.type, extent: extent, layout: stored.layout, filters: filters, storedBytes: stored.storedBytes,
            isReadable: type.isReadable,
            pointerBytes: type.isReadable || type.pointers.isEmpty ? nil : type.bytes, isOrdered: stored.isOrdered)
    }
}

/// Reads the objects of a file without libhdf5.
///
/// What contradicts the format is damaged and told; what is sound and of a form that is not read here may be asked of
/// libhdf5. docs/decisions/0150-two-kinds-of-stop.md tells which is which.
struct NativeReader {
    /// Address of the header of the root group.
    let root: UInt64
    private let bytes: FormatBytes
    private let heap: GlobalHeap
    private let headers: ObjectHeaderReading
    private let reading: ValueReading
    private let limits: Limits
    private let values: NativeValues

    /// Reads what the file says of itself, for whoever asks for single objects alone.
    init(_ container: Container, limits: Limits) throws(Stop) {
        let heap = GlobalHeap(of: container)
        let reading = ValueReading(
            heap: heap, addressBytes: container.superblock.addressBytes, textBytes: limits.smallValueBytes)
        try self.init(container, heap: heap, reading: reading, limits: limits)
    }

    /// Reads what the file says of itself.
    init(_ container: Container, heap: GlobalHeap, reading: ValueReading, limits: Limits) throws(Stop) {
        let superblock = container.superblock
        let bytes = FormatBytes(container)
        let isChecked =
            superblock.version >= 2
            && (try? bytes.checked(at: 0, count: superblock.byteCount, of: .superblock)) != nil
        guard superblock.version <= 3 else { throw isChecked ? .unread(.newer) : .damaged(.superblock) }
        guard superblock.version < 2 || isChecked else { throw .damaged(.checksum) }
        guard superblock.addressBytes == 8, superblock.lengthBytes == 8 else {
            let known = isChecked ? [2, 4, 8, 16, 32] : [2, 4, 8]
            throw known.contains(superblock.addressBytes) && known.contains(superblock.lengthBytes)
                ? .unread(.narrow) : .damaged(.superblock)
        }
        guard let root = superblock.root, superblock.hasSoundVersions, superblock.hasSoundFlags else {
            throw .damaged(.superblock)
        }
        if superblock.version < 2, superblock.annex != nil { throw .unread(Form(superblock.driver)) }
        self.root = root
        self.bytes = bytes
        self.heap = heap
        self.reading = reading
        self.limits = limits
        bytes.rows = limits.rows
        headers = ObjectHeaderReading(bytes: bytes)
        values = NativeValues(bytes: bytes, reading: reading, foreignFilters: limits.foreignFilters)
        if superblock.version >= 2, let annex = superblock.annex {
            try readExtension(at: annex, of: superblock)
        }
        if superblock.version == 3 { bytes.notes.met(.superblock3) }
    }

    /// The extension of the superblock holds what all objects depend on.
    private func readExtension(at address: UInt64, of superblock: Superblock) throws(Stop) {
        let header = try headers.header(at: address)
        for message in header.messages {
            switch message.kind {
            case .treeSizes:
                var cursor = message.cursor(.superblock)
                guard try cursor.byte() == 0 else { throw cursor.newer }
                bytes.treeSizes.chunks = try cursor.count(2)
                bytes.treeSizes.group = try cursor.count(2)
                bytes.treeSizes.symbolNode = try cursor.count(2)
            case .sharedTable: bytes.sharedTable = try SharedTable(message, in: bytes)
            case .driver: throw .unread(Form(superblock.driver))
            case .cacheImage: throw .unread(.cacheImage)
            default: break
            }
        }
        if header.hasUnknown { throw .unread(.unknownMessage) }
    }

    /// The header of the root group can be read.
    func checkRoot() throws(Stop) { _ = try headers.header(at: root) }

    /// Reads an object; all of it is looked at, so that damage is told before anything that is merely not read.
    func object(at address: UInt64) throws(Stop) -> PlainObject {
        bytes.notes = .init()
        let header = try headers.header(at: address)
        let shared = SharedMessages(headers: headers)
        var parts = Parts()
        var attributes: [FormatCursor] = []
        for message in header.messages {
            switch message.kind {
            case .attribute: attributes.append(try shared.cursor(of: message, .attribute))
            case .attributeInfo: attributes += try denseAttributes(message.cursor(.attributeInfo))
            case .time:
                var cursor = message.cursor(.header)
                guard try cursor.byte() == 1 else { throw cursor.damaged }
            default: parts.take(message)
            }
        }
        var obstacles: [AttributeMessages.Obstacle] = []
        let reader = AttributeMessages(bytes: bytes, reading: reading, limits: limits, shared: shared)
        let read = try reader.attributes(attributes, &obstacles)
        let content = try content(header.messages, parts, shared)
        if header.hasUnknown { throw .unread(.unknownMessage) }
        return PlainObject(attributes: read, obstacles: obstacles, content: content, notes: bytes.notes)
    }

    /// Messages that tell what an object is; each is there once.
    private struct Parts {
        var type: HeaderMessage?
        var space: HeaderMessage?
        var layout: HeaderMessage?
        var filters: HeaderMessage?
        var fill: HeaderMessage?
        var oldFill: HeaderMessage?
        var externalFiles: HeaderMessage?
        var isGroup = false
        /// Messages that only groups have.
        var hasLinks = false

        mutating func take(_ message: HeaderMessage) {
            switch message.kind {
            case .datatype: type = message
            case .dataspace: space = message
            case .layout: layout = message
            case .filters: filters = message
            case .fillValue: fill = message
            case .oldFillValue: oldFill = message
            case .externalFiles: externalFiles = message
            case .symbolTable, .linkInfo: isGroup = true
            case .link, .groupInfo: hasLinks = true
            default: break
            }
        }
    }

    private func content(
        _ messages: [HeaderMessage], _ parts: Parts, _ shared: SharedMessages
    ) throws(Stop) -> PlainObject.Content {
        if parts.isGroup {
            guard parts.type == nil, parts.space == nil, parts.layout == nil else { throw .damaged(.headerMessages) }
            return .group(try GroupMembers(bytes: bytes).links(messages))
        }
        guard !parts.hasLinks else { throw .damaged(.headerMessages) }
        guard let type = parts.type else { throw .damaged(parts.layout == nil ? .objectKind : .headerMessages) }
        guard let space = parts.space, let layout = parts.layout else {
            guard parts.space == nil, parts.layout == nil else { throw .damaged(.headerMessages) }
            let stored = try TypeMessage.read(try shared.cursor(of: type, .datatype))
            bytes.notes.met(stored.form)
            return .namedType
        }
        return .dataset(try dataset(parts, type, space, layout, shared))
    }

    private func dataset(
        _ parts: Parts, _ type: HeaderMessage, _ space: HeaderMessage, _ layout: HeaderMessage, _ shared: SharedMessages
    ) throws(Stop) -> PlainDataset {
        let type = try TypeMessage.read(try shared.cursor(of: type, .datatype))
        let extent = try Extent(message: try shared.cursor(of: space, .dataspace))
        bytes.notes.met(type.form)
        let filters = try parts.filters.map { message throws(Stop) in
            try FilterMessage.read(try shared.cursor(of: message, .filters))
        }
        var stored = try LayoutMessage(
            bytes: bytes, heap: heap, extent: extent, elementBytes: type.bytes, isFiltered: filters != nil
        ).read(layout.cursor(.layout))
        if let message = parts.externalFiles {
            let total = extent.elements.flatMap { product([$0, type.bytes]) }
            try stored.lead(to: try ExternalFiles(bytes: bytes).read(message, total: total))
        }
        // The newer form counts where both are there.
        var fill = FillMessage.none
        if let message = parts.fill {
            fill = try FillMessage(try shared.cursor(of: message, .fillValue), isOld: false)
        } else if let message = parts.oldFill {
            fill = try FillMessage(try shared.cursor(of: message, .fillValue), isOld: true)
        }
        let isChunked = if case .chunked = stored.layout { true } else { false }
        return PlainDataset(
            type: type, extent: extent, stored: stored, filters: isChunked ? filters ?? [] : [], fill: fill)
    }

    /// The value of a dataset, of its first elements in this shape.
    func value(of dataset: PlainDataset, first: [Int]) throws(Stop) -> Value {
        try values.value(of: dataset, first: first)
    }

    private func denseAttributes(_ start: FormatCursor) throws(Stop) -> [FormatCursor] {
        var cursor = start
        guard try cursor.byte() == 0 else { throw cursor.newer }
        let flags = try cursor.byte()
        guard flags & 0xFC == 0 else { throw cursor.damaged }
        if flags & 1 != 0 { try cursor.skip(2) }
        let heap = try cursor.word()
        let names = try cursor.word()
        let order = flags & 2 != 0 ? try cursor.word() : nil
        guard heap != noAddress else { return [] }
        var search = HashSearch()
        var messages: [FormatCursor] = []
        let storage = DenseStorage(bytes: bytes)
        for found in try storage.objects(heap: heap, names: names, order: order, kind: .attributes) {
            if let name = AttributeMessages.name(found.body) { _ = search.finds(name, hash: found.hash) }
            messages.append(found.body)
        }
        if let lost = search.lost {
            bytes.notes.disorders.append((.denseAttributes, shownName(lost)))
        }
        return messages
    }

    /// The fill value of a virtual dataset of numbers, if its writer set one.
    func fillValue(of dataset: PlainDataset) throws(Stop) -> Double? {
        guard case .virtual = dataset.stored.layout else { return nil }
        return try statedFill(of: dataset)
    }

    /// The fill value of a dataset of numbers, if its writer set one.
    func statedFill(of dataset: PlainDataset) throws(Stop) -> Double? {
        guard dataset.type.type.isNumeric, let value = dataset.fill.value else { return nil }
        guard value.count == dataset.type.bytes else { throw .damaged(.fillValue) }
        return try reading.plainValue(dataset.type, value, 1).firstDouble
    }
}
