// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Diffraction
import Foundation
import NeXus
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

@testable import Actions

/// Oracle: the same file with the item; what a rule says changes only where it says that the item was not read.
@Suite struct NeedTests {
    /// Takes an item away as a reader does that could not read it; nil where the file has none.
    private static func without(_ need: Need, _ whole: Experiment) -> Experiment? {
        var lacking = whole
        var isThere = false
        var unread = whole.unread
        func forget<Value>(_ value: inout Value?, _ name: String) {
            guard value != nil else { return }
            isThere = true
            value = nil
            unread[name] = UnreadItem(name, "behind filter 32999")
        }
        func take<Value>(_ path: WritableKeyPath<Experiment, Value?>, _ name: String) {
            forget(&lacking[keyPath: path], name)
        }
        func each<Value>(_ path: WritableKeyPath<Detector, Value?>, _ name: String) {
            for index in lacking.detectors.indices { forget(&lacking.detectors[index][keyPath: path], name) }
        }
        func panels<Value>(_ path: WritableKeyPath<Panel, Value?>, _ name: String) {
            for index in lacking.detectors.indices {
                for panel in lacking.detectors[index].panels.indices {
                    forget(&lacking.detectors[index].panels[panel][keyPath: path], name)
                }
            }
        }
        func scans<Value>(_ path: WritableKeyPath<Scan, Value?>, _ name: String) {
            for index in lacking.scans.indices { forget(&lacking.scans[index][keyPath: path], name) }
        }
        switch need {
        case .wavelength:
            take(\.beam.wavelengths, "incident_wavelength")
            take(\.beam.weights, "incident_wavelength_weights")
        case .energy: take(\.beam.energy, "incident_energy")
        case .polarisation: take(\.beam.stokes, "incident_polarization_stokes")
        case .probe:
            take(\.beam.probe, "probe")
            take(\.beam.sourceProbe, "type")
        case .exposure: scans(\.exposure, "count_time")
        case .period: scans(\.period, "frame_time")
        case .imageCount: scans(\.imageCount, "nimages")
        case .saturation: each(\.saturation, "saturation_value")
        case .underload: each(\.underload, "underload_value")
        case .scaling: each(\.scalingFactor, "data_scaling_factor")
        case .bitDepth: each(\.bitDepth, "bit_depth_readout")
        case .sensorThickness: each(\.sensorThickness, "sensor_thickness")
        case .sensorMaterial: each(\.sensorMaterial, "sensor_material")
        case .detectorName: each(\.description, "description")
        case .distance:
            for index in lacking.detectors.indices where !lacking.detectors[index].statedDistances.isEmpty {
                lacking.detectors[index].statedDistances = []
                unread["distance"] = UnreadItem("distance", "behind filter 32999")
                isThere = true
            }
        case .beamCentre:
            for index in lacking.detectors.indices where !lacking.detectors[index].statedBeamCentres.isEmpty {
                lacking.detectors[index].statedBeamCentres = []
                unread["beam_center_x"] = UnreadItem("beam_center_x", "behind filter 32999")
                isThere = true
            }
        case .pixelSize:
            panels(\.statedPixelSize.fast, "x_pixel_size")
            panels(\.statedPixelSize.slow, "y_pixel_size")
        case .moduleSize: panels(\.dataSize, "data_size")
        case .moduleOrigin: panels(\.dataOrigin, "data_origin")
        case .transmission:
            guard !lacking.beam.transmissions.isEmpty else { return nil }
            lacking.beam.transmissions = []
            unread["attenuator_transmission"] = UnreadItem("attenuator_transmission", "behind filter 32999")
            isThere = true
        case .flux:
            guard !lacking.beam.fluxes.isEmpty else { return nil }
            lacking.beam.fluxes = []
            unread["flux"] = UnreadItem("flux", "behind filter 32999")
            isThere = true
        case .temperature: take(\.identity.temperature, "temperature")
        case .title: take(\.identity.title, "title")
        case .identifier: take(\.identity.doi, "doi")
        case .places:
            take(\.identity.facility, "name")
            take(\.identity.beamline, "name")
            take(\.identity.instrument, "name")
            take(\.identity.sourceType, "type")
        case .sample: take(\.identity.sample, "name")
        case .times:
            take(\.identity.startTime, "start_time")
            take(\.identity.endTime, "end_time")
            take(\.identity.endTimeEstimated, "end_time_estimated")
        case .sweeps:
            for scan in lacking.scans.indices {
                for axis in lacking.scans[scan].axes.indices {
                    let one = lacking.scans[scan].axes[axis]
                    guard one.endCount != nil || one.incrementSet != nil else { continue }
                    lacking.scans[scan].axes[axis].endCount = nil
                    lacking.scans[scan].axes[axis].incrementSetCount = nil
                    lacking.scans[scan].axes[axis].incrementSet = nil
                    lacking.scans[scan].axes[axis].ownEnds = nil
                    lacking.scans[scan].axes[axis].ownIncrements = nil
                    unread["_end"] = UnreadItem("_end", "behind filter 32999")
                    isThere = true
                }
            }
        case .settings:
            guard !lacking.axes.isEmpty else { return nil }
            for index in lacking.axes.indices {
                lacking.axes[index].faults.append(
                    AxisFault(kind: .valueUnread, found: "behind filter 32999", place: lacking.axes[index].place))
            }
            isThere = true
        }
        lacking.unread = unread
        return isThere ? lacking : nil
    }

