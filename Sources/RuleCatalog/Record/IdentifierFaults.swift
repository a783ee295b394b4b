// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

/// Identifiers of people, organisations and related things: their schemes and check digits.
extension Verdicts {
    mutating func tellIdentifiers(_ view: RecordView) {
        let record = view.record
        if let type = record.identifierType, type.value != "DOI" {
            tell(
                "identifier-type", "identifierType is '\(Wording.excerpt(type.value))', DataCite registers DOIs",
                at: type,
                in: view, [("property", .text("identifierType")), ("value", .text(type.value))])
        }
        for (party, _) in record.parties {
            for identifier in party.identifiers {
                guard let scheme = identifier.scheme, !scheme.value.isBlank else {
                    tell(
                        "name-identifier-scheme",
                        "nameIdentifier '\(Wording.excerpt(identifier.value.value))' does not name its scheme",
                        at: identifier.value, in: view,
                        [("property", .text("nameIdentifier")), ("value", .text(identifier.value.value))])
                    continue
                }
                tell("nameIdentifier", identifier.value, scheme, view)
            }
            for affiliation in party.affiliations {
                if affiliation.name.value.isBlank {
                    tell(
                        "name-empty", "affiliation has no name", at: affiliation.name, in: view,
                        [("property", .text("affiliation"))])
                }
                if let identifier = affiliation.identifier {
                    tell("affiliationIdentifier", identifier, affiliation.scheme, view)
                }
            }
        }
        for reference in record.fundingReferences {
            if let identifier = reference.identifier {
                tell("funderIdentifier", identifier, reference.identifierType, view)
            }
        }
        for stray in record.strays {
            tell(
                "unknown-attribute",
                "\(stray.element) has '\(Wording.excerpt(stray.name.value))', which DataCite does not know",
                at: stray.name,
                in: view, [("property", .text(stray.element)), ("value", .text(stray.name.value))])
        }
        for related in record.relatedIdentifiers where related.type?.value == "DOI" {
            let value = related.value.value.trimmed.lowercased()
            guard value.hasPrefix("http"), DOI.faultInRecord(related.value.value) == "not a DOI" else { continue }
            disagree("relatedIdentifier", related.value, "DOI", "an address", view)
        }
    }

    private mutating func tell(_ property: String, _ value: Leaf, _ scheme: Leaf?, _ view: RecordView) {
        let text = value.value.trimmed
        let kind = CheckDigits.kind(ofAddress: text)
        let stated = scheme?.value ?? kind?.rawValue
        guard let stated, !text.isEmpty else { return }
        if let kind, kind.rawValue.lowercased() != stated.lowercased() {
            return disagree(property, value, stated, "an address of \(kind.rawValue)", view)
        }
        let bare = CheckDigits.bare(text)
        let fault: (name: String, words: String)?
        switch stated.uppercased() {
        case "ORCID": fault = CheckDigits.faultOfORCID(bare).map { ("orcid", $0) }
        case "ROR": fault = CheckDigits.faultOfROR(bare).map { ("ror", $0) }
        case "ISNI": fault = CheckDigits.faultOfISNI(bare).map { ("isni", $0) }
        default: fault = nil
        }
        guard let fault else { return }
        tell(
            fault.name, "\(property) is '\(Wording.excerpt(text))': \(fault.words)", at: value, in: view,
            [("property", .text(property)), ("value", .text(text)), ("fault", .text(fault.words))])
    }

    private mutating func disagree(
        _ property: String, _ value: Leaf, _ stated: String, _ found: String, _ view: RecordView
    ) {
        tell(
            "identifier-scheme-disagrees",
            "\(property) is '\(Wording.excerpt(value.value.trimmed))', \(found), and is called \(stated)", at: value,
            in: view, [("property", .text(property)), ("value", .text(value.value)), ("stated", .text(stated))])
    }
}
