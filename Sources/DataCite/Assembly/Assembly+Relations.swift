// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

extension RecordAssembly {
    mutating func fillRelations() {
        var relations = author.related.map { related($0) }
        if let pid = beamline?.pid { relations.append(instrument(pid)) }
        relations += facts.related
        for relation in relations
        where !record.relatedIdentifiers.contains(where: {
            $0.value.value.lowercased() == relation.value.value.lowercased()
                && $0.relation?.value == relation.relation?.value && relation.value.origin != $0.value.origin
        }) {
            record.relatedIdentifiers.append(relation)
        }
        if let previous = context.previousVersion {
            record.relatedIdentifiers.append(
                RelatedIdentifier(
                    Leaf(previous, .derived("the version before")), type: template("DOI"),
                    relation: template("IsNewVersionOf"), resourceType: template("Dataset")))
        }
        if let address = context.metadataAddress {
            var metadata = RelatedIdentifier(
                target(address), type: template("URL"), relation: template("HasMetadata"))
            metadata.metadataScheme = template("imgCIF")
            metadata.schemeAddress = template("https://github.com/COMCIFS/imgCIF")
            metadata.schemeType = template("CIF")
            record.relatedIdentifiers.append(metadata)
        }
    }

    private func instrument(_ pid: Leaf) -> RelatedIdentifier {
        let doi = pid.map(Identifiers.bareDOI)
        return relation(doi, doi.value.hasPrefix("10.") ? "DOI" : "Handle", "IsCollectedBy", "Instrument")
    }

    private func relation(_ value: Leaf, _ type: String, _ relation: String, _ general: String?) -> RelatedIdentifier {
        RelatedIdentifier(
            value, type: value.map { _ in type }, relation: value.map { _ in relation },
            resourceType: general.map { general in value.map { _ in general } })
    }

    private func related(_ item: AuthorFile.Relation) -> RelatedIdentifier {
        let value = item.value
        let doi = value.map(Identifiers.bareDOI)
        switch item.key {
        case "paper":
            return relation(
                doi, "DOI", item.role?.value == "uses" ? "IsReferencedBy" : "IsSupplementTo", "JournalArticle")
        case "letter": return relation(doi, "DOI", "IsDescribedBy", "DataPaper")
        case "pdb": return relation(value.map(Self.doi(ofEntry:)), "DOI", "IsSourceOf", "Dataset")
        case "csd", "processed": return relation(doi, "DOI", "IsSourceOf", "Dataset")
        case "cod":
            let address = value.map {
                !$0.isEmpty && $0.allSatisfy(\.isNumber) ? "https://www.crystallography.net/cod/\($0).html" : $0
            }
            return relation(address, "URL", "IsSourceOf", "Dataset")
        case "session":
            return relation(doi, "DOI", item.flags["subset"] == true ? "IsDerivedFrom" : "IsPartOf", "Collection")
        case "instrument": return instrument(value)
        case "copy":
            let name =
                item.flags["identical"] == true
                ? "IsIdenticalTo" : item.flags["lossy"] == true ? "IsDerivedFrom" : "IsVariantFormOf"
            return relation(doi, "DOI", name, "Dataset")
        case "software":
            let type =
                value.value.hasPrefix("swh:") ? "SWHID" : value.value.hasPrefix("http") && doi == value ? "URL" : "DOI"
            return relation(doi, type, "Requires", "Software")
        default:
            let type = item.identifierType ?? "DOI"
            let identifier = item.identifier ?? value
            var general = relation(
                type == "DOI" ? identifier.map(Identifiers.bareDOI) : identifier, type, value.value, nil)
            general.relation = value
            general.resourceType = item.type
            general.relationInformation = item.information
            return general
        }
    }

    /// The DOI of an entry of the PDB; a text that is no code is kept, which META-002 tells.
    static func doi(ofEntry code: String) -> String {
        let lower = code.lowercased()
        func isCode(_ text: some StringProtocol, _ count: Int) -> Bool {
            text.utf8.count == count && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        if isCode(lower, 4), lower.first?.isNumber == true { return "10.2210/pdb\(lower)/pdb" }
        if lower.hasPrefix("pdb_"), isCode(lower.dropFirst(4), 8) {
            let short = lower.dropFirst(8)
            let isOld = lower.dropFirst(4).hasPrefix("0000") && short.first?.isNumber == true
            return isOld ? "10.2210/pdb\(short)/pdb" : "10.2210/\(lower)/pdb"
        }
        return lower.hasPrefix("10.2210/") ? lower : code
    }
}
