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
            ARRAY_STRUCTURE_LIST_SECTION. Two modules of one detector do not read the same pixels. A size written fast first that fits when exchanged is PIXEL-013.
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
    tellShared(view, &verdicts)
    guard let shape = view.frameShape else { return }
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard let origin = panel.dataOrigin, let size = panel.dataSize else { continue }
        let stride = panel.dataStride.map { $0.value.count == size.value.count ? $0.value : [] } ?? []
        let end = origin.value.indices.prefix(size.value.count).map { index in
            let step = stride.isEmpty ? 1 : stride[index]
            let (span, overflows) = (size.value[index] &- 1).multipliedReportingOverflow(by: step)
            let (end, beyond) = origin.value[index].addingReportingOverflow(span)
            return overflows || beyond || end == Int.max ? Int.max : end + 1
        }
        let strides = panel.dataStride?.value.count ?? shape.count
        let isRightRank =
            origin.value.count == shape.count && size.value.count == shape.count && strides == shape.count
        let lies =
            isRightRank && !origin.value.contains { $0 < 0 } && !size.value.contains { $0 < 1 }
            && zip(end, shape).allSatisfy { $0 <= $1 }
        let isStrided = stride.contains { $0 != 1 }
        guard !lies || stride.contains(where: { $0 < 1 }), !(!isStrided && isRightRank && panel.isExchanged(in: shape))
        else { continue }
        let counts = "\(origin.value.count) and \(size.value.count)"
        let words =
            isRightRank
            ? "covers \(tuple(origin.value)) to \(tuple(end))\(isStrided ? " in steps of \(tuple(stride))" : "")"
            : strides == shape.count
                ? "has \(counts) numbers for data_origin and data_size" : "has \(strides) numbers for data_stride"
        verdicts.report(
            "module '\(panel.id)' \(words), the image is \(tuple(shape))",
            at: size.places.isEmpty ? [panel.place] : size.places,
            values: [("module", .text(panel.id)), ("shape", .list(shape.map { .integer($0) }))],
            subjects: [verdicts.subject(.panel, panel.id)])
    }
}

/// Modules of one detector that read the same pixels of the image, each pair of neighbours in order.
private func tellShared(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors where view.block == nil && detector.panels.count > 1 {
        let boxes = detector.panels.compactMap { panel -> (panel: Panel, low: [Int], high: [Int])? in
            guard let origin = panel.dataOrigin?.value, let size = panel.dataSize?.value, origin.count == size.count,
                panel.dataStride?.value.allSatisfy({ $0 == 1 }) ?? true
            else { return nil }
            return (panel, origin, zip(origin, size).map { $0.addingReportingOverflow($1).partialValue })
        }.sorted { $0.low.lexicographicallyPrecedes($1.low) }
        for (index, one) in boxes.enumerated() {
            for other in boxes[(index + 1)...] where other.low.count == one.low.count {
                guard let start = other.low.first, let end = one.high.first, start < end else { break }
                guard one.low.indices.allSatisfy({ other.low[$0] < one.high[$0] && one.low[$0] < other.high[$0] })
                else { continue }
                verdicts.report(
                    "modules '\(one.panel.id)' and '\(other.panel.id)' read the same pixels, from \(tuple(other.low)) on",
                    at: [one.panel.place, other.panel.place],
                    values: [("module", .text(one.panel.id)), ("other", .text(other.panel.id))],
                    subjects: [one, other].map { verdicts.subject(.panel, $0.panel.id) })
                return
            }
        }
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
