// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The one translation on the one base rotation of the detector runs along -Z.
    static func detectorTranslation(_ items: Items, _ log: inout Log) throws(Stop) {
        let axes = items.loop("_axis.id")
        let bases = try detectorAxes(axes, type: "rotation", on: .nothing)
        guard bases.count == 1 else {
            log.remark(
                "\(bases.count) detector rotations depend on '.'; without exactly one the test is passed over",
                limit: "it finds no detector translation without one two-theta axis")
            return
        }
        let base = try axes.value("_axis.id", bases[0])
        let translations = try detectorAxes(axes, type: "translation", on: base)
        guard translations.count == 1, let row = translations.first else {
            log.remark(
                "\(translations.count) detector translations depend on axis \(base.words); without exactly one the test is passed over",
                limit: "it looks for the translation directly on the two-theta axis")
            return
        }
        let name = try axes.value("_axis.id", row).words
        func number(_ item: String) throws(Stop) -> Double {
            try axes.value(item, row).number("\(item) of axis \(name)")
        }
        let along = try number("_axis.vector[3]")
        let sign = along > 0 ? 1.0 : along < 0 ? -1.0 : along
        if sign * (try number("_axis.offset[3]")) == 1 {
            log.fail(
                "_axis.offset[3] of axis \(name) is 1 along its vector",
                limit: "it compares the offset with 1, where the sign of the position was meant")
        }
        if sign == 1 { log.fail("_axis.vector[3] of axis \(name) is positive, towards the source") }
        let first = try number("_axis.vector[1]")
        let second = try number("_axis.vector[2]")
        if first != 0 || second != 0 {
            log.fail(
                "axis \(name) is not along the beam: _axis.vector[1], [2] are \(words(first)), \(words(second))",
                limit: along.magnitude > 0.99996 ? "it accepts 0 only, without a tolerance" : nil)
        }
        log.remark("axis \(name) runs along -Z; where the detector stands is not computed")
    }

    /// Rows of detector axes of one type that depend on one axis.
    private static func detectorAxes(_ axes: Rows, type: String, on base: Cell) throws(Stop) -> [Int] {
        var rows: [Int] = []
        for row in 0..<axes.count {
            guard try axes.value("_axis.equipment", row).equals("detector", "_axis.equipment"),
                try axes.value("_axis.type", row).equals(type, "_axis.type")
            else { continue }
            let parent = try axes.value("_axis.depends_on", row)
            if base == .nothing ? parent == .nothing : try parent.equals(base, "_axis.depends_on") { rows.append(row) }
        }
        return rows
    }
}
