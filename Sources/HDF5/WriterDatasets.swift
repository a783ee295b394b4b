// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
public import Transport

extension Writer {
    /// Writes a dataset.
    ///
    /// - Parameters:
    ///   - dataset: Path of the dataset.
    ///   - content: Type, shape and elements.
    ///   - storing: Contiguous, compact or chunked, with filters.
    /// - SeeAlso: H5Dcreate2, H5Dwrite.
    public func dataset(_ dataset: String, _ content: Content, _ storing: Storing = .contiguous) throws(Failure) {
        let type = try TypeMaking.make(content.type)
        let space = try Self.space(content.shape, storing.maxShape)
        let list = try creation(dataset)
        try set(storing, content.type, type.id, list.id, dataset)
        let made = try create(dataset, type.id, space.id, list.id)
        let given = try TypeMaking.make(content.given ?? content.type)
        try content.withElements { (elements) throws(Failure) in
            _ = try Door.call("write", dataset) {
                H5Dwrite(made.id, given.id, chdf5_all(), chdf5_all(), chdf5_default_list(), elements)
            }
        }
    }

    /// Writes one chunk as it shall lie in the file, past all filters.
    ///
    /// - Parameters:
    ///   - dataset: Path of a chunked dataset.
    ///   - offset: First element of the chunk, by dimension.
    ///   - bytes: The packed chunk.
    ///   - skipped: Bit n set: filter n was not applied.
    /// - SeeAlso: H5Dwrite_chunk.
    public func writeChunk(
        _ dataset: String, at offset: [Int], bytes: [UInt8], skipped: UInt32 = 0
    ) throws(Failure) {
        let file = file
        let opened = try Identifier("open", dataset) { H5Dopen2(file, dataset, chdf5_default_list()) }
        let place = offset.map { hsize_t(clamping: $0) }
        _ = try Door.call("write a chunk of", dataset) {
            H5Dwrite_chunk(opened.id, chdf5_default_list(), skipped, place, bytes.count, bytes)
        }
    }

    /// Writes a dataset whose elements lie in others.
    ///
    /// - SeeAlso: H5Pset_virtual.
    public func virtualDataset(
        _ dataset: String, _ type: DataType, shape: [Int], maxShape: [Int?]? = nil, mappings: [VirtualMapping],
        fillValue: Double? = nil
    ) throws(Failure) {
        let made = try TypeMaking.make(type)
        let space = try Self.space(shape, maxShape)
        let list = try creation(dataset)
        try set(Storing(fillValue: fillValue), type, made.id, list.id, dataset)
        for mapping in mappings {
            let destination = try Self.space(shape, maxShape)
            let unlimited = [Int?](repeating: nil, count: mapping.sourceShape.count)
            let isOpen =
                if case .hyperslab(let slabs) = mapping.source {
                    slabs.contains { $0.count == nil || $0.block == nil }
                } else { false }
            let source = try Self.space(mapping.sourceShape, isOpen ? unlimited : nil)
            try Self.select(mapping.destination, in: destination.id)
            try Self.select(mapping.source, in: source.id)
            _ = try Door.call("map", dataset) {
                H5Pset_virtual(list.id, destination.id, mapping.file, mapping.dataset, source.id)
            }
        }
        _ = try create(dataset, made.id, space.id, list.id)
    }

    func creation(_ dataset: String) throws(Failure) -> Identifier {
        let list = try Identifier("create", dataset) { H5Pcreate(chdf5_dataset_create()) }
        _ = try Door.call("create", dataset) { H5Pset_obj_track_times(list.id, false) }
        return list
    }

    func create(_ dataset: String, _ type: hid_t, _ space: hid_t, _ list: hid_t) throws(Failure) -> Identifier {
        let links = try linkList()
        let file = file
        return try Identifier("create", dataset) {
            H5Dcreate2(file, dataset, type, space, links.id, list, chdf5_default_list())
        }
    }

    func set(
        _ storing: Storing, _ type: DataType, _ stored: hid_t, _ list: hid_t, _ dataset: String
    ) throws(Failure) {
        if storing.isCompact { _ = try Door.call("create", dataset) { H5Pset_layout(list, H5D_COMPACT) } }
        if let chunk = storing.chunk {
            let extent = chunk.map { hsize_t(clamping: $0) }
            _ = try Door.call("create", dataset) { H5Pset_chunk(list, Int32(clamping: extent.count), extent) }
        }
        for stage in storing.stages {
            _ = try Door.call("create", dataset) {
                H5Pset_filter(
                    list, Int32(clamping: stage.id), UInt32(stage.isOptional ? H5Z_FLAG_OPTIONAL : H5Z_FLAG_MANDATORY),
                    stage.parameters.count, stage.parameters)
            }
        }
        if var value = storing.fillValue, type.isNumeric {
            _ = try Door.call("create", dataset) { H5Pset_fill_value(list, chdf5_native_double(), &value) }
        }
        if storing.neverFills { _ = try Door.call("create", dataset) { H5Pset_fill_time(list, H5D_FILL_TIME_NEVER) } }
        for segment in storing.segments {
            _ = try Door.call("create", dataset) {
                H5Pset_external(
                    list, segment.file, segment.offset, segment.size.map { hsize_t(clamping: $0) } ?? hsize_t.max)
            }
        }
    }

    private static func select(_ selection: Selection, in space: hid_t) throws(Failure) {
        switch selection {
        case .all: return
        case .none: _ = try Door.call("select", "nothing") { H5Sselect_none(space) }
        case .other: throw Failure(attempt: "select", subject: "elements", innermost: "only hyperslabs can be written")
        case .hyperslab(let slabs):
            func number(_ value: Int?) -> hsize_t { value.map { hsize_t(clamping: $0) } ?? chdf5_unlimited() }
            let start = slabs.map { number($0.start) }
            let stride = slabs.map { number($0.stride) }
            let count = slabs.map { number($0.count) }
            let block = slabs.map { number($0.block) }
            _ = try Door.call("select", "a hyperslab") {
                H5Sselect_hyperslab(space, H5S_SELECT_SET, start, stride, count, block)
            }
        }
    }
}