    /// Rules with a check of the experiment and no other, so that what they say comes from the model alone.
    private static let rules = catalogue.filter { rule in
        rule.status != .deprecated && !rule.checks.isEmpty
            && rule.checks.allSatisfy { if case .experiment = $0 { true } else { false } }
    }

    private struct Told: Hashable {
        let rule: RuleID
        let message: String
    }

    private static func told(_ report: FileReport) -> Set<Told> {
        Set(report.findings.map { Told(rule: $0.rule, message: $0.message) })
    }

    @Test func `no rule speaks otherwise without an item that was not read, unless it says so`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let engine = Engine(rules: Self.rules, profile: Profile(name: "all"))
        let known = Set(Self.rules.map(\.id.description))
        var taken: [Need: Int] = [:]
        var said = 0
        var faults: Set<String> = []
        for file in CorpusFile.all where file.isRecipe && (known.contains(file.folder) || file.folder == "golden") {
            let path = folder.appendingPathComponent("\(taken.count)-\(UUID().uuidString).nxs").path
            guard (try? Recipe(reading: CorpusFile.root.path + "/" + file.name).build(at: path)) != nil else {
                continue
            }
            let material = FileReading(path, settings: ReadingSettings()).material
            guard !material.experiments.isEmpty else { continue }
            let whole = engine.run(on: material)
            for need in Need.allCases {
                var lacking = material
                var isThere = false
                lacking.experiments = material.experiments.map { view in
                    guard let experiment = Self.without(need, view.experiment) else { return view }
                    isThere = true
                    return ExperimentView(experiment: experiment, kind: view.kind, scope: view.scope)
                }
                guard isThere else { continue }
                taken[need, default: 0] += 1
                let report = engine.run(on: lacking)
                let silent = Set(report.notChecked.filter { $0.reason.word.isUnread }.map(\.rule))
                let gated = Set(report.notChecked.filter { $0.reason.word == .gated }.map(\.rule))
                // A rule that stands behind one that could not judge may speak in its place.
                let behind = Set(Self.rules.filter { !silent.isDisjoint(with: $0.needs) }.map(\.id))
                said += silent.count
                for change in Self.told(whole).symmetricDifference(Self.told(report))
                where !silent.contains(change.rule) && !gated.contains(change.rule) && !behind.contains(change.rule) {
                    faults.insert("\(change.rule) reads \(need), and does not say so: \(file.name) \(change.message)")
                }
                let weighs = report.notChecked.contains { one in
                    one.reason.word.isUnread
                        && Self.rules.contains { $0.id == one.rule && $0.level != .G && $0.status == .stable }
                }
                if weighs, !report.isFailing, report.status == .pass {
                    faults.insert("\(file.name) passes without \(need)")
                }
            }
        }
        #expect(faults.sorted() == [])
        #expect(taken.count > 18 && said > 500, "\(taken.count) items, \(said) times said")
    }
}
