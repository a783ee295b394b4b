// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

// Faults of matching: what stands in the place of something else, what is absent, what no definition knows.

extension EntryWalk {
    /// A group of another class or none, or an item of another kind, where a definition names one.
    ///
    /// - Returns: Whether there was something to tell.
    @discardableResult
    func tellMismatch(_ member: Member, _ match: MemberMatch, in work: GroupWork) -> Bool {
        guard let node = member.node else { return false }
        let isMet = match.applications.contains { $0.name == member.name }
        if !isMet, let concept = named(member.name, work.application, member), concept.kind != .link {
            if let message = mismatch(member, concept) {
                findings.add(message.rule, message.text, at: node, concept: concept.definition)
                return true
            }
        }
        guard match.applications.isEmpty, match.base?.name != member.name, member.isField || member.className != nil,
            let concept = named(member.name, work.base, member), concept.item.match == .specified
        else { return false }
        if concept.kind == .choice, let message = mismatch(member, concept) {
            findings.add(message.rule, message.text, at: node, concept: concept.definition)
            return true
        }
        guard match.base == nil else { return false }
        guard (concept.kind == .field) != member.isField, concept.kind != .link else { return false }
        findings.add("NX-010", kindMessage(member, concept), at: node, concept: concept.definition)
        return true
    }

    /// The concept of exactly this name; of two the one of the member's kind.
    private func named(_ name: String, _ parent: Concept?, _ member: Member) -> Concept? {
        let named = parent?.children.filter { $0.kind != .attribute && $0.name == name } ?? []
        return named.first { ($0.kind == .field) == member.isField } ?? named.first
    }

    private func mismatch(_ member: Member, _ concept: Concept) -> (rule: String, text: String)? {
        if member.isField != (concept.kind == .field) {
            return ("NX-010", kindMessage(member, concept))
        }
        guard member.isGroup else { return nil }
        if concept.kind == .choice {
            let classes = concept.children.compactMap(\.item.type).joined(separator: ", ")
            return (
                "NX-021",
                "none of the alternatives \(classes) is there but \(member.className ?? "a group without class")"
            )
        }
        guard let type = concept.item.type else { return nil }
        guard let className = member.className else {
            return ("NX-004", "group has no 'NX_class' attribute; \(concept.definition) expects an \(type) here")
        }
        guard set.baseClass(className) != nil else { return nil }
        return ("NX-004", "NX_class is \(quoted(className)); \(concept.definition) expects an \(type) here")
    }

    private func kindMessage(_ member: Member, _ concept: Concept) -> String {
        let expected = concept.kind == .field ? "field" : "group of class \(concept.item.type ?? "NXobject")"
        return "\(member.isField ? "field" : "group") stands where \(concept.definition) has a \(expected)"
    }

    /// `NX_class` is one string; readers fail on an array.
    func tellClassStoredAsArray(_ node: FileNode) {
        guard let attribute = tree.attribute("NX_class", of: node), let shape = attribute.shape, !shape.isEmpty else {
            return
        }
        findings.gather(
            "NX-012", in: "NX_class", subject: "NX_class", name: node.path,
            at: .object(path: node.path, attribute: "NX_class"))
    }

    /// A link that the definition asks for carries the path of the original.
    func tellMissingTarget(_ member: Member, _ node: FileNode) {
        let copied = !member.isIndirect && !tree.hasSeveralPlaces(node)
        let found = copied ? "the data stand here themselves" : "the link does not name its original"
        findings.add("NX-026", "target is absent where a link is asked; \(found)", at: node, concept: "link")
    }

    // MARK: Occurrence

    func checkOccurrence(_ members: [Member], _ matches: [MemberMatch], in work: GroupWork) {
        for concept in set.members(of: work.application).concepts where concept.hasLimits {
            let instances = zip(members, matches).filter { $1.applications.contains { $0 === concept } }.map(\.0)
            if instances.isEmpty {
                if !isStoodFor(concept, by: members) { tellAbsent(concept, members, in: work) }
            } else {
                checkCount(concept, instances, in: work)
            }
        }
        for concept in set.members(of: work.base).concepts where concept.hasLimits {
            let isStated = work.application?.children.contains { $0.item.key == concept.item.key } ?? false
            guard !isStated else { continue }
            let instances = zip(members, matches).filter { $1.base === concept }.map(\.0)
            if !instances.isEmpty {
                checkCount(concept, instances, in: work)
            } else if concept.isRequired, !isStoodFor(concept, by: members) {
                tellAbsent(concept, members, in: work)
            }
        }
    }

    /// Whether something of another kind or class has its name, which is a fault of its own.
    private func isStoodFor(_ concept: Concept, by members: [Member]) -> Bool {
        guard let name = concept.name else { return false }
        return members.contains { $0.name == name && ($0.isField || $0.isGroup) }
    }

