// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension [RuleID] {
    /// What a rule on the place of panels needs: chains of axes that end, and pixels that hang on them.
    static let placedPanels: [RuleID] = [
        "AXIS-001", "AXIS-002", "AXIS-003", "AXIS-004", "AXIS-006", "AXIS-013", "AXIS-022", "PIXEL-003", "PIXEL-004",
    ]
}

extension ExperimentView {
    /// The first sighting of each panel, in the order of panels.
    var firstSightings: [Sighting] {
        let panels = experiment.detectors.reduce(0) { $0 + $1.panels.count }
        return Array(sightings.prefix(panels))
    }

    /// Half a unit of the last decimal that the text writes of a number; 0 for whole numbers and when it cannot be told.
    func halfLastDigit(of value: Sourced<Double>) -> Double {
        guard case .text(_, let item?, let row)? = value.origin.place?.spot,
            let number = block?.column(item)?.number((row ?? 1) - 1)
        else { return 0 }
        return number.decimals == 0 ? 0 : 0.5 * decimalUnit(number.decimals)
    }

    /// Shape of one frame, slowest first: the stored shape without the frame index; nil when it is unknown, and for
    /// several detectors, whose frames differ.
    var frameShape: [Int]? {
        guard experiment.detectors.count < 2, let shape = experiment.imageData?.value.shape, shape.count >= 2 else {
            return nil
        }
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

    /// Lengths of the vectors of the pixel directions as written, which NeXus multiplies the steps with; 1 elsewhere.
    var directionLengths: FastSlow<Double> {
        guard case .module(_, let fast, let slow, _) = placement else { return FastSlow(fast: 1, slow: 1) }
        return FastSlow(fast: fast.vector.value.length, slow: slow.vector.value.length)
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

extension ExperimentView {
    /// The stated beam runs so far from Z that this is the fault, and where panels seem to stand its consequence.
    ///
    /// - Source: GEOM-018.
    var isBeamAstray: Bool {
        guard experiment.beam.direction.origin.place != nil, experiment.frame != .image else { return false }
        return experiment.beam.direction.value.angle(to: experiment.frame == .mcStas ? .unitZ : -.unitZ) > 20
    }
}

extension ExperimentView {
    /// Sightings of each detector in each scan; scans that see a detector at the same settings count once.
    var sightingsByScan: [(detector: String, sightings: [Sighting])] {
        var groups: [(detector: String, sightings: [Sighting])] = []
        var seen = Set<Position>()
        var start = sightings.startIndex
        while start < sightings.endIndex {
            var end = start
            while end < sightings.endIndex, sightings[end].detector.id == sightings[start].detector.id,
                sightings[end].scan?.id == sightings[start].scan?.id
            { end += 1 }
            let group = Array(sightings[start..<end])
            if seen.insert(Position(group)).inserted { groups.append((sightings[start].detector.id, group)) }
            start = end
        }
        return groups
    }

    /// Number of scans in which these panels stand at the same places.
    func scanCount(like group: [Sighting]) -> Int {
        guard let first = group.first, experiment.scans.count > 1 else { return 1 }
        return sightings.filter { $0.panel.id == first.panel.id && [$0].hasSamePlanes(as: [first]) }.count
    }

    /// For each panel the translation that changes its distance, and the direction of it when all settings are 0.
    var distanceAxes: [(sighting: Sighting, axis: Axis, direction: Vector3)] {
        firstSightings.compactMap { sighting in
            guard let axis = distanceAxis(of: sighting), case .success(let direction) = graph.direction(of: axis) else {
                return nil
            }
            return (sighting, axis, direction)
        }
    }

    /// The translation of the chain of a panel that runs most nearly along the beam, pixel axes left out.
    func distanceAxis(of sighting: Sighting) -> Axis? {
        guard let beam = experiment.beam.direction.value.normalised else { return nil }
        let pixelAxes = axisUse.pixelAxes
        var best: (axis: Axis, cosine: Double)?
        for id in sighting.axes where !pixelAxes.contains(id) {
            guard let axis = graph[id], axis.motion.value == .translation,
                case .success(let vector) = graph.direction(of: axis),
                let unit = vector.normalised
            else { continue }
            let cosine = abs(unit.dot(beam))
            if cosine > max(0.7, best?.cosine ?? 0) { best = (axis, cosine) }
        }
        return best?.axis
    }
}

/// The panels of a detector and the settings of the axes that carry them.
private struct Position: Hashable {
    private let detector: String
    private let panels: [String]
    private let settings: [Double]

    init(_ group: [Sighting]) {
        detector = group.first?.detector.id ?? ""
        panels = group.map(\.panel.id)
        settings = group.flatMap { sighting in sighting.axes.map { sighting.settings[$0] } }
    }
}

extension [Sighting] {
    /// The same panels at the same settings of the axes that carry them.
    func hasSamePlanes(as other: [Sighting]) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { a, b in
                a.panel.id == b.panel.id && a.detector.id == b.detector.id
                    && a.axes.allSatisfy { a.settings[$0] == b.settings[$0] }
            }
    }
}

extension Sighting {
    /// The setting of the axis that carries the detector along the beam, else the panel.
    func carrierPlace(in view: ExperimentView) -> Place {
        guard let axis = view.distanceAxis(of: self) else { return panel.place }
        return scan?.axis(axis.id)?.place ?? axis.place
    }
}

extension Verdicts {
    /// Subjects of panels and of the axes that carry them.
    func subjects(of sightings: [Sighting]) -> [Subject] {
        var seen = Set<Subject>()
        return sightings.flatMap { sighting in
            axes(sighting.axes) + [subject(.panel, sighting.panel.id)]
                + (sighting.scan.map { [subject(.scan, $0.id)] } ?? [])
        }
        .filter { seen.insert($0).inserted }
    }
}

extension Vector3 {
    /// The direction of (x, y), degrees from +X, 0 to 360.
    var turn: Double {
        let angle = Vector3(x, y, 0).angle(to: .unitX)
        return y < 0 ? 360 - angle : angle
    }
}

extension Beam {
    /// The weighted mean of the wavelengths of the first shot, ångströms, or the first where there are no weights, as
    /// readers do; nil when there is none that can be used.
    var meanWavelength: Double? {
        guard let wavelengths = wavelengths?.value, !wavelengths.isEmpty,
            wavelengths.allSatisfy({ $0 > 0 && $0.isFinite })
        else { return nil }
        guard let all = weights?.value, let own = rowsOfWeights.first, all.allSatisfy(\.isFinite), own.reduce(0, +) > 0
        else { return wavelengths.first }
        return zip(wavelengths, own).reduce(0) { $0 + $1.0 * $1.1 } / own.reduce(0, +)
    }
}

extension Beam {
    /// The weights of each shot; none where their number fits no list of wavelengths.
    var rowsOfWeights: [[Double]] {
        guard let weights = weights?.value, let count = wavelengths?.value.count, weightRows > 0 else { return [] }
        let width = weights.count / weightRows
        guard width > 0, width * weightRows == weights.count, width == count || weights.count == count else {
            return []
        }
        return (0..<weightRows).map { Array(weights[($0 * width)..<(($0 + 1) * width)]) }
    }
}

/// Wavelength and accelerating voltage of electrons, relativistic.
///
/// - Source: CODATA 2018: h / sqrt(2 m e V (1 + e V / (2 m c^2))).
enum ElectronWave {
    private static let perVolt = 0.978476e-6

    /// Ångströms.
    static func wavelength(volts: Double) -> Double {
        12.2643 / (volts * (1 + perVolt * volts)).squareRoot()
    }

    /// The voltage whose electrons have this wavelength in ångströms.
    static func volts(wavelength: Double) -> Double {
        let square = (12.2643 / wavelength) * (12.2643 / wavelength)
        return ((1 + 4 * perVolt * square).squareRoot() - 1) / (2 * perVolt)
    }
}
