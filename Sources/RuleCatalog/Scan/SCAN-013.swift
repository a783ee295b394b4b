// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let scan013 = Rule(
        "SCAN-013", .C, "exposure time is absent or implausible", applies: .both,
        parameters: [
            Parameter("max", "Longest exposure", 86400, unit: "s", limits: 1...1_000_000)
        ],
        what: "The exposure time of each scan: there, above 0 and below a day.",
        why: """
            Exposure scales intensities between scans and is a field of every data table; without it flux and dose \
            cannot be told.
            """,
        fix: "Write the exposure of one frame in seconds into _diffrn_scan_frame.integration_time.",
        fixInNeXus: "Write the exposure of one frame into count_time of the NXdetector, with units = \"s\".",
        references: [
            "imgCIF _diffrn_scan_frame.integration_time",
            "NXmx:/NXentry/NXinstrument/NXdetector/count_time",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/X285_tiff_test.cif",
        ],
        needs: ["SCAN-006"],
        reads: [.exposure],
        checks: [.experiment(exposures)])
}

private func exposures(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if view.isWithoutHeader { return verdicts.notChecked(.gated("BEAM-001", at: "image header")) }
    for scan in view.experiment.scans {
        guard let period = scan.period, let least = period.value.min(), least < 0 else { continue }
        verdicts.report(
            "frame period of scan '\(scan.id)' is \(Wording.number(least)) s", at: period.places,
            values: [("scan", .text(scan.id)), ("value", .text(Wording.number(least)))],
            subjects: [verdicts.subject(.category, "period of " + scan.id)])
    }
    for scan in view.experiment.scans where verdicts.isSound(verdicts.subject(.scan, scan.id)) {
        let value: String
        if let exposure = scan.exposure, let low = exposure.value.min(), let high = exposure.value.max() {
            // A single number that is none is a fault of its type (NX-013).
            if view.block == nil, exposure.value.count == 1, !high.isFinite { continue }
            guard !(low > 0 && high < verdicts.number("max")) else { continue }
            value = low == high ? Wording.number(low) : "\(Wording.number(low)) to \(Wording.number(high))"
        } else {
            // A text that is no number belongs to DICT-003.
            let column = view.block?.column("_diffrn_scan_frame.integration_time")
            if let column, (0..<column.count).contains(where: { column.text($0) != nil && column.number($0) == nil }) {
                continue
            }
            verdicts.report(
                "exposure time of scan '\(scan.id)' is not given", at: [scan.place], values: [("scan", .text(scan.id))],
                subjects: [verdicts.subject(.category, "exposure of " + scan.id)])
            continue
        }
        verdicts.report(
            "exposure time of scan '\(scan.id)' is \(value) s", at: scan.exposure?.places ?? [scan.place],
            values: [("scan", .text(scan.id)), ("value", .text(value))],
            subjects: [verdicts.subject(.category, "exposure of " + scan.id)])
    }
}
