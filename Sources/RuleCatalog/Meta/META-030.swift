// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta030 = Rule(
        "META-030", .G, "repository cannot hold part of the record", applies: .package,
        what: """
            With 'deposit diff': what the record of the repository is known not to keep of ours, or writes otherwise. \
            With 'package plan' and a repository: what InvenioRDM has no place for, before anything is sent. One \
            finding with the list.
            """,
        why: "The record of the repository, which catalogues harvest, says less than ours.",
        fix: "Nothing is to be done: the complete record is deposited as datacite.xml and in the crate.",
        references: ["inveniosoftware/invenio-rdm-records"],
        checks: [.package(losses), .comparison])
}

private func losses(_ view: PackageView, _ verdicts: inout Verdicts) {
    guard let target = view.target else { return verdicts.notChecked(.absent("no repository is named")) }
    verdicts.report(
        "\(target) does not keep \(lossesOfInvenioRDM.joined(separator: ", "))", at: [.file],
        values: [("target", .text(target)), ("list", .list(lossesOfInvenioRDM.map { .text($0) }))])
}

/// What InvenioRDM 14 has no place for, or writes in another form.
///
/// - Source: exports of InvenioRDM 14.0.5, measured.
private let lossesOfInvenioRDM = [
    "addresses of subjects and schemes", "the full form of ORCID and ROR", "the text of the resource type",
    "the language of titles", "language codes of two letters", "capitals of SPDX names",
    "times of the day of Collected",
    "identifiers of the publisher", "relations to CSTR, RRID, LSID, RAiD and SWHID",
]
