// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import FrameWriting
import Frames
import ImageCodecs
import NeXus
import RuleEngine
import Transport

/// What was written, read again by our own reader and held against what was to be written.
///
/// - Source: docs/guide/convert.md.
struct OutputVerification {
    /// What the check of the file found, under the profile of the conversion.
    let findings: [Finding]
    /// What is otherwise than it was to be: a defect of this program.
    let defects: [String]
    /// Findings of level A that the input has not.
    let faults: [Finding]

    /// - Parameters:
    ///   - path: Where the file lies now.
    ///   - expected: For each entry what was to be written.
    ///   - faults: Of level A that the input has itself.
    init(_ path: String, expected: [Experiment], faults: Set<RuleID>, rules: ConversionRules) {
        let reading = FileReading(path, settings: rules.check.settings.reading)
        let report = rules.check.check(path)
        findings = report.findings
        var defects: [String] = reading.failures.map { "cannot read it again: \($0.cause)" }
        self.faults = report.findings.filter { $0.level == .A && !faults.contains($0.rule) }
        let found = reading.material.experiments.map(\.experiment)
        if found.count != expected.count {
            defects.append("\(found.count) experiments are read, \(expected.count) were written")
        }
        for (wanted, written) in zip(expected, found) {
            for difference in Comparison(wanted, written).differences {
                defects.append(
                    "\(difference.subject.isEmpty ? "" : difference.subject + ": ")\(difference.fact) is "
                        + "\(difference.second.text), \(difference.first.text) was to be written")
            }
        }
        self.defects = defects
    }

    /// The experiment of a scan as the file ought to tell it.
    static func expected(_ writing: ScanWriting, _ plan: PixelPlan) -> Experiment {
        var experiment = writing.completion.experiment
        let (times, request) = (writing.times.times, writing.request)
        let origin = Origin.derived("what was written")
        experiment.identity.startTime = times.start.map { Sourced($0, origin) }
        experiment.identity.endTime = times.end.map { Sourced($0, origin) }
        experiment.identity.endTimeEstimated = times.endEstimated.map { Sourced($0, origin) }
        experiment.identity.beamline = nil
        // Integers become the type that readers take.
        experiment.imageData?.value.elementType = plan.stored.words
        // The source has the name of the instrument, unless an option names it.
        if case .option = experiment.identity.facility?.origin {
        } else {
            experiment.identity.facility = nil
        }
        experiment.beam.fluxes = []
        experiment.beam.transmissions = []
        // Those are written from the source itself, in other units and directions.
        (experiment.beam.totalFlux, experiment.beam.fluxDensity, experiment.beam.divergence) = (nil, nil, nil)
        for index in experiment.scans.indices {
            experiment.scans[index].startDate = nil
            experiment.scans[index].endDate = nil
            if let period = experiment.scans[index].period?.value, period.count > 1 {
                experiment.scans[index].period = nil
            }
            experiment.scans[index].unplaced = []
        }
        for index in experiment.detectors.indices {
            // Those are computed from the axes, and checked against them by the rules.
            experiment.detectors[index].statedDistances = []
            experiment.detectors[index].statedBeamCentres = []
            // Pixel sizes are those of the steps from pixel to pixel of the first panel.
            let first = experiment.detectors[index].panels.first?.placement
            let steps: FastSlow<Double>? =
                switch first {
                case .surface(let face)?:
                    FastSlow(fast: face.fast.increment.value.magnitude, slow: face.slow.increment.value.magnitude)
                case .module(_, _, _, let steps)?:
                    FastSlow(fast: steps.fast.value.magnitude, slow: steps.slow.value.magnitude)
                case .fixed(let plane)?: FastSlow(fast: plane.fast.length, slow: plane.slow.length)
                case nil: nil
                }
            for panel in experiment.detectors[index].panels.indices {
                guard let steps else { break }
                let stated = experiment.detectors[index].panels[panel].statedPixelSize
                func isStep(_ a: Sourced<Double>?, _ b: Double) -> Bool {
                    a.map { abs($0.value - b) <= 1e-6 * b } ?? true
                }
                if isStep(stated.fast, steps.fast), isStep(stated.slow, steps.slow) { continue }
                experiment.detectors[index].panels[panel].statedPixelSize = FastSlow(
                    fast: Sourced(steps.fast, origin), slow: Sourced(steps.slow, origin))
            }
            guard request.origin == .centre else { continue }
            for panel in experiment.detectors[index].panels.indices {
                guard case .surface(var surface) = experiment.detectors[index].panels[panel].placement else { continue }
                surface.fast = surface.fast.movedByHalfAPixel
                surface.slow = surface.slow.movedByHalfAPixel
                experiment.detectors[index].panels[panel].placement = .surface(surface)
            }
        }
        return experiment
    }
}

extension SurfaceAxis {
    /// Index 0 is where -1/2 was.
    fileprivate var movedByHalfAPixel: SurfaceAxis {
        var moved = self
        moved.displacement.value += (isDecreasing ? 0.5 : -0.5) * increment.value
        return moved
    }
}
