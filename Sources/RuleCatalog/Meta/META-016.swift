// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta016 = Rule(
        "META-016", .C, "name and its parts disagree", applies: .package,
        what: """
            A personal name is "Family, Given" of its parts, where these are given, and has a comma; an organisation has \
            no given name. A person of one name alone passes.
            """,
        why: "Citations and person pages are made from one or the other, and differ.",
        fix: "Write family and given apart; the name is made from them.",
        references: ["DataCite Metadata Schema 4.7, creator"],
        checks: [.record(disagreeingNames)])
}

private func disagreeingNames(_ view: RecordView, _ verdicts: inout Verdicts) {
    for (party, _) in view.record.parties {
        guard let name = party.name, !name.value.isBlank else { continue }
        let values: [NamedDatum] = [("name", .text(name.value))]
        let shown = Wording.excerpt(name.value)
        if party.kind?.value == "Organizational" {
            guard let given = party.given, !given.value.isBlank else { continue }
            verdicts.tell(
                "organisation-given-name",
                "name '\(shown)' is that of an organisation and has the given name '\(Wording.excerpt(given.value))'",
                at: name, in: view, values)
        } else if let family = party.family, !family.value.isBlank {
            let parts = [family.value.trimmed, party.given?.value.trimmed ?? ""].filter { !$0.isEmpty }
            guard folded(name.value) != folded(parts.joined(separator: ", ")) else { continue }
            verdicts.tell(
                "name-parts",
                "name '\(shown)' does not fit its parts '\(Wording.excerpt(parts.joined(separator: ", ")))'",
                at: name, in: view, values)
        } else if party.kind?.value == "Personal", !name.value.contains(","), name.value.trimmed.contains(" ") {
            verdicts.tell(
                "name-comma", "name '\(shown)' of a person has no comma between family and given name", at: name,
                in: view, values)
        }
    }
}

private func folded(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ").lowercased()
}
