// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction

extension PublicationRecord {
    /// Every value that somebody reads, with the name of its property, in the order of the documentation.
    public var rows: [(property: String, leaf: Leaf)] {
        var rows: [(String, Leaf)] = []
        func add(_ property: String, _ leaf: Leaf?) { if let leaf { rows.append((property, leaf)) } }
        add("identifier", identifier)
        add("url", url)
        for creator in creators { add(creator, "creator") }
        for title in titles { add("title", title.text) }
        add("publisher", publisher?.name)
        add("publication year", publicationYear)
        add("resource type", resourceType?.general)
        add("resource type text", resourceType?.text)
        for subject in subjects {
            add("subject", subject.text)
            add("subject address", subject.valueAddress)
        }
        for contributor in contributors { add(contributor, "contributor") }
        for date in dates { add("date \(date.type?.value ?? "")", date.date) }
        add("language", language)
        for alternate in alternateIdentifiers { add(alternate.type?.value ?? "alternate identifier", alternate.value) }
        for related in relatedIdentifiers { add(related.relation?.value ?? "related identifier", related.value) }
        for size in sizes { add("size", size) }
        for format in formats { add("format", format) }
        add("version", version)
        for one in rights { add("licence", one.identifier ?? one.address ?? one.text) }
        for description in descriptions { add(description.kind?.value ?? "description", description.text) }
        for place in geoLocations {
            add("place", place.name)
            add("longitude", place.longitude)
            add("latitude", place.latitude)
        }
        for reference in fundingReferences {
            add("funder", reference.funder)
            add("funder identifier", reference.identifier)
            add("award", reference.awardNumber)
        }
        add("embargo until", embargo?.until)
        add("policy", policy)
        for community in communities { add("community", community) }
        add("target", target)
        return rows

        func add(_ party: Party, _ name: String) {
            add([name, party.role?.value].compactMap { $0 }.joined(separator: " "), party.name)
            for identifier in party.identifiers { add("\(name) \(identifier.scheme?.value ?? "")", identifier.value) }
            for affiliation in party.affiliations { add("\(name) affiliation", affiliation.name) }
        }
    }
}
