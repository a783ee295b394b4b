// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import DataCite
import Diffraction
import NeXus

/// Persons, grants, numbers and identifiers that the data name, for the author to decide on.
extension DataSetFacts {
    /// What an entry of a NeXus file names.
    mutating func add(_ names: NamesOfEntry, shift: Int) {
        for user in names.users {
            var party = person(shifted(user.name, shift))
            if let orcid = user.orcid { party.add(orcid: shifted(orcid, shift)) }
            if let affiliation = user.affiliation { party.affiliations = [Affiliation(shifted(affiliation, shift))] }
            propose(party)
        }
        for (field, value) in names.numbers {
            let name = field.split(separator: "_").joined(separator: " ")
            add(AlternateIdentifier(shifted(value, shift), type: Leaf(name, value.origin)))
        }
        for identifier in names.identifiers {
            guard let type = ["DOI": "DOI", "HANDLE": "Handle", "URL": "URL"][identifier.type.uppercased()] else {
                continue
            }
            let value = shifted(identifier.value, shift)
            let isSample = identifier.holder == "NXsample"
            let plain = type == "DOI" ? value.map(Identifiers.bareDOI) : value
            add(
                RelatedIdentifier(
                    plain, type: value.map { _ in type },
                    relation: value.map { _ in isSample ? "IsDerivedFrom" : "IsCollectedBy" },
                    resourceType: value.map { _ in isSample ? "PhysicalObject" : "Instrument" }))
        }
    }

    /// What a block of imgCIF names.
    mutating func add(_ block: CIF.Block, shift: Int) {
        func text(_ column: CIF.Column?, _ row: Int) -> Leaf? {
            guard let column, row < column.count, let text = column.text(row), !text.isEmpty else { return nil }
            return shifted(
                Leaf(text, .stated(.text(offset: column.offset(row), item: column.name, row: row + 1))), shift)
        }
        func rows(_ item: String) -> Int { block.column(item)?.count ?? 0 }
        for row in 0..<rows("_audit_author.name") {
            guard let name = text(block.column("_audit_author.name"), row) else { continue }
            var party = person(name)
            for item in ["_audit_author.id_ORCID", "_audit_author.id_orcid", "_audit_author.identifier_ORCID"] {
                if let orcid = text(block.column(item), row) { party.add(orcid: orcid) }
            }
            propose(party)
        }
        for row in 0..<rows("_audit_support.funding_organization") {
            var reference = FundingReference()
            reference.funder = text(block.column("_audit_support.funding_organization"), row)
            reference.awardNumber = text(block.column("_audit_support.award_number"), row)
            if reference.funder != nil { proposedFunding.append(reference) }
        }
        for item in ["_citation.DOI", "_citation.database_id_DOI", "_citation.doi"] {
            for row in 0..<rows(item) {
                guard let doi = text(block.column(item), row) else { continue }
                add(
                    RelatedIdentifier(
                        doi.map(Identifiers.bareDOI), type: doi.map { _ in "DOI" },
                        relation: doi.map { _ in "IsSupplementTo" }, resourceType: doi.map { _ in "JournalArticle" }))
            }
        }
        for row in 0..<rows("_diffrn_component_pid.PID") {
            guard let pid = text(block.column("_diffrn_component_pid.PID"), row) else { continue }
            let framework = text(block.column("_diffrn_component_pid.framework"), row)?.value.lowercased()
            guard framework == "datacite" || framework == "epic" else { continue }
            let isDOI = framework == "datacite"
            add(
                RelatedIdentifier(
                    isDOI ? pid.map(Identifiers.bareDOI) : pid, type: pid.map { _ in isDOI ? "DOI" : "Handle" },
                    relation: pid.map { _ in "IsCollectedBy" }, resourceType: pid.map { _ in "Instrument" }))
        }
    }

    private mutating func add(_ related: RelatedIdentifier) {
        guard !self.related.contains(where: { $0.value.value == related.value.value }), self.related.count < 200 else {
            return
        }
        self.related.append(related)
    }

    private mutating func add(_ alternate: AlternateIdentifier) {
        guard !alternates.contains(where: { $0.value.value == alternate.value.value }), alternates.count < 200 else {
            return
        }
        alternates.append(alternate)
    }

    private mutating func propose(_ party: Party) {
        guard !proposedCreators.contains(where: { $0.name?.value == party.name?.value }), proposedCreators.count < 500
        else { return }
        proposedCreators.append(party)
    }

    /// "Family, Given" in parts; a name without comma is kept whole.
    private func person(_ name: Leaf) -> Party {
        var party = Party(place: name.origin.place ?? .file)
        let parts = name.value.split(separator: ",", maxSplits: 1).map { part in
            part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        party.kind = name.map { _ in "Personal" }
        if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
            party.family = name.map { _ in parts[0] }
            party.given = name.map { _ in parts[1] }
            party.name = name.map { _ in "\(parts[0]), \(parts[1])" }
        } else {
            let words = name.value.split(whereSeparator: \.isWhitespace).map(String.init)
            guard words.count > 1, let last = words.last else {
                party.name = name
                party.family = name
                return party
            }
            let given = words.dropLast().joined(separator: " ")
            party.family = name.map { _ in last }
            party.given = name.map { _ in given }
            party.name = name.map { _ in "\(last), \(given)" }
        }
        return party
    }

    private func shifted(_ leaf: Leaf, _ shift: Int) -> Leaf {
        guard case .stated(let place) = leaf.origin else { return leaf }
        return Leaf(leaf.value, .stated(place.shifted(shift)))
    }
}

extension Party {
    fileprivate mutating func add(orcid: Leaf) {
        let address = orcid.map { text in
            let bare = text.hasPrefix("http://") ? "https://" + text.dropFirst(7) : text
            return bare.hasPrefix("https://") ? bare : "https://orcid.org/" + bare
        }
        identifiers.append(
            NameIdentifier(
                address, scheme: orcid.map { _ in "ORCID" }, schemeAddress: orcid.map { _ in "https://orcid.org" }))
    }
}
