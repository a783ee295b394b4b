// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

extension FrameLinks {
    /// Follows every frame of a block to its image data.
    init(block: SourcedBlock, externalData: ExternalData) {
        var resolver = FrameLinkResolver(block: block, externalData: externalData)
        self = resolver.resolve()
    }
}

/// Resolves the links of one block; see `FrameLinks`.
struct FrameLinkResolver {
    private let scan: Table
    private let scanFrame: Table
    private let dataFrame: Table
    private let arrayData: Table
    private let externalData: ExternalData
    private var links = FrameLinks()

    init(block: SourcedBlock, externalData: ExternalData) {
        scan = Table("diffrn_scan", in: block)
        scanFrame = Table("diffrn_scan_frame", in: block)
        dataFrame = Table("diffrn_data_frame", in: block)
        arrayData = Table("array_data", in: block)
        self.externalData = externalData
    }

    mutating func resolve() -> FrameLinks {
        links.frameCount = scanFrame.rowCount
        links.dataFrameRowCount = dataFrame.rowCount
        links.arrayDataRowCount = arrayData.rowCount
        links.externalRowCount = externalData.rowCount
        links.numbers =
            scanFrame.column("frame_number").map { column in
                var numbers = column.doubles().map { $0.flatMap { Int(exactly: $0) } }
                while numbers.count < links.frameCount { numbers.append(nil) }
                return numbers
            } ?? [Int?](repeating: nil, count: links.frameCount)
        resolveScans()
        let (external, embedded) = externalRows()
        let arrayRows = arrayDataRows()
        resolveImages(arrayRows: arrayRows, external: external, embedded: embedded)
        return links
    }

    // MARK: Frames to scans

    private mutating func resolveScans() {
        var indexOfScan: [String: Int32] = [:]
        for row in scan.rows {
            guard let id = scan.text("id", row), indexOfScan[id] == nil else { continue }
            indexOfScan[id] = Int32(truncatingIfNeeded: links.scans.count)
            links.scans.append(ScanFrames(id: id, row: row, frames: [], place: scan.place("id", row)))
        }
        if links.scans.isEmpty, scan.rowCount == 1 {
            links.scans.append(ScanFrames(id: "1", row: 0, frames: [], place: scan.place(ofRow: 0)))
        }
        let stated = CodedColumn(scanFrame.column("scan_id"))
        let standIn = assumedScan(stated)
        var indexOfCode = stated.names.map { indexOfScan[$0] ?? -1 }
        links.scanOfFrame = [Int32](repeating: -1, count: links.frameCount)
        for frame in 0..<links.frameCount {
            let code = Int(stated.code(frame))
            var index: Int32 = standIn ?? -1
            if code < indexOfCode.count {
                if indexOfCode[code] < 0 {
                    indexOfCode[code] = standIn ?? appendScan(stated.names[code], scanFrame.place("scan_id", frame))
                }
                index = indexOfCode[code]
            }
            links.scanOfFrame[frame] = index
            if index >= 0 { links.scans[Int(index)].frames.append(Int32(truncatingIfNeeded: frame)) }
        }
    }

    private mutating func appendScan(_ id: String, _ place: Place) -> Int32 {
        links.scans.append(ScanFrames(id: id, row: nil, frames: [], place: place))
        return Int32(truncatingIfNeeded: links.scans.count - 1)
    }

    /// The scan that frames without a known scan belong to, when only one can be meant.
    private mutating func assumedScan(_ stated: CodedColumn) -> Int32? {
        guard links.frameCount > 0 else { return nil }
        let (child, parent) = ("_diffrn_scan_frame.scan_id", "_diffrn_scan.id")
        if links.scans.isEmpty {
            assume(.absentCategory, child, parent, stated.names.first, nil, scanFrame.place("scan_id", 0))
            return stated.names.isEmpty ? appendScan("1", scanFrame.place(ofRow: 0)) : nil
        }
        guard links.scans.count == 1 else { return nil }
        if !stated.isPresent || stated.names.isEmpty {
            assume(.absentPointer, child, parent, nil, links.scans[0].id, scanFrame.place(ofRow: 0))
            return 0
        }
        guard stated.names.count == 1, stated.names[0] != links.scans[0].id else { return nil }
        assume(.onlyRow, child, parent, stated.names[0], links.scans[0].id, scanFrame.place("scan_id", 0))
        return 0
    }

