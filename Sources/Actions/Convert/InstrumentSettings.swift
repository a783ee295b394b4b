// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImageHeaders

/// The settings of the axes of an instrument, each from the key of a header that means it, else from a row of the instrument.
///
/// A key means the axis whose id ends in its name, whatever its case and signs: `GON_OMEGA` is `Omega`. What turns is the only
/// rotation of a goniometer that has one, and the distance is that of the only translation along the beam.
struct InstrumentSettings {
    private(set) var notes: [ConversionNote] = []
    /// The axis of the swing; nil without one that the header sets.
    private(set) var swing: AxisID?
    private let instrument: Experiment
    private let path: String
    private var found: [AxisID: SettingSeries] = [:]
    private let places: [AxisID: Axis]

    init(_ instrument: Experiment, path: String) {
        self.instrument = instrument
        self.path = path
        places = Dictionary(instrument.axes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The axes that have a setting: those of the goniometer and of the detector, without those of the pixels.
    private var movable: [AxisID] {
        (instrument.goniometer?.axes ?? []) + (instrument.detectors.first?.axes ?? [])
    }

    private func rotations(_ equipment: Equipment) -> [AxisID] {
        movable.filter { places[$0]?.motion.value == .rotation && places[$0]?.equipment.value == equipment }
    }

    /// Takes what a header says.
    mutating func take(
        _ experiment: Experiment, _ header: ImageHeader?, distance given: Double?
    ) throws(ConversionRefusal) {
        let goniometer = rotations(.goniometer)
        if let axis = experiment.goniometer?.axes.first, let series = experiment.scans.first?.axis(axis)?.settings {
            guard let place = axisNamed(axis.text, among: goniometer) ?? only(goniometer) else {
                throw ConversionRefusal(
                    "'\(path)' has \(goniometer.count) rotations of a goniometer, and none is the '\(axis)' that turns",
                    "name one of them '\(axis)' in that file")
            }
            found[place] = series
        }
        for setting in header?.unplacedSettings ?? [] where setting.unit == "deg" {
            if let place = axisNamed(setting.name, among: goniometer) {
                if found[place] == nil { found[place] = .constant(setting.value.value) }
            } else if abs(setting.value.value) > 1e-9 {
                notes.append(
                    ConversionNote(
                        "META-011",
                        "\(setting.name) \(Wording.number(setting.value.value)) deg of the header has no axis in "
                            + "'\(path)'", isAssumption: true, option: "--instrument with an axis for it"))
            }
        }
        let swings = rotations(.detector)
        if let angle = header?.swing?.value {
            let named = ["2theta", "twotheta", "tth"].map { axisNamed($0, among: swings) }.compactMap { $0 }
            swing = named.first ?? only(swings)
            if let swing {
                found[swing] = .constant(angle)
            } else if abs(angle) > 1e-9 {
                throw ConversionRefusal(
                    "the detector swings by \(Wording.number(angle)) deg, and no axis of '\(path)' is its",
                    "add a rotation of the detector to that file")
            }
        }
        if let distance = header?.distance?.value ?? given { takeDistance(distance) }
    }

    /// Sets the translation along the beam so that the face has a distance, at zero swing and along its normal.
    private mutating func takeDistance(_ distance: Double) {
        let beam = instrument.beam.direction.value
        let along = (instrument.detectors.first?.axes ?? []).filter {
            places[$0]?.motion.value == .translation
                && abs(places[$0]?.vector.value.normalised?.dot(beam) ?? 0) > 0.999
        }
        guard let axis = only(along), let panel = instrument.detectors.first?.panels.first else { return }
        let graph = instrument.axisGraph
        func reached(_ setting: Double) -> Double? {
            guard case .success(let plane) = graph.plane(of: panel, settings: FrameSettings([axis: setting])),
                let normal = plane.normal
            else { return nil }
            // Downstream counts as positive.
            return normal.dot(plane.origin) * (normal.dot(beam) < 0 ? -1 : 1)
        }
        guard let zero = reached(0), let one = reached(1), abs(one - zero) > 1e-6 else { return }
        found[axis] = .constant(((distance - zero) / (one - zero)).cleared(to: 12))
    }

    /// Every axis with its setting.
    mutating func all() throws(ConversionRefusal) -> [ScanAxis] {
        let own = instrument.scans.first
        var rows: [ScanAxis] = []
        var taken: [String] = []
        for axis in movable {
            let place = places[axis]?.place ?? instrument.place
            if let series = found[axis] {
                rows.append(ScanAxis(axis: axis, settings: series, place: place))
                continue
            }
            guard let value = own?.axis(axis)?.settings.start(ofFrame: 0), value.isFinite else {
                throw ConversionRefusal(
                    "axis '\(axis)' of '\(path)' has no setting: no key of the header means it, and no row of "
                        + "DIFFRN_SCAN_AXIS gives one", "add the row to that file")
            }
            taken.append("'\(axis)' \(Wording.number(value))")
            rows.append(ScanAxis(axis: axis, settings: .constant(value), place: place))
        }
        let more = taken.isEmpty ? "" : "; settings of it: \(taken.joined(separator: ", "))"
        notes.append(ConversionNote("META-026", "axes were given by the user: --instrument \(path)\(more)"))
        return rows
    }

    private func only(_ axes: [AxisID]) -> AxisID? { axes.count == 1 ? axes[0] : nil }

    private func axisNamed(_ key: String, among axes: [AxisID]) -> AxisID? {
        func plain(_ words: String) -> String { words.lowercased().filter { $0.isLetter || $0.isNumber } }
        let wanted = plain(key)
        return only(axes.filter { plain($0.text).hasSuffix(wanted) })
    }
}
