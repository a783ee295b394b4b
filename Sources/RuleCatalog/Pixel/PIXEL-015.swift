// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let pixel015 = Rule(
        "PIXEL-015", .A, "panels overlap", applies: .both,
        parameters: [
            Parameter("tolerance", "Overlap that passes", 1, unit: "px", limits: 0...50)
        ],
        what: """
            The outlines of the panels of one detector at the settings of each scan, seen along the beam: no two overlap \
            by more than the tolerance where they lie within 1 mm of each other along the beam.
            """,
        why: "Two panels cannot stand in one place: reflections are predicted on the wrong one.",
        fix: "Correct the offsets of the panels named.",
        fixInNeXus: "Give each NXdetector_module a module_offset of its own.",
        references: ["NXdetector_module/module_offset", "imgCIF AXIS, ARRAY_STRUCTURE_LIST_AXIS"],
        needs: .placedPanels + ["SCAN-001", "LINK-001", "PIXEL-006", "PIXEL-011", "PIXEL-012", "GEOM-002"],
        reads: [.settings],
        checks: [.experiment(overlappingPanels)])
}

private func overlappingPanels(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    // Panels that stand for an element or an array that is nowhere are no panels of their own.
    guard let beam = view.experiment.beam.direction.value.normalised,
        verdicts.areSound([verdicts.subject(.category, "diffrn_data_frame")])
    else { return }
    for (_, sightings) in view.sightingsByScan where sightings.count > 1 {
        guard verdicts.areSound(verdicts.subjects(of: sightings)) else { continue }
        let outlines = sightings.compactMap { Outline($0, beam: beam) }.sorted { $0.low < $1.low }
        var worst: (one: Outline, other: Outline, pixels: Double)?
        var count = 0
        var compared = 0
        search: for (index, one) in outlines.enumerated() {
            for other in outlines[(index + 1)...] {
                guard other.low < one.high else { break }
                compared += 1
                // Panels by the thousand that all lie over one another are told after some.
                guard compared < 2_000_000 else { break search }
                guard let pixels = one.overlap(with: other), pixels > verdicts.number("tolerance") else { continue }
                count += 1
                if pixels > worst?.pixels ?? 0 { worst = (one, other, pixels) }
            }
        }
        guard let worst else { continue }
        let pairs = count > 1 ? " (\(count) pairs of panels)" : ""
        verdicts.report(
            "panels '\(worst.one.panel.id)' and '\(worst.other.panel.id)' overlap by "
                + "\(Wording.number(worst.pixels, digits: 3)) px in scan '\(sightings[0].scanName)'\(pairs)",
            at: [worst.one.panel.place, worst.other.panel.place],
            values: [
                ("panel1", .text(worst.one.panel.id)), ("panel2", .text(worst.other.panel.id)),
                ("overlap", .quantity(worst.pixels, unit: "px")),
            ], count: count, subjects: [verdicts.subject(.category, "overlap")])
    }
}

/// A panel seen along the beam: its corners across it, and how far along it they lie; millimetres.
private struct Outline {
    let panel: Panel
    private let corners: [(x: Double, y: Double, along: Double)]
    private let pixel: Double
    let low: Double
    let high: Double

    init?(_ sighting: Sighting, beam: Vector3) {
        guard let size = sighting.panel.size, let plane = try? sighting.plane.get(), plane.isFinite else { return nil }
        panel = sighting.panel
        pixel = max(plane.steps.fast, plane.steps.slow)
        let start = sighting.panel.pixelOrigin.outlineStart
        let (fast, slow) = (start + Double(size.fast), start + Double(size.slow))
        let across = abs(beam.x) < 0.9 ? Vector3(1, 0, 0) : Vector3(0, 1, 0)
        guard pixel > 0, let y = beam.cross(across).normalised, let x = y.cross(beam).normalised else { return nil }
        corners = [(start, start), (fast, start), (fast, slow), (start, slow)].map { corner in
            let point = plane.position(fast: corner.0, slow: corner.1)
            return (point.dot(x), point.dot(y), point.dot(beam))
        }
        low = corners.map(\.x).min() ?? 0
        high = corners.map(\.x).max() ?? 0
    }

    /// By how many pixels two outlines lie over one another; nil when they do not, or not within 1 mm along the beam.
    ///
    /// Convex outlines lie apart when the normal of some edge separates them.
    func overlap(with other: Outline) -> Double? {
        var depth = Double.infinity
        for outline in [self, other] {
            for index in outline.corners.indices {
                let (a, b) = (outline.corners[index], outline.corners[(index + 1) % 4])
                let (nx, ny) = (b.y - a.y, a.x - b.x)
                let length = (nx * nx + ny * ny).squareRoot()
                guard length > 0 else { return nil }
                let own = corners.map { ($0.x * nx + $0.y * ny) / length }
                let its = other.corners.map { ($0.x * nx + $0.y * ny) / length }
                guard let ownLow = own.min(), let ownHigh = own.max(), let itsLow = its.min(), let itsHigh = its.max()
                else { return nil }
                let shared = min(ownHigh, itsHigh) - max(ownLow, itsLow)
                guard shared > 0 else { return nil }
                depth = min(depth, shared)
            }
        }
        let heights = corners.map(\.along)
        let others = other.corners.map(\.along)
        guard let ownLow = heights.min(), let ownHigh = heights.max(), let itsLow = others.min(),
            let itsHigh = others.max(), max(ownLow, itsLow) - min(ownHigh, itsHigh) <= 1
        else { return nil }
        return depth / max(pixel, other.pixel)
    }
}
