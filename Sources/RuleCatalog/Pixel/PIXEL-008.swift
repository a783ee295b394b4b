// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let pixel008 = Rule(
        "PIXEL-008", .B, "array index runs backwards", applies: .imgCIF,
        what: """
            An index of ARRAY_STRUCTURE_LIST whose direction is decreasing: the dictionary then takes displacement at \
            the pixel of the greatest index. The beam centre is computed in this reading and in that of programs that \
            ignore the item.
            """,
        why: "CBFlib and the readers built on it ignore direction, and mirror the panel along that index.",
        fix: "Write the direction as increasing with the opposite sign of displacement_increment.",
        references: ["imgCIF _array_structure_list.direction", "yayahjb/cbflib cbf_construct_detector"],
        needs: ["PIXEL-003"],
        checks: [.experiment(decreasingIndices)])
}

private func decreasingIndices(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let list = view.block?.category("array_structure_list"), let directions = list.column("direction") else {
        return
    }
    let rows = directions.texts().enumerated().filter { $0.element?.lowercased() == "decreasing" }.map(\.offset)
    for row in rows {
        let array = list.column("array_id")?.text(row) ?? "1"
        let index = list.column("index")?.raw(row) ?? "\(row + 1)"
        let set = list.column("axis_set_id")?.text(row)
        let shift = set.flatMap { shiftOfCentre(view, set: $0) }.map { " by \(Wording.fixed($0, 1)) px" } ?? ""
        verdicts.report(
            "index \(Wording.excerpt(index)) of array '\(array)' is decreasing; readers that ignore it move the "
                + "beam centre\(shift)",
            at: [directions.place(row)], values: [("array", .text(array)), ("index", .text(index))],
            subjects: [verdicts.subject(.array, array)])
    }
}

/// How far the beam centre moves when the direction of the index of an axis set is ignored, pixels.
private func shiftOfCentre(_ view: ExperimentView, set: String) -> Double? {
    let axes = view.block?.category("array_structure_list_axis")
    let owners = (axes?.column("axis_set_id") ?? axes?.column("axis_id"))?.texts() ?? []
    guard let row = owners.firstIndex(of: set), let axis = axes?.column("axis_id")?.text(row) else { return nil }
    for sighting in view.firstSightings {
        guard case .surface(let surface) = sighting.panel.placement, let size = sighting.panel.size,
            let centre = sighting.centre(beam: view.experiment.beam.direction.value)?.pixels
        else { continue }
        if surface.fast.axis.text == axis { return abs(Double(size.fast) - 1 - 2 * centre.fast) }
        if surface.slow.axis.text == axis { return abs(Double(size.slow) - 1 - 2 * centre.slow) }
    }
    return nil
}
