// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta014 = Rule(
        "META-014", .B, "DataCite record contradicts the data", applies: .package,
        what: """
            What the author says of DOI, facility, beamline, days of collection and number of images is what the data say; \
            two files of one data set name the same DOI, facility and beamline. The point of the record lies within 1 deg \
            of the facility that it names. Neither side is overruled: both places are told.
            """,
        why: "Whoever finds the data by the record finds other data than it promises.",
        fix: "Correct the value that is wrong: in publication.json5, or in the data before they are packaged.",
        references: ["DataCite Metadata Schema 4.7, properties 8, 13, 14 and 18"],
        checks: [.record(contradictions)])
}

private func contradictions(_ view: RecordView, _ verdicts: inout Verdicts) {
    for one in view.contradictions {
        let places = [one.stated, one.found].compactMap(\.origin.place)
        // Headers of many images are no one place: they are named in words.
        let source = if case .derived(let words) = one.found.origin { " (\(words))" } else { "" }
        verdicts.tell(
            "author-data",
            "the DataCite record has \(one.property) = '\(Wording.excerpt(one.stated.value))', the data have "
                + "'\(Wording.excerpt(one.found.value))'\(source)", at: places.isEmpty ? [view.record.place] : places,
            [
                ("property", .text(one.property)), ("stated", .text(one.stated.value)),
                ("found", .text(one.found.value)),
            ])
    }
    guard let facility = hostingFacility(view), let longitude = number(facility.longitude),
        let latitude = number(facility.latitude)
    else { return }
    let limit = 1.0  // deg
    for place in view.record.geoLocations {
        guard let east = number(place.longitude), let north = number(place.latitude),
            abs(east) <= 180, abs(north) <= 90, abs(east - longitude) > limit || abs(north - latitude) > limit
        else { continue }
        let isSwapped = abs(east - latitude) <= limit && abs(north - longitude) <= limit
        let name = facility.names.first?.value ?? facility.id
        verdicts.tell(
            "geo-facility",
            "geoLocationPoint is longitude \(Wording.number(east)), latitude \(Wording.number(north)); \(name) lies at "
                + "\(Wording.number(longitude)), \(Wording.number(latitude))"
                + (isSwapped ? ": the two are exchanged" : ""),
            at: [place.longitude?.origin.place ?? place.place],
            [("longitude", .quantity(east, unit: "deg")), ("latitude", .quantity(north, unit: "deg"))])
    }
}

/// The facility that hosts the measurement, by its ROR id or its name.
private func hostingFacility(_ view: RecordView) -> Facility? {
    for party in view.record.contributors where party.role?.value == "HostingInstitution" {
        if let ror = party.identifier("ROR"), let found = view.tables.facility(ror: CheckDigits.bare(ror.value)) {
            return found
        }
        if let name = party.name, let found = view.tables.facility(name.value.trimmed) { return found }
    }
    return nil
}

private func number(_ leaf: Leaf?) -> Double? { leaf.flatMap { Double($0.value.trimmed) } }
