// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta018 = Rule(
        "META-018", .B, "identifier names somebody or something else", applies: .package,
        what: """
            The label of a PaNET term, the name of an organisation with a ROR id and the title of an SPDX licence are those \
            that the tables of this program have for the identifier. A ROR id that is in no table is not checked; an id of \
            PaNET that its table lacks is none.
            """,
        why: "A right identifier of somebody else gives the data to them, and no machine notices.",
        fix: "Look the identifier up in its registry, and write the name that stands there.",
        references: ["PaNET", "ror.org", "SPDX licence list"],
        checks: [.record(foreignIdentifiers)])
}

private func foreignIdentifiers(_ view: RecordView, _ verdicts: inout Verdicts) {
    let record = view.record
    for subject in record.subjects {
        guard let address = subject.valueAddress, address.value.hasPrefix(RecordTables.panetAddress),
            !view.tables.techniques.isEmpty
        else { continue }
        let id = String(address.value.dropFirst(RecordTables.panetAddress.count))
        guard let label = view.tables.techniques[id] else {
            verdicts.tell(
                "subject-unknown", "\(Wording.excerpt(id)) is no term of PaNET", at: address, in: view,
                [("identifier", .text(id)), ("stated", .text(subject.text.value))])
            continue
        }
        compare("subject-label", id, [label], subject.text, view, &verdicts)
    }
    for (party, _) in record.parties {
        if let ror = party.identifier("ROR"), let name = party.name { compare(ror, name, view, &verdicts) }
        for affiliation in party.affiliations {
            if let ror = affiliation.identifier { compare(ror, affiliation.name, view, &verdicts) }
        }
    }
    for reference in record.fundingReferences {
        if let ror = reference.identifier, let name = reference.funder { compare(ror, name, view, &verdicts) }
    }
    for rights in record.rights {
        guard let identifier = rights.identifier, let text = rights.text, !text.value.isBlank,
            let title = view.tables.licences[identifier.value]
        else { continue }
        let titles =
            [title, identifier.value] + (title.hasSuffix(" International") ? [String(title.dropLast(14))] : [])
        compare("rights-title", identifier.value, titles, text, view, &verdicts)
    }
}

private func compare(_ ror: Leaf, _ name: Leaf, _ view: RecordView, _ verdicts: inout Verdicts) {
    guard CheckDigits.kind(ofAddress: ror.value.trimmed) == .ror || !ror.value.contains("/"),
        case let id = CheckDigits.bare(ror.value.trimmed), let names = view.tables.organisations[id]
    else { return }
    compare("ror-name", id, names, name, view, &verdicts)
}

private func compare(
    _ name: String, _ identifier: String, _ known: [String], _ stated: Leaf, _ view: RecordView,
    _ verdicts: inout Verdicts
) {
    guard !stated.value.isBlank, !known.contains(where: { folded($0) == folded(stated.value) }), let first = known.first
    else { return }
    verdicts.tell(
        name, "\(identifier) is '\(first)', the record has '\(Wording.excerpt(stated.value))'", at: stated, in: view,
        [("identifier", .text(identifier)), ("found", .text(first)), ("stated", .text(stated.value))])
}

private func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
