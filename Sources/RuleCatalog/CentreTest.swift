// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

/// A stated beam centre against the one that the axes give.
///
/// - Source: imgcif.md 9.4, 9.5; geometry.md section 8.
struct CentreTest: Sendable {
    enum Verdict: Sendable, Hashable {
        case agrees
        /// Half a pixel on both components.
        case half
        case exchanged
        /// Agrees when read in this unit.
        case otherUnit(String)
        /// Stated as exactly (0, 0).
        case zero
        case disagrees
    }

    let stated: StatedBeamCentre
    let sighting: Sighting
    /// As stated, in pixels.
    let pixels: FastSlow<Double>
    /// As the axes give it, in pixels of the image; the nearest of the positions that may be meant.
    let computed: FastSlow<Double>
    let verdict: Verdict

    var difference: FastSlow<Double> {
        FastSlow(fast: pixels.fast - computed.fast, slow: pixels.slow - computed.slow)
    }

    var statedPixels: String { Self.words(pixels) }
    var computedPixels: String { Self.words(computed) }

    var convention: String {
        sighting.panel.pixelOrigin == .pixelCentre ? "the centre of the first pixel" : "the corner of the first pixel"
    }

    var values: [NamedDatum] {
        [
            ("scan", .text(sighting.scanName)), ("item", .text(stated.item)),
            ("fast", .quantity(pixels.fast, unit: "px")), ("slow", .quantity(pixels.slow, unit: "px")),
            ("fast2", .quantity(computed.fast, unit: "px")), ("slow2", .quantity(computed.slow, unit: "px")),
        ]
    }

    private static func words(_ pair: FastSlow<Double>) -> String {
        "(\(Wording.fixed(pair.fast, 2)), \(Wording.fixed(pair.slow, 2))) px"
    }

    /// Every stated centre of every detector that can be compared.
    static func all(_ view: ExperimentView, tolerance: Double = 2, half: Double = 0.05) -> [CentreTest] {
        view.memo.result("centres within \(tolerance) and \(half)") {
            view.experiment.detectors.flatMap { detector in
                detector.statedBeamCentres.compactMap { stated in
                    let sightings = view.sightings.filter {
                        $0.detector.id == detector.id && (stated.scan == nil || stated.scan == $0.scan?.id)
                    }
                    return CentreTest(stated, sightings, view, tolerance: tolerance, half: half)
                }
            }
        }
    }

    /// Reports each stated centre of which `words` says something, where all that the rule needs is sound.
    static func report(
        _ view: ExperimentView, _ verdicts: inout Verdicts, tolerance: Double, half: Double = 0.05,
        words: (CentreTest) -> String?
    ) {
        for test in all(view, tolerance: tolerance, half: half) {
            guard let words = words(test), verdicts.areSound(verdicts.subjects(of: [test.sighting])) else { continue }
            verdicts.report(
                "scan '\(test.sighting.scanName)': \(test.stated.item) \(words)", at: [test.stated.place],
                values: test.values, subjects: [verdicts.subject(.category, test.stated.item)])
        }
    }

    /// - Parameter sightings: Those it may be about.
    init?(
        _ stated: StatedBeamCentre, _ sightings: [Sighting], _ view: ExperimentView, tolerance: Double,
        half: Double = 0.05
    ) {
        let beam = view.experiment.beam.direction.value
        guard stated.value.fast.isFinite, stated.value.slow.isFinite else { return nil }
        var best: (test: Sighting, pixels: FastSlow<Double>, computed: FastSlow<Double>, error: Double)?
        for sighting in sightings {
            guard let spacing = sighting.panel.spacing, spacing.fast > 0, spacing.slow > 0,
                let first = sighting.firstPixel(isOnlyPanel: sighting.detector.panels.count == 1)
            else { continue }
            let planes = stated.isAtZeroSwing ? [sighting.plane, sighting.planeWithoutSwing] : [sighting.plane]
            for plane in planes {
                guard let centre = (try? plane.get())?.meeting(beam: beam).centre?.pixels else { continue }
                let computed = FastSlow(fast: centre.fast + first.fast, slow: centre.slow + first.slow)
                let pixels = Self.pixels(stated, spacing)
                let error = max(abs(pixels.fast - computed.fast), abs(pixels.slow - computed.slow))
                if best.map({ error < $0.error }) ?? true { best = (sighting, pixels, computed, error) }
            }
        }
        guard let best, let spacing = best.test.panel.spacing else { return nil }
        self.stated = stated
        sighting = best.test
        pixels = best.pixels
        computed = best.computed
        // Where the header alone places the image, its centre cannot disagree with itself.
        let isPlacedByIt = [.minicbf, .smv, .tiff].contains(view.kind)
        if isPlacedByIt, stated.value.fast == 0, stated.value.slow == 0 {
            verdict = .zero
            return
        }
        // It was measured at zero swing, and the header has no axis to turn back.
        if isPlacedByIt, view.reading?.header?.swing?.value ?? 0 != 0 { return nil }
        verdict = Self.verdict(stated, best.pixels, best.computed, spacing, tolerance: tolerance, half: half)
    }

