// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Frames
import RuleEngine

extension Rule {
    static let image002 = Rule(
        "IMAGE-002", .A, "size of the image differs from the description", applies: .both,
        what: """
            Fast and slow size of the image against the dimensions that the description gives by precedence. Of a CBF \
            the header of the binary section counts; of files that a description names, the images that are read. In NXmx \
            the only module of a detector is as large as the image.
            """,
        why: "Every row of the image is cut at the wrong place, or the image does not fit and readers stop.",
        fix: "Write into _array_structure_list.dimension what the header of the image has.",
        fixInNeXus: "Write into data_size of the module what the image has.",
        references: [
            "imgCIF _array_structure_list.dimension", "NXdetector_module/data_size", "dials/dials#2239",
            "dials/dials#2488",
        ],
        needs: ["CIF-010", "PIXEL-001"],
        checks: [.text(sizesOfSections), .experiment(sizeOfModules), .frames(sizesOfFiles)])
}

private func sizesOfSections(_ view: TextView, _ verdicts: inout Verdicts) {
    for block in view.blocks {
        for one in SectionOfArray.all(view, block) where one.section.fault == nil && one.test.fault == nil {
            guard one.dimensions.count > 1, let fast = one.test.fast, let slow = one.test.slow,
                verdicts.isSound(Subject(.array, one.array, in: block.name))
            else { continue }
            let (wanted, other) = (one.dimensions[0], one.dimensions[1])
            let planes = one.dimensions.count > 2 ? one.dimensions[2] : 1
            guard (fast, slow) != (wanted, other) || (one.test.planes ?? 1) != planes else { continue }
            let third = one.test.planes.map { " x \($0)" } ?? ""
            let described = one.dimensions.map(String.init).joined(separator: " x ")
            let remark = (fast, slow) == (other, wanted) ? ": exchanged" : ""
            verdicts.report(
                "image of array '\(Wording.excerpt(one.array))' is \(fast) x \(slow)\(third) (fast x slow), the "
                    + "description has \(described)\(remark)",
                at: [one.place],
                values: [("fast", .integer(fast)), ("slow", .integer(slow)), ("described", .text(described))],
                subjects: [Subject(.array, one.array, in: block.name)])
        }
    }
}

/// NeXus: where the only module ends, against the image; what lies outside of it is PIXEL-012.
private func sizeOfModules(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil, let shape = view.frameShape, shape.count == 2, shape.allSatisfy({ $0 > 1 }),
        let detector = view.experiment.detectors.first
    else { return }
    // Modules of a detector of several may leave a margin.
    guard detector.panels.count == 1, let panel = detector.panels.first, let size = panel.dataSize,
        size.value.count == 2, !panel.isExchanged(in: shape), panel.dataStride?.value.allSatisfy({ $0 == 1 }) ?? true
    else { return }
    let origin = panel.dataOrigin?.value ?? [0, 0]
    guard !origin.contains(where: { $0 < 0 }) else { return }
    let covered = (0..<2).map { axis in
        (origin.count == 2 ? origin[axis] : 0).addingReportingOverflow(size.value[axis]).partialValue
    }
    guard covered != shape, zip(covered, shape).allSatisfy({ $0 > 0 && $0 <= $1 }) else { return }
    verdicts.report(
        "the image is \(shape[1]) x \(shape[0]) (fast x slow), the only module ends at \(covered[1]) x \(covered[0])",
        at: size.places.isEmpty ? [panel.place] : size.places,
        values: [
            ("fast", .integer(shape[1])), ("slow", .integer(shape[0])),
            ("described", .text("\(covered[1]) x \(covered[0])")),
        ], subjects: [verdicts.subject(.detector, detector.id)])
}

/// Images of files that the description names.
private func sizesOfFiles(_ view: FramesView, _ verdicts: inout Verdicts) {
    for sight in FrameSight.all(view) {
        let others = sight.facts.filter { one in
            guard let area = one.facts.described, !area.fast.isEmpty, !area.slow.isEmpty else { return false }
            return (one.facts.fast, one.facts.slow) != (area.fast.count, area.slow.count)
        }
        guard let first = others.first, let area = first.facts.described else { continue }
        let (fast, slow) = (first.facts.fast, first.facts.slow)
        let remark = (fast, slow) == (area.slow.count, area.fast.count) ? ": exchanged" : ""
        verdicts.report(
            "\(FrameSight.words(others.map(\.number))) of \(sight.words) \(others.count == 1 ? "is" : "are") \(fast) x \(slow) "
                + "(fast x slow), the description has \(area.fast.count) x \(area.slow.count)\(remark)",
            at: [sight.place(others.map(\.number))],
            values: [
                ("fast", .integer(fast)), ("slow", .integer(slow)),
                ("described", .text("\(area.fast.count) x \(area.slow.count)")),
            ], count: others.count, subjects: [sight.subject])
    }
}
