// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the mappings of a virtual dataset from the global heap.
///
/// - Source: HDF5 File Format Specification, virtual dataset storage layout, block versions 0 and 1.
struct VirtualMappings {
    let bytes: FormatBytes
    let heap: GlobalHeap
    /// Extent of the virtual dataset.
    let extent: Extent

    func read(at address: UInt64, index: Int) throws(Stop) -> [VirtualMapping] {
        guard address != noAddress else { return [] }
        let block = try heap.object(at: address, index: index)
        guard block.count >= 4 else { throw .damaged(.virtual) }
        let body = UnsafeRawBufferPointer(rebasing: block.dropLast(4))
        var sum = FormatCursor(block, at: block.count &- 4, of: .virtual)
        guard try sum.number(4) == UInt64(lookup3(body)) else { throw .damaged(.checksum) }
        var cursor = FormatCursor(body, of: .virtual, isChecked: true)
        let version = try cursor.byte()
        guard version <= 1 else { throw cursor.newer }
        if version == 1 { bytes.notes.met(.virtual1) }
        let count = try cursor.count(8)
        // A mapping takes 17 bytes at least, so the block bounds their number.
        guard count <= cursor.left / 17 else { throw cursor.damaged }
        guard count <= LayoutReading.mostMappings else { throw .unread(.limit) }
        var names = Names()
        var mappings: [VirtualMapping] = []
        mappings.reserveCapacity(count)
        for _ in 0..<count {
            let flags = version == 1 ? try cursor.byte() : 0
            guard flags & ~7 == 0 else { throw cursor.newer }
            try names.read(&cursor, flags)
            let selections = SelectionReading(bytes: bytes)
            let source = try selections.read(&cursor, rank: nil)
            let destination = try selections.read(&cursor, rank: extent.shape?.count)
            guard fits(destination),
                try names.areNumbered == (Self.isUnlimited(destination) && !Self.isUnlimited(source))
            else { throw cursor.damaged }
            mappings.append(
                VirtualMapping(
                    file: names.file, dataset: names.dataset, destination: destination, source: source,
                    sourceShape: Self.leastShape(of: source)))
        }
        // Libraries look for the checksum where the mappings end.
        guard cursor.left == 0 else { throw cursor.damaged }
        return mappings
    }

    private static func isUnlimited(_ selection: Selection) -> Bool {
        guard case .hyperslab(let slabs) = selection else { return false }
        return slabs.contains(where: \.isUnlimited)
    }

    /// Where a selection is bounded it lies inside the extent; libraries open no other dataset.
    private func fits(_ destination: Selection) -> Bool {
        guard case .hyperslab(let slabs) = destination, let shape = extent.shape else { return true }
        return zip(slabs, shape).allSatisfy { slab, extent in
            guard let count = slab.count, let block = slab.block else { return true }
            let (steps, first) = slab.stride.multipliedReportingOverflow(by: count &- 1)
            let (length, second) = steps.addingReportingOverflow(block)
            let (end, third) = slab.start.addingReportingOverflow(length)
            return !first && !second && !third && end <= extent
        }
    }

    /// Names of sources; in version 1 a name can be that of an earlier mapping, by its number.
    private struct Names {
        private var files: [String] = []
        private var datasets: [String] = []

        var file: String { files.last ?? "" }
        var dataset: String { datasets.last ?? "" }

        /// One of the names has a place for the number of a block, `%b`.
        ///
        /// A percent sign of a name itself stands twice.
        var areNumbered: Bool {
            get throws(Stop) {
                let inFile = try Self.isNumbered(file)
                return try Self.isNumbered(dataset) || inFile
            }
        }

        private static func isNumbered(_ name: String) throws(Stop) -> Bool {
            var isNumbered = false
            var isBehindSign = false
            for byte in name.utf8 {
                if isBehindSign {
                    guard byte == UInt8(ascii: "%") || byte == UInt8(ascii: "b") else { throw .damaged(.virtual) }
                    isNumbered = isNumbered || byte == UInt8(ascii: "b")
                    isBehindSign = false
                } else {
                    isBehindSign = byte == UInt8(ascii: "%")
                }
            }
            guard !isBehindSign else { throw .damaged(.virtual) }
            return isNumbered
        }

        /// Bit 0: number instead of the file name; bit 1: number instead of the dataset name; bit 2: this file, no name.
        mutating func read(_ cursor: inout FormatCursor, _ flags: UInt8) throws(Stop) {
            if flags & 4 != 0 {
                files.append(".")
            } else {
                files.append(try name(&cursor, isNumber: flags & 1 != 0, files))
            }
            datasets.append(try name(&cursor, isNumber: flags & 2 != 0, datasets))
        }

        private func name(
            _ cursor: inout FormatCursor, isNumber: Bool, _ earlier: [String]
        ) throws(Stop) -> String {
            guard isNumber else { return shownName(try cursor.name()) }
            let number = try cursor.count(8)
            guard number < earlier.count else { throw cursor.damaged }
            return earlier[number]
        }
    }

    /// [] if nothing bounds it.
    private static func leastShape(of source: Selection) -> [Int] {
        switch source {
        case .all, .none: []
        case .hyperslab: source.box(in: [])?.map(\.upperBound) ?? []
        case .other(_, let last): last.map { $0 == .max ? $0 : $0 &+ 1 }
        }
    }
}