    private mutating func assume(
        _ kind: LinkAssumption.Kind, _ child: String, _ parent: String, _ childValue: String?, _ parentValue: String?,
        _ place: Place
    ) {
        links.assumptions.append(
            LinkAssumption(
                kind: kind, child: child, parent: parent, childValue: childValue, parentValue: parentValue,
                place: place))
    }

    // MARK: Array data to external rows

    /// For each row of ARRAY_DATA its external row (-1 without one), and whether its pixels are embedded.
    private mutating func externalRows() -> (rows: [Int32], embedded: [Bool]) {
        let count = arrayData.rowCount
        var rows = [Int32](repeating: -1, count: count)
        var embedded = [Bool](repeating: false, count: count)
        if let data = arrayData.column("data") {
            for row in 0..<min(count, data.count) {
                if case .binary = data.kind(row) { embedded[row] = true }
            }
        }
        guard externalData.rowCount > 0 else { return (rows, embedded) }
        var space = IdentifierSpace()
        let one = space.number("1")
        let parent = LinkedColumn(externalData.column(.id), count: externalData.rowCount, standIn: one, in: &space)
        let child = LinkedColumn(arrayData.column("external_data_id"), count: count, standIn: one, in: &space)
        let chains = RowChains(parent.numbers, count: space.count)
        let only = onlyRow(
            child, parent, "_array_data.external_data_id", "_array_data_external_data.id",
            arrayData.place("external_data_id", 0))
        for row in 0..<count {
            guard !embedded[row] || child.hasValue(row) else { continue }
            let found = only ? 0 : chains.firstRow(child.numbers[row])
            if embedded[row] {
                if found >= 0 { links.doublySourced.append(Int32(truncatingIfNeeded: row)) }
            } else {
                rows[row] = found
            }
        }
        return (rows, embedded)
    }

    /// True when both columns have one value, and these differ: only one row can be meant (LINK-002).
    private mutating func onlyRow(
        _ child: LinkedColumn, _ parent: LinkedColumn, _ childItem: String, _ parentItem: String, _ place: Place
    ) -> Bool {
        let (from, to) = (child.firstText ?? "1", parent.firstText ?? "1")
        guard child.isUniform, parent.isUniform, from != to else { return false }
        switch (child.isPresent, parent.isPresent) {
        case (true, true): assume(.onlyRow, childItem, parentItem, from, to, place)
        case (true, false): assume(.absentPointer, parentItem, childItem, nil, from, place)
        case (false, _): assume(.absentPointer, childItem, parentItem, nil, to, place)
        }
        return true
    }

    // MARK: Data frames to array data

    /// For each row of DIFFRN_DATA_FRAME the row of ARRAY_DATA with its array and binary id, -1 without one.
    private mutating func arrayDataRows() -> [Int32] {
        let count = dataFrame.rowCount
        guard arrayData.rowCount > 0 else { return [Int32](repeating: -1, count: count) }
        let rows = arrayData.rowCount
        var arrays = IdentifierSpace()
        let one = arrays.number("1")
        var parent = LinkedColumn(arrayData.column("array_id"), count: rows, standIn: one, in: &arrays)
        var child = LinkedColumn(dataFrame.column("array_id"), count: count, standIn: one, in: &arrays)
        if count > 0,
            onlyRow(
                child, parent, "_diffrn_data_frame.array_id", "_array_data.array_id", dataFrame.place("array_id", 0))
        {
            parent.fill(one)
            child.fill(one)
        }
        var binaries = IdentifierSpace()
        let first = binaries.number("1")
        var parentID = LinkedColumn(arrayData.column("binary_id"), count: rows, standIn: first, in: &binaries)
        if !parentID.isPresent { parentID.setNumbers { binaries.number(String($0 + 1)) } }
        let childID = LinkedColumn(dataFrame.column("binary_id"), count: count, standIn: first, in: &binaries)
        var rowOfKey = [UInt64: Int32](minimumCapacity: rows)
        for row in 0..<rows
        where parent.numbers[row] != IdentifierSpace.null && parentID.numbers[row] != IdentifierSpace.null {
            let key = UInt64(parent.numbers[row]) << 32 | UInt64(parentID.numbers[row])
            if rowOfKey[key] == nil { rowOfKey[key] = Int32(truncatingIfNeeded: row) }
        }
        let only = rows == 1 && !parentID.isPresent
        return (0..<count).map { row in
            rowOfKey[UInt64(child.numbers[row]) << 32 | UInt64(childID.numbers[row])] ?? (only ? 0 : -1)
        }
    }

