// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let file016 = Rule(
        "FILE-016", .G, "file is a data file of another one", applies: .anyNeXus,
        what: """
            HDF5 files that describe nothing themselves: those to which a master of the run links, and those with the \
            layout that detector writers give their data and meta files. Such a file is checked through its master, \
            and skipped when it is named; the master is looked for beside it.
            """,
        why: "What is wrong with the description of the frames is told of the master, and nothing of this file alone.",
        fix: "Check the master instead, with the data files beside it.",
        references: ["xia2/xia2#425", "NXmx:/NXentry/NXdata/data"],
        checks: [.file(partOfAnother)])
}

private func partOfAnother(_ material: Material, _ verdicts: inout Verdicts) {
    guard let part = material.kinship.part else { return }
    verdicts.report(
        "file is \(part.words)", at: [.file],
        values: [("role", .text(part.role.rawValue))] + (part.master.map { [("master", .text($0))] } ?? []),
        subjects: [.file])
}
