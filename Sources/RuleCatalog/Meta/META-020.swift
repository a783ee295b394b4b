// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta020 = Rule(
        "META-020", .C, "resource type says too little or something else", applies: .package,
        what: """
            resourceTypeGeneral is Dataset, and the text beside it says what the data are, in other words. A word that \
            DataCite does not list is told by META-012. The record of an instrument is Instrument.
            """,
        why: "Searches for data do not find the record, or find it among pictures.",
        fix: "Write Dataset, with a text such as: Raw X-ray diffraction images (rotation method).",
        references: ["DataCite Metadata Schema 4.7, resourceType"],
        checks: [.record(wrongType)])
}

private func wrongType(_ view: RecordView, _ verdicts: inout Verdicts) {
    guard let type = view.record.resourceType, let general = type.general else { return }
    let text = type.text?.value ?? ""
    let sentence = "resource type is \(Wording.excerpt(general.value))/'\(Wording.excerpt(text))'"
    let isListed = view.schema.map { $0.values("resourceType").contains(general.value) } ?? true
    if general.value != "Dataset", general.value != "Instrument", isListed {
        verdicts.tell(
            "resource-type-not-dataset", sentence, at: general, in: view,
            [("general", .text(general.value)), ("text", .text(text))])
    } else if text.isBlank || text.trimmed.lowercased() == general.value.lowercased() {
        verdicts.tell(
            "resource-type-text", sentence, at: type.text ?? general, in: view,
            [("general", .text(general.value)), ("text", .text(text))])
    }
}
