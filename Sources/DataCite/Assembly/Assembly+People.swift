// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

extension RecordAssembly {
    mutating func fillPeople() {
        switch author.creators {
        case .named(let people): record.creators = people.map { party($0) }
        case .fromData:
            record.creators = facts.proposedCreators
            if facts.proposedCreators.isEmpty {
                notes.append("'creators' is \"from-data\", and the data name nobody.")
            }
        case nil: break
        }
        if let host { record.contributors.append(host) }
        record.contributors += author.contributors.map { party($0) }
        if let contact = author.contact {
            let name =
                contact.name
                ?? contact.family.map { family in
                    family.map { [contact.given?.value, $0].compactMap { $0 }.joined(separator: " ") }
                }
            record.contact = name.map { Contact($0, email: contact.email) }
        }
        record.fundingReferences = author.funding.map { grant in
            var reference = FundingReference(place: grant.place)
            reference.funder = grant.funder
            if let ror = grant.ror {
                reference.identifier = Identifiers.rorAddress(ror)
                reference.identifierType = ror.map { _ in "ROR" }
                reference.schemeAddress = ror.map { _ in Identifiers.rorScheme }
            }
            reference.awardNumber = grant.award
            reference.awardAddress = grant.url
            reference.awardTitle = grant.title
            return reference
        }
    }

    /// The facility as hosting institution.
    private var host: Party? {
        let named = author.facility ?? author.proposal?.facility ?? facts.facility
        guard let name = facility?.rorName ?? facility?.names.last ?? named else { return nil }
        var party = Party(place: name.origin.place ?? .file)
        party.name = name
        party.kind = template("Organizational")
        party.role = template("HostingInstitution")
        if let ror = facility?.ror {
            party.identifiers = [
                NameIdentifier(
                    Identifiers.rorAddress(ror), scheme: ror.map { _ in "ROR" },
                    schemeAddress: ror.map { _ in Identifiers.rorScheme })
            ]
        }
        return party
    }

    private func party(_ person: AuthorFile.Person) -> Party {
        var party = Party(place: person.place)
        let isPerson = person.family != nil
        party.family = person.family
        party.given = isPerson ? person.given : nil
        party.name =
            person.family.map { family in
                family.map { [$0, person.given?.value].compactMap { $0 }.joined(separator: ", ") }
            } ?? person.name
        party.kind = party.name?.map { _ in isPerson ? "Personal" : "Organizational" }
        if let orcid = person.orcid {
            party.identifiers.append(
                NameIdentifier(
                    Identifiers.orcidAddress(orcid), scheme: orcid.map { _ in "ORCID" },
                    schemeAddress: orcid.map { _ in Identifiers.orcidScheme }))
        }
        if let ror = person.ror {
            party.identifiers.append(
                NameIdentifier(
                    Identifiers.rorAddress(ror), scheme: ror.map { _ in "ROR" },
                    schemeAddress: ror.map { _ in Identifiers.rorScheme }))
        }
        if let isni = person.isni {
            party.identifiers.append(
                NameIdentifier(
                    isni.map {
                        $0.hasPrefix("http") ? $0 : Identifiers.isniScheme + "/isni/" + $0.filter { $0 != " " }
                    },
                    scheme: isni.map { _ in "ISNI" }, schemeAddress: isni.map { _ in Identifiers.isniScheme }))
        }
        party.affiliations = person.affiliations.map { organisation in
            var affiliation = Affiliation(organisation.name)
            if let ror = organisation.ror {
                affiliation.identifier = Identifiers.rorAddress(ror)
                affiliation.scheme = ror.map { _ in "ROR" }
                affiliation.schemeAddress = ror.map { _ in Identifiers.rorScheme }
            }
            return affiliation
        }
        party.role = person.role
        return party
    }
}

/// Addresses of identifiers that people write bare.
public enum Identifiers {
    static let orcidScheme = "https://orcid.org"
    static let rorScheme = "https://ror.org"
    static let isniScheme = "https://isni.org"

    static func orcidAddress(_ leaf: Leaf) -> Leaf { address(leaf, orcidScheme + "/") }
    static func rorAddress(_ leaf: Leaf) -> Leaf { address(leaf, rorScheme + "/") }

    private static func address(_ leaf: Leaf, _ prefix: String) -> Leaf {
        leaf.map { text in
            let bare = text.hasPrefix("http://") ? "https://" + text.dropFirst("http://".count) : text
            return bare.hasPrefix("https://") ? bare : prefix + bare
        }
    }

    /// A DOI without resolver and "doi:".
    public static func bareDOI(_ text: String) -> String {
        var rest = text[...]
        for prefix in ["https://", "http://", "dx.doi.org/", "www.doi.org/", "doi.org/", "doi:"]
        where rest.lowercased().hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        return rest.hasPrefix("10.") ? String(rest) : text
    }
}
