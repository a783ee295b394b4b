// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// DIFFRN_SCAN_FRAME_AXIS with its rows chained to the frames of DIFFRN_SCAN_FRAME.
struct FrameAxisTable {
    private let axisIDs: CodedColumn
    private let settings: [Double?]
    private let increments: [Double?]
    private let places: CIF.Column?
    private let source: SourceID
    /// Id of each frame, and the rows of each id.
    private let idOfFrame: [UInt32]
    private let chains: RowChains

    init(block: SourcedBlock, links: FrameLinks) {
        let table = Table("diffrn_scan_frame_axis", in: block)
        places = table.column("axis_id")
        source = table.source
        axisIDs = CodedColumn(places)
        settings = Self.sum(table, "angle", "displacement")
        increments = Self.sum(table, "angle_increment", "displacement_increment")
        var space = IdentifierSpace()
        // Without a frame id on either side the rows can only belong to the only frame.
        let isOnly = links.frameCount == 1
        let nothing = isOnly ? space.number("") : IdentifierSpace.null
        let frames = LinkedColumn(links.frameColumn, count: links.frameCount, standIn: nothing, in: &space)
        var rows = LinkedColumn(table.column("frame_id"), count: table.rowCount, standIn: nothing, in: &space)
        // One frame, and rows that name one other or none: it is meant (LINK-002).
        if isOnly, rows.isUniform, let only = frames.numbers.first { rows.fill(only) }
        idOfFrame = frames.numbers
        chains = RowChains(rows.numbers, count: space.count)
    }

    /// Row by row the sum of two columns; nil where neither has a number.
    private static func sum(_ table: Table, _ a: String, _ b: String) -> [Double?] {
        let (first, second) = (table.column(a)?.doubles(), table.column(b)?.doubles())
        guard var sum = first ?? second else { return [] }
        guard first != nil, let second else { return sum }
        for row in 0..<min(sum.count, second.count) {
            if let value = second[row] { sum[row] = (sum[row] ?? 0) + value }
        }
        return sum
    }

    /// What the frames of one scan list, axis by axis in the order of first mention.
    ///
    /// - Parameter order: Rows of DIFFRN_SCAN_FRAME, by rising frame number.
    func series(order: [Int]) -> [FrameAxisSeries] {
        guard places != nil else { return [] }
        var found: [FrameAxisSeries] = []
        var indexOfAxis = [Int32](repeating: -1, count: axisIDs.names.count)
        for (position, frame) in order.enumerated() where frame < idOfFrame.count {
            chains.forEachRow(of: idOfFrame[frame]) { row in
                let row = Int(row)
                let code = Int(axisIDs.code(row))
                guard code < indexOfAxis.count else { return true }
                if indexOfAxis[code] < 0 {
                    indexOfAxis[code] = Int32(truncatingIfNeeded: found.count)
                    found.append(
                        FrameAxisSeries(
                            axis: AxisID(axisIDs.names[code]), frameCount: order.count,
                            place: places?.place(row, in: source) ?? .file(source)))
                }
                let setting = row < settings.count ? settings[row] : nil
                let increment = row < increments.count ? increments[row] : nil
                found[Int(indexOfAxis[code])].set(position, setting ?? 0, increment)
                return true
            }
        }
        return found
    }
}

/// The settings of one axis that the frames of a scan list.
struct FrameAxisSeries {
    let axis: AxisID
    let place: Place
    private let frameCount: Int
    /// Frame index, setting and increment of every row, in rising order of the frames.
    private var listed: [(frame: Int32, setting: Double, increment: Double?)] = []

    init(axis: AxisID, frameCount: Int, place: Place) {
        self.axis = axis
        self.frameCount = frameCount
        self.place = place
    }

    /// Only the first row of a frame counts.
    mutating func set(_ frame: Int, _ setting: Double, _ increment: Double?) {
        if let last = listed.last, Int(last.frame) == frame { return }
        listed.append((Int32(truncatingIfNeeded: frame), setting, increment))
    }

    /// The settings of every frame: a listed value outranks the formula of the scan.
    ///
    /// - Parameters:
    ///   - axis: What DIFFRN_SCAN_AXIS says; its formula serves frames without a row.
    ///   - ranks: Steps of the formula from the first frame, for each frame.
    func settings(outranking axis: ScanAxis, ranks: [Double]) -> SettingSeries {
        var start = 0.0
        var step = 0.0
        var exposure = 0.0
        switch axis.settings {
        case .constant(let value): start = value
        case .uniform(let first, let each, let increment): (start, step, exposure) = (first, each, increment)
        case .explicit: break
        }
        if listed.count == frameCount, exposure == 0, let first = listed.first,
            listed.allSatisfy({ $0.setting == first.setting && ($0.increment ?? 0) == 0 })
        {
            return .constant(first.setting)
        }
        var starts = ranks.map { start + $0 * step }
        var ends = starts.map { $0 + exposure }
        for row in listed {
            let index = Int(row.frame)
            guard index < starts.count else { continue }
            starts[index] = row.setting
            let increment = row.increment.flatMap { $0 == 0 ? nil : $0 } ?? exposure
            ends[index] = row.setting + increment
        }
        return .explicit(starts: starts, ends: ends)
    }
}
