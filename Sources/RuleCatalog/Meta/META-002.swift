// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta002 = Rule(
        "META-002", .B, "DOI is malformed", applies: .both,
        what: """
            After doi: or https://doi.org/ the DOI of the data set is 10., four to nine digits, a slash and a suffix \
            without blanks, full stop, slash or bracket at its end. The prefixes 10.5072 and 10.5555 are for tests, \
            those of Zenodo (10.5281) are followed by zenodo. and a number; XXXXXXX, 1234567 and the like stand in \
            templates for a number that is still to come. What is meant is offered where the text holds a DOI.
            """,
        why: "The reference leads nowhere, and indexes do not join the data to the article.",
        fix: "Write the DOI as the archive gives it, for example 10.5281/zenodo.7654321.",
        references: [
            "ISO 26324", "cif_core _database.dataset_DOI",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/rsync_test.imgcif",
        ],
        reads: [.identifier],
        checks: [.experiment(malformedDOI)])
}

private func malformedDOI(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let doi = view.experiment.identity.doi, !doi.value.allSatisfy(\.isWhitespace),
        let fault = DOI.fault(in: doi.value)
    else { return }
    let item = view.block == nil ? "doi" : "_database.dataset_DOI"
    let meant = DOI.meant(by: doi.value)
    let offer = meant.map { "; '\($0)' may be meant" } ?? ""
    verdicts.report(
        "\(item) is '\(Wording.excerpt(doi.value))', which is \(fault)\(offer)", at: doi.places,
        values: [("item", .text(item)), ("value", .text(doi.value))], subjects: [verdicts.subject(.category, "doi")])
}
