// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let nx033 = Rule(
        "NX-033", .A, "NXmx lacks what every reader begins with", applies: .nxmx,
        what: """
            NXinstrument, NXdetector, NXdetector_module and NXsample are there with their class, and each module has \
            data_size, fast_pixel_direction and slow_pixel_direction. Told instead of what the definition says of these \
            items.
            """,
        why: "Readers look for these groups by their class and stop where one is absent, whatever else the file holds.",
        fix: "Write the group with its NX_class, or the field, at the place the message names.",
        references: ["NXmx:/NXentry/NXinstrument/NXdetector/NXdetector_module", "dials/nxmx:src/nxmx/__init__.py"],
        checks: [.experiment(absentParts)])
}

private func absentParts(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    for part in view.experiment.absentParts {
        let isField = part.customaryName == nil
        let below = part.holder == "/" ? "/" : part.holder + "/"
        verdicts.report(
            "\(state(of: part)); \(consequence(part.item))",
            at: [.object(path: part.holder, attribute: nil)], values: [("item", .text(part.item))],
            subjects: [
                Subject(.dataset, below + (isField ? part.item : "(\(part.item))")),
                Subject(.dataset, below + (part.customaryName ?? part.item)),
            ])
    }
}

private func state(of part: AbsentPart) -> String {
    guard let meant = part.meant else {
        return "'\(part.holder)' has no "
            + (part.customaryName == nil ? "field '\(part.item)'" : "group of class \(part.item)")
    }
    guard let says = meant.says else { return "'\(meant.path)' has no NX_class, \(part.item) is asked" }
    return "NX_class of '\(meant.path)' is \(Wording.excerpt(says, limit: 60)), \(part.item) is asked"
}

private func consequence(_ item: String) -> String {
    switch item {
    case "NXinstrument": "readers find neither detector nor beam"
    case "NXsample": "readers find no goniometer"
    case "NXdetector": "readers find no detector"
    case "NXdetector_module": "readers cannot place a pixel"
    case "data_size": "readers do not know the pixels of the module"
    default: "readers cannot place the pixels of the module"
    }
}
