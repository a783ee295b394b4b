// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import Units

// Faults of matching: what stands in the place of something else, what is absent, what no definition knows.

extension EntryWalk {
    func tell(_ mismatch: MemberPlan.Mismatch, at node: Node) {
        findings.add(mismatch.fault, at: node, concept: mismatch.definition)
    }

    /// A class that the set does not have, of a group that nobody asked for.
    func tellForeignClass(_ className: String, _ member: Member, in work: GroupWork) {
        let place = Place.object(path: member.path, attribute: nil)
        guard className.hasPrefix("NX"), className.utf8.count > 2 else {
            findings.gather(.ownClass, name: "\(member.path) (\(className))", at: place)
            return
        }
        if let release = context.later?.release(knowing: className) {
            findings.gather(
                .undocumented, subject: "the definitions", name: "\(member.path) (\(className))",
                note: "class \(className) is that of \(release)", at: place)
            return
        }
        if isMeant(member, in: work) { return }
        findings.gather(
            .foreignClass, in: className, subject: className, name: member.path,
            note: ItemName.nearest(to: className, among: set.names), at: place)
    }

    /// Whether a group stands for one that is required here and absent: then that is told.
    private func isMeant(_ member: Member, in work: GroupWork) -> Bool {
        let members = tree.members(of: work.node)
        return work.application?.children.contains { concept in
            guard concept.kind == .group, concept.name == nil, concept.isRequired, let type = concept.item.type,
                !members.contains(where: { $0.className == type })
            else { return false }
            return meant(for: type, among: members)?.name == member.name
        } ?? false
    }

    /// The group whose class is nearly the one asked, or that has the name such groups customarily have.
    private func meant(for type: String, among members: [Member]) -> Member? {
        members.groupMeant(for: type, customaryName: String(type.dropFirst(2)))
    }

    /// `NX_class` is one string; readers fail on an array.
    func tellClassStoredAsArray(_ node: Node) {
        guard let attribute = tree.attribute("NX_class", of: node), let shape = attribute.shape, !shape.isEmpty else {
            return
        }
        findings.gather(.classAsArray, name: node.path, at: .object(path: node.path, attribute: "NX_class"))
    }

    /// `NX_class` that is no text, of a group that is not told as the one that is asked.
    ///
    /// - Returns: Whether it was told.
    func tellClassOfAnotherType(_ node: Node, in work: GroupWork) -> Bool {
        guard let attribute = tree.attribute("NX_class", of: node), !attribute.type.isString else { return false }
        let members = tree.members(of: work.node)
        let lacksAnother = work.application?.children.contains { concept in
            concept.kind == .group && concept.name == nil && concept.isRequired
                && !members.contains { $0.className == concept.item.type }
        }
        guard lacksAnother != true else { return false }
        findings.add(
            .unfitForm(.value(.attribute, stored: attribute.type.words, type: "NX_CHAR", definition: "NXobject")),
            at: node, attribute: "NX_class", concept: "NX_class")
        return true
    }

    /// A link that the definition asks for carries the path of the original.
    func tellMissingTarget(_ member: Member, _ node: Node) {
        let copied = !member.isIndirect && !tree.hasSeveralPlaces(node)
        findings.add(.oddTarget(.absent(isCopy: copied)), at: node, concept: "link")
    }

    // MARK: Occurrence

    func checkOccurrence(_ shortfalls: [Shortfall], _ members: [Member], in work: GroupWork) {
        for shortfall in shortfalls {
            if shortfall.instances.isEmpty {
                tellAbsent(shortfall.concept, members, in: work)
            } else {
                let places = shortfall.instances.filter(members.indices.contains)
                tellCount(shortfall.concept, places.map { members[$0] }, in: work)
            }
        }
    }

    /// An object with several links in one group is one instance.
    private func tellCount(_ concept: Concept, _ members: [Member], in work: GroupWork) {
        let item = concept.item
        var instances: [Member] = []
        for member in members {
            guard let node = member.node, instances.contains(where: { $0.node?.isSame(as: node) ?? false }) else {
                instances.append(member)
                continue
            }
        }
        if item.maximum == 0 {
            for instance in instances {
                let fault = NXFault.otherCount(.none(label: concept.label, definition: concept.definition))
                if let node = instance.node { findings.add(fault, at: node, concept: concept.definition) }
            }
            return
        }
        guard concept.isOutside(instances.count) else { return }
        findings.add(
            .otherCount(
                .count(
                    instances.count, label: concept.label, definition: concept.definition, minimum: item.minimum,
                    maximum: item.maximum)),
            absent: work.node.path(of: concept.label))
    }

    /// Classes without which no reader of NXmx has a wavelength or frames, beside those of NX-033.
    private static let begins: Set<String> = ["NXbeam", "NXdata"]

