// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5

/// Reads one dataset: type, extent, storage, and the value if it is wanted and small.
struct DatasetReading {
    let limits: Limits
    let reading: ValueReading
    let subject: () -> String
    let report: (Fault) -> Void

    /// How much of the value is wanted, once type and shape are known.
    let amount: (DataType, [Int]) -> ValueWants.Amount

    func dataset(_ dataset: hid_t) throws(Failure) -> Dataset {
        let type = try Identifier("read the type of", subject()) { H5Dget_type(dataset) }
        let described = try TypeReading(subject: subject).describe(type.id)
        // Only contiguous storage of this file has an address; a list of properties costs as much as opening a dataset.
        if Door.ask({ H5Dget_offset(dataset) }) != chdf5_no_address() {
            let space = try Identifier("read the extent of", subject()) { H5Dget_space(dataset) }
            return try finish(dataset, type.id, space.id, described, .contiguous, [], nil)
        }
        let list = try Identifier("read the storage of", subject()) { H5Dget_create_plist(dataset) }
        let storage = LayoutReading(subject: subject)
        let space = try storage.space(of: dataset, list.id)
        let layout = try storage.layout(list.id, of: dataset, space: space.id)
        let filters = if case .chunked = layout { try storage.filters(list.id) } else { [Filter]() }
        let fillValue: Double? = if case .virtual = layout { storage.fillValue(list.id, described) } else { nil }
        return try finish(dataset, type.id, space.id, described, layout, filters, fillValue)
    }

    private func finish(
        _ dataset: hid_t, _ type: hid_t, _ space: hid_t, _ described: DataType, _ layout: Layout, _ filters: [Filter],
        _ fillValue: Double?
    ) throws(Failure) -> Dataset {
        let extent = try Extent(space, subject())
        let stored = UInt64(Door.ask { H5Dget_storage_size(dataset) })
        let facts = Facts(
            type: described, extent: extent, layout: layout, filters: filters, storedBytes: stored, dataset: dataset,
            storedType: type, space: space)
        return Dataset(
            type: described, shape: extent.shape, maxShape: extent.maxShape, layout: layout, filters: filters,
            storedBytes: stored, value: value(facts), fillValue: fillValue)
    }

    private struct Facts {
        let type: DataType
        let extent: Extent
        let layout: Layout
        let filters: [Filter]
        let storedBytes: UInt64
        let dataset: hid_t
        let storedType: hid_t
        let space: hid_t
    }

    private func value(_ facts: Facts) -> Value {
        guard let shape = facts.extent.shape else { return .null }
        let amount = amount(facts.type, shape)
        guard amount != .nothing else { return .notRead(.notWanted) }
        guard let width = reading.elementBytes(facts.type) else { return .notRead(.type) }
        if let reason = obstacle(facts, width) { return .notRead(reason) }
        let limit = amount == .axis ? limits.axisBytes : limits.smallValueBytes
        guard let first = leading(shape, width: width, limit: limit, layout: facts.layout) else {
            return .notRead(.large)
        }
        do throws(Failure) {
            let read = try first == shape ? whole(facts, width) : part(facts, first)
            if let kind = read.fault { report(Fault(kind: kind, place: subject(), text: read.text)) }
            return read.value
        } catch {
            report(Fault(kind: .unreadable, place: subject(), text: error.description))
            return .notRead(.unreadable)
        }
    }

    /// Why a value is not read whatever its size.
    private func obstacle(_ facts: Facts, _ width: Int) -> Value.Reason? {
        switch facts.layout {
        case .compact, .contiguous: return nil
        case .virtual, .external: return .otherFile
        case .unknown: return .unreadable
        case .chunked(let chunk, let allocated):
            guard isPossible(chunk, facts.extent) else {
                report(
                    Fault(
                        kind: .unreadable, place: subject(),
                        text: "chunks of \(chunk) contradict the extent \(facts.extent.shape ?? [])"))
                return .unreadable
            }
            if let missing = facts.filters.first(where: { !$0.isAvailable }) { return .filter(missing.id) }
            guard let bytes = product(chunk + [width]), bytes <= limits.chunkBytes else { return .large }
            // A filter that packs is allowed once, and what it packed is bounded, so that little cannot become much.
            guard facts.filters.count(where: { $0.id == 1 || $0.id == 4 }) <= 1 else { return .large }
            let most = product([bytes, max(allocated ?? 1, 1)]).flatMap { product([$0, 2]) } ?? Int.max
            guard facts.storedBytes <= UInt64(clamping: most) &+ 65_536 else {
                report(
                    Fault(
                        kind: .sizeLimit, place: subject(),
                        text: "\(facts.storedBytes) bytes are stored for chunks of \(bytes) bytes"))
                return .unreadable
            }
            return nil
        }
    }

    /// Chunks have the rank of the dataset and are no larger than a fixed dimension; libhdf5 relies on it unchecked.
    private func isPossible(_ chunk: [Int], _ extent: Extent) -> Bool {
        guard let most = extent.maxShape, most.count == chunk.count else { return false }
        return zip(chunk, most).allSatisfy { chunk, most in chunk > 0 && chunk <= most ?? Int.max }
    }

    /// The part of a shape that is read: all of it, or its first slices; nil if not even one slice is small.
    private func leading(_ shape: [Int], width: Int, limit: Int, layout: Layout) -> [Int]? {
        if let all = product(shape + [width]), all <= limit { return shape }
        guard let slice = product(shape.dropFirst() + [width]), slice > 0, slice <= limit, !shape.isEmpty else {
            return nil
        }
        if case .chunked(let chunk, _) = layout {
            guard let bytes = product(chunk + [width]), bytes <= limits.attributeBytes else { return nil }
        }
        return [limits.smallValueBytes / slice] + shape.dropFirst()
    }

    private func whole(_ facts: Facts, _ width: Int) throws(Failure) -> ReadValue {
        let dataset = facts.dataset
        return try reading.read(
            facts.type, stored: facts.storedType, count: facts.extent.elements ?? 0, subject: subject()
        ) { H5Dread(dataset, $0, chdf5_all(), chdf5_all(), chdf5_default_list(), $1) }
    }

    private func part(_ facts: Facts, _ first: [Int]) throws(Failure) -> ReadValue {
        let dataset = facts.dataset
        let space = facts.space
        var start = [hsize_t](repeating: 0, count: first.count)
        let count = first.map { hsize_t(clamping: $0) }
        _ = try Door.call("select a part of", subject()) {
            H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nil, count, nil)
        }
        let memory = try Identifier("select a part of", subject()) {
            H5Screate_simple(Int32(clamping: count.count), count, nil)
        }
        return try reading.read(
            facts.type, stored: facts.storedType, count: product(first) ?? 0, subject: subject()
        ) { H5Dread(dataset, $0, memory.id, space, chdf5_default_list(), $1) }
    }
}
