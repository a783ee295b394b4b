// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta008 = Rule(
        "META-008", .C, "no licence", applies: .package,
        what: """
            The record of a publication names a licence, by its SPDX identifier or by an address. A licence that forbids \
            changed copies (ND) or any use but a private one is named.
            """,
        why: "Without a licence nobody may use the data, whatever the author meant.",
        fix: "Write licence: \"CC-BY-4.0\" or \"CC0-1.0\" in publication.json5.",
        references: ["DataCite Metadata Schema 4.7, rightsList", "SPDX licence list"],
        checks: [.record(withoutLicence)])
}

private func withoutLicence(_ view: RecordView, _ verdicts: inout Verdicts) {
    let stated = view.record.rights.filter { rights in
        [rights.identifier, rights.address, rights.text].contains { $0.map { !$0.value.isBlank } ?? false }
    }
    guard !stated.isEmpty else {
        return verdicts.tell("rights-missing", "no licence is given in the record", at: [view.record.place])
    }
    for rights in stated {
        guard let identifier = rights.identifier, identifier.value.contains("-ND-") else { continue }
        verdicts.tell(
            "rights-closed", "licence \(identifier.value) forbids changed copies, which processed images are",
            at: identifier, in: view, [("value", .text(identifier.value))])
    }
}
