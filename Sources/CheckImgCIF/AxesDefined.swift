// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// Every axis that is named is defined, and every vector has a length.
    static func axesDefined(_ items: Items, _ log: inout Log) throws(Stop) {
        let known = Set(try items.values("_axis.id")).union([.nothing, .missing])
        let mentions = [
            "_axis.depends_on", "_diffrn_scan_frame_axis.axis_id", "_diffrn_scan_axis.axis_id",
            "_diffrn_measurement_axis.axis_id", "_diffrn_detector_axis.axis_id", "_array_structure_list_axis.axis_id",
        ]
        for name in mentions where items.has(name) {
            var seen = Set<Cell>()
            for cell in try items.values(name) where !known.contains(cell) && seen.insert(cell).inserted {
                log.fail("\(name) names \(cell.words), which is not defined")
            }
        }
        let ids = try items.values("_axis.id")
        let names = (1...3).map { "_axis.vector[\($0)]" }
        var columns: [[Cell]] = []
        for name in names { columns.append(try items.values(name)) }
        for row in 0..<min(ids.count, columns.map(\.count).min() ?? 0) {
            var square = 0.0
            for (name, column) in zip(names, columns) {
                let component = try column[row].number("\(name) of axis \(ids[row].words)")
                square += component * component
            }
            if square <= 0 { log.fail("the vector of axis \(ids[row].words) has no length") }
        }
        log.remark("\(ids.count) axes are defined; circles and repeated axes are not looked for")
    }
}
