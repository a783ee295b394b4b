// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
internal import ImageCodecs
import Transport

/// Reads how a dataset is stored.
struct LayoutReading {
    /// Mappings of a virtual dataset, at most.
    static let mostMappings = 1_000_000

    let subject: () -> String

    /// The extent of a dataset.
    ///
    /// Asked for the extent of a virtual dataset, the library opens its sources wherever they are; the mappings hold the
    /// extent too.
    func space(of dataset: hid_t, _ list: hid_t) throws(Failure) -> Identifier {
        if Door.ask({ H5Pget_layout(list) }) == H5D_VIRTUAL {
            var count = 0
            _ = try Door.call("read the sources of", subject()) { H5Pget_virtual_count(list, &count) }
            if count > 0 {
                return try Identifier("read the extent of", subject()) { H5Pget_virtual_vspace(list, 0) }
            }
        }
        return try Identifier("read the extent of", subject()) { H5Dget_space(dataset) }
    }

    func layout(_ list: hid_t, of dataset: hid_t, space: hid_t) throws(Failure) -> Layout {
        switch Door.ask({ H5Pget_layout(list) }) {
        case H5D_COMPACT: return .compact
        case H5D_CONTIGUOUS:
            let segments = try external(list)
            return segments.isEmpty ? .contiguous : .external(segments)
        case H5D_CHUNKED:
            var chunk = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
            let rank = try Door.call("read the chunks of", subject()) {
                H5Pget_chunk(list, H5S_MAX_RANK, &chunk)
            }
            var count: hsize_t = 0
            let status = Door.ask { H5Dget_num_chunks(dataset, space, &count) }
            return .chunked(
                Chunking(
                    shape: chunk.prefix(Int(rank)).map { Int(clamping: $0) },
                    allocated: status >= 0 ? Int(clamping: count) : nil))
        case H5D_VIRTUAL: return .virtual(try mappings(list))
        default: return .unknown
        }
    }

    func filters(_ list: hid_t) throws(Failure) -> [Filter] {
        let count = try Door.call("read the filters of", subject()) { H5Pget_nfilters(list) }
        var filters: [Filter] = []
        for index in 0..<UInt32(max(count, 0)) {
            var flags: UInt32 = 0
            var parameters = [UInt32](repeating: 0, count: 256)
            var stated = parameters.count
            var name = [CChar](repeating: 0, count: 256)
            var configuration: UInt32 = 0
            let id = try Door.call("read the filters of", subject()) {
                H5Pget_filter2(list, index, &flags, &stated, &parameters, name.count, &name, &configuration)
            }
            let shown = name.withUnsafeBytes { bytes in
                shownName(UnsafeRawBufferPointer(rebasing: bytes.prefix { $0 != 0 }))
            }
            filters.append(
                Filter(
                    id: Int(id), name: shown.isEmpty ? FilterNames.name(Int(id)) : shown,
                    parameters: Array(parameters.prefix(stated)),
                    isOptional: flags & UInt32(H5Z_FLAG_OPTIONAL) != 0,
                    isAvailable: FilterAvailability.has(Int(id))))
        }
        return filters
    }

    /// The fill value its writer set, of a numeric type.
    func fillValue(_ list: hid_t, _ type: DataType) -> Double? {
        guard type.isNumeric else { return nil }
        var state = H5D_FILL_VALUE_ERROR
        guard Door.ask({ H5Pfill_value_defined(list, &state) }) >= 0, state == H5D_FILL_VALUE_USER_DEFINED else {
            return nil
        }
        var value = 0.0
        return Door.ask { H5Pget_fill_value(list, chdf5_native_double(), &value) } >= 0 ? value : nil
    }

