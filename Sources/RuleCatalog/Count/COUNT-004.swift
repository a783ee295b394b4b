// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let count004 = Rule(
        "COUNT-004", .B, "statements of the upper limit disagree", applies: .both,
        what: """
            The upper limits of valid counts that the file states: overload, the first value that is not valid, less \
            one against Count_cutoff of the image header. A difference of one mixes the two meanings, and passes for \
            headers.
            """,
        why: "Programs that take one of the two mask good pixels or pass saturated ones.",
        fix: "Correct the one that is wrong; overload is the greatest valid count plus one.",
        references: [
            "imgCIF _array_intensities.overload",
            "NXmx:/NXentry/NXinstrument/NXdetector/saturation_value",
            "cctbx/dxtbx#536",
            "cctbx/dxtbx#595",
            "cctbx/dxtbx#601",
            "dials/dials#2195",
        ],
        reads: [.saturation],
        checks: [.experiment(twoLimits)])
}

private func twoLimits(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let column = view.block?.column("_array_intensities.overload"), let overload = column.number(0)?.value,
        let cutoff = view.reading?.header?.text("Count_cutoff"),
        let word = cutoff.value.split(whereSeparator: { $0 == " " || $0 == "\t" }).first, let limit = Double(word),
        abs(overload - 1 - limit) > 1
    else { return }
    verdicts.report(
        "\(column.name) = \(Wording.number(overload, digits: 12)) (first value beyond) and Count_cutoff = "
            + "\(Wording.number(limit, digits: 12)) (last valid value) disagree",
        at: [column.place(0)] + cutoff.places,
        values: [("value1", .number(overload)), ("value2", .number(limit))],
        subjects: [verdicts.subject(.category, "two limits")])
}
