// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// Reads one dataset: type, extent, storage, and the value if it is wanted and small.
struct DatasetReading {
    let limits: Limits
    let reading: ValueReading
    let subject: () -> String
    let report: (Fault) -> Void

    /// How much of the value is wanted, once type and shape are known.
    let amount: (DataType, [Int]) -> ValuePolicy.Amount

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
        let opened = Opened(
            facts: .init(type: described, extent: extent, layout: layout, filters: filters, storedBytes: stored),
            dataset: dataset, storedType: type, space: space)
        return Dataset(
            type: described, shape: extent.shape, maxShape: extent.maxShape, layout: layout, filters: filters,
            storedBytes: stored, value: value(opened), fillValue: fillValue)
    }

    private struct Opened {
        let facts: ValueDecision.Facts
        let dataset: hid_t
        let storedType: hid_t
        let space: hid_t
    }

    private func value(_ opened: Opened) -> Value {
        let decision = ValueDecision(limits: limits, reading: reading, amount: amount)
        switch decision.decide(opened.facts) {
        case .no(let value): return value
        case .fault(let reason, let kind, let text):
            report(Fault(kind: kind, place: subject(), text: text))
            return .notRead(reason)
        case .read(let first):
            do throws(Failure) {
                let read = try first == opened.facts.extent.shape ? whole(opened) : part(opened, first)
                if let kind = read.fault { report(Fault(kind: kind, place: subject(), text: read.text)) }
                return read.value
            } catch {
                report(Fault(place: subject(), error))
                return .notRead(.unreadable)
            }
        }
    }

    private func whole(_ opened: Opened) throws(Failure) -> ReadValue {
        let dataset = opened.dataset
        return try reading.read(
            opened.facts.type, stored: opened.storedType, count: opened.facts.extent.elements ?? 0, subject: subject()
        ) { H5Dread(dataset, $0, chdf5_all(), chdf5_all(), chdf5_default_list(), $1) }
    }

    private func part(_ opened: Opened, _ first: [Int]) throws(Failure) -> ReadValue {
        let dataset = opened.dataset
        let space = opened.space
        var start = [hsize_t](repeating: 0, count: first.count)
        let count = first.map { hsize_t(clamping: $0) }
        _ = try Door.call("select a part of", subject()) {
            H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nil, count, nil)
        }
        let memory = try Identifier("select a part of", subject()) {
            H5Screate_simple(Int32(clamping: count.count), count, nil)
        }
        return try reading.read(
            opened.facts.type, stored: opened.storedType, count: product(first) ?? 0, subject: subject()
        ) { H5Dread(dataset, $0, memory.id, space, chdf5_default_list(), $1) }
    }
}