    private func external(_ list: hid_t) throws(Failure) -> [ExternalSegment] {
        let count = try Door.call("read the external storage of", subject()) { H5Pget_external_count(list) }
        var segments: [ExternalSegment] = []
        for index in 0..<UInt32(max(count, 0)) {
            var name = [CChar](repeating: 0, count: 4097)
            var offset: off_t = 0
            var size: hsize_t = 0
            _ = try Door.call("read the external storage of", subject()) {
                H5Pget_external(list, index, name.count &- 1, &name, &offset, &size)
            }
            segments.append(
                ExternalSegment(
                    file: name.withUnsafeBytes { shownName(UnsafeRawBufferPointer(rebasing: $0.prefix { $0 != 0 })) },
                    offset: Int(offset), size: size == hsize_t.max ? nil : Int(clamping: size)))
        }
        return segments
    }

    private func mappings(_ list: hid_t) throws(Failure) -> [VirtualMapping] {
        var count = 0
        _ = try Door.call("read the sources of", subject()) { H5Pget_virtual_count(list, &count) }
        var mappings: [VirtualMapping] = []
        for index in 0..<min(count, Self.mostMappings) {
            let destination = try Identifier("read the sources of", subject()) { H5Pget_virtual_vspace(list, index) }
            let source = try Identifier("read the sources of", subject()) { H5Pget_virtual_srcspace(list, index) }
            let extent = try Extent(source.id, subject())
            mappings.append(
                VirtualMapping(
                    file: try name("read the sources of") { H5Pget_virtual_filename(list, index, $0, $1) },
                    dataset: try name("read the sources of") { H5Pget_virtual_dsetname(list, index, $0, $1) },
                    destination: try selection(destination.id), source: try selection(source.id),
                    sourceShape: extent.shape ?? []))
        }
        return mappings
    }

    /// A name of which the library first tells the length.
    private func name(
        _ attempt: StaticString, _ get: (UnsafeMutablePointer<CChar>?, Int) -> Int
    ) throws(Failure) -> String {
        let length = try Door.call(attempt, subject()) { get(nil, 0) }
        guard length < 65_536 else { return "" }
        var bytes = [CChar](repeating: 0, count: length &+ 1)
        _ = try Door.call(attempt, subject()) {
            bytes.withUnsafeMutableBufferPointer { get($0.baseAddress, length &+ 1) }
        }
        return bytes.withUnsafeBytes { shownName(UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
    }

    private func selection(_ space: hid_t) throws(Failure) -> Selection {
        switch Door.ask({ H5Sget_select_type(space) }) {
        case H5S_SEL_ALL: return .all
        case H5S_SEL_NONE: return .none
        case H5S_SEL_HYPERSLABS: break
        default: return try bounds(space)
        }
        guard Door.ask({ H5Sis_regular_hyperslab(space) }) > 0 else { return try bounds(space) }
        let rank = Int(try Door.call("read the selection of", subject()) { H5Sget_simple_extent_ndims(space) })
        var parts = [[hsize_t]](repeating: .init(repeating: 0, count: Int(H5S_MAX_RANK)), count: 4)
        var (start, stride, count, block) = (parts[0], parts[1], parts[2], parts[3])
        parts = []
        _ = try Door.call("read the selection of", subject()) {
            H5Sget_regular_hyperslab(space, &start, &stride, &count, &block)
        }
        func bounded(_ number: hsize_t) -> Int? { number == chdf5_unlimited() ? nil : Int(clamping: number) }
        return .hyperslab(
            (0..<rank).map {
                .init(
                    start: Int(clamping: start[$0]), stride: Int(clamping: stride[$0]), count: bounded(count[$0]),
                    block: bounded(block[$0]))
            })
    }

    private func bounds(_ space: hid_t) throws(Failure) -> Selection {
        var first = [hsize_t](repeating: 0, count: Int(H5S_MAX_RANK))
        var last = first
        let rank = Int(try Door.call("read the selection of", subject()) { H5Sget_simple_extent_ndims(space) })
        _ = try Door.call("read the selection of", subject()) { H5Sget_select_bounds(space, &first, &last) }
        return .other(
            first: first.prefix(rank).map { Int(clamping: $0) }, last: last.prefix(rank).map { Int(clamping: $0) })
    }
}
