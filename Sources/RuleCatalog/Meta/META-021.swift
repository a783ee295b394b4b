// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import DataCite
import Diffraction
import RuleEngine

extension Rule {
    static let meta021 = Rule(
        "META-021", .C, "relation is repeated, circular or unexplained", applies: .package,
        what: """
            One target stands with one relation once (DOIs without case); the record is not related to itself; the relation \
            Other has relationTypeInformation; a scheme of metadata stands at HasMetadata and IsMetadataFor alone.
            """,
        why: "Graphs of citations count the relation twice, or take it for something else.",
        fix: "Remove the relation, or say in relationTypeInformation what it is.",
        references: ["DataCite Metadata Schema 4.7, relatedIdentifier"],
        checks: [.record(oddRelations)])
}

private func oddRelations(_ view: RecordView, _ verdicts: inout Verdicts) {
    var seen = Set<[String]>()
    let own = view.record.identifier.map { $0.value.trimmed.lowercased() }
    for related in view.record.relatedIdentifiers {
        let relation = related.relation?.value ?? ""
        let target = related.value.value.trimmed
        let key = related.type?.value == "DOI" ? Identifiers.bareDOI(target).lowercased() : target
        var faults: [(name: String, words: String)] = []
        if !seen.insert([relation, key]).inserted { faults.append(("relation-duplicate", "stands twice")) }
        if let own, !own.isEmpty, related.type?.value == "DOI", key == own {
            faults.append(("relation-self", "leads to the record itself"))
        }
        if relation == "Other", related.relationInformation.map(\.value.isBlank) ?? true {
            faults.append(("relation-other", "does not say in relationTypeInformation what it is"))
        }
        let hasScheme = [related.metadataScheme, related.schemeAddress, related.schemeType].contains { $0 != nil }
        if hasScheme, relation != "HasMetadata", relation != "IsMetadataFor" {
            faults.append(("relation-metadata-scheme", "names a scheme of metadata, which belongs to HasMetadata"))
        }
        for fault in faults {
            verdicts.tell(
                fault.name,
                "relation \(Wording.excerpt(relation)) to '\(Wording.excerpt(target))' \(fault.words)",
                at: related.value,
                in: view, [("relation", .text(relation)), ("target", .text(target)), ("fault", .text(fault.words))])
        }
    }
}
