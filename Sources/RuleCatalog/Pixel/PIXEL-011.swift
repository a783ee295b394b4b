// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import RuleEngine

extension Rule {
    static let pixel011 = Rule(
        "PIXEL-011", .B, "pixel size or detector face is implausible", applies: .both,
        parameters: [
            Parameter("minPixel", "Smallest spacing", 0.001, unit: "mm", limits: 0.0001...0.1),
            Parameter("maxPixel", "Greatest spacing", 1, unit: "mm", limits: 0.1...10),
            Parameter("maxFace", "Longest side of a panel", 600, unit: "mm", limits: 50...5000),
        ],
        what: """
            The spacing of pixels and the length of each side of a panel, against what detectors have. A unit in which \
            the number would be plausible is named.
            """,
        why: "A spacing in the wrong unit makes every scattering angle wrong by the same factor.",
        fix: "Write the spacing in millimetres.",
        fixInNeXus: "Write the spacing in the units that stand beside it.",
        references: ["cctbx/cctbx_project#280", "cctbx/dxtbx#548"],
        needs: ["PIXEL-006"],
        checks: [.experiment(implausibleFaces)])
}

private func implausibleFaces(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for panel in view.experiment.detectors.flatMap(\.panels) {
        guard let spacing = panel.spacing ?? view.statedSpacing(panel),
            verdicts.areSound([verdicts.subject(.panel, panel.id)])
        else { continue }
        // A step that is no number is AXIS-013.
        guard spacing.fast.isFinite && spacing.slow.isFinite || view.block != nil else { continue }
        let sides = [(spacing.fast, panel.size?.fast), (spacing.slow, panel.size?.slow)]
        guard let (pixel, count) = sides.first(where: { !isPlausible($0.0, $0.1, verdicts) }) else { continue }
        var units: String?
        if case .module(_, let fast, _, _) = panel.placement { units = fast.units?.value }
        let hint = UnitHint(pixel, written: units ?? view.unitOfHeader(.pixelSize)) { isPlausible($0, count, verdicts) }
        let remark = hint.map { "; \($0.unit) would give \(Wording.number($0.value)) mm" } ?? ""
        let face = count.map { "a face of \(Wording.number(pixel * Double($0))) mm" } ?? "a face of unknown length"
        verdicts.report(
            "pixels of \(Wording.number(pixel)) mm make \(face)\(remark)", at: [panel.place],
            values: [("panel", .text(panel.id)), ("spacing", .quantity(pixel, unit: "mm"))],
            subjects: [verdicts.subject(.panel, panel.id)])
    }
}

private func isPlausible(_ spacing: Double, _ count: Int?, _ verdicts: Verdicts) -> Bool {
    guard spacing >= verdicts.number("minPixel"), spacing <= verdicts.number("maxPixel") else { return false }
    return count.map { spacing * Double($0) <= verdicts.number("maxFace") } ?? true
}

extension ExperimentView {
    /// What the header of an image says of its pixels, where it does not say where they are.
    fileprivate func statedSpacing(_ panel: Panel) -> FastSlow<Double>? {
        guard [.smv, .tiff, .minicbf].contains(kind), panel.placement == nil,
            let fast = panel.statedPixelSize.fast?.value, let slow = panel.statedPixelSize.slow?.value
        else { return nil }
        return FastSlow(fast: fast, slow: slow)
    }
}
