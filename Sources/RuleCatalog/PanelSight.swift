// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension ExperimentView {
    /// The first sighting of each panel, in the order of panels.
    var firstSightings: [Sighting] {
        let panels = experiment.detectors.reduce(0) { $0 + $1.panels.count }
        return Array(sightings.prefix(panels))
    }

    /// Half a unit of the last digit that the text writes of a number; 0 when that cannot be told.
    func halfLastDigit(of value: Sourced<Double>) -> Double {
        guard case .text(_, let item?, let row)? = value.origin.place,
            let number = block?.column(item)?.number((row ?? 1) - 1)
        else { return 0 }
        return 0.5 * decimalUnit(number.decimals)
    }

    /// Shape of one frame, slowest first: the stored shape without the frame index; nil when it is unknown.
    var frameShape: [Int]? {
        guard let shape = experiment.imageData?.value.shape, shape.count >= 2 else { return nil }
        guard shape.count > 2 else { return shape }
        guard shape.count == 4,
            experiment.detectors.flatMap(\.panels).contains(where: { $0.dataSize?.value.count == 2 })
        else { return Array(shape.dropFirst()) }
        return Array(shape.suffix(2))
    }
}

/// 1, 0.1, 0.01 … for 0, 1, 2 … decimals.
func decimalUnit(_ decimals: Int) -> Double {
    var unit = 1.0
    for _ in 0..<max(0, min(decimals, 20)) { unit /= 10 }
    return unit
}

extension Panel {
    /// Distance from pixel to pixel along fast and slow, millimetres; nil when nothing places the panel.
    var spacing: FastSlow<Double>? {
        switch placement {
        case .surface(let axes):
            return FastSlow(fast: abs(axes.fast.increment.value), slow: abs(axes.slow.increment.value))
        case .module(_, _, _, let steps):
            return FastSlow(fast: abs(steps.fast.value), slow: abs(steps.slow.value))
        case .fixed(let plane): return plane.steps
        case nil: return nil
        }
    }

    /// The stated size fits the image only with its two numbers exchanged.
    func isExchanged(in shape: [Int]) -> Bool {
        guard let size = dataSize?.value, size.count == 2, shape.count == 2 else { return false }
        let origin = dataOrigin?.value ?? [0, 0]
        let isWhole = origin.allSatisfy { $0 == 0 }
        let fits = size[0] <= shape[0] && size[1] <= shape[1]
        return size[0] != size[1] && isWhole && (!fits && size[1] <= shape[0] && size[0] <= shape[1])
    }
}

extension Sighting {
    /// Unit vectors along fast and slow; nil when the panel has no plane.
    var directions: (fast: Vector3, slow: Vector3)? {
        guard let plane = try? plane.get(), let fast = plane.fast.normalised, let slow = plane.slow.normalised else {
            return nil
        }
        return (fast, slow)
    }

    /// The beam centre at the settings of the scan, upstream or not, when the beam runs as `beam` says.
    func centre(beam: Vector3) -> BeamCentre? { (try? plane.get())?.meeting(beam: beam).centre }

    /// The name of the scan for a sentence.
    var scanName: String { scan?.id ?? "1" }
}
