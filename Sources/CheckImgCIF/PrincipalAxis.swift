// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The one base rotation of the goniometer is (1, 0, 0).
    static func principalAxis(_ items: Items, _ log: inout Log) throws(Stop) {
        let axes = items.loop("_axis.id")
        var rows: [Int] = []
        for row in 0..<axes.count
        where try axes.value("_axis.equipment", row).equals("goniometer", "_axis.equipment") { rows.append(row) }
        try followChain(axes, rows)
        var bases: [Int] = []
        for row in rows
        where try axes.value("_axis.type", row).equals("rotation", "_axis.type") {
            if try axes.value("_axis.depends_on", row) == .nothing { bases.append(row) }
        }
        guard bases.count == 1, let base = bases.first else {
            log.fail("\(bases.count) goniometer rotations depend on '.', and one is wanted")
            return
        }
        let name = try axes.value("_axis.id", base).words
        var vector: [Double] = []
        for index in 1...3 {
            let item = "_axis.vector[\(index)]"
            vector.append(try axes.value(item, base).number("\(item) of axis \(name)"))
        }
        if vector != [1, 0, 0] {
            let words = vector.map(words).joined(separator: ", ")
            let length = vector.map { $0 * $0 }.reduce(0, +).squareRoot()
            log.fail(
                "axis \(name) is (\(words)) and not (1, 0, 0)",
                limit: vector[0] / length > 0.999_998_5 ? "it accepts (1, 0, 0) only, without a tolerance" : nil)
        }
        log.remark("axis \(name) is (1, 0, 0)")
    }

    /// Goniometer axes are one chain: no two on one axis, no circle.
    private static func followChain(_ axes: Rows, _ rows: [Int]) throws(Stop) {
        var parents: [Cell: Cell] = [:]
        var carried = Set<Cell>()
        for row in rows {
            let parent = try axes.value("_axis.depends_on", row)
            if parent != .nothing, !carried.insert(parent).inserted {
                throw Stop("two goniometer axes depend on axis \(parent.words)")
            }
            parents[try axes.value("_axis.id", row)] = parent
        }
        // No two axes share a parent, so what no walk down from a base reaches is a circle.
        let children = Dictionary(parents.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        var reached = 0
        for (axis, parent) in parents where parent == .nothing || parents[parent] == nil {
            var next: Cell? = axis
            // An axis named '.' is a child of itself: no walk is longer than the axes.
            while let axis = next, reached <= parents.count {
                reached += 1
                next = children[axis]
            }
        }
        if reached < parents.count { throw Stop("the goniometer axes run in a circle") }
    }
}
