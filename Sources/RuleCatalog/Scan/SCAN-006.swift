// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let scan006 = Rule(
        "SCAN-006", .A, "per-frame values do not number as the frames", applies: .both,
        what: """
            The number of frames against the number of everything that is given frame by frame: in imgCIF the rows of \
            DIFFRN_SCAN_FRAME against _diffrn_scan.frames; in NXmx the number of images against the length of every \
            varying axis, of its _end and _increment_set, and of wavelengths, exposure times and frame times, each of \
            which has one value or as many as there are images.
            """,
        why: "Nothing says which value belongs to which image, and readers pair them off from the start or stop.",
        fix: "Write one value for each frame, and the number of frames that were recorded.",
        references: ["imgCIF _diffrn_scan.frames", "NXmx symbol nP", "cctbx/dxtbx#285", "cctbx/dxtbx#527"],
        checks: [.experiment(countsOfFrames)])
}

private func countsOfFrames(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for scan in view.experiment.scans {
        let frames = scan.imageCount?.value ?? scan.frameCount.value
        func expect(_ item: String, _ count: Int, _ places: [Place]) {
            guard count != frames else { return }
            verdicts.report(
                "scan '\(scan.id)': \(frames) frames, but \(item) has \(count) values", at: places,
                values: [("scan", .text(scan.id)), ("frames", .integer(frames)), ("n", .integer(count))],
                subjects: [verdicts.subject(.scan, scan.id)])
        }
        if view.reading != nil {
            guard let listed = view.rowsOfFrames(scan), listed > 0, scan.frameCount.origin.place != nil else {
                continue
            }
            expect("DIFFRN_SCAN_FRAME", listed, [scan.place])
            continue
        }
        for axis in scan.axes {
            let counts = [("", axis.valueCount), ("_end", axis.endCount), ("_increment_set", axis.incrementSetCount)]
            // The ends and steps of an axis that has as many values as it are one fault with it.
            var told: Set<Int> = []
            for case (let suffix, let count?) in counts where count > 1 && told.insert(count).inserted {
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