    private func tellAbsent(_ concept: Concept, _ members: [Member], in work: GroupWork) {
        let path = work.node.path(of: concept.label)
        guard concept.isRequired else {
            if concept.item.isRecommended {
                findings.gather(
                    .recommended, in: concept.definition, subject: concept.definition, name: path,
                    at: .object(path: path, attribute: nil))
            }
            return
        }
        switch concept.kind {
        case .group:
            if mayStandBehindLink(concept, members) { return }
            let type = concept.item.type ?? "NXobject"
            let classless = members.filter { $0.isGroup && $0.className == nil }.map(\.name)
            let meant = concept.name == nil ? meant(for: type, among: members) : nil
            if context.isNXmx, Self.begins.contains(type), let meant, let node = meant.node {
                findings.add(
                    .otherClass(
                        .init(
                            className: meant.className, definition: concept.definition, type: type,
                            stored: tree.attribute("NX_class", of: node)?.type.words)), at: node, concept: type)
                return
            }
            findings.add(
                .absentGroup(
                    .init(
                        holder: work.node.path, name: concept.name, type: type, definition: concept.definition,
                        elsewhere: otherPlace(of: concept, below: work),
                        classless: concept.name == nil ? classless : [],
                        misspelt: meant.flatMap { member in member.className.map { (member.name, $0) } },
                        written: work.node.path(of: concept.name ?? String(type.dropFirst(2))))),
                absent: path)
        case .choice:
            findings.add(
                .noAlternative(.absent(classes: concept.children.compactMap(\.item.type))), absent: path)
        case .field, .link, .attribute:
            if owns(concept, in: work) { return }
            let near = ItemName.nearest(to: concept.name ?? "", among: members.filter(\.isField).map(\.name))
            findings.add(.absentField(.missing(missing(concept, in: work, path: path, nearest: near))), absent: path)
        }
    }

    /// What a field holds, for somebody who is to write it.
    private func missing(_ concept: Concept, in work: GroupWork, path: String, nearest: String?)
        -> NXFault.AbsentField.Missing
    {
        let known = work.base?.children.first { $0.kind == .field && $0.name == concept.name }
        let units = (concept.item.units ?? known?.item.units).flatMap { UnitCategory($0) }
        return .init(
            holder: work.node.path, name: concept.name ?? "", definition: concept.definition, nearest: nearest,
            path: path, type: concept.item.type ?? known?.item.type ?? "NX_CHAR",
            unit: units.flatMap { $0.example == "no unit" ? nil : $0.example },
            values: concept.item.enumeration ?? known?.item.enumeration ?? [])
    }

    /// A link that leads nowhere, or to what was not read, and by its name may be the group that is asked.
    private func mayStandBehindLink(_ concept: Concept, _ members: [Member]) -> Bool {
        guard concept.name == nil, let type = concept.item.type else { return false }
        let word = type.dropFirst(2).lowercased()
        return members.contains { member in
            guard member.node == nil else { return false }
            if case .other = member.target { return false }
            let name = member.name.lowercased()
            return name.contains(word) || word.contains(name)
        }
    }

    /// Where else a group of the class stands: one level below the group, or below the one that holds it.
    private func otherPlace(of concept: Concept, below work: GroupWork) -> String? {
        guard let type = concept.item.type, concept.name == nil else { return nil }
        let parent = work.node.path.split(separator: "/").dropLast().joined(separator: "/")
        let above = parent.isEmpty ? nil : tree.resolve("/" + parent, from: work.node)
        for near in [work.node, above].compactMap({ $0 }) {
            for member in tree.members(of: near) {
                guard case .group(let node, let className) = member.target, className != nil else { continue }
                for inner in tree.members(of: node) where inner.className == type { return inner.path }
            }
        }
        return nil
    }

    /// Whether a subject rule speaks for an absent field.
    private func owns(_ concept: Concept, in work: GroupWork) -> Bool {
        guard context.hasSubjectRules else { return false }
        switch (work.className, concept.name) {
        case ("NXbeam", "incident_wavelength"): return !hasWavelength(beside: work.node)
        case ("NXdetector", "data"), ("NXdata", "data"): return true
        case ("NXsample", "depends_on"): return hasVaryingRotation(below: work.node)
        default: return false
        }
    }

    /// Whether another beam or a monochromator gives the wavelength, so that the subject rule has nothing to say.
    private func hasWavelength(beside beam: Node) -> Bool {
        let fields = ["NXbeam": "incident_wavelength", "NXmonochromator": "wavelength"]
        guard let parent = tree.resolve(parentPath(beam.path), from: tree.root),
            let above = tree.resolve(parentPath(parent.path), from: tree.root)
        else { return false }
        let groups = [parent] + tree.members(of: above).filter { $0.isGroup && $0.className != nil }.compactMap(\.node)
        return groups.contains { group in
            tree.members(of: group).contains { member in
                guard let className = member.className, let field = fields[className], let node = member.node else {
                    return false
                }
                return tree.child(field, of: node) != nil
            }
        }
    }

    private func hasVaryingRotation(below sample: Node) -> Bool {
        for member in tree.members(of: sample) where member.className == "NXtransformations" {
            guard let group = member.node else { continue }
            for axis in tree.members(of: group) {
                guard axis.isField, let node = axis.node, tree.text("transformation_type", of: node) == "rotation",
                    let values = tree.dataset(node)?.value.doubles, let first = values.first
                else { continue }
                if values.contains(where: { $0 != first }) { return true }
            }
        }
        return false
    }

    // MARK: What no definition knows

    func tell(_ undocumented: MemberPlan.Undocumented, _ member: Member, in work: GroupWork) {
        findings.gather(
            .undocumented, subject: "the definitions", name: work.node.path(of: undocumented.name),
            note: undocumented.note, at: .object(path: member.path, attribute: nil))
    }

    func definitionName(_ work: GroupWork) -> String {
        guard let application = work.application else { return work.className }
        return application.definition == work.className
            ? work.className : "\(application.definition) and \(work.className)"
    }

    func tell(_ deprecation: DeprecatedItem, at node: Node, attribute: String? = nil) {
        findings.add(
            .deprecated(.item(deprecation.item)), at: node, attribute: attribute, concept: deprecation.item.definition)
    }
}
