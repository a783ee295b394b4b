// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel012 = Rule(
        "PIXEL-012", .A, "module or section lies outside the image", applies: .both,
        what: """
            Each module lies inside the image: data_origin and data_size have one number for each dimension of a \
            frame, are not negative, and end within the frame; the same for the sections of \
            ARRAY_STRUCTURE_LIST_SECTION. A size written fast first that fits when exchanged is PIXEL-013.
            """,
        why: "A reader that cuts the panel out of the image takes other pixels, or stops.",
        fix: "Write data_origin and data_size slow before fast, within the dimensions of the image.",
        references: [
            "NXdetector_module/data_origin, data_size",
            "imgCIF _array_structure_list_section.start",
            "cctbx/cctbx_project#305",
            "cctbx/cctbx_project#311",
        ],
        reads: [.moduleSize, .moduleOrigin],
        checks: [.experiment(modulesInImage)])
}

private func modulesInImage(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let block = view.block { sections(block, &verdicts) }
    guard let shape = view.frameShape else { return }
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard let origin = panel.dataOrigin, let size = panel.dataSize else { continue }
        let end = zip(origin.value, size.value).map { $0.addingReportingOverflow($1).partialValue }
        let isRightRank = origin.value.count == shape.count && size.value.count == shape.count
        let lies =
            isRightRank && !origin.value.contains { $0 < 0 } && !size.value.contains { $0 < 1 }
            && zip(end, shape).allSatisfy { $0 <= $1 }
        guard !lies, !(isRightRank && panel.isExchanged(in: shape)) else { continue }
        let counts = "\(origin.value.count) and \(size.value.count)"
        let words =
            isRightRank
            ? "covers \(tuple(origin.value)) to \(tuple(end))" : "has \(counts) numbers for data_origin and data_size"
        verdicts.report(
            "module '\(panel.id)' \(words), the image is \(tuple(shape))",
            at: size.places.isEmpty ? [panel.place] : size.places,
            values: [("module", .text(panel.id)), ("shape", .list(shape.map { .integer($0) }))],
            subjects: [verdicts.subject(.panel, panel.id)])
    }
}

private func tuple(_ numbers: [Int]) -> String { "(" + numbers.map(String.init).joined(separator: ", ") + ")" }

/// Sections of imgCIF: 1 <= start <= end <= dimension, for the array and index of each row.
private func sections(_ block: CIF.Block, _ verdicts: inout Verdicts) {
    guard let sections = block.category("array_structure_list_section"),
        let starts = sections.column("start"), let ends = sections.column("end")
    else { return }
    let list = block.category("array_structure_list")
    for row in 0..<sections.rowCount {
        guard let start = starts.integer(row), let end = ends.integer(row) else { continue }
        let array = sections.column("array_id")?.text(row) ?? "1"
        let index = sections.column("index")?.integer(row)
        let dimension = (0..<(list?.rowCount ?? 0)).first {
            (list?.column("array_id")?.text($0) ?? "1") == array && list?.column("index")?.integer($0) == index
        }.flatMap { list?.column("dimension")?.integer($0) }
        guard start < 1 || end < start || end > dimension ?? end else { continue }
        let section = sections.column("id")?.text(row) ?? "\(row + 1)"
        verdicts.report(
            "section '\(section)' covers \(start) to \(end), the image is \(dimension.map(String.init) ?? "of unknown length")",
            at: [ends.place(row)], values: [("module", .text(section))],
            subjects: [verdicts.subject(.array, array)])
    }
}
