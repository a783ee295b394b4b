// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta015 = Rule(
        "META-015", .B, "DOI has a form that DataCite does not register", applies: .package,
        what: """
            DataCite registers less than ISO 26324 allows: 10. and four or five digits, a slash, and then letters, digits \
            and -._;()/:*~$= alone.
            """,
        why: "The registration is refused when all files are uploaded.",
        fix: "Choose a suffix of letters, digits, full stops and hyphens.",
        references: ["support.datacite.org, DOI basics", "DataCite REST API, suffix of a DOI"],
        checks: [.record(unregistrable)])
}

private func unregistrable(_ view: RecordView, _ verdicts: inout Verdicts) {
    guard let identifier = view.record.identifier, DOI.faultInRecord(identifier.value) == nil,
        let fault = DOI.faultOnRegistering(identifier.value)
    else { return }
    verdicts.tell(
        "doi-syntax-datacite", "DOI '\(Wording.excerpt(identifier.value))' cannot be registered: \(fault)",
        at: identifier, in: view, [("value", .text(identifier.value)), ("fault", .text(fault))])
}
