// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

// Attributes of groups and fields: which definition item each takes, its value, and what is absent.

extension EntryWalk {
    /// What carries the attributes that are checked.
    struct Owner {
        let node: FileNode
        let application: Concept?
        let base: Concept?
        let work: GroupWork
        /// Whether subject rules speak for vector, offset and type of this axis.
        let isOwnedAxis: Bool
        let isField: Bool
    }

    func checkAttributes(of work: GroupWork) {
        checkAttributes(
            Owner(
                node: work.node, application: work.application, base: work.base, work: work, isOwnedAxis: false,
                isField: false))
    }

    func checkAttributes(_ owner: Owner) {
        guard let object = tree.object(owner.node) else { return }
        var found: Set<ObjectIdentifier> = []
        let exactNames = Set((owner.base?.children ?? []).compactMap { $0.kind == .attribute ? $0.name : nil })
        for attribute in object.attributes {
            checkName(of: attribute, owner)
            let application = best(attribute.name, owner.application) { concept in
                concept.item.match != .any || !exactNames.contains(attribute.name)
            }
            let base = best(attribute.name, owner.base) { _ in true }
            for concept in [application, base] { if let concept { found.insert(ObjectIdentifier(concept)) } }
            let facts = ItemFacts(application: application, base: base)
            check(attribute, facts, owner)
        }
        for concept in owner.application?.children ?? [] where concept.kind == .attribute {
            if !found.contains(ObjectIdentifier(concept)) { tellAbsent(concept, object, owner) }
        }
        for concept in owner.base?.children ?? [] where concept.kind == .attribute && concept.isRequired {
            let isStated = owner.application?.children.contains { $0.item.key == concept.item.key } ?? false
            if !isStated, !found.contains(ObjectIdentifier(concept)) { tellAbsent(concept, object, owner) }
        }
    }

    private func best(_ name: String, _ parent: Concept?, _ isAllowed: (Concept) -> Bool) -> Concept? {
        var best: (score: Int, concept: Concept)?
        let isKnown = ReservedNames.isAttribute(name)
        for concept in parent?.children ?? [] where concept.kind == .attribute {
            guard let own = concept.name,
                own == name || (isAllowed(concept) && !(isKnown && concept.item.match == .any)),
                let score = nameFit(name, own, concept.item.match, pattern: concept.pattern)
            else { continue }
            if best.map({ score > $0.score }) ?? true { best = (score, concept) }
        }
        return best?.concept
    }

    private func checkName(of attribute: HDF5.Attribute, _ owner: Owner) {
        guard !ReservedNames.isForeign(attribute.name), let fault = ItemName.fault(of: attribute.name) else { return }
        findings.add(
            "NX-025", "name \(quoted(attribute.name)) \(fault)", at: owner.node, attribute: attribute.name)
    }

    private func check(_ attribute: HDF5.Attribute, _ facts: ItemFacts, _ owner: Owner) {
        let name = attribute.name
        let place = ValuePlace(node: owner.node, attribute: name, words: "attribute")
        tellText(attribute.value, at: place, isDefined: !facts.isUndocumented && name != "units", type: facts.type)
        if StandardAttributes.isOneString(name), let texts = attribute.value.texts, texts.count > 1,
            name != "signal" || !owner.isField
        {
            tellSeveralStrings(texts.count, at: place)
        }
        guard !facts.isUndocumented else {
            if !ReservedNames.isAttribute(name) { tellUndocumented(attribute, owner) }
            return
        }
        tellDeprecated(facts, "attribute \(quoted(name))", at: owner.node, attribute: name)
        if name == "units" {
            checkListedUnits(attribute, facts, owner)
            return
        }
        if owner.isField, StandardAttributes.areOfFields.contains(name) {
            let asked = ItemFacts(application: facts.application, base: nil)
            checkEnumeration(attribute.value, attribute.type, asked, at: place) { false }
            return
        }
        if owner.isOwnedAxis, name == "vector" || name == "offset" { return }
        if attribute.shape == nil {
            tellValueless(name, facts, owner)
            return
        }
        guard checkType(attribute.type, attribute.shape ?? [], attribute.value, facts, at: place) else { return }
        if facts.type == "NX_DATE_TIME" || facts.type == "ISO8601" { checkDate(attribute.value, facts, at: place) }
        checkEnumeration(attribute.value, attribute.type, facts, at: place) {
            Self.isTrue(tree.attribute(name + "_custom", of: owner.node)?.value)
        }
        checkShape(attribute.shape ?? [], facts, scope: owner.work.scope, at: place)
    }

    private func tellValueless(_ name: String, _ facts: ItemFacts, _ owner: Owner) {
        let asked = facts.isRequired ? facts.concept : nil
        let words = asked.map { "attribute '\(name)', which \($0.definition) requires, has" } ?? "attribute has"
        findings.add(
            asked == nil ? "NX-031" : "NX-007", "\(words) no value: a null dataspace", at: owner.node, attribute: name)
    }

    private func tellUndocumented(_ attribute: HDF5.Attribute, _ owner: Owner) {
        let ignored = (owner.work.base?.ignored ?? []).union(context.application?.ignored ?? [])
        guard context.tellsUndocumented, !ignored.contains(.attributes) else { return }
        let label = owner.isField ? "\(lastName(owner.node.path))@\(attribute.name)" : "@\(attribute.name)"
        findings.gather(
            "NX-024", in: owner.work.node.path, subject: definitionName(owner.work), name: label,
            at: .object(path: owner.node.path, attribute: attribute.name))
    }

    private func tellAbsent(_ concept: Concept, _ object: HDF5.Object, _ owner: Owner) {
        guard let name = concept.name else { return }
        let label = concept.item.match == .specified ? name : "(\(name))"
        guard concept.isRequired else {
            if concept.item.isRecommended {
                findings.gather(
                    "NX-008", in: owner.node.path, subject: concept.definition, name: "@\(label)",
                    at: .object(path: owner.node.path, attribute: label))
            }
            return
        }
        if owner.isOwnedAxis, name == "vector" || name == "transformation_type" { return }
        let near = ItemName.nearest(to: name, among: object.attributes.map(\.name)).map { "; nearest: \(quoted($0))" }
        findings.add(
            "NX-007",
            "\(owner.isField ? "field" : "group") has no attribute '\(name)', which \(concept.definition) requires\(near ?? "")",
            absent: owner.node.path, attribute: label)
    }

    private func checkListedUnits(_ attribute: HDF5.Attribute, _ facts: ItemFacts, _ owner: Owner) {
        guard let list = facts.enumeration, let text = attribute.value.firstString, !list.values.contains(text) else {
            return
        }
        if UnitSpelling.isAnother(of: list.values, text) {
            findings.add(
                "NX-016", "units \(quoted(text)) are read as one of \(list.values.joined(separator: ", "))",
                at: owner.node, attribute: "units")
        } else if !list.isOpen {
            findings.add(
                "NX-017",
                "value is \(quoted(text)); \(list.by.definition) takes \(list.values.joined(separator: ", "))",
                at: owner.node, attribute: "units")
        }
    }

    /// True in any form: a boolean, a number other than 0, or the text.
    static func isTrue(_ value: Value?) -> Bool {
        switch value {
        case .integers(let values): values.first.map { $0 != 0 } ?? false
        case .unsigned(let values): values.first.map { $0 != 0 } ?? false
        case .strings(let texts): ["true", "1"].contains(texts.first?.string.lowercased() ?? "")
        default: false
        }
    }
}

/// The last name of a path.
func lastName(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    let name = path[path.utf8.index(after: slash)...]
    return name.isEmpty ? "/" : String(name)
}
