// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta002 = Rule(
        "META-002", .B, "DOI is malformed", applies: .both,
        what: """
            After doi: or https://doi.org/ the DOI of the data set is 10., four to nine digits, a slash and a suffix \
            without blanks, full stop, slash or bracket at its end. The prefixes 10.5072 and 10.5555 are for tests, \
            those of Zenodo (10.5281) are followed by zenodo. and a number; XXXXXXX, 1234567 and the like stand in \
            templates for a number that is still to come. What is meant is offered where the text holds a DOI. In the \
            record of a publication DOIs stand bare, that of the record and related ones; prefixes for tests pass there.
            """,
        why: "The reference leads nowhere, and indexes do not join the data to the article.",
        fix: "Write the DOI as the archive gives it, for example 10.5281/zenodo.7654321.",
        references: [
            "ISO 26324", "cif_core _database.dataset_DOI",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/rsync_test.imgcif",
        ],
        reads: [.identifier],
        checks: [.experiment(malformedDOI), .record(malformedDOIs)])
}

/// The DOI of the record, and those that it is related to; the prefixes for tests are DOIs of test systems.
private func malformedDOIs(_ view: RecordView, _ verdicts: inout Verdicts) {
    var dois: [(property: String, leaf: Leaf)] = view.record.identifier.map { [("identifier", $0)] } ?? []
    for related in view.record.relatedIdentifiers where related.type?.value == "DOI" {
        dois.append(("relatedIdentifier", related.value))
    }
    for (property, leaf) in dois {
        let text = leaf.value.trimmed
        guard !text.isEmpty, let fault = DOI.faultInRecord(text) else { continue }
        // An address that is called a DOI is told by META-013.
        if property != "identifier", fault == "not a DOI", text.lowercased().hasPrefix("http") { continue }
        verdicts.tell(
            "doi-syntax", "\(property) is '\(Wording.excerpt(text))', which is \(fault)", at: leaf, in: view,
            [("item", .text(property)), ("value", .text(text))])
    }
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
