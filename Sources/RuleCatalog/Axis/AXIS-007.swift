// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis007 = Rule(
        "AXIS-007", .B, "chain passes from one equipment to another", applies: .both,
        what: """
            Along depends_on the equipment stays the same: goniometer axes hang on goniometer axes, detector axes on \
            detector axes. An axis of equipment general may stand at the base. Nothing hangs on gravity or on the \
            source. In an imgCIF, DIFFRN_MEASUREMENT_AXIS lists no axis of the detector and DIFFRN_DETECTOR_AXIS none \
            of the goniometer, an equipment of '?' stands beside no known ones, and no scan turns a detector axis alone that carries no panel. In NXmx the chain of a detector meets no axis of the sample and the reverse: an axis below the \
            group of the other, or a rotation that moves and carries both.
            """,
        why: """
            A detector that hangs on a goniometer axis is moved with the crystal by every program that follows the \
            chain.
            """,
        fix: "Let the base axis of each piece of equipment depend on '.'.",
        references: [
            "imgCIF _axis.equipment",
            "NXmx:/NXentry/NXinstrument/NXdetector/depends_on, NXsample/depends_on",
            "COMCIFS/instrument-geometry-info:Tools/imgCIF_Creator (translation made to depend on gravity)",
        ],
        needs: ["AXIS-003"],
        reads: [.settings],
        checks: [
            .experiment(mixedChains), .experiment(otherLists), .experiment(sharedChains), .experiment(unknownEquipment),
        ])
}

private func mixedChains(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let block = view.block else { return }
    let stated = block.statedEquipment
    func isListedOtherwise(_ axis: Axis) -> Bool {
        // Told at the list.
        ["goniometer", "detector"].contains(stated[axis.id.text] ?? "")
            && stated[axis.id.text] != axis.equipment.value.word
    }
    for axis in view.experiment.axes where !isListedOtherwise(axis) {
        guard let outward = axis.dependsOn.value, let other = view.graph[outward],
            !isListedOtherwise(other), verdicts.areSound(verdicts.axes([axis.id, outward]))
        else { continue }
        let own = axis.equipment.value
        let its = other.equipment.value
        switch (own, its) {
        case (_, .gravity), (_, .source): break
        case (.goniometer, .detector), (.detector, .goniometer): break
        default: continue
        }
        verdicts.report(
            "\(own.word) axis '\(axis.id)' depends on '\(other.id)', which belongs to \(its.word)",
            at: axis.dependsOn.places.isEmpty ? [axis.place] : axis.dependsOn.places,
            values: [("axis", .text(axis.id.text)), ("other", .text(other.id.text))],
            subjects: verdicts.axes([axis.id]))
    }
}

/// imgCIF: axes that are listed for another equipment than they state, or turn where the sample belongs.
private func otherLists(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let block = view.block else { return }
    let stated = block.statedEquipment
    var told = Set<AxisID>()
    for (category, own) in [("_diffrn_measurement_axis", "goniometer"), ("_diffrn_detector_axis", "detector")] {
        for mention in view.experiment.mentions where mention.item == category + ".axis_id" {
            guard let word = stated[mention.axis.text], word != own, ["goniometer", "detector"].contains(word),
                let axis = view.graph[mention.axis], told.insert(axis.id).inserted
            else { continue }
            verdicts.report(
                "\(word) axis '\(axis.id)' is listed for the \(own) in \(category.dropFirst().uppercased())",
                at: [mention.place, axis.place],
                values: [("axis", .text(axis.id.text)), ("equipment", .text(own))], subjects: verdicts.axes([axis.id]))
        }
    }
    let use = view.axisUse
    let carriers = Set(view.sightings.flatMap(\.axes))
    for axis in view.experiment.axes where axis.equipment.value == .detector && axis.motion.value == .rotation {
        let scan = view.experiment.scans.first {
            $0.frameCount.value > 1 && use.turning(in: $0, view.graph) == [axis.id]
        }
        guard let scan, !carriers.contains(axis.id), told.insert(axis.id).inserted else { continue }
        verdicts.report(
            "detector axis '\(axis.id)' carries no panel and turns in scan '\(scan.id)', where nothing turns the sample",
            at: axis.equipment.places.isEmpty ? [axis.place] : axis.equipment.places,
            values: [("axis", .text(axis.id.text)), ("scan", .text(scan.id))], subjects: verdicts.axes([axis.id]))
    }
}

/// NXmx: chains of the sample and of a detector that have an axis of the other in common.
private func sharedChains(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block == nil, let goniometer = view.experiment.goniometer,
        case .object(let sample, _) = goniometer.place.spot
    else { return }
    let use = view.axisUse
    let shared = use.goniometerChain.intersection(use.detectorChain).subtracting(use.pixelAxes)
    guard !shared.isEmpty else { return }
    let detectors = view.experiment.detectors.map(\.id)
    func moves(_ id: AxisID) -> Bool {
        view.graph[id]?.motion.value == .rotation
            && view.experiment.scans.contains { scan in
                scan.axis(id).map { $0.settings.travelOfStarts(frames: scan.frameCount.value) > 1e-6 } ?? false
            }
    }
    for axis in view.experiment.axes where shared.contains(axis.id) && verdicts.areSound(verdicts.axes([axis.id])) {
        let isOfSample = axis.id.text.hasPrefix(sample + "/") || moves(axis.id)
        guard isOfSample || detectors.contains(where: { axis.id.text.hasPrefix($0 + "/") }) else { continue }
        let words = isOfSample ? ("detector", "goniometer") : ("sample", "detector")
        verdicts.report(
            "chain of the \(words.0) depends on '\(axis.id)', which belongs to the \(words.1)",
            at: [axis.place], values: [("axis", .text(axis.id.text)), ("equipment", .text(words.1))],
            subjects: verdicts.axes([axis.id]))
        // What it depends on in turn is the same cause.
        return
    }
}
