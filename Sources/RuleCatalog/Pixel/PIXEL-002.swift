// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel002 = Rule(
        "PIXEL-002", .A, "axis set of an array is not described", applies: .imgCIF,
        what: """
            Each axis_set_id of ARRAY_STRUCTURE_LIST has its rows in ARRAY_STRUCTURE_LIST_AXIS: one axis for each \
            index of a flat panel. Two describe a spiral, which is not checked further. Where axes are described, each \
            index has an axis set and each set its axis; '?' for a step, a direction or a number of pixels is told.
            """,
        why: "An index that belongs to no axis has no direction in space, and the panel cannot be placed.",
        fix: """
            Add the row of the axis set to ARRAY_STRUCTURE_LIST_AXIS, with axis_id, displacement and \
            displacement_increment.
            """,
        references: ["imgCIF _array_structure_list.axis_set_id"],
        needs: ["PIXEL-001"],
        checks: [.text(axisSets)])
}

private func axisSets(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        guard let list = block.category("array_structure_list") else { continue }
        reportUnknownIndices(list, block, &verdicts)
        guard let sets = list.column("axis_set_id") else { continue }
        let axes = block.category("array_structure_list_axis")
        let owners = axes?.column("axis_set_id") ?? axes?.column("axis_id")
        var count: [String: Int] = [:]
        for case let owner? in owners?.texts() ?? [] { count[owner, default: 0] += 1 }
        reportUnknownSteps(axes, block, &verdicts)
        let arrays = list.column("array_id")
        let indices = list.column("index")
        for (row, set) in sets.texts().enumerated() {
            let array = arrays?.text(row) ?? "1"
            guard let set, verdicts.isSound(Subject(.array, array, in: block.name)) else { continue }
            let found = count[set] ?? 0
            if found == 2 {
                verdicts.notChecked(.kind("axis set '\(set)' has two axes; spirals are not checked further"))
            }
            guard found == 0 || found > 2 else { continue }
            if axes?.isComplete == false {
                verdicts.notChecked(Reason(.gated, "the loop of ARRAY_STRUCTURE_LIST_AXIS is not read whole"))
                continue
            }
            let index = indices?.raw(row) ?? "\(row + 1)"
            verdicts.report(
                "array '\(array)', index \(Wording.excerpt(index)): axis set '\(Wording.excerpt(set))' has \(found) axes",
                at: [sets.place(row)], values: [("array", .text(array)), ("set", .text(set)), ("n", .integer(found))],
                subjects: [Subject(.array, array, in: block.name)])
        }
    }
}

/// Indices without an axis set, and directions and numbers of pixels that are unknown.
private func reportUnknownIndices(_ list: CIF.Category, _ block: CIF.Block, _ verdicts: inout Verdicts) {
    let arrays = list.column("array_id")
    func report(_ sentence: String, _ rows: [Int], _ column: CIF.Column?) {
        guard let first = rows.first else { return }
        let array = arrays?.text(first) ?? "1"
        guard verdicts.isSound(Subject(.array, array, in: block.name)) else { return }
        verdicts.report(
            "array '\(Wording.excerpt(array))': \(sentence)",
            at: column.map { column in rows.map { column.place($0) } }
                ?? [.text(offset: list.offset, item: nil, row: nil)],
            values: [("array", .text(array))], count: rows.count, subjects: [Subject(.array, array, in: block.name)])
    }
    let rows = Array(0..<list.rowCount)
    for item in ["direction", "dimension"] {
        guard let column = list.column(item) else { continue }
        let unknown = rows.filter { column.raw($0) == "?" }
        report("\(item) is '?', and its pixels have no known place", unknown, column)
    }
    guard list.isComplete, block.category("axis") != nil else { return }
    let sets = list.column("axis_set_id")
    // Sections have axes of their own, and their array none; an index beyond the face counts frames or parts.
    let sections = list.column("array_section_id")
    let divided = Set(rows.filter { sections?.text($0) != nil }.map { arrays?.text($0) ?? "1" })
    let indices = list.column("index")
    let without = rows.filter { row in
        guard sets?.text(row) == nil else { return false }
        if sections?.text(row) == nil, divided.contains(arrays?.text(row) ?? "1") { return false }
        return sets?.raw(row) == "?" || (indices?.integer(row) ?? 1) <= 2
    }
    report("no axis set for \(without.count) of \(rows.count) indices, whose pixels have no place", without, sets)
    guard let axes = block.category("array_structure_list_axis"), axes.isComplete, axes.rowCount > 0 else { return }
    let ids = axes.column("axis_id")
    let nameless = (0..<axes.rowCount).filter { ids?.text($0) == nil }
    if let first = nameless.first {
        let set = axes.column("axis_set_id")?.text(first) ?? "\(first + 1)"
        verdicts.report(
            "axis set '\(Wording.excerpt(set))' names no axis",
            at: ids.map { ids in nameless.map { ids.place($0) } }
                ?? [.text(offset: axes.offset, item: nil, row: nil)],
            values: [("set", .text(set))], count: nameless.count,
            subjects: [Subject(.array, arrays?.text(0) ?? "1", in: block.name)])
    }
}

/// Steps along the face that are unknown: the pixels have no place.
private func reportUnknownSteps(_ axes: CIF.Category?, _ block: CIF.Block, _ verdicts: inout Verdicts) {
    for item in ["displacement_increment", "displacement"] {
        guard let axes, let column = axes.column(item) else { continue }
        let rows = (0..<column.count).filter { column.raw($0) == "?" }
        guard let first = rows.first else { continue }
        let set = (axes.column("axis_set_id") ?? axes.column("axis_id"))?.text(first) ?? "\(first + 1)"
        verdicts.report(
            "\(item) of axis set '\(Wording.excerpt(set))' is '?': its pixels have no known place",
            at: rows.map { column.place($0) }, values: [("set", .text(set))], count: rows.count,
            subjects: [Subject(.array, block.column("_array_structure_list.array_id")?.text(0) ?? "1", in: block.name)])
    }
}
