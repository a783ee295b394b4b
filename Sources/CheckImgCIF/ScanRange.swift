// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// Range / increment is the number of frames, for every axis with a range.
    static func scanRange(_ items: Items, _ log: inout Log) throws(Stop) {
        let rows = items.loop("_diffrn_scan_axis.axis_id")
        guard !rows.isEmpty else {
            log.fail("there is no DIFFRN_SCAN_AXIS")
            return
        }
        let scans = try ScanLengths(items, rows)
        var ranges = 0
        var hidden = 0
        for row in 0..<rows.count {
            let displacement = try rows.value("_diffrn_scan_axis.displacement_range", row)
            if displacement == .missing, try rows.value("_diffrn_scan_axis.angle_range", row) == .missing { continue }
            let isAngle = displacement == .nothing || displacement == .missing
            if !isAngle, hasMovingAngle(rows, row) { hidden += 1 }
            ranges += 1
            try scanRange(scans, rows, row, stem: isAngle ? "angle_" : "displacement_", &log)
        }
        if hidden > 0 {
            log.remark(
                "angle ranges of \(hidden) axes are not looked at, since their displacement_range is a number",
                limit: "it tests the displacement alone when both are given")
        }
        log.remark(
            ranges == 0 ? "no range is given, so there is none to test" : "\(ranges) ranges agree with the frames",
            limit: ranges == 0 ? "it passes a scan whose ranges are all '?'" : nil)
    }

    /// The angle items of a row say that the axis moves.
    private static func hasMovingAngle(_ rows: Rows, _ row: Int) -> Bool {
        guard let increment = try? rows.value("_diffrn_scan_axis.angle_increment", row),
            let value = try? increment.number("")
        else { return false }
        return value != 0
    }

    private static func scanRange(_ scans: ScanLengths, _ rows: Rows, _ row: Int, stem: String, _ log: inout Log)
        throws(Stop)
    {
        let axis = try rows.value("_diffrn_scan_axis.axis_id", row).words
        func number(_ item: String) throws(Stop) -> Double {
            let name = "_diffrn_scan_axis.\(stem)\(item)"
            return try rows.value(name, row).number("\(name) of axis \(axis)")
        }
        _ = try number("start")
        let increment = try number("increment")
        let range = try number("range")
        guard increment != 0 else {
            if range != 0 { log.fail("axis \(axis) has range \(words(range)) and increment 0") }
            return
        }
        let frames = try scans.frames(rows, row)
        if (frames - range / increment).magnitude > 0.3 {
            log.fail(
                "axis \(axis): range \(words(range)) by increment \(words(increment)) is \(words(range / increment)), for \(words(frames)) frames",
                limit: restart(rows, row, stem: stem) ? "it takes no account of a restart increment" : nil)
        }
    }

    private static func restart(_ rows: Rows, _ row: Int, stem: String) -> Bool {
        guard let cell = try? rows.value("_diffrn_scan_axis.\(stem)rstrt_incr", row) else { return false }
        return (try? cell.number("")).map { $0 != 0 } ?? false
    }

    /// The stated numbers of frames.
    private struct ScanLengths {
        private static let name = "_diffrn_scan.frames"
        private static let id = "_diffrn_scan_axis.scan_id"
        private let items: Items
        private let scans: Rows
        private var rowOfScan: [Cell: Int] = [:]

        init(_ items: Items, _ rows: Rows) throws(Stop) {
            self.items = items
            scans = items.loop("_diffrn_scan.id")
            guard rows.has(Self.id) else { return }
            for row in (0..<scans.count).reversed() { rowOfScan[try scans.value("_diffrn_scan.id", row)] = row }
        }

        /// The number of frames of the scan that a row of DIFFRN_SCAN_AXIS belongs to.
        func frames(_ rows: Rows, _ row: Int) throws(Stop) -> Double {
            guard rows.has(Self.id) else {
                let values = try items.values(Self.name)
                guard values.count == 1 else { throw Stop("\(Self.id) is absent and there are \(values.count) scans") }
                return try values[0].number(Self.name)
            }
            let id = try rows.value(Self.id, row)
            guard let scan = rowOfScan[id] else { throw Stop("\(Self.id) \(id.words) is no _diffrn_scan.id") }
            return try scans.value(Self.name, scan).number(Self.name)
        }
    }
}
