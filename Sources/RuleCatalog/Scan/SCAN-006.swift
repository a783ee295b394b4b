// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

extension Rule {
    static let scan006 = Rule(
        "SCAN-006", .A, "per-frame values do not number as the frames", applies: .both,
        what: """
            The number of frames against the number of everything that is given frame by frame: in imgCIF the rows of \
            DIFFRN_SCAN_FRAME against _diffrn_scan.frames, where none at all leaves frames without number and scan; \
            in NXmx the number of images against the length of every \
            varying axis of a chain, of its _end and _increment_set, and of wavelengths, exposure times and frame times, each of \
            which has one value or as many as there are images.
            """,
        why: "Nothing says which value belongs to which image, and readers pair them off from the start or stop.",
        fix: "Write one value for each frame, and the number of frames that were recorded.",
        references: ["imgCIF _diffrn_scan.frames", "NXmx symbol nP", "cctbx/dxtbx#285", "cctbx/dxtbx#527"],
        needs: ["FILE-014", "FILE-013"], reads: [.imageCount, .sweeps],
        checks: [.experiment(countsOfFrames)])
}

private func countsOfFrames(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let reading = view.reading, reading.links.frameCount == 0 {
        return reportUnlistedFrames(reading, view, &verdicts)
    }
    // Blocks of unlike frames cannot be counted together.
    if view.block == nil, !verdicts.isSound(Subject(.dataset, "blocks")) { return }
    for need in [Need.exposure, .period, .wavelength] {
        if let reason = need.reason(in: view.experiment) { verdicts.notChecked(reason) }
    }
    for scan in view.experiment.scans {
        let frames = scan.imageCount?.value ?? scan.frameCount.value
        let images = view.placesOfFrames
        func expect(_ item: String, _ count: Int, _ places: [Place]) {
            guard count != frames else { return }
            verdicts.report(
                "scan '\(scan.id)': \(frames) frame\(frames == 1 ? "" : "s"), but \(item) has "
                    + "\(count) value\(count == 1 ? "" : "s")", at: places + images,
                values: [("scan", .text(scan.id)), ("frames", .integer(frames)), ("n", .integer(count))],
                subjects: [verdicts.subject(.scan, scan.id)])
        }
        if view.reading != nil {
            guard let listed = view.rowsOfFrames(scan), scan.frameCount.origin.place != nil, listed > 0 || frames > 1
            else { continue }
            expect("DIFFRN_SCAN_FRAME", listed, [scan.place])
            continue
        }
        let reached = view.axisUse.reached
        // The offset of a module stands still by its role, however many values it is written with.
        for axis in scan.axes where reached.contains(axis.axis) && axis.axis.name != "module_offset" {
            if axis.valueCount == 0 { expect("'\(axis.axis)'", 0, [axis.place]) }
            guard axis.valueCount ?? 1 > 1 || axis.endCount ?? 1 > 1 || axis.incrementSetCount ?? 1 > 1 else {
                continue
            }
            let counts = [("", axis.valueCount), ("_end", axis.endCount), ("_increment_set", axis.incrementSetCount)]
            // The ends and steps of an axis that has as many values as it are one fault with it.
            var told: Set<Int> = []
            let isList = (axis.valueCount ?? 0) > 1
            for case (let suffix, let count?) in counts
            where count > 1 || isList && suffix == "_end" && count == 1 {
                guard told.insert(count).inserted else { continue }
                expect("'\(axis.axis)\(suffix)'", count, [axis.place])
            }
        }
        if let exposure = scan.exposure, exposure.value.count > 1 {
            expect("the exposure time", exposure.value.count, exposure.places)
        }
        if let period = scan.period, period.value.count > 1 {
            expect("the frame time", period.value.count, period.places)
        }
        let wavelengths = view.experiment.beam.wavelengths
        if let wavelengths, wavelengths.value.count > 1, view.experiment.beam.weights == nil,
            view.experiment.scans.count == 1
        {
            expect("incident_wavelength", wavelengths.value.count, wavelengths.places)
        }
    }
}

/// No row of DIFFRN_SCAN_FRAME: nothing says which image belongs to which setting, unless there is one image only.
private func reportUnlistedFrames(_ reading: BlockReading, _ view: ExperimentView, _ verdicts: inout Verdicts) {
    let scans = view.experiment.scans
    guard reading.kind == .imgCIF, let first = scans.first,
        view.block?.category("diffrn_scan_frame")?.isComplete != false
    else { return }
    let images = max(reading.links.dataFrameRowCount, reading.links.arrayDataRowCount, reading.links.externalRowCount)
    guard scans.count > 1 || first.frameCount.value > 1 || images > 1 else { return }
    let counts = scans.map { $0.frameCount.value }.filter { $0 > 0 }.map(String.init)
    let frames = counts.isEmpty ? "" : " of \(Wording.list(counts, joinedBy: " and ", limit: 4)) frames"
    verdicts.report(
        "\(scans.count) scan\(scans.count == 1 ? "" : "s")\(frames), but no row of DIFFRN_SCAN_FRAME",
        at: [first.place], values: [("n", .integer(scans.count))], count: scans.count,
        subjects: scans.map { verdicts.subject(.scan, $0.id) })
}
