// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import JSON
import Transport

/// ro-crate-metadata.json: the deposit as linked data, one entity a file and none a frame.
///
/// - Source: RO-Crate Metadata Specification 1.2, and 1.3, which differs in two addresses here.
public struct ResearchCrate: Sendable {
    /// The release of the specification.
    public enum Release: String, Sendable, CaseIterable {
        case v12 = "1.2"
        case v13 = "1.3"
    }

    private let content: DocumentContent
    private let release: Release

    public init(_ content: DocumentContent, _ release: Release = .v12) {
        self.content = content
        self.release = release
    }

    /// The document; nil where the data set has no title or no licence, which a crate cannot do without.
    public func bytes() -> [UInt8]? {
        guard let title = content.record.title?.value else { return nil }
        var graph = Graph()
        graph.add(
            "ro-crate-metadata.json", "CreativeWork",
            [
                ("about", Graph.reference("./")),
                ("conformsTo", Graph.reference("https://w3id.org/ro/crate/\(release.rawValue)")),
            ])
        var root: [(String, JSONValue?)] = [("name", .string(title))]
        let record = content.record
        root.append(
            (
                "description",
                .string(record.description("Abstract")?.value ?? record.description("Methods")?.value ?? title)
            ))
        root.append(("datePublished", .string(content.date)))
        root.append(("license", licence(&graph)))
        root.append(("author", Graph.many(record.creators.enumerated().map { party($1, "creator-\($0 + 1)", &graph) })))
        root.append(("publisher", publisher(&graph)))
        root.append(("version", record.version.map { .string($0.value) }))
        root.append(("keywords", Graph.many(record.subjects.map { .string($0.text.value) })))
        root.append(("temporalCoverage", record.date("Collected").map { .string($0.value) }))
        if let doi = record.identifier?.value, let address = content.doiAddress {
            graph.add(
                address, "PropertyValue",
                [
                    ("name", .string("DOI")), ("propertyID", .string("https://registry.identifiers.org/registry/doi")),
                    ("value", .string("doi:\(doi)")), ("url", .string(address)),
                ])
            root.append(("identifier", Graph.reference(address)))
            root.append(("cite-as", .string(address)))
        }
        root.append(("funder", funders(&graph)))
        root.append(("contentLocation", place(&graph)))
        root.append(("citation", citations(&graph)))
        root.append(("variableMeasured", measured(&graph)))
        root.append(("hasPart", Graph.many(listed.map { file($0, &graph) })))
        graph.add("./", "Dataset", root)
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("@context", "https://w3id.org/ro/crate/\(release.rawValue)/context")
            json.array("@graph") { json in for entity in graph.entities { json.value(entity) } }
        }
        return json.finish()
    }

    /// A record of very many files lists those that tell of the data; the table of members names the others.
    private var listed: [DocumentContent.File] {
        content.files.count <= Self.mostFiles ? content.files : content.files.filter { !$0.isData }
    }

    private static let mostFiles = 120

    // MARK: Entities

    private func file(_ file: DocumentContent.File, _ graph: inout Graph) -> JSONValue {
        let id = AddressText.escaped(Name(file.name))
        let (media, page) = Self.form(of: file.name)
        var format = JSONValue.string(media)
        if let page {
            graph.add(page.address, "WebPage", [("name", .string(page.name))])
            format = .array([format, Graph.reference(page.address)])
        }
        var description: String?
        if let members = file.members { description = "\(members) files of data, stored as they are" }
        graph.add(
            id, "File",
            [
                ("name", .string(file.name)), ("description", description.map { .string($0) }),
                ("contentSize", .string(String(file.size))), ("sha256", .string(file.sha256)),
                ("encodingFormat", format),
            ])
        return Graph.reference(id)
    }

    /// Media type, and the page that tells of the format.
    static func form(of name: String) -> (media: String, page: (address: String, name: String)?) {
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        switch ending {
        case "zip": return ("application/zip", ("https://www.nationalarchives.gov.uk/PRONOM/x-fmt/263", "ZIP Format"))
        case "h5", "hdf5", "nxs", "hdf", "cxi":
            return ("application/x-hdf5", ("https://www.hdfgroup.org/solutions/hdf5/", "HDF5"))
        case "cif":
            return ("chemical/x-cif", ("https://www.iucr.org/resources/cif/dictionaries/cif_img", "imgCIF dictionary"))
        case "cbf": return ("application/x-cbf", ("https://www.iucr.org/resources/cif/software/cbflib", "CBF"))
        case "md": return ("text/markdown", nil)
        case "xml":
            return ("application/xml", ("https://schema.datacite.org/meta/kernel-4/", "DataCite Metadata Schema 4"))
        case "json": return ("application/json", nil)
        case "html": return ("text/html", nil)
        case "tsv": return ("text/tab-separated-values", nil)
        case "png": return ("image/png", nil)
        case "cff": return ("application/yaml", ("https://citation-file-format.github.io/", "Citation File Format"))
        default: return ("text/plain", nil)
        }
    }

    private func party(_ party: Party, _ fallback: String, _ graph: inout Graph) -> JSONValue {
        let orcid = party.identifier("ORCID")?.value
        let ror = party.identifier("ROR")?.value
        let id =
            orcid.map { $0.hasPrefix("http") ? $0 : "https://orcid.org/\($0)" }
            ?? ror.map { $0.hasPrefix("http") ? $0 : "https://ror.org/\($0)" } ?? "#\(fallback)"
        let affiliations = party.affiliations.enumerated().map { number, one in
            organisation(
                one.name.value, one.scheme?.value == "ROR" ? one.identifier?.value : nil,
                "\(fallback)-affiliation-\(number + 1)", &graph)
        }
        let name: String
        if let family = party.family?.value {
            name = party.given.map { "\($0.value) \(family)" } ?? family
        } else {
            name = party.name?.value ?? fallback
        }
        graph.add(
            id, party.isPerson ? "Person" : "Organization",
            [
                ("name", .string(name)), ("givenName", party.given.map { .string($0.value) }),
                ("familyName", party.family.map { .string($0.value) }), ("affiliation", Graph.many(affiliations)),
            ])
        return Graph.reference(id)
    }

    private func organisation(
        _ name: String, _ ror: String?, _ fallback: String, _ graph: inout Graph
    ) -> JSONValue {
        let id = ror.map { $0.hasPrefix("http") ? $0 : "https://ror.org/\($0)" } ?? "#\(fallback)"
        graph.add(id, "Organization", [("name", .string(name))])
        return Graph.reference(id)
    }

    private func licence(_ graph: inout Graph) -> JSONValue? {
        guard let licence = content.licence,
            let address = licence.address?.value ?? licence.identifier.map({ Licence.address(of: $0.value) })
        else { return nil }
        let name = licence.text?.value ?? licence.identifier?.value ?? address
        graph.add(
            address, "CreativeWork",
            [
                ("name", .string(name)), ("identifier", licence.identifier.map { .string($0.value) }),
                ("description", .string("Licence of the data: \(name)")),
            ])
        return Graph.reference(address)
    }

    private func publisher(_ graph: inout Graph) -> JSONValue? {
        guard let publisher = content.record.publisher else { return nil }
        let id = publisher.identifier?.value ?? "#publisher"
        graph.add(id, "Organization", [("name", .string(publisher.name.value))])
        return Graph.reference(id)
    }

    private func funders(_ graph: inout Graph) -> JSONValue? {
        Graph.many(
            content.record.fundingReferences.enumerated().compactMap { number, grant in
                guard let funder = grant.funder?.value else { return nil }
                let isROR = grant.identifierType?.value == "ROR"
                return organisation(funder, isROR ? grant.identifier?.value : nil, "funder-\(number + 1)", &graph)
            })
    }

    private func place(_ graph: inout Graph) -> JSONValue? {
        guard let place = content.record.geoLocations.first, let name = place.name?.value else { return nil }
        graph.add("#place", "Place", [("name", .string(name))])
        return Graph.reference("#place")
    }

    /// Papers and other works that the data belong to.
    private func citations(_ graph: inout Graph) -> JSONValue? {
        Graph.many(
            content.record.relatedIdentifiers.compactMap { one in
                guard one.type?.value == "DOI",
                    ["JournalArticle", "DataPaper", "ConferencePaper", "Preprint"].contains(one.resourceType?.value)
                else { return nil }
                let id = "https://doi.org/\(one.value.value)"
                graph.add(
                    id, "ScholarlyArticle", [("name", .string(one.value.value)), ("identifier", .string(id))])
                return Graph.reference(id)
            })
    }

    private func measured(_ graph: inout Graph) -> JSONValue? {
        let facts = content.facts
        var values: [JSONValue] = []
        func add(_ id: String, _ name: String, _ value: Double?, _ unit: String) {
            guard let value else { return }
            graph.add(
                "#\(id)", "PropertyValue",
                [("name", .string(name)), ("value", .number(value)), ("unitText", .string(unit))])
            values.append(Graph.reference("#\(id)"))
        }
        add("wavelength", "wavelength", facts.wavelengths.first?.value, "angstrom")
        add("distance", "distance of the detector", facts.distance?.value, "millimetre")
        add("increment", "width of an image", facts.increment?.value, "degree")
        add("exposure", "exposure of an image", facts.exposure?.value, "second")
        add("temperature", "temperature of the sample", facts.temperature?.value, "kelvin")
        return Graph.many(values)
    }
}

/// Entities by their identifiers, in the order in which they were met.
private struct Graph {
    private(set) var entities: [JSONValue] = []
    private var known: Set<String> = []

    mutating func add(_ id: String, _ type: String, _ properties: [(String, JSONValue?)]) {
        guard known.insert(id).inserted else { return }
        let members = [JSONMember("@id", .string(id)), JSONMember("@type", .string(type))]
        entities.append(
            .object(members + properties.compactMap { name, value in value.map { JSONMember(name, $0) } }))
    }

    static func reference(_ id: String) -> JSONValue { .object([JSONMember("@id", .string(id))]) }

    /// Nothing, one value, or a list.
    static func many(_ values: [JSONValue]) -> JSONValue? {
        var unique: [JSONValue] = []
        for value in values where !unique.contains(value) { unique.append(value) }
        return unique.isEmpty ? nil : unique.count == 1 ? unique[0] : .array(unique)
    }
}
