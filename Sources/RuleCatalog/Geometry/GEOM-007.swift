// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageHeaders
import RuleEngine

extension Rule {
    static let geom007 = Rule(
        "GEOM-007", .B, "stated distance disagrees with the axes", applies: .both,
        parameters: [
            Parameter("absolute", "Difference that passes", 0.5, unit: "mm", limits: 0.01...10),
            Parameter(
                "relative", "Difference relative to the distance that passes", 0.005, unit: "ratio", limits: 0...0.1),
        ],
        what: """
            The distance that the file states beside its axes (sample_detector_distance, distance of the NXdetector, \
            Detector_distance or DISTANCE of a header, its own or that of an image that it names and --frames chooses) \
            against the distance that the axes give, perpendicular to the detector and along the beam. The better of the \
            two counts; they are equal without tilt and swing.
            """,
        why: "Programs that take the stated distance and programs that follow the axes scale the pattern differently.",
        fix: "Correct the one that is wrong; the axes are what most programs use.",
        references: [
            "imgCIF _diffrn_measurement.sample_detector_distance",
            "NXmx:/NXentry/NXinstrument/NXdetector/distance",
            "cctbx/cctbx_project#280",
            "dials/dials#2488",
        ],
        needs: .placedPanels + ["GEOM-006", "SCAN-001", "LINK-001", "PIXEL-011", "GEOM-002"],
        reads: [.distance, .settings],
        checks: [.experiment(statedDistances), .frames(distancesOfHeaders)])
}

private func statedDistances(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for detector in view.experiment.detectors {
        let sightings = view.sightings.filter { $0.detector.id == detector.id }
        let subjects = verdicts.subjects(of: sightings) + [verdicts.subject(.detector, detector.id)]
        guard let first = sightings.first, verdicts.areSound(subjects) else { continue }
        for (item, value) in detector.statedDistances {
            report(
                item, value, sightings, view, &verdicts, scan: first.scanName,
                at: value.places.isEmpty ? [detector.place] : value.places,
                subject: Subject(.category, "distance of " + detector.id, in: view.scope))
        }
    }
}

private func distancesOfHeaders(_ view: FramesView, _ verdicts: inout Verdicts) {
    for group in HeaderOfFrame.external(view) {
        let sightings = group.view.sightings.filter { $0.scan?.id == group.scan.id }
        guard group.view.experiment.detectors.count == 1, let detector = group.view.experiment.detectors.first,
            verdicts.areSound(
                verdicts.subjects(of: sightings) + [Subject(.detector, detector.id, in: group.view.scope)])
        else { continue }
        for one in [group.frames.first, group.frames.last].compactMap({ $0 }) {
            guard let distance = one.header.distance else { continue }
            let isTold = report(
                "the distance in the header of frame \(one.number)", distance, sightings, group.view, &verdicts,
                scan: group.scan.id, at: group.places([one.number], []),
                subject: Subject(.category, "distance in headers of \(group.scan.id)", in: group.view.scope))
            if isTold { break }
        }
    }
}

/// True where the distance is none that the axes give.
@discardableResult
private func report(
    _ item: String, _ value: Sourced<Double>, _ sightings: [Sighting], _ view: ExperimentView,
    _ verdicts: inout Verdicts, scan: String, at places: [Place], subject: Subject
) -> Bool {
    let computed = sightings.compactMap { distances($0, view) }
    guard let nominal = computed.first, value.value.isFinite else { return false }
    let slack = max(verdicts.number("absolute"), verdicts.number("relative") * abs(value.value))
    let agrees = computed.contains {
        abs($0.perpendicular - value.value) <= slack || abs(abs($0.along) - value.value) <= slack
    }
    guard !agrees else { return false }
    let ratio = nominal.perpendicular / value.value
    let factor = [10.0, 1000, 0.1, 0.001].first { abs(ratio / $0 - 1) <= verdicts.number("relative") }
    let remark = factor.map { ": factor \(Wording.number(max($0, 1 / $0)))" } ?? ""
    verdicts.report(
        "scan '\(scan)': \(item) is \(Wording.number(value.value)) mm, the axes give "
            + "\(Wording.number(nominal.perpendicular)) mm perpendicular and \(Wording.number(nominal.along)) mm "
            + "along the beam\(remark)",
        at: places,
        values: [
            ("item", .text(item)), ("stated", .quantity(value.value, unit: "mm")),
            ("perpendicular", .quantity(nominal.perpendicular, unit: "mm")),
            ("along", .quantity(nominal.along, unit: "mm")),
        ], subjects: [subject])
    return true
}

private func distances(_ sighting: Sighting, _ view: ExperimentView) -> (perpendicular: Double, along: Double)? {
    guard let plane = try? sighting.plane.get(), let perpendicular = plane.perpendicularDistance else { return nil }
    let along = plane.meeting(beam: view.experiment.beam.direction.value).centre?.distance
    return (perpendicular, along ?? perpendicular)
}
