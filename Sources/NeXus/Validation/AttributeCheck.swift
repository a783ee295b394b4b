// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

// Attributes of groups and fields: which definition item each takes, its value, and what is absent.

extension EntryWalk {
    /// What carries the attributes that are checked.
    struct Owner {
        let node: Node
        let application: Concept?
        let base: Concept?
        let work: GroupWork
        /// Whether subject rules speak for vector, offset and type of this axis.
        let isOwnedAxis: Bool
        let isField: Bool
    }

    func checkAttributes(_ owner: Owner, _ plan: AttributePlan) {
        let attributes = tree.attributes(of: owner.node)
        for (attribute, slot) in zip(attributes, plan.slots) { check(attribute, slot, owner) }
        for concept in plan.absent { tellAbsent(concept, attributes, owner) }
    }

    private func check(_ attribute: HDF5.Attribute, _ slot: AttributePlan.Slot, _ owner: Owner) {
        let name = attribute.name
        if let fault = slot.nameFault {
            findings.add(.oddName(.attribute(name: name, fault)), at: owner.node, attribute: name)
        }
        let place = ValuePlace(node: owner.node, attribute: name, carrier: .attribute)
        let demand = slot.demand
        tellText(
            attribute.value, at: place,
            asksText: slot.undocumented == .no && !slot.isUnits && demand.isText)
        if slot.isOneString, let texts = attribute.value.texts, texts.count > 1 {
            tellSeveralStrings(texts.count, at: place)
        }
        guard slot.undocumented == .no else {
            if slot.undocumented == .told { tellUndocumented(attribute, owner) }
            return
        }
        if let deprecation = slot.deprecation { tell(deprecation, at: owner.node, attribute: name) }
        if slot.isUnits {
            checkListedUnits(attribute, demand, owner)
            return
        }
        if slot.isOfFields {
            // What a base class says of these holds for the class; what an application asks holds here.
            if demand.enumeration?.by === demand.facts.application {
                checkEnumeration(attribute.value, attribute.type, demand, at: place) { false }
            }
            return
        }
        if owner.isOwnedAxis, slot.isOfAxis { return }
        guard let shape = attribute.shape else {
            tellValueless(name, demand.facts, owner)
            return
        }
        guard checkType(attribute.type, shape, attribute.value, demand, at: place) else { return }
        if demand.isDate { checkDate(attribute.value, demand.facts, at: place) }
        checkEnumeration(attribute.value, attribute.type, demand, at: place) {
            Self.isTrue(tree.attribute(name + "_custom", of: owner.node)?.value)
        }
        checkShape(shape, demand.shape, scope: owner.work.scope, at: place)
    }

    private func tellValueless(_ name: String, _ facts: ItemFacts, _ owner: Owner) {
        let asked = facts.isRequired ? facts.concept : nil
        let fault = asked.map { NXFault.absentAttribute(.withoutValue(name: name, definition: $0.definition)) }
        findings.add(fault ?? .emptyValue(.nullAttribute), at: owner.node, attribute: name)
    }

    private func tellUndocumented(_ attribute: HDF5.Attribute, _ owner: Owner) {
        findings.gather(
            .undocumented, subject: "the definitions", name: "\(owner.node.path)@\(attribute.name)",
            at: .object(path: owner.node.path, attribute: attribute.name))
    }

    private func tellAbsent(_ concept: Concept, _ attributes: [HDF5.Attribute], _ owner: Owner) {
        guard let name = concept.name else { return }
        let label = concept.item.match == .specified ? name : "(\(name))"
        guard concept.isRequired else {
            if concept.item.isRecommended {
                findings.gather(
                    .recommended, in: concept.definition, subject: concept.definition,
                    name: "\(owner.node.path)@\(label)",
                    at: .object(path: owner.node.path, attribute: label))
            }
            return
        }
        if owner.isOwnedAxis, name == "vector" || name == "transformation_type" { return }
        let near = ItemName.nearest(to: name, among: attributes.map(\.name)).map(quoted)
        let group = owner.isField ? parentPath(owner.node.path) : owner.node.path
        findings.gather(
            .attributes, in: "\(concept.definition) \(group)", subject: concept.definition,
            name: "\(owner.node.path)@\(label)", note: near, at: .object(path: owner.node.path, attribute: label))
    }

    private func checkListedUnits(_ attribute: HDF5.Attribute, _ demand: ValueDemand, _ owner: Owner) {
        guard let list = demand.enumeration, let text = attribute.value.firstString, !list.values.contains(text) else {
            return
        }
        if UnitSpelling.isAnother(of: list.values, text) {
            findings.add(
                .otherSpelling(.listed(text, list: list.values)), at: owner.node, attribute: "units")
        } else if !list.isOpen {
            findings.add(
                .outsideList(.units(text, definition: list.by.definition, list: list.values)), at: owner.node,
                attribute: "units")
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