    /// Pixels from the unit of the file; millimetres for imgCIF that names none, pixels otherwise.
    private static func pixels(_ stated: StatedBeamCentre, _ spacing: FastSlow<Double>) -> FastSlow<Double> {
        let millimetres: Double
        switch stated.unit?.lowercased() {
        case "mm", "millimetre", "millimetres", "millimeter", "millimeters": millimetres = 1
        case "m", "metre", "metres", "meter", "meters": millimetres = 1000
        case "um", "micron", "microns", "micrometre", "micrometres": millimetres = 0.001
        case nil where stated.item.hasPrefix("_diffrn"): millimetres = 1
        default: return stated.value
        }
        return FastSlow(
            fast: stated.value.fast * millimetres / spacing.fast, slow: stated.value.slow * millimetres / spacing.slow)
    }

    private static func verdict(
        _ stated: StatedBeamCentre, _ pixels: FastSlow<Double>, _ computed: FastSlow<Double>,
        _ spacing: FastSlow<Double>, tolerance: Double, half: Double
    ) -> Verdict {
        func agree(_ fast: Double, _ slow: Double) -> Bool {
            abs(fast - computed.fast) <= tolerance && abs(slow - computed.slow) <= tolerance
        }
        if agree(pixels.fast, pixels.slow) {
            let isHalf =
                abs(abs(pixels.fast - computed.fast) - 0.5) <= half
                && abs(abs(pixels.slow - computed.slow) - 0.5) <= half
            return isHalf ? .half : .agrees
        }
        if stated.value.fast == 0, stated.value.slow == 0 { return .zero }
        if agree(pixels.slow, pixels.fast) { return .exchanged }
        if agree(stated.value.fast / spacing.fast, stated.value.slow / spacing.slow) { return .otherUnit("mm") }
        if agree(stated.value.fast, stated.value.slow) { return .otherUnit("pixels") }
        // Metres are millimetres by now.
        let isLength = pixels.fast != stated.value.fast
        if isLength, agree(stated.value.fast / 1000, stated.value.slow / 1000) { return .otherUnit("pixels") }
        if agree(1000 * stated.value.fast / spacing.fast, 1000 * stated.value.slow / spacing.slow) {
            return .otherUnit("m")
        }
        // Near the origin anything agrees in a unit that is small enough.
        let isApart = max(abs(computed.fast), abs(computed.slow)) > 2 * tolerance
        if isApart, agree(stated.value.fast / 1000 / spacing.fast, stated.value.slow / 1000 / spacing.slow) {
            return .otherUnit("um")
        }
        return .disagrees
    }
}

extension Sighting {
    /// Index of the first pixel of the panel in the image, fast and slow; nil when several panels do not say.
    fileprivate func firstPixel(isOnlyPanel: Bool) -> FastSlow<Double>? {
        if let origin = panel.dataOrigin?.value, origin.count >= 2 {
            return FastSlow(fast: Double(origin[origin.count - 1]), slow: Double(origin[origin.count - 2]))
        }
        return isOnlyPanel ? FastSlow(fast: 0, slow: 0) : nil
    }
}