    /// For each row of ARRAY_DATA_EXTERNAL_DATA whether it leaves its location open: absent, '?' or '.'.
    private func rowsWithoutLocation() -> [Bool] {
        var isNowhere = [Bool](repeating: true, count: externalData.rowCount)
        guard let column = externalData.column(.uri) else { return isNowhere }
        for (row, code) in column.codes().codes.enumerated() where row < isNowhere.count {
            isNowhere[row] = code == .max
        }
        return isNowhere
    }

    // MARK: Frames to data frames

    private mutating func resolveImages(arrayRows: [Int32], external: [Int32], embedded: [Bool]) {
        var space = IdentifierSpace()
        let nowhere = IdentifierSpace.null
        let frameIDs = LinkedColumn(
            scanFrame.column("frame_id"), count: links.frameCount, standIn: nowhere, in: &space)
        links.frameColumn = frameIDs.column
        let isNowhere = rowsWithoutLocation()
        func image(_ dataFrameRow: Int32, _ arrayRow: Int32) -> ImageLink {
            let index = Int(arrayRow)
            let isKnown = index >= 0 && index < external.count
            var link = ImageLink(
                dataFrameRow: dataFrameRow, arrayDataRow: arrayRow, externalRow: isKnown ? external[index] : -1,
                isEmbedded: isKnown && embedded[index])
            link.isNowhere = link.externalRow >= 0 && isNowhere[Int(link.externalRow)]
            return link
        }
        links.imageStarts.reserveCapacity(links.frameCount + 1)
        guard dataFrame.rowCount > 0 else {
            if links.frameCount > 0 {
                assume(
                    .absentCategory, "_diffrn_scan_frame.frame_id", "_diffrn_data_frame.id", frameIDs.firstText, nil,
                    scanFrame.place("frame_id", 0))
            }
            let isOnly = links.frameCount == 1 && arrayData.rowCount == 1
            for _ in 0..<links.frameCount {
                if isOnly { links.images.append(image(-1, 0)) }
                links.imageStarts.append(Int32(truncatingIfNeeded: links.images.count))
            }
            return
        }
        let dataIDs = LinkedColumn(dataFrame.column("id"), count: dataFrame.rowCount, standIn: nowhere, in: &space)
        let only =
            links.frameCount > 0
            && onlyRow(
                frameIDs, dataIDs, "_diffrn_scan_frame.frame_id", "_diffrn_data_frame.id",
                scanFrame.place("frame_id", 0))
        let numbers = only ? [UInt32](repeating: 0, count: dataFrame.rowCount) : dataIDs.numbers
        let chains = RowChains(numbers, count: max(1, space.count))
        // Ids that repeat in both categories would make a product; beyond this number a frame keeps one image.
        let limit = 16 * (links.frameCount + dataFrame.rowCount)
        for frame in 0..<links.frameCount {
            if only || frameIDs.numbers[frame] != nowhere {
                chains.forEachRow(of: only ? 0 : frameIDs.numbers[frame]) { row in
                    links.images.append(image(row, arrayRows[Int(row)]))
                    return links.images.count < limit
                }
            }
            links.imageStarts.append(Int32(truncatingIfNeeded: links.images.count))
        }
    }
}
