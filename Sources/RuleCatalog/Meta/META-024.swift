// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta024 = Rule(
        "META-024", .B, "documents of one package disagree", applies: .package,
        what: """
            In 'imprimatur package verify': DOI, title, creators and their order, licence and version in datacite.xml, \
            datacite.json, ro-crate-metadata.json, CITATION.cff, README.md and dataset.cif, each against the first document \
            that states it.
            """,
        why: "Whoever cites the data by one document names something else than whoever reads another.",
        fix: "Change the author's file alone and build the package again, which writes all documents from one record.",
        references: ["DataCite Metadata Schema 4.7", "RO-Crate 1.2", "Citation File Format 1.2.0"],
        checks: [.package(disagreements)])
}

private func disagreements(_ view: PackageView, _ verdicts: inout Verdicts) {
    guard let disagreements = view.disagreements else {
        return verdicts.notChecked(.absent("there are no documents of a package"))
    }
    for one in disagreements {
        verdicts.report(
            "\(one.property) is '\(Wording.excerpt(one.first.value, limit: 80))' in '\(one.first.file)' and "
                + "'\(Wording.excerpt(one.second.value, limit: 80))' in '\(one.second.file)'",
            at: [.file],
            values: [
                ("property", .text(one.property)), ("first", .text(one.first.value)), ("second", .text(one.second.value)),
            ])
    }
}
