// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta001 = Rule(
        "META-001", .C, "no DOI of the data set", applies: .both,
        what: """
            _database.dataset_DOI is there and not empty. An NXmx file has no item of its own for it; there the DOI \
            stands in the record of the deposit, and the file is not checked.
            """,
        why: "Whoever has the description alone cannot find the data again.",
        fix: "Reserve a DOI in the archive and write it: _database.dataset_DOI 10.5281/zenodo.7654321",
        fixInNeXus:
            "Reserve a DOI in the archive and give it with the record of the deposit; NXmx has no field for it.",
        references: ["cif_core _database.dataset_DOI", "COMCIFS/cif_core#340", "IUCrData Raw Data Letters, table"],
        reads: [.identifier],
        checks: [.experiment(missingDOI)])
}

private func missingDOI(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let reason = view.reasonToSkipDataSet { return verdicts.notChecked(.kind(reason)) }
    let doi = view.experiment.identity.doi
    guard view.block != nil || doi != nil else {
        return verdicts.notChecked(.kind("the DOI of NeXus data stands in the record of the deposit"))
    }
    let isBlank = doi?.value.allSatisfy(\.isWhitespace) ?? true
    guard isBlank else { return }
    let item = view.block == nil ? "doi" : "_database.dataset_DOI"
    let state = doi == nil ? "absent" : "empty"
    verdicts.report(
        "no data set DOI: \(item) is \(state)", at: doi?.places ?? [view.experiment.place],
        values: [("item", .text(item)), ("state", .text(state))], subjects: [verdicts.subject(.category, "doi")])
}
