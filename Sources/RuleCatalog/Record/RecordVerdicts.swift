// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Verdicts {
    /// Reports a fault at a value of a record.
    ///
    /// - Parameter name: The case of the rule, for programs.
    mutating func tell(
        _ name: String, _ message: String, at leaf: Leaf, in view: RecordView, _ values: [NamedDatum] = []
    ) {
        tell(name, message, at: [leaf.origin.place ?? view.record.place], values)
    }

    mutating func tell(_ name: String, _ message: String, at places: [Place], _ values: [NamedDatum] = []) {
        report(message, at: places, values: [("case", .text(name))] + values)
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        let front = drop { $0.isWhitespace }
        return String(front.reversed().drop { $0.isWhitespace }.reversed())
    }

    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension PublicationRecord {
    /// Creators and contributors with what the schema calls them.
    var parties: [(party: Party, element: String)] {
        creators.map { ($0, "creatorName") } + contributors.map { ($0, "contributorName") }
    }

    /// Every text of the record that people read, with the name of its property.
    var texts: [(property: String, leaf: Leaf)] {
        var texts: [(String, Leaf)] = []
        func add(_ property: String, _ leaf: Leaf?) { if let leaf { texts.append((property, leaf)) } }
        add("identifier", identifier)
        for (party, element) in parties {
            add(element, party.name)
            add("givenName", party.given)
            add("familyName", party.family)
            for identifier in party.identifiers { add("nameIdentifier", identifier.value) }
            for affiliation in party.affiliations { add("affiliation", affiliation.name) }
        }
        for title in titles { add("title", title.text) }
        add("publisher", publisher?.name)
        add("resourceType", resourceType?.text)
        for subject in subjects { add("subject", subject.text) }
        for date in dates { add("dateInformation", date.information) }
        for alternate in alternateIdentifiers { add("alternateIdentifier", alternate.value) }
        for related in relatedIdentifiers { add("relatedIdentifier", related.value) }
        for size in sizes { add("size", size) }
        for format in formats { add("format", format) }
        add("version", version)
        for one in rights { add("rights", one.text) }
        for description in descriptions { add("description", description.text) }
        for place in geoLocations { add("geoLocationPlace", place.name) }
        for reference in fundingReferences {
            add("funderName", reference.funder)
            add("funderIdentifier", reference.identifier)
            add("awardNumber", reference.awardNumber)
            add("awardTitle", reference.awardTitle)
        }
        return texts
    }
}
