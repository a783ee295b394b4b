// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction

extension PublicationRecord {
    /// The record without what a version of the schema does not know yet.
    ///
    /// - Returns: The record, and what was left out, in words.
    public func restricted(to schema: SchemaFacts) -> (record: PublicationRecord, leftOut: [String]) {
        var record = self
        var leftOut: [String] = []
        func isKnown(_ leaf: Leaf?, _ list: String) -> Bool {
            guard let leaf, let since = schema.since(leaf.value, in: list) else { return true }
            return schema.isKnown(since)
        }
        record.relatedIdentifiers = relatedIdentifiers.compactMap { related in
            var related = related
            guard isKnown(related.relation, "relationType"), isKnown(related.type, "relatedIdentifierType") else {
                leftOut.append(
                    "relation \(related.relation?.value ?? "") to \(related.type?.value ?? "") '\(related.value.value)'"
                )
                return nil
            }
            if !isKnown(related.resourceType, "resourceType") {
                leftOut.append("type \(related.resourceType?.value ?? "") of '\(related.value.value)'")
                related.resourceType = nil
            }
            if related.relationInformation != nil, !schema.isKnown("4.7") {
                leftOut.append("relationTypeInformation of '\(related.value.value)'")
                related.relationInformation = nil
            }
            return related
        }
        record.contributors = contributors.filter { party in
            guard !isKnown(party.role, "contributorType") else { return true }
            leftOut.append("contributor \(party.name?.value ?? "") as \(party.role?.value ?? "")")
            return false
        }
        record.dates = dates.filter { date in
            guard !isKnown(date.type, "dateType") else { return true }
            leftOut.append("date \(date.type?.value ?? "") \(date.date.value)")
            return false
        }
        return (record, leftOut)
    }
}
