// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let meta010 = Rule(
        "META-010", .C, "source, instrument, detector or sample is not named", applies: .both,
        what: """
            Facility and beamline are named, or make and type of a laboratory source; so are the detector, by make or \
            description, and the sample. Of a NeXus file NX-005, NX-006 and NX-008 tell absent names where they look.
            """,
        why: "Nobody can tell where and with what the data were taken, nor look up the instrument.",
        fix: """
            Write _diffrn_source.facility and .beamline, or .make and .type; _diffrn_detector.make and .description; \
            _diffrn.crystal_id.
            """,
        fixInNeXus:
            "Write 'name' of the NXsource, of the NXinstrument and of the NXsample, and 'description' of the NXdetector.",
        references: [
            "cif_core _diffrn_source.facility, .beamline, .make", "cif_core _diffrn_detector.make",
            "NXmx:/NXentry/NXinstrument/name", "NXmx:/NXentry/NXsource/name",
        ],
        needs: ["NX-005", "NX-006", "NX-008", "NX-031", "LINK-009"], reads: [.detectorName, .places, .sample],
        checks: [.experiment(missingNames)])
}

private func missingNames(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let reason = view.reasonToSkipDataSet { return verdicts.notChecked(.kind(reason)) }
    guard !verdicts.isTold(by: ["LINK-009"]) else { return verdicts.notChecked(.gated("LINK-009")) }
    let experiment = view.experiment
    let identity = experiment.identity
    var missing: [String] = []
    var isDetectorNamed = experiment.detectors.contains { $0.description != nil }
    if let block = view.block, let reading = view.reading {
        let context = RawDataContext(block, reading: reading)
        isDetectorNamed = isDetectorNamed || context.detectorMake != nil
        func isStated(_ names: String...) -> Bool {
            names.contains { name in block.column(name).map { $0.count > 0 && $0.text(0) != nil } ?? false }
        }
        let isLaboratory = isStated("_diffrn_source.make") && isStated("_diffrn_source.type", "_diffrn_source.device")
        if !isLaboratory {
            if identity.facility == nil { missing.append("facility") }
            if identity.beamline == nil { missing.append("beamline") }
        }
        let sample = ["_exptl_crystal.id", "_exptl_crystal.description", "_chemical.name_common", "_entity.id"]
        if identity.sample == nil, !sample.contains(where: { isStated($0) }) { missing.append("sample") }
    } else if !verdicts.isTold(by: ["NX-005", "NX-006", "NX-031"]) {
        if identity.facility == nil { missing.append("facility") }
        if identity.instrument == nil { missing.append("instrument") }
        if identity.sample == nil { missing.append("sample") }
    }
    if !isDetectorNamed, view.block != nil || !verdicts.isTold(by: ["NX-008", "NX-031"]) { missing.append("detector") }
    guard !missing.isEmpty else { return }
    verdicts.report(
        "no \(missing.joined(separator: ", ")) given", at: [experiment.place],
        values: [("list", .list(missing.map { .text($0) }))], subjects: [verdicts.subject(.category, "names")])
}