    /// An object with several links in one group is one instance.
    private func checkCount(_ concept: Concept, _ members: [Member], in work: GroupWork) {
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
                let message = "1 of \(concept.label) is there; \(concept.definition) takes none"
                if let node = instance.node { findings.add("NX-022", message, at: node, concept: concept.definition) }
            }
            return
        }
        let tooMany = item.maximum.map { instances.count > $0 } ?? false
        guard instances.count < item.minimum || (tooMany && (item.match != .specified || item.name == nil)) else {
            return
        }
        let limits =
            item.maximum.map { item.minimum == $0 ? "\($0)" : "\(item.minimum) to \($0)" } ?? "at least \(item.minimum)"
        findings.add(
            "NX-022", "\(instances.count) of \(concept.label) are there; \(concept.definition) takes \(limits)",
            absent: work.node.path(of: concept.label))
    }

    private func tellAbsent(_ concept: Concept, _ members: [Member], in work: GroupWork) {
        let path = work.node.path(of: concept.label)
        guard concept.isRequired else {
            if concept.item.isRecommended {
                findings.gather(
                    "NX-008", in: work.node.path, subject: concept.definition, name: concept.label,
                    at: .object(path: path, attribute: nil))
            }
            return
        }
        switch concept.kind {
        case .group:
            let name = concept.name.map { " \($0)" } ?? ""
            var message = "group has no \(concept.item.type ?? "group")\(name), which \(concept.definition) requires"
            let classless = members.filter { $0.isGroup && $0.className == nil }.map(\.name)
            if let other = otherPlace(of: concept, below: work) {
                message += "; one stands at \(other)"
            } else if concept.name == nil, !classless.isEmpty {
                message += "; without class are \(classless.prefix(3).map(quoted).joined(separator: ", "))"
            }
            findings.add("NX-005", message, absent: path)
        case .choice:
            let classes = concept.children.compactMap(\.item.type).joined(separator: ", ")
            findings.add("NX-021", "0 of the alternatives \(classes) are there; one is expected", absent: path)
        case .field, .link, .attribute:
            if owns(concept, in: work) { return }
            let near = ItemName.nearest(to: concept.name ?? "", among: members.filter(\.isField).map(\.name))
            let hint = near.map { "; nearest: \(quoted($0))" } ?? ""
            findings.add(
                "NX-006", "group has no field '\(concept.name ?? "")', which \(concept.definition) requires\(hint)",
                absent: path)
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
        case ("NXbeam", "incident_wavelength"): return true
        case ("NXdetector", "data"), ("NXdata", "data"): return true
        case ("NXsample", "depends_on"): return hasVaryingRotation(below: work.node)
        default: return false
        }
    }

    private func hasVaryingRotation(below sample: FileNode) -> Bool {
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

    func tellUndocumented(_ member: Member, among members: [Member], in work: GroupWork) {
        let word: Definition.Ignored = member.isField ? .fields : .groups
        let ignored = (work.base?.ignored ?? []).union(context.application?.ignored ?? [])
        guard context.tellsUndocumented, !ignored.contains(word), !ReservedNames.isField(member.name) else { return }
        var note: String?
        if member.isField {
            let known = (work.base?.children ?? []) + (work.application?.children ?? [])
            let names = known.compactMap { $0.kind == .field && $0.item.match == .specified ? $0.name : nil }
            let absent = names.filter { name in !members.contains { $0.name == name } }
            note = ItemName.nearest(to: member.name, among: absent).map {
                "nearest to \(quoted(member.name)): \(quoted($0))"
            }
            if let suffix = ItemName.stem(of: member.name), members.contains(where: { $0.name == suffix }) { return }
        }
        if note == nil,
            let release = context.later?.first(member.isField ? .field : .group, member.name, in: work.className)
        {
            note = "\(quoted(member.name)) is defined from \(release) on"
        }
        let name = member.className.map { "\(member.name) (\($0))" } ?? member.name
        findings.gather(
            "NX-024", in: work.node.path, subject: definitionName(work), name: name, note: note,
            at: .object(path: member.path, attribute: nil))
    }

    /// A name with a reserved suffix stands beside the field without it, unless the whole name is defined.
    func tellMissingStem(_ member: Member, _ match: MemberMatch, among members: [Member], in work: GroupWork) {
        guard let stem = ItemName.stem(of: member.name), !members.contains(where: { $0.name == stem }) else { return }
        let needsStem = member.name.hasSuffix("_set") || member.name.hasSuffix("_weights")
        if match.base?.name == member.name { return }
        if match.applications.contains(where: { $0.name == member.name }), !needsStem { return }
        findings.gather(
            "NX-024", in: work.node.path, subject: definitionName(work),
            name: "\(member.name) (without \(stem))", at: .object(path: member.path, attribute: nil))
    }

    func definitionName(_ work: GroupWork) -> String {
        guard let application = work.application else { return work.className }
        return application.definition == work.className
            ? work.className : "\(application.definition) and \(work.className)"
    }

    func tellDeprecated(_ facts: ItemFacts, _ words: String, at node: FileNode, attribute: String? = nil) {
        guard let (deprecation, concept) = facts.deprecation else { return }
        var message = "\(words) is deprecated in \(concept.definition) \(set.name)"
        if let use = deprecation.replacement { message += "; use \(use)" }
        if let issue = deprecation.issue { message += " (\(issue))" }
        findings.add("NX-023", message, at: node, attribute: attribute, concept: concept.definition)
    }
}
