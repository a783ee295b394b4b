// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// DIFFRN_SCAN_AXIS with its rows sorted to the scans of `FrameLinks`.
struct ScanAxisTable {
    private let table: Table
    private var rowsOfScan: [Int: [Int]] = [:]
    /// The scan named by every row, when there is just one.
    private(set) var onlyScan: String?

    private let motions: [AxisID: AxisMotion]

    init(block: SourcedBlock, links: FrameLinks, axes: [Axis]) {
        table = Table("diffrn_scan_axis", in: block)
        motions = Dictionary(axes.map { ($0.id, $0.motion.value) }, uniquingKeysWith: { first, _ in first })
        let stated = CodedColumn(table.column("scan_id"))
        onlyScan = stated.names.count == 1 ? stated.names[0] : nil
        let indices = Dictionary(
            links.scans.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        // One scan, and rows that name none or one other: it is meant (LINK-002).
        let standIn = links.scans.count <= 1 && stated.names.count <= 1 ? 0 : nil
        for row in table.rows {
            guard let index = stated.text(row).flatMap({ indices[$0] }) ?? standIn else { continue }
            rowsOfScan[index, default: []].append(row)
        }
    }

    /// The place of the category; nil when it has no rows.
    var place: Place? { table.rowCount > 0 ? table.place : nil }

    func rows(ofScan index: Int) -> [Int] {
        (rowsOfScan[index] ?? []).filter { table.text("axis_id", $0) != nil }
    }

    func read(_ row: Int) -> ScanAxis {
        let angle = range("angle", row)
        let displacement = range("displacement", row)
        let id = AxisID(table.text("axis_id", row) ?? "")
        var read = ScanAxis(
            axis: id, settings: Self.formula(angle, displacement), angle: angle, displacement: displacement,
            place: table.place("axis_id", row))
        // What does not apply to the kind of axis may be '?' as well as '.'.
        let kind = motions[id] == .rotation ? "angle" : motions[id] == .translation ? "displacement" : nil
        if let kind {
            read.unknown = table.unknown("\(kind)_start", row) ?? table.unknown("\(kind)_increment", row)
            if read.unknown != nil { read.settings = .constant(.nan) }
        }
        return read
    }

    private func range(_ kind: String, _ row: Int) -> StatedRange {
        StatedRange(
            start: table.stated("\(kind)_start", row), increment: table.stated("\(kind)_increment", row),
            range: table.stated("\(kind)_range", row), restartIncrement: table.stated("\(kind)_rstrt_incr", row))
    }

    /// start + k (increment + restart increment), angle and displacement together; absent values are 0.
    private static func formula(_ angle: StatedRange, _ displacement: StatedRange) -> SettingSeries {
        func sum(_ part: KeyPath<StatedRange, Stated?>) -> Double {
            (angle[keyPath: part]?.value ?? 0) + (displacement[keyPath: part]?.value ?? 0)
        }
        let increment = sum(\.increment)
        let step = increment + sum(\.restartIncrement)
        if increment == 0, step == 0 { return .constant(sum(\.start)) }
        return .uniform(start: sum(\.start), step: step, increment: increment)
    }
}
